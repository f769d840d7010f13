"""Days, months and years. Knows no durations and no ranges."""

import itertools
import re
from collections.abc import Sequence

from assay.scoring.kinds.kind import Kind
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read
from assay.scoring.values.date_values import Date, covers

__all__ = ["DATE", "date_of", "is_enough"]

_AROUND_TEXT = (
    "day date year month since around about exactly every each circa until till through before after end effective "
    "valid starting following next subsequent same current calendar latest c ca approximately approx roughly"
)
_AROUND = frozenset(_AROUND_TEXT.split())
_NOT_THEN_ZH = re.compile(r"(?:不早于|早于|(?<!不)晚于)$")
_RELATIVE = re.compile(
    r"\b(?:(?P<next>following|next|subsequent)|same|current|this) (?:calendar )?year\b|次年|第2年|翌年|来年"
    r"|下一年|明年|当年|本年|同年",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，,;；。]")
_NEAR = 30
_LEAST_YEAR, _SURE_YEAR = 100, 1000
_BEFORE_CHRIST = re.compile(r"\s?B\.?C", re.IGNORECASE)
_SEASONS = frozenset(("spring", "summer", "autumn", "fall", "winter"))
_CHINESE_AROUND = re.compile(
    r"节|那天|当日|号|日|于|在|从|自|起|开始|的|是|为|每年|当天|左右|约|大约|这一?天|次年|第2年|翌年|来年|下一年|明年|当年|本年|最迟|截至|截止|止|之?前|[^\w]"
)
_ASKS_YEAR = re.compile(
    r"\b(?:what|which|in what|in which) (?:\w+ )?year\b|哪一?年|何年|几几年|什么年份|哪个年份", re.IGNORECASE
)
_ASKS_MONTH = re.compile(r"\b(?:what|which) month\b|哪个?一?月|几月(?!几|多少)|什么月份", re.IGNORECASE)
_ASKS_DAY = re.compile(
    r"\b(?:what|which|exact|precise)(?: exact| precise| calendar)? (?:day|date)\b|\bon what\b|\bdeadline\b"
    r"|几[号日]|哪一?天|哪一?日|具体日期|什么日期|日期",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\bhow (?:many|much|far|long|tall|high|big|large|heavy|old)\b|多少(?!年)|几[个名位次元米]|第几|等于", re.IGNORECASE
)
_ASKS_WHEN = re.compile(r"\bwhen (?:did|was|were|has|had)\b|什么时[候间]|何时", re.IGNORECASE)
_ASKS_PAST = re.compile(r"\bwhen (?:did|was|were|has|had)\b|[的过](?:呢)?[？?]?\s*$|了[？?]?\s*$|[曾被]", re.IGNORECASE)
_ASKS_UNTIL = re.compile(r"截止|到什么时候|什么时候之?前|何时之?前|最晚|最迟|到期|期限")
# of these a year is what people ask for
_YEAR_IS_ENOUGH = re.compile(
    r"\b(?:found|establish|built|build|born|birth|invent|discover|releas|publish|die[ds]?\b|death|creat|introduc"
    r"|premier|c[oa]me out"
    r"|written|wrote|compos|painted|abolish|independen)|成立|建立|创立|创办|出生|诞生|发明|发现|发布|出版|去世"
    r"|逝世|建成|独立",
    re.IGNORECASE,
)


def date_of(accepted: Read) -> Date | None:
    """The date that an answer is, the whole of it; None for another answer."""
    if len(accepted.dates) != 1:
        return None
    one = accepted.dates[0]
    rest = accepted.text[: one.start] + " " + accepted.text[one.end :]
    if accepted.lang == "zh":
        return one if not _CHINESE_AROUND.sub("", rest) else None
    words = Read(rest, "en").words
    return (
        one if all(word.key in FUNCTION_WORDS | _AROUND | _SEASONS or _is_weekday(word.key) for word in words) else None
    )


def _is_weekday(key: str) -> bool:
    return key in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def is_enough(given: Date, accepted: Date, asked: Asked) -> bool:
    """Whether a coarser date answers the question: a year where the year is asked for; never where the day is."""
    question = asked.question.text
    if given.year != accepted.year and not (given.year is None or accepted.year is None):
        return False
    if _ASKS_YEAR.search(question):
        return given.year is not None and given.year == accepted.year and given.month in (None, accepted.month)
    if _ASKS_MONTH.search(question):
        return given.month == accepted.month and given.month is not None and given.day is None
    if _ASKS_DAY.search(question) or accepted.day is None or given.day is not None:
        return False
    if given.year is None or given.year != accepted.year or not _ASKS_WHEN.search(question):
        return False
    is_past = _ASKS_PAST.search(question) or _YEAR_IS_ENOUGH.search(question)
    return given.month == accepted.month or (given.month is None and bool(is_past))


