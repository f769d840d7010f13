"""The server's own tables in the database of a workspace. Knows no page and no answer."""

from sqlalchemy import Engine, MetaData, create_engine

__all__ = ["METADATA", "open_tables"]

METADATA = MetaData()


def open_tables(url: str) -> Engine:
    """The database of a workspace with the tables of the server in it, made where they are missing."""
    engine = create_engine(url)
    METADATA.create_all(engine)
    return engine
