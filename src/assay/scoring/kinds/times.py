"""Times of day. Knows no durations and no ranges."""

import itertools
import re
from collections.abc import Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read, read_text
from assay.scoring.values.time_values import same_time

__all__ = ["TIME"]

_AROUND_TEXT = "sharp exactly daily local time every day about around utc gmt cet est pst"
_JOINED = re.compile(r"\s*,?\s*(?:or|to|until|till|-|~|至|到|或者?)\s*(?:at )?")
_DOTTED = re.compile(r"\W*([01]?\d|2[0-4])\.([0-5]\d)\W*")  # 13.00, and nothing else
_AROUND = frozenset(_AROUND_TEXT.split())


def _reads(accepted: Read, asked: Asked) -> bool:
    if len(accepted.times) != 1:
        return False
    one = accepted.times[0]
    rest = accepted.text[: one.start] + " " + accepted.text[one.end :]
    if accepted.lang == "zh":
        return not re.sub(r"每天|每日|在|前|后|是|为|[^\w]", "", rest)
    return all(word.key in FUNCTION_WORDS or word.key in _AROUND for word in Read(rest, "en").words)


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    wanted = accepted.times[0]
    return [
        Place(one.start, one.end, said.text[one.start : one.end] == accepted.text)
        for one in (
            read_text(_DOTTED.sub(r"\1:\2", said.text), said.lang) if _DOTTED.fullmatch(said.text) else said
        ).times
        if same_time(one, wanted)
    ]


def _others(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
    """Times joined to the right one by "or" or "to"."""
    found = []
    times = list(said.times)
    for one, after in itertools.pairwise(times):
        is_joined = _JOINED.fullmatch(said.text[one.end : after.start])
        is_held = any(place.start in (one.start, after.start) for place in held)
        if is_joined and is_held and not same_time(one, after):
            found.append(Place(one.start, after.end))
    return found


TIME = Kind(name="time", reads=_reads, find=_find, others=_others)