def _reads(accepted: Read, asked: Asked) -> bool:
    one = date_of(accepted)
    if one is None or one.month or not accepted.text.strip(" .").isdigit():
        return one is not None
    return not _COUNTS.search(asked.question.text)  # 1974 may be a year or a number


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    wanted = date_of(accepted) or accepted.dates[0]
    return [
        Place(one.start, one.end, said.text[one.start : one.end] == accepted.text)
        for one in [*said.dates, *_bare_years(said, wanted, asked)]
        if (covers(one, wanted) or is_enough(one, wanted, asked))
        and _agrees_with_finer(one, wanted, asked)
        and _same_season(accepted, said, asked)
        and not _is_opposed(one, wanted, said, accepted, asked)
        and _year_told(said, one) in (_year_told(accepted, wanted), "")
    ]


def _agrees_with_finer(one: Date, wanted: Date, asked: Asked) -> bool:
    """Whether a date is not another one than an accepted one that says more: of 1914 and 28 July 1914, no 28 June."""
    finer = [date for read in asked.accepted for date in read.dates if date != wanted and covers(date, wanted)]
    told = [date for date in finer if (date.month and one.month) or (date.day and one.day)]
    return not told or any(covers(one, date) or covers(date, one) for date in told)


def _bare_years(said: Read, wanted: Date, asked: Asked) -> list[Date]:
    """Years of three digits, which are numbers elsewhere: 907 for AD 907, where it is asked when."""
    if not wanted.year or not _LEAST_YEAR <= wanted.year < _SURE_YEAR or not _ASKS_PAST.search(asked.question.text):
        return []
    return [
        Date(wanted.year, None, None, one.start, one.end)
        for one in said.amounts
        if not one.unit and one.value == wanted.year and not _BEFORE_CHRIST.match(said.text, one.end)
    ]


def _same_season(accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether a text names no other season, and the accepted one unless a year is enough."""
    wanted, given = ({word.key for word in read.words} & _SEASONS for read in (accepted, said))
    return not wanted or wanted == given or (not given and bool(_ASKS_PAST.search(asked.question.text)))


def _is_opposed(one: Date, wanted: Date, said: Read, accepted: Read, asked: Asked) -> bool:
    """ "before 5 May" is not "after 5 May", nor "by 5 May" if only the day itself is accepted."""
    before = {word.key for word in said.words if one.start - 10 <= word.start < one.start} & {"before", "after"}
    wanted_before = {word.key for word in accepted.words if word.start < wanted.start} & {"before", "after"}
    if _side(said, one) * _side(accepted, wanted) < 0:
        return True
    if _NOT_THEN_ZH.search(said.text[: one.start]) and not _NOT_THEN_ZH.search(accepted.text):
        return True
    after = said.text[one.end : one.end + 2] if said.lang == "zh" else ""
    return (bool(before) and before != wanted_before) or bool(
        re.match(r"[之以]?[前后]", after)
        and after not in accepted.text
        and not ("前" in after and _ASKS_UNTIL.search(asked.question.text))
    )


def _year_told(read: Read, one: Date) -> str:
    """ "next" or "same" where a date is told of the next year or of the same one, else ""."""
    match = _RELATIVE.search(_CLAUSE.split(read.text[one.end : one.end + _NEAR])[0]) or _RELATIVE.search(
        _CLAUSE.split(read.text[max(0, one.start - _NEAR // 3) : one.start])[-1]
    )
    is_next = match is not None and (match["next"] or match.group()[0] in "次第翌来下明")
    return "" if not match else "next" if is_next else "same"


def _side(read: Read, one: Date) -> int:
    """1 where a date is told as a beginning, -1 as an end, 0 as neither."""
    before = {word.key for word in read.words if one.start - 12 <= word.start < one.start}
    return bool(before & {"from", "since", "after", "starting"}) - bool(
        before & {"until", "till", "through", "before", "by"}
    )


def _may_be(one: Date, wanted: Date) -> bool:
    """Whether a date says nothing against another: 12 August, of 12 to 13 August 1961, against 1961."""
    pairs = ((one.year, wanted.year), (one.month, wanted.month), (one.day, wanted.day))
    return all(a is None or b is None or a == b for a, b in pairs)


def _others(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
    """Other dates that "or" or "to" joins to the right one; dates of other things contradict nothing."""
    wanted = date_of(accepted)
    known = [one for read in asked.accepted for one in read.dates] + list(asked.read.dates)
    dates = list(said.dates)
    found = []
    for one, after in itertools.pairwise(dates):
        if not re.fullmatch(
            r"[\s,]*(?:or|to|until|till|through|-|~|至|到|或者?|还是)\s*(?:in |on |on the |from )?",
            said.text[one.end : after.start],
        ):
            continue
        for this, that in ((one, after), (after, one)):
            is_held = any(place.start == this.start for place in held)
            if wanted is None or _may_be(that, wanted):
                continue
            if is_held and not any(covers(that, other) for other in known):
                found.append(Place(that.start, that.end))
    return found


DATE = Kind(name="date", reads=_reads, find=_find, others=_others)
