"""Assay: one exam for every way of adapting a language model to your documents.

`run` does the whole job, `label` that of labels and entities, and `load` takes up a finished run; they are imported
when they are first used.
"""

from typing import TYPE_CHECKING, Any

from assay.errors import AssayError, EngineError, ExportRefused, InputError, MissingExtra, NotFound, TrainingError

if TYPE_CHECKING:
    from assay.experiment.finished import load
    from assay.experiment.run import run
    from assay.labelling.run import label

__all__ = [
    "AssayError",
    "EngineError",
    "ExportRefused",
    "InputError",
    "MissingExtra",
    "NotFound",
    "TrainingError",
    "__version__",
    "label",
    "load",
    "run",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "run":
        from assay.experiment.run import run

        return run
    if name == "label":
        from assay.labelling.run import label

        return label
    if name == "load":
        from assay.experiment.finished import load

        return load
    raise AttributeError(f"module 'assay' has no attribute {name!r}")
