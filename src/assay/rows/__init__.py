"""The grid's rows: what the model may read. Adding one is one file."""

from assay.rows.context import Context
from assay.rows.none import NoContext
from assay.rows.oracle import OracleContext
from assay.rows.retrieved import RetrievedContext

__all__ = ["Context", "NoContext", "OracleContext", "RetrievedContext"]
