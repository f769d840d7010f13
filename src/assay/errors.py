"""What can go wrong, as a caller sees it; knows nothing of exit codes or HTTP."""

from assay.masking import mask_error

__all__ = [
    "AssayError",
    "EngineError",
    "ExportRefused",
    "InputError",
    "MissingExtra",
    "NotFound",
    "PartError",
    "TrainingError",
]


class AssayError(Exception):
    """The parent of every error that Assay raises on purpose; it tells no password and no key."""

    def __str__(self) -> str:
        return mask_error(super().__str__())


class InputError(AssayError):
    """The person can mend it: a file, a row, a value. The message says what, got, do."""


class NotFound(AssayError):
    """A named run, cell, model or document is not there."""


class MissingExtra(AssayError):
    """An optional package or a model is missing; the message names the line that installs or fetches it."""


class EngineError(AssayError):
    """A model engine failed or an endpoint cannot be reached; the run can be resumed."""


class TrainingError(AssayError):
    """Tuning failed: a diverging loss, or an adapter that changes nothing."""


class PartError(AssayError):
    """A part from outside failed; the message names part, file and line."""


class ExportRefused(AssayError):
    """An exported model does not answer like the one that it was made from."""
