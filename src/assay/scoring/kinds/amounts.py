"""Amounts: a number with what it counts and how exact it is. Knows no ranges and no dates."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assay.scoring.kinds.kind import Kind
from assay.scoring.money import CURRENCIES
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read
from assay.scoring.values.quantities import Quantity, same_amount, same_kind
from assay.scoring.values.units import BY_NAME

__all__ = ["AMOUNT", "amount_of", "is_same", "within"]

# words that may stand around an amount in an accepted answer and say nothing else
_FILLER_TEXT = (
    "most least up about around every within more less over under approximately roughly net after before total only "
    "just once long wide high deep old each maximum minimum max min tall thick heavy weight length day per exactly "
    "approx some nearly almost first next last fewer than circa ca away apart total worth age aged or so no not exceed "
    "exceeding equal average mean roughly extra additional supplement top"
)
_FILLER = frozenset(_FILLER_TEXT.split())
_CHINESE_FILLER = re.compile(
    r"最多|最高|最低|最少|最大|最长|最远|最快|最重|至少|至多|不超过|不少于|不低于|不得超过|超过|低于|少于"
    r"|共计|总共|合计|一共|共"
    r"|大约|大概|约|近|以上"
    r"|以下|以内|之内|内|左右|每年|每月|每天|每日|每晚|每次|每人|每周|每小时|人民币|为|是|在|后|前|整|的|达到|达"
    r"|了|有|起|及|或|更多|不到|不足|未满|满|另?加|补贴|多给"
)
_UP = re.compile(
    r"\b(?:increas|rise|rose|risen|grow|grew|gain|climb|up by|profit|higher by)|增[长加]|上升|提高|上涨|盈利|涨",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:decreas|declin|fall|fell|drop|shr[aiu]nk|reduc|loss|lost|down by|down(?=\s*(?:about |around "
    r"|some )?$)|lower by|(?:below|under) (?:the"
    r" )?sea level)|下降|减少|降低|下跌|亏损|跌"
    r"|降价|减价",
    re.IGNORECASE,
)
_LAST_CLAUSE = re.compile(r"[,.;!?，。；！？](?!\d)")
_NEAR = 40  # characters around an amount that may say whether it is more or less
_OUT_OF = re.compile(
    r"(?<![\d.])(?P<n>\d+)(?: \w+)? (?:in|out of|of)(?: every| each| the)? (?P<of>\d+)(?![\d.%])", re.IGNORECASE
)
_OUT_OF_ZH = re.compile(
    r"(?:每)?(?P<of>\d+)\s?[个件名位人次份条家台项题]?[^\d，。]{0,4}(?:里|中|当中)[^\d，。]{0,4}(?P<n>\d+)(?![\d.%])"
)
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b|^\W*what\b.{0,9}$|多少|几", re.IGNORECASE)
_ASKS_LIMIT = re.compile(
    r"\b(?:more than|over|above|from) (?:how|what)|\bafter how|以上|超过(?:多|几)|满(?:多|几)", re.IGNORECASE
)
_SEE = re.compile(
    r"\b(?:sections?|pages?|pp?\.|paragraphs?|paras?\.?|chapters?|clauses?|tables?|figures?|figs?\.|appendix"
    r"|annex|(?:foot)?notes?|references?|refs?\.?|sources?)\s?$|[§\[第]\s?$|(?:[见阅看照]|参见|详见)\s?[注第]?\s?$",
    re.IGNORECASE,
)  # what is only a place to look
_BOTH_SIGNS = re.compile(r"±\s?$")
_ONE_SIGN = re.compile(r"(?:^|[^\w)])[+-]\s?\d?$")
_SCALE = re.compile(r"\b(?:thousand|million|billion)s?\b|[千万亿]", re.IGNORECASE)
_EACH_BEFORE_ZH = re.compile(r"每个?(天|日|周|月|年)(?:最多|可以?|有|为)?$")
_GROUPS = re.compile(r"\d{2,4}(?: \d{2,4})+")
_GRADE = re.compile(r"\d-")  # 0-, beside 0+
_EACH_ZH = re.compile(r"每个?(?:用户|账号|账户|员工|客户|位|名|套|台|件|单|户|间|份|箱|瓶|条|张)")
_COUNTED = re.compile(r"\bhow many\b|\bnumber of\b|几[个名位台张]|多少[个名位台张人]", re.IGNORECASE)
_ASKS_LEAST = re.compile(
    r"\b(?:minimum|min|at least|least|lowest|smallest)\b|最低|最少|至少|起[订步]|下限", re.IGNORECASE
)
_ASKS_MOST = re.compile(
    r"\b(?:maximum|max|at most|limit|highest|up to|cap|ceiling)\b|最高|最多|上限|最大|至多", re.IGNORECASE
)
_RATE = re.compile(
    r"\b(?:per|an?|each|every) (?P<per>hour|day|week|month|year|km|kilometre|kilometer|mile)\b|\b(?P<ly>hourly"
    r"|daily|weekly|monthly|yearly|annual)\b"
    r"|每个?(?P<zh>小时|天|日|周|月|年|公里|千米|英里)",
    re.IGNORECASE,
)
_LY = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year",
       "小时": "hour", "天": "day", "日": "day", "周": "week", "月": "month", "年": "year",
       "km": "kilometre", "kilometer": "kilometre", "公里": "kilometre",
       "千米": "kilometre", "英里": "mile"}  # fmt: skip
_TENS = 1000  # from here on, "over" does not change what a round number says


def amount_of(accepted: Read) -> Quantity | None:
    """The amount that an answer is, the whole of it; None for another answer."""
    found = accepted.quantities
    if len(found) != 1 or found[0].unit in ("date", "clock"):
        return None
    one = found[0]
    if re.match(r"0\d+$", one.digits) or _GRADE.fullmatch(accepted.text.strip()):
        return None  # a code: 0471
    if re.match(rf"{re.escape(one.digits)}(?:st|nd|rd|th)\b", accepted.text[one.start :]):
        return None  # an ordinal
    rest = accepted.text[: one.start] + " " + accepted.text[one.end :]
    if accepted.lang == "zh":
        return one if not re.sub(r"[\W_]", "", _CHINESE_FILLER.sub("", _EACH_ZH.sub("", rest))) else None
    words = Read(rest, "en").words
    return one if all(word.key in _FILLER or word.key in FUNCTION_WORDS for word in words) else None


def within(stated: Quantity, accepted: Quantity, tolerance: str) -> bool:
    """Whether an amount of the same kind is no further away than a tolerance, "0.5" or "2%"."""
    if not same_kind(stated, accepted):
        return False
    allowed = abs(accepted.value) * Decimal(tolerance[:-1]) / 100 if tolerance.endswith("%") else Decimal(tolerance)
    return any(abs(value - accepted.value) <= allowed for value in _in_unit_of(stated, accepted))


def _in_unit_of(stated: Quantity, accepted: Quantity) -> list[Decimal]:
    """The value in the accepted unit; of a bare number both as it stands and scaled like the accepted one."""
    if not stated.unit and accepted.unscaled:
        return [stated.value, stated.value * (accepted.value / accepted.unscaled)]
    this, that = BY_NAME.get(stated.unit), BY_NAME.get(accepted.unit)
    return [stated.value * this.factor / that.factor if this and that else stated.value]


def is_same(stated: Quantity, accepted: Quantity, said: Read, asked: Asked) -> bool:
    """Whether an amount of a text is this accepted one.

    Of the accepted answers "20 days" and "20", the second means days too: "EUR 20" is not it. A bare number in the
    text is enough only where it is the only one, or an accepted answer is itself bare.
    """
    tolerance = asked.question.tolerance
    if not (within(stated, accepted, tolerance) if tolerance else same_amount(stated, accepted)):
        return False
    if (
        _is_scaled(stated, accepted, asked)
        or not _counts_the_same(stated, accepted, asked)
        or _is_of_another_period(stated, accepted, said, asked)
    ):
        return False
    if (
        not accepted.unit
        and (stated.unit in CURRENCIES or stated.unit == "percent")
        and _COUNTED.search(asked.question.text)
    ):
        return False
    if not accepted.bound and (_turns_limit(stated, asked) or _turns_bound(stated, asked)):
        return False
    if accepted.unit in ("", "degree") and _is_of_another_scale(stated, asked):
        return False
    if stated.about and stated.bound:
        if not _is_beyond(stated, accepted):
            return False
    elif not _bounds_agree(stated, accepted) and not _is_bound_in_evidence(stated, asked):
        return False
    amounts = [one for one in map(amount_of, asked.accepted) if one]
    is_share = accepted.unit == "percent" and 0 < stated.value < 1
    if not stated.unit and accepted.unit and not is_share:
        others = [
            q
            for q in said.amounts
            if q is not stated and not any(q.value == known.value for known in asked.read.amounts)
        ]
        return not others or any(not q.unit for q in amounts)
    if accepted.unit:
        return True
    twins = [q for q in amounts if q.unit and q.value == accepted.value]
    return not twins or not stated.is_known_unit or any(same_amount(stated, twin) for twin in twins)


def _is_beyond(stated: Quantity, accepted: Quantity) -> bool:
    """Whether an amount that is a little more, or less, than a figure is so: 26.2 is just over 26, 26 is not."""
    if stated.value == accepted.value and (accepted.about or accepted.bound == stated.bound):
        return True
    sign = 1 if stated.bound == ">" else -1
    return any((accepted.value - value) * sign > 0 for value in _in_unit_of(stated, accepted))


def _bounds_agree(stated: Quantity, accepted: Quantity) -> bool:
    if stated.bound == accepted.bound or not stated.bound:
        return True
    if accepted.bound:
        return False
    if stated.bound == ">":
        is_round = abs(stated.value) >= _TENS or stated.unit == "percent"
        return is_round and any(value <= accepted.value for value in _in_unit_of(stated, accepted))
    return stated.bound != "<"


def _is_scaled(stated: Quantity, accepted: Quantity, asked: Asked) -> bool:
    """Whether a text counts millions where the accepted number counts ones: 50 million, for 50."""
    is_scaled = stated.value != stated.unscaled and accepted.value == accepted.unscaled == stated.unscaled
    return is_scaled and not _SCALE.search(asked.question.text)


def _counts_the_same(stated: Quantity, accepted: Quantity, asked: Asked) -> bool:
    """Whether two nouns that no table knows may be one: ships and ferries, where it is asked how many there are."""
    both = stated.unit and accepted.unit and not (stated.is_known_unit or accepted.is_known_unit)
    return not both or stated.unit == accepted.unit or bool(_HOW_MANY.search(asked.question.text))


def _is_of_another_period(stated: Quantity, accepted: Quantity, said: Read, asked: Asked) -> bool:
    """Whether an amount is for another time than the question asks of: 620 a week, of a daily allowance."""
    each = _EACH_BEFORE_ZH.search(said.text[: stated.start])
    per = stated.per or (each[1] if each else "")
    per = _LY.get(per, per)
    if accepted.per or per not in _LY.values():
        return False
    told = {_LY.get(one.per, one.per) for read in asked.accepted for one in read.amounts if one.per}
    if asks := _RATE.search(asked.question.text):
        wanted = (asks["ly"] or asks["zh"] or asks["per"]).lower()
        told.add(_LY.get(wanted, wanted))
    return bool(told & {*_LY.values()}) and per not in told


def _turns_bound(stated: Quantity, asked: Asked) -> bool:
    """Whether a text says at most where another accepted answer says at least."""
    bounds = {one.bound[0] for read in asked.accepted for one in read.amounts if one.bound and same_amount(one, stated)}
    return bool(stated.bound) and len(bounds) == 1 and stated.bound[0] not in bounds


def _is_of_another_scale(stated: Quantity, asked: Asked) -> bool:
    """Whether degrees are Fahrenheit where Celsius is asked for, or the other way round."""
    scales = {"celsius": r"摄氏|celsius|°C|centigrade", "fahrenheit": r"华氏|fahrenheit|°F"}
    other = {"celsius": "fahrenheit", "fahrenheit": "celsius"}.get(stated.unit, "")
    told = any(one.unit == other for read in asked.accepted for one in read.amounts)
    return bool(other) and (told or bool(re.search(scales[other], asked.question.text, re.IGNORECASE)))


def _turns_limit(stated: Quantity, asked: Asked) -> bool:
    """Whether a text says at most of the minimum that is asked for, or at least of the maximum."""
    least, most = _ASKS_LEAST.search(asked.question.text), _ASKS_MOST.search(asked.question.text)
    return bool(stated.bound == "<=" and least and not most) or bool(stated.bound == ">=" and most and not least)


def _is_bound_in_evidence(stated: Quantity, asked: Asked) -> bool:
    """Whether the evidence limits the amount in the same way, or the question asks for a limit."""
    same = any(one.bound == stated.bound and same_amount(one, stated) for one in asked.quote.quantities)
    return same or (stated.bound == ">" and bool(_ASKS_LIMIT.search(asked.question.text)))


def _reads(accepted: Read, asked: Asked) -> bool:
    return amount_of(accepted) is not None


def _find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    wanted = amount_of(accepted) or accepted.amounts[0]
    if _is_grouped(accepted, said):
        return [Place(0, len(said.text), True)]
    is_share = wanted.unit == "percent" or "/" in wanted.digits or 0 < wanted.value < 1
    return [
        Place(one.start, one.end)
        for one in [
            *(_signed(_in_degrees(one, wanted, said), wanted, said) for one in said.amounts),
            *(_out_of(said) if is_share else []),
        ]
        if is_same(one, wanted, said, asked)
        and not _opposed(one, wanted, said, accepted, asked)
        and not _is_reference(one, said, asked)
        and not (_BOTH_SIGNS.search(accepted.text[: wanted.start]) and _ONE_SIGN.search(said.text[: one.start + 1]))
    ]


def _is_grouped(accepted: Read, said: Read) -> bool:
    """Whether a text is nothing but the accepted number, its digits in groups: 44 00."""
    digits = accepted.text.strip()
    given = said.text.strip(" .")
    return digits.isdigit() and len(digits) > 3 and bool(_GROUPS.fullmatch(given)) and given.replace(" ", "") == digits


def _in_degrees(one: Quantity, wanted: Quantity, said: Read) -> Quantity:
    """212 f as degrees, where degrees are accepted."""
    letter = one.unit.lower() or said.text[one.end : one.end + 2].strip().lower()
    scale = {"f": "fahrenheit", "farad": "fahrenheit", "c": "celsius"}.get(letter, "")
    return replace(one, unit=scale) if scale and wanted.unit in ("celsius", "fahrenheit") else one


def _is_reference(one: Quantity, said: Read, asked: Asked) -> bool:
    """Whether a number only says where to look, "see page 8", where no page is asked for."""
    sign = _SEE.search(said.text[: one.start])
    return sign is not None and sign.group().strip().lower() not in asked.question.text.lower()


def _direction(stated: Quantity, said: Read) -> int:
    """1 where a text says that something grew by an amount, -1 where it shrank, 0 where it says neither."""
    before = _LAST_CLAUSE.split(said.text[: stated.start])[-1][-_NEAR:]
    after = said.text[stated.end : stated.end + _NEAR // 2]
    return _trend(before) or _trend(_LAST_CLAUSE.split(after)[0])


def _out_of(said: Read) -> list[Quantity]:
    """Shares that are told as so many of so many: one in five, 10个里有3个."""
    found = []
    for match in (_OUT_OF_ZH if said.lang == "zh" else _OUT_OF).finditer(said.text):
        first, second = Decimal(match["n"]), Decimal(match["of"])
        if 0 < first <= second:
            share = 100 * first / second
            found.append(Quantity(share, "percent", "", *match.span(), share, digits=str(share)))
    return found


def _signed(stated: Quantity, wanted: Quantity, said: Read) -> Quantity:
    """A fall of 5% as -5%, where the accepted amount has a sign."""
    if wanted.value < 0 < stated.value and _direction(stated, said) < 0:
        return replace(stated, value=-stated.value, unscaled=-stated.unscaled)
    return stated


def _asked_direction(asked: Asked, wanted: Quantity) -> int:
    """The direction that the question asks for, turned round where the accepted amount is negative."""
    return _trend(asked.read.text) * (-1 if wanted.value < 0 else 1)


def _trend(text: str) -> int:
    return bool(_UP.search(text)) - bool(_DOWN.search(text))


def _opposed(stated: Quantity, wanted: Quantity, said: Read, accepted: Read, asked: Asked) -> bool:
    """ "after 30 days" is not "before 30 days", nor a fall of 5% a rise of 5%."""
    if _direction(stated, said) * _asked_direction(asked, wanted) < 0:
        return True
    pairs = ({"before", "after"}, {"above", "below"})
    this = {word.key for word in said.words if stated.start - 12 <= word.start < stated.end + 10}
    that = {word.key for word in accepted.words}
    return any(len(pair & this) == 1 and len(pair & that) == 1 and pair & this != pair & that for pair in pairs)


def _others(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
    """Values that an accepted unit could have as well, and that no accepted answer and no question has."""
    amounts = [one for one in map(amount_of, asked.accepted) if one]
    stated = [one for one in said.amounts if any(place.start == one.start for place in held)]
    units = [one for one in stated if one.unit] or [one for one in amounts if one.unit]
    known = [one for read in asked.accepted for one in read.quantities] + list(asked.read.amounts)
    found = []
    for i, one in enumerate(said.amounts):
        if (
            one in stated
            or any(place.start <= one.start < place.end for place in held)
            or any(same_amount(one, other) for other in known)
        ):
            continue
        same_unit = one.unit and any(
            one.unit == unit.unit or (same_kind(one, unit) and one.is_known_unit) for unit in units
        )
        before, after = said.amounts[i - 1] if i else None, said.amounts[i + 1] if i + 1 < len(said.amounts) else None
        linked = not one.unit and (
            (one.linked and after in stated) or (before is not None and before.linked and before in stated)
        )
        if same_unit or linked:
            found.append(Place(one.start, one.end))
    return found


AMOUNT = Kind(
    name="quantity",
    reads=_reads,
    find=_find,
    others=_others,
)  # fmt: skip
