"""The grid's rows: what the model may read. Adding one is one file."""

from assay.contexts.context import Context
from assay.contexts.none import NoContext
from assay.contexts.oracle import OracleContext
from assay.contexts.retrieved import RetrievedContext

__all__ = ["Context", "NoContext", "OracleContext", "RetrievedContext"]
