"""The server's own tables in the database of a workspace. Knows no page and no answer."""

from sqlalchemy import Engine, MetaData, create_engine

__all__ = ["METADATA", "open_tables"]

METADATA = MetaData()
_WAITS_S = 30


def open_tables(url: str) -> Engine:
    """The database of a workspace with the tables of the server in it, made where they are missing."""
    waits = {"timeout": _WAITS_S} if url.startswith("sqlite") else {}  # a run writes to the same file
    engine = create_engine(url, connect_args=waits)
    METADATA.create_all(engine)
    return engine
