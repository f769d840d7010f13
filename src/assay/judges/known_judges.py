"""The judge that the setting `judge` names. Knows every kind, each by its own file."""

from assay.errors import InputError, MissingExtra, NotFound
from assay.judges.endpoint_judge import open_endpoint_judge
from assay.judges.judge import Judge
from assay.judges.local_judge import open_local_judge
from assay.judges.systemone import open_systemone
from assay.models.model import Say, say_nothing

__all__ = ["open_judge"]

_KINDS = (open_systemone, open_endpoint_judge, open_local_judge)  # the first that takes a name


def open_judge(name: str, engine: str = "auto", say: Say = say_nothing) -> Judge:
    """The judge of a name: systemone:URL, URL#MODEL, a folder, a .gguf file, a known name or a hub id.

    A model on this machine is converted here where that was not done yet; servers are not asked before they judge.

    Raises:
        NotFound: no such folder, file or hub id.
        InputError: a name that is none, or a file that is no model.
        MissingExtra: a known model that is not on this machine; an engine that is not installed.
    """
    try:
        found = (open_kind(name, engine, say) for open_kind in _KINDS)
        return next(judge for judge in found if judge is not None)  # the last kind takes every name, or says why not
    except (InputError, NotFound, MissingExtra) as error:
        raise type(error)(f"{error} (judge)") from error
