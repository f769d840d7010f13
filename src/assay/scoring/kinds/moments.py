"""A time of day with its day: 5 pm on Friday, 14 March at 9:00. Knows no time or day alone."""

import re
from collections.abc import Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read
from assay.scoring.values.date_values import covers
from assay.scoring.values.time_values import same_time

__all__ = ["MOMENT"]

_DAYS = re.compile(r"monday|tuesday|wednesday|thursday|friday|saturday|sunday")
_DAYS_ZH = re.compile(r"周[一二三四五六日]")


def _weekdays(read: Read) -> set[str]:
    if read.lang == "zh":
        return set(_DAYS_ZH.findall(read.text))
    return {word.key for word in read.words if _DAYS.fullmatch(word.key)}


def _reads(accepted: Read, asked: Asked) -> bool:
    days, dates = _weekdays(accepted), accepted.dates
    if len(accepted.times) != 1 or len(days) > 1 or len(dates) > 1 or not (days or dates):
        return False
    spans = [(one.start, one.end) for one in accepted.times] + [(one.start, one.end) for one in dates]
    rest = [word for word in accepted.words if not any(start <= word.start < end for start, end in spans)]
    return all(word.key in FUNCTION_WORDS or word.key in days or word.key in "周一二三四五六日" for word in rest)


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    if not _weekdays(accepted) <= _weekdays(said):
        return ()
    if not all(any(covers(given, one) for given in said.dates) for one in accepted.dates):
        return ()
    return [Place(one.start, one.end) for one in said.times if same_time(one, accepted.times[0])]


MOMENT = Kind(name="moment", reads=_reads, find=_find)
