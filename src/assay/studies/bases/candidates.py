"""The base models that are to be compared: which can be tried here, and why the others cannot."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from assay.bench.bench import Bench
from assay.errors import AssayError, InputError
from assay.models import EndpointModel, Model, open_model
from assay.models.base_facts import BaseFacts, memory_to_answer, memory_to_make, read_facts
from assay.settings import parse_gigabytes
from assay.studies.memory_need import PROGRAM
from assay.words import message

__all__ = ["Candidate", "open_candidates"]

_GB = 1e9


@dataclass(frozen=True)
class Candidate:
    """A base that can be tried; `name` is what its model calls itself, `opened` what it was opened by."""

    name: str
    opened: str
    facts: BaseFacts
    model: Model


def open_candidates(names: Iterable[str], bench: Bench) -> tuple[list[Candidate], dict[str, str]]:
    """Those that can be tried, the smallest first, and why each of the others is not.

    What does not fit is not opened. Of two names for the same weights the second is left out.

    Raises:
        InputError: none is left.
    """
    found: dict[str, Candidate] = {}
    left_out: dict[str, str] = {}
    for name in dict.fromkeys(names):
        try:
            one = _open(name, bench)
        except AssayError as error:
            left_out[name] = str(error)
            continue
        twin = found.get(one.model.sha256)
        if twin is not None:
            left_out[name] = message("bases.twin", bench.settings.lang, base=twin.name)
        else:
            found[one.model.sha256] = one
    if not found:
        raise InputError("\n".join(f"{name}: {reason}" for name, reason in left_out.items()))
    return sorted(_by_unique_name(found.values()), key=lambda one: one.facts.n_weights or float("inf")), left_out


def _open(name: str, bench: Bench) -> Candidate:
    facts = read_facts(name)
    _check_fits(facts, bench)
    model = open_model(name, bench.settings.engine, bench.say)
    if isinstance(model, EndpointModel):
        model.load()  # nobody waits for others to learn that it is down
    is_known = facts.window is not None or model.folder is None
    return Candidate(model.name, name, facts if is_known else read_facts(str(model.folder)), model)


def _check_fits(facts: BaseFacts, bench: Bench) -> None:
    """Nothing when the base fits into the memory that there is.

    Raises:
        InputError: it does not.
    """
    import psutil

    need = memory_to_answer(facts)
    if need is None:
        return
    free = float(psutil.virtual_memory().available)
    allowed = parse_gigabytes(bench.settings.memory)
    room = min(free, allowed * _GB) if allowed is not None else free
    most = max(need, memory_to_make(facts) or 0.0) + PROGRAM
    if most > room:
        told = {"need": f"{most / _GB:.1f}", "room": f"{room / _GB:.1f}"}
        raise InputError(message("bases.too_large", bench.settings.lang, **told))


def _by_unique_name(found: Iterable[Candidate]) -> list[Candidate]:
    """Two models of one name, in different places, are told apart by a number."""
    seen: dict[str, int] = {}
    named = []
    for one in found:
        seen[one.name] = seen.get(one.name, 0) + 1
        number = seen[one.name]
        named.append(one if number == 1 else replace(one, name=f"{one.name} ({number})"))
    return named
