"""The forms in which a finished study leaves, by name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from assay.errors import InputError
from assay.exporting.results.inspect_logs import write_inspect
from assay.exporting.results.mlflow_run import write_mlflow
from assay.exporting.results.table_files import write_csv, write_parquet
from assay.studies.study import Finished, check_beside_documents

__all__ = ["FORMS", "write_result"]

FORMS: dict[str, Callable[[Finished[Any], str], list[str]]] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "mlflow": write_mlflow,
    "inspect": write_inspect,
}


def write_result(finished: Finished[Any], to: str, where: str | Path | None = None) -> list[str]:
    """Write a finished study in a form, and tell what was written: a path or a place each.

    Args:
        finished: of any kind.
        to: csv, parquet, mlflow or inspect.
        where: a folder; by default one beside the report. For mlflow also the URI of a store, sqlite:///FILE.

    Raises:
        InputError: an unknown form; what would be written is there already, or would lie among the documents.
        MissingExtra: the form needs a package that is not here.
    """
    if to not in FORMS:
        raise InputError(f'--to must be one of {", ".join(FORMS)}, got "{to}"')
    if where is not None and not str(where).startswith("sqlite:"):
        check_beside_documents(Path(where), finished.folder)
    return FORMS[to](finished, str(where or finished.folder / to))
