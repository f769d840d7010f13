"""Decades and centuries: the 1930s, the thirties, the 17th century, 20世纪30年代. Knows no durations."""

import re
from collections.abc import Iterator, Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.numerals import ORDINALS
from assay.scoring.read_text import Asked, Place, Read

__all__ = ["PERIOD"]

_Span = tuple[int, int]  # first and last year; before Christ negative
_TENS = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80,
         "nineties": 90}  # fmt: skip
_CENTURY = re.compile(
    rf"\b(?P<n>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})[ -]century(?:\s?(?P<bc>BCE?|B\.C\.)|\s?(?:AD|CE)\b)?",
    re.IGNORECASE,
)
_DECADE = re.compile(
    rf"(?<![\w.])(?:(?P<year>1\d\d0|20\d0)'?s|'?(?P<short>[2-9]0)'?s|(?P<word>{'|'.join(_TENS)}))\b", re.IGNORECASE
)
_ZH = re.compile(
    r"(?P<bc>公元前|前)?(?P<last>上个?世纪|本世纪|(?P<n>\d{1,2})世纪)(?:的?(?P<tens>\d0)年代)?|(?<!\d)(?P<decade>(?:1\d|20)\d0|[2-9]0)年代"
)
_ORDINAL_ALONE = re.compile(rf"\W*(?:the |in the )?(\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})\W*", re.IGNORECASE)
_ASKED_FOR = re.compile(r"\bcentur(?:y|ies)\b|\bdecades?\b|世纪|年代", re.IGNORECASE)
_AROUND = re.compile(r"(?:in|during|the|of|在|于|的|时期|期间|[^\w])*", re.IGNORECASE)
_LAST_CENTURY, _THIS_CENTURY = 20, 21


def _century(n: int, is_before: bool = False) -> _Span:
    """From the year that people see in it: 1600 to 1699 for the 17th, as "the 1600s"."""
    return (-100 * n, -100 * (n - 1) - 1) if is_before else (100 * (n - 1), 100 * n - 1)


def _nth(ordinal: str) -> _Span:
    return _century(ORDINALS.get(ordinal.lower()) or int(re.sub(r"\D", "", ordinal)))


def _periods(read: Read) -> Iterator[tuple[_Span, Place]]:
    if read.lang == "zh":
        for match in _ZH.finditer(read.text):
            yield _of_chinese(match), Place(*match.span(), True)
        return
    for match in _CENTURY.finditer(read.text):
        n = ORDINALS.get(match["n"].lower()) or int(re.sub(r"\D", "", match["n"]))
        yield _century(n, bool(match["bc"])), Place(*match.span(), True)
    for match in _DECADE.finditer(read.text):
        first = int(match["year"] or 1900 + int(match["short"] or _TENS[(match["word"] or "twenties").lower()]))
        yield (first, first + (9 if first % 100 else 99)), Place(*match.span(), True)


def _of_chinese(match: re.Match[str]) -> _Span:
    if match["decade"]:
        first = int(match["decade"]) + (1900 if len(match["decade"]) == 2 else 0)
        return first, first + 9
    n = int(match["n"]) if match["n"] else _LAST_CENTURY if match["last"].startswith("上") else _THIS_CENTURY
    if match["tens"]:
        first = 100 * (n - 1) + int(match["tens"])
        return first, first + 9
    return _century(n, bool(match["bc"]))


def _whole(accepted: Read) -> _Span | None:
    found = list(_periods(accepted))
    if len(found) != 1:
        return None
    span, place = found[0]
    rest = accepted.text[: place.start] + accepted.text[place.end :]
    return span if _AROUND.fullmatch(rest) else None


def _is_within(inner: _Span, outer: _Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where the same period stands, a part of it, or a year of it where a decade or a century is asked for."""
    wanted = _whole(accepted)
    assert wanted is not None  # `reads` said so
    found = [place for span, place in _periods(said) if _is_within(span, wanted)]
    if _ASKED_FOR.search(asked.question.text):
        years = [one for one in said.dates if one.year and _is_within((one.year, one.year), wanted)]
        found += [Place(one.start, one.end) for one in years]
        found += [
            Place(*match.span(), True)
            for match in [_ORDINAL_ALONE.fullmatch(said.text)]
            if match and _nth(match[1]) == wanted
        ]
    return found


def _others(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
    """Other periods, of the same length and none of the question's."""
    wanted = _whole(accepted)
    assert wanted is not None
    known = [span for span, _ in _periods(asked.read)]
    return [
        place
        for span, place in _periods(said)
        if not _is_within(span, wanted) and not _is_within(wanted, span) and span not in known
    ]


def _reads(accepted: Read, asked: Asked) -> bool:
    return _whole(accepted) is not None


PERIOD = Kind(name="period", reads=_reads, find=_find, others=_others)
