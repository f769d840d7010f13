"""Whether a regular expression may take for ever on some text. Knows no texts."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

__all__ = ["is_endless"]

# Python's own reading of expressions: what is repeated cannot be told from the letters alone.
_PARSER: Any = import_module("re._parser")
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
_MOST = 3  # times, up to which a repeat of repeats is harmless; and of wide gaps, up to which trying all places is


def is_endless(pattern: str, flags: int = 0) -> bool:
    """Whether there may be texts on which the search tries more ways than can be tried.

    So it is where what is repeated can itself be shorter or longer, as in (a+)+, or begin alike in two ways, as in
    (a|ab)+; and where more than three gaps that hold anything, as in .*, follow one another. Some harmless
    expressions are taken for endless.

    Raises:
        re.error: it is no regular expression.
    """
    parsed = _PARSER.parse(pattern, flags)
    gaps = sum(1 for name, told in _parts(parsed) if name in _REPEATS and told[1] > _MOST and _is_wide(told[2]))
    return gaps > _MOST or any(
        name in _REPEATS and told[1] > _MOST and any(_is_loose(*part) for part in _parts(told[2]))
        for name, told in _parts(parsed)
    )


def _parts(parsed: Any) -> Iterator[tuple[str, Any]]:
    """Every operation of an expression with its arguments, those within others too."""
    for operation, told in parsed:
        yield str(operation), told
        for within in _expressions(told):
            yield from _parts(within)


def _expressions(told: Any) -> Iterator[Any]:
    if isinstance(told, _PARSER.SubPattern):
        yield told
    elif isinstance(told, tuple | list):
        for one in told:
            yield from _expressions(one)


def _is_loose(name: str, told: Any) -> bool:
    """Whether it can match the same beginning of a text in several ways."""
    if name == "BRANCH":
        firsts = [list(way)[:1] for way in told[1]]
        letters = {first[0][1] for first in firsts if first and str(first[0][0]) == "LITERAL"}
        return len(letters) < len(firsts)
    return name in _REPEATS and told[0] != told[1]


def _is_wide(repeated: Any) -> bool:
    return [str(name) for name, _ in repeated] == ["ANY"]
