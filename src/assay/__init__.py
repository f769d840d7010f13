"""Assay: one exam for every way of adapting a language model to your documents.

`run` does the whole job, `label` that of labels and entities; `load` and `load_labels` take up a finished run. They are
imported when they are first used.
"""

from typing import TYPE_CHECKING, Any

from assay.errors import (
    AssayError,
    EngineError,
    ExportRefused,
    InputError,
    MissingExtra,
    NotFound,
    PartError,
    TrainingError,
)
from assay.privacy import turn_off_telemetry
from assay.version import __version__

turn_off_telemetry()

if TYPE_CHECKING:
    from assay.serving.measured_run import load
    from assay.serving.tagging import load_labels
    from assay.studies.grid.grid_study import run
    from assay.studies.labels.label_study import label

__all__ = [
    "AssayError",
    "EngineError",
    "ExportRefused",
    "InputError",
    "MissingExtra",
    "NotFound",
    "PartError",
    "TrainingError",
    "__version__",
    "label",
    "load",
    "load_labels",
    "run",
]


def __getattr__(name: str) -> Any:
    if name == "run":
        from assay.studies.grid.grid_study import run

        return run
    if name == "label":
        from assay.studies.labels.label_study import label

        return label
    if name == "load":
        from assay.serving.measured_run import load

        return load
    if name == "load_labels":
        from assay.serving.tagging import load_labels

        return load_labels
    raise AttributeError(f"module 'assay' has no attribute {name!r}")
