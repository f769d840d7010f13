"""Scores and ratios: two numbers in their order, 3:1, 2-1, 三比二. Knows no ranges."""

import re
from collections.abc import Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import Asked, Place, Read

__all__ = ["RATIO"]

_PAIR = re.compile(
    r"(?<![\d.:/-])(\d{1,4}(?:\.\d+)?)\s?(?::|-|to|比|对)\s?(\d{1,4}(?:\.\d+)?)(?![\d:%]|\.\d)", re.IGNORECASE
)
_ASKED_FOR = re.compile(
    r"\b(?:score|ratio|odds|result|scale|proportion|aspect)\b|比分|比例|几比几|比率|比值", re.IGNORECASE
)


def _pair(accepted: Read, asked: Asked) -> tuple[float, float] | None:
    """The two numbers that an answer is, where they are asked for or are no range by their order."""
    match = _PAIR.fullmatch(accepted.text.strip(" ."))
    if match is None:
        return None
    first, second = float(match[1]), float(match[2])
    return (first, second) if first > second or _ASKED_FOR.search(asked.question.text) else None


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    wanted = _pair(accepted, asked)
    return [Place(*match.span()) for match in _PAIR.finditer(said.text) if (float(match[1]), float(match[2])) == wanted]


RATIO = Kind(name="ratio", reads=lambda accepted, asked: _pair(accepted, asked) is not None, find=_find)
