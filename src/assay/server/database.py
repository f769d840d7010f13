"""The server's own tables in the database of a workspace. Knows no page and no answer."""

import os

from sqlalchemy import Engine, MetaData, create_engine

from assay.bench.workspace import Workspace
from assay.settings import load_settings

__all__ = ["METADATA", "open_tables"]

METADATA = MetaData()
_WAITS_S = 30


def open_tables(workspace: Workspace) -> Engine:
    """A workspace's database with the tables of the server in it; workspace and tables are made where they are missing.

    The database is the one that the settings name, else the workspace's own.

    Raises:
        InputError: the workspace cannot be written to.
    """
    workspace.create()
    url = load_settings({}, environ=os.environ).database or workspace.database_url
    waits = {"timeout": _WAITS_S} if url.startswith("sqlite") else {}  # a run writes to the same file
    engine = create_engine(url, connect_args=waits)
    METADATA.create_all(engine)
    return engine
