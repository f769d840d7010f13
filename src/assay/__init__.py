"""Assay: one exam for every way of adapting a language model to your documents.

`run` does the whole job and `load` takes up a finished one; both are imported when they are first used.
"""

from typing import TYPE_CHECKING, Any

from assay.errors import AssayError, EngineError, ExportRefused, InputError, MissingExtra, NotFound, TrainingError

if TYPE_CHECKING:
    from assay.experiment.finished import load
    from assay.experiment.run import run

__all__ = [
    "AssayError",
    "EngineError",
    "ExportRefused",
    "InputError",
    "MissingExtra",
    "NotFound",
    "TrainingError",
    "__version__",
    "load",
    "run",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "run":
        from assay.experiment.run import run

        return run
    if name == "load":
        from assay.experiment.finished import load

        return load
    raise AttributeError(f"module 'assay' has no attribute {name!r}")
