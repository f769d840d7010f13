"""How many times as much something became: doubled, 增长一倍, 原来的两倍. Knows no amounts."""

import re
from collections.abc import Callable, Iterator, Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import Asked, Place, Read

__all__ = ["MULTIPLE"]

_N = r"(\d+(?:\.\d+)?)"
_WORDS = {
    "doubled": 2.0,
    "twofold": 2.0,
    "double": 2.0,
    "tripled": 3.0,
    "trebled": 3.0,
    "quadrupled": 4.0,
    "halved": 0.5,
}
_Form = tuple[re.Pattern[str], Callable[[re.Match[str]], float]]
_ENGLISH: tuple[_Form, ...] = (
    (re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE), lambda m: _WORDS[m.group().lower()]),
    (re.compile(rf"\b{_N}[- ]?fold\b", re.IGNORECASE), lambda m: float(m[1])),
    (re.compile(r"\btwice (?:as|what|the|its)\b", re.IGNORECASE), lambda m: 2.0),
    (re.compile(rf"\b{_N} times (?:as|what|the|its)\b", re.IGNORECASE), lambda m: float(m[1])),
    (re.compile(rf"\b(?:rose|grew|grown|risen|increased?|up|growth of)(?: by)? {_N}\s?(?:%|percent)", re.IGNORECASE),
     lambda m: 1 + float(m[1]) / 100),
)  # fmt: skip
_CHINESE: tuple[_Form, ...] = (
    (re.compile(rf"(?:到|为|是|成)?了?(?:原来|之前|以前|去年|上年|过去"
                rf"|当初)的?{_N}倍(半)?"), lambda m: float(m[1]) + bool(m[2]) / 2),
    (re.compile(rf"(?:增[长加]|提高|上升|扩大|涨|多)了?{_N}倍"), lambda m: 1 + float(m[1])),
    (re.compile(r"翻了?(?:[1一]番|倍)"), lambda m: 2.0),
    (re.compile(r"翻了?([2-5两])番"), lambda m: 2.0 ** (2 if m[1] == "两" else int(m[1]))),
    (re.compile(r"减(?:少)?了?(?:一)?半|减半"), lambda m: 0.5),
    (re.compile(rf"(?:增[长加]|提高|上升|涨)了?{_N}%"), lambda m: 1 + float(m[1]) / 100),
)  # fmt: skip


def _factors(read: Read) -> Iterator[tuple[float, Place, bool]]:
    """Each factor of a text, and whether it is told as a percentage."""
    forms = _CHINESE if read.lang == "zh" else _ENGLISH
    for i, (pattern, value) in enumerate(forms):
        for match in pattern.finditer(read.text):
            yield round(value(match), 6), Place(*match.span()), i == len(forms) - 1


def _whole(accepted: Read) -> float | None:
    found = [(factor, place) for factor, place, is_percent in _factors(accepted) if not is_percent]
    if len(found) != 1:
        return None
    rest = accepted.text[: found[0][1].start] + accepted.text[found[0][1].end :]
    return found[0][0] if len(re.findall(r"\w", rest)) <= 4 else None


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    return [place for factor, place, _ in _factors(said) if factor == _whole(accepted)]


MULTIPLE = Kind(name="multiple", reads=lambda accepted, asked: _whole(accepted) is not None, find=_find)
