"""Assay: one exam for every way of adapting a language model to your documents.

`run` does the whole job, `label` that of labels and entities; `load` and `load_labels` take up a finished run; the rest
does what the command line does under the same name. What they need is imported when they are called.
"""

from assay.api import (
    ask,
    check,
    choose_base,
    compare,
    convert,
    draft,
    draw_marks,
    drill,
    export,
    label,
    load,
    load_labels,
    parts,
    read,
    run,
    score,
    show,
    sync,
    take_marks,
)
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
    "ask",
    "check",
    "choose_base",
    "compare",
    "convert",
    "draft",
    "draw_marks",
    "drill",
    "export",
    "label",
    "load",
    "load_labels",
    "parts",
    "read",
    "run",
    "score",
    "show",
    "sync",
    "take_marks",
]
