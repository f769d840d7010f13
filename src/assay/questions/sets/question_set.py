"""What a tool's question sets are, and what reading any of them needs. Knows no particular tool."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assay.questions.columns import is_empty, is_own, meaning_of, parse_answers

__all__ = ["Tool", "Values", "answers_in", "fixed", "named", "picked"]

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Tool:
    """One tool's question sets.

    Args:
        name: as it calls itself.
        knows: whether columns are those of its sets.
        read: the values of one row under our names. Raises ValueError.
        taken: which of these columns are taken, and for what of ours.
    """

    name: str
    knows: Callable[[Sequence[str]], bool]
    read: Callable[[Values], dict[str, Any]]
    taken: Callable[[Sequence[str]], list[tuple[str, str]]]


def fixed(**names: str) -> Callable[[Sequence[str]], list[tuple[str, str]]]:
    """Their columns -> ours, as far as they are there."""
    return lambda columns: [(name, names[name]) for name in columns if name in names]


def picked(given: Values, ours: str, where: str) -> Any:
    """The value whose name means what is asked for; where there is one value only, that.

    Raises:
        ValueError: no name tells, or several do.
    """
    named = [name for name in given if meaning_of(name) == ours and not is_empty(given[name])]
    if len(named) > 1:
        named = [name for name in named if is_own(name)] or named
    if len(named) == 1 or len(given) == 1:
        value = given[named[0] if named else next(iter(given))]
        if ours == "question" and isinstance(value, list | dict):
            raise ValueError(f"the question in {where} must be text")
        return value
    shown = ", ".join(given) or "nothing"
    what = "several" if named else "none"
    raise ValueError(f"{where} has {shown}, and {what} of these is known as {ours}: name one of them {ours}")


def named(given: Values, ours: str) -> Any:
    """The first value whose name means what is asked for; None where none does."""
    return next((value for name, value in given.items() if meaning_of(name) == ours and not is_empty(value)), None)


def answers_in(value: Any) -> list[str]:
    """The accepted answers in a value; none in an empty one."""
    return [] if is_empty(value) else list(parse_answers(value, is_table=False))
