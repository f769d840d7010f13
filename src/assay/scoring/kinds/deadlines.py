"""How long before or after an event: within 30 days of the trip, 收货后7天内. Knows no dates and no bare durations."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read, read_text
from assay.scoring.values.quantities import Quantity, same_amount
from assay.scoring.values.units import BY_NAME

__all__ = ["DEADLINE"]

_AFTER = re.compile(
    r",?\s(?:at the latest\s|at most\s)?(?P<side>after|of|from|following|before|prior to|ahead of"
    r"|in advance of)\s(?P<event>[^,.;:()\n]+)",
    re.IGNORECASE,
)
_BEFORE = frozenset(("before", "prior to", "ahead of", "in advance of"))
_ZH_BEFORE = re.compile(
    r"(?P<event>[^，。；,;：]{1,16}?)(?P<side>之?后|之日起|以后|[起前]|之前)(?:的)?(?:最[晚迟]|至[多少]|不超过|第)?$"
)
_ZH_SIDE = re.compile(r"[之以]?[后前]")
_ZH_EVENT = re.compile(r"([^，。；,;：满]{0,12})满?(?:了)?$")
_PRONOUN = re.compile(r"(?:it|they|you|this|that)\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:within|no later than|not later than|at most|at the latest|up to|until|till|by|the|,|\s)*", re.IGNORECASE
)
_LEAD_ZH = re.compile(r"(?:[之以]?内|为止|之内|以内)?")
_STEM = 5  # letters that two forms of a word share: deliver, delivery


@dataclass(frozen=True)
class _Deadline:
    amount: Quantity
    is_before: bool
    event: frozenset[str]
    end: int


def _deadlines(read: Read) -> list[_Deadline]:
    found = []
    for one in read.amounts:
        unit = BY_NAME.get(one.unit)
        if unit is None or unit.dimension not in ("time", "months"):
            continue
        match = _ZH_BEFORE.search(read.text[: one.start]) if read.lang == "zh" else _AFTER.match(read.text, one.end)
        if read.lang == "zh" and (beside := _ZH_SIDE.match(read.text, one.end)):
            event = _ZH_EVENT.search(read.text[: one.start])
            is_before = beside.group().endswith("前")
            found.append(_Deadline(one, is_before, _stems(event[1] if event else "", read), beside.end()))
        elif match:
            side = match["side"].lower()
            is_before = side in _BEFORE or side.endswith("前")
            end = one.end if read.lang == "zh" else match.end()
            found.append(_Deadline(one, is_before, _stems(match["event"], read), end))
    return found


def _stems(text: str, read: Read) -> frozenset[str]:
    if _PRONOUN.match(text):
        return frozenset()
    words = read_text(text, read.lang).content
    return frozenset(word.key[:_STEM] for word in words if word.key not in FUNCTION_WORDS and not word.key[0].isdigit())


def _whole(accepted: Read) -> _Deadline | None:
    found = _deadlines(accepted)
    if len(found) != 1 or len(accepted.amounts) != 1 or not found[0].event:
        return None
    one = found[0]
    if accepted.lang == "zh":
        return one if _LEAD_ZH.fullmatch(accepted.text[one.end :].strip("。 ")) else None
    before, after = accepted.text[: one.amount.start], accepted.text[one.end :]
    return one if _LEAD.fullmatch(before) and not after.strip(" .") else None


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The same time on the same side of the same event; of none where a text is nothing but the time."""
    wanted = _whole(accepted)
    assert wanted is not None  # `reads` said so
    known = wanted.event | {word.key[:_STEM] for word in asked.read.content}
    found = [
        Place(one.amount.start, one.end)
        for one in _deadlines(said)
        if _same_time(one, wanted) and one.is_before == wanted.is_before and (not one.event or one.event & known)
    ]
    return found


def _same_time(one: _Deadline, wanted: _Deadline) -> bool:
    """Whether the times are one: "at most" may be left out, and "at least" where it is before the event."""
    bounds = {one.amount.bound, wanted.amount.bound}
    told = {"", "<=", ">="} if wanted.is_before else {"", "<="}
    return same_amount(one.amount, wanted.amount) and (len(bounds) == 1 or bounds <= told)


DEADLINE = Kind(name="deadline", reads=lambda accepted, asked: _whole(accepted) is not None, find=_find)
