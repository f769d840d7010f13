"""Assay: one exam for every way of adapting a language model to your documents.

`run` does the whole job, `label` that of labels and entities; `load` and `load_labels` take up a finished run. They are
imported when they are first used.
"""

from typing import TYPE_CHECKING, Any

from assay.errors import AssayError, EngineError, ExportRefused, InputError, MissingExtra, NotFound, TrainingError

if TYPE_CHECKING:
    from assay.labelling.finished import load_labels
    from assay.labelling.run import label
    from assay.serving.measured_run import load
    from assay.studies.grid.run import run

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
    "load_labels",
    "run",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "run":
        from assay.studies.grid.run import run

        return run
    if name == "label":
        from assay.labelling.run import label

        return label
    if name == "load":
        from assay.serving.measured_run import load

        return load
    if name == "load_labels":
        from assay.labelling.finished import load_labels

        return load_labels
    raise AttributeError(f"module 'assay' has no attribute {name!r}")
