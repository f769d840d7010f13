"""Whether another value beside the right one contradicts it, or says something else. Knows sentences, no types."""

import re
from decimal import Decimal

from assay.scoring.denial import is_denied
from assay.scoring.read_text import Asked, Place, Read, read_text
from assay.scoring.roles.other_numbers import numbered
from assay.scoring.values.quantities import Quantity, same_amount, same_kind
from assay.scoring.values.units import BY_NAME

__all__ = ["is_excused", "offers_another"]

_NEAR = 30
_PART = re.compile(
    r"(?:\bof (?:which|whom|these|those|them|the|all|a total(?: of)?)|\bincluding|\bincludes?|\bincl\.|\bplus"
    r"|\bminus|\bout of|\binstead of|\brather than|\bcompared (?:to|with)"
    r"|\bversus|\bvs\.?|\bin addition to|\banother|\ban? (?:extra|additional|further)|\bextra|\badditional"
    r"|\bremaining|\bup from|\bdown from|\bunlike|\bnot|\bexcept"
    r"|\b(?:rose|risen|increased?|fell|fallen|dropped|went|gone|declined|decreased|climbed|improved|widened"
    r"|narrowed|changed|raised|reduced|grew|grown|cut|up|down|moved|extended|shortened|lowered|expanded) from"
    r"|其中|包括|包含|另加|另外|加上|减去|而不是|不是|相比|高于|低于"
    r"|其余|剩余|剩下)(?:\s|的|的是|为|是|about|the|a|an|total|[$€£])*$",
    re.IGNORECASE,
)
_CHANGED_ZH = re.compile(
    r"[从由自]\|[^，。]{0,8}(?:增加|增|提高|升|上调|涨|降|减|下调|延长|缩短|改|调整|变)"
)  # 从20天增加到
_DIFFERENCE_ZH = re.compile(r"(?:会|还|再|能|可能)(?:多|少)(?:出|了)?$")
_OF_THAT = re.compile(r"\s*of (?:that|those|them|it|these|which|whom)\b", re.IGNORECASE)
_ABOUT_EQUAL = 0.06
_PAST = re.compile(
    r"\b(?:was|were|previously|formerly|used to|before|until|originally|earlier|old|past|last year|in (?:19"
    r"|20)\d\d)\b|原|曾|以前|之前|此前|过去|去年|旧|修订前|调整前",
    re.IGNORECASE,
)
_PAST_QUESTION = re.compile(
    r"\b(?:was|were|did|had|previously|originally|before|used to|former|old)\b|原来|以前|之前|过去|曾|去年|修订前"
    r"|调整前",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:\bso|\bhence|\btherefore|\bthus|\bin total|\btotal(?:s|ing|led)?(?: of)?|\baltogether|\bmaking"
    r"|\bwhich (?:is|makes|gives)|=|\bequals?|\bsum of|所以|因此|总计|合计|共计|总共|一共|共|即|等于)"
    r"[\s,:]*(?:(?:it is|it's|you get|that is|is|are|a|the|of|为|是|有)\s*){0,3}[$€£]?$",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(
    r"\b(?:while|whereas|the rest|the remaining|the balance|the other)\b|而|其余|剩余|另", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(\d])|;\s|[。！？；\n]")
_TURNS = re.compile(
    r"\W*(?:however|but|actually|or|alternatively|no|wait|correction|others?|some|it (?:could|may|might)|或|但"
    r"|不过|也可能|另一种)\b",
    re.IGNORECASE,
)
_OR = re.compile(
    r"\s*,?\s*\b(?:or|or maybe|or perhaps|or possibly)\b\s+(?!so\b|more\b|less\b|later\b|earlier\b|older\b"
    r"|younger\b|above\b|below\b|over\b|higher\b|equivalent\b|similar\b|not\b|otherwise\b|else\b|fewer\b|longer\b"
    r"|better\b|greater\b)",
    re.IGNORECASE,
)
_OR_LIST = re.compile(r"(?:,\s*[^,.;]{1,30}){1,5},?\s+or\s\S", re.IGNORECASE)
_EITHER = re.compile(r"(?:^|[\s,])(?:either\s+)?(\S+(?:\s\S+){0,3}?),?\s+or\s+(?:the\s|a\s|an\s)?$", re.IGNORECASE)
_ZH_OR_AFTER = re.compile(
    r"^(?:[，,](?:一说|另一说|也有人?[说认]|有的说|有人说)|[，,]?(?:也可能|也许|也有可能|要么|要不|不然就|再不就)|/"
    r"|(?:或者?|还是|或是)(?!以上|以下|更|其他))"
)
_ZH_OR_BEFORE = re.compile(
    r"[^，。；,;是为]{1,12}(?:或者?|还是|或是)$|不是[^，。]{1,12}[，,]?就是$|要么[^。]{1,12}要么是?$"
    r"|可能是?[^。]{1,12}[，,]?也(?:可能|许)是?$|/$"
)
_CUT = re.compile(r"[,;!?()，。；\n]|\.(?!\d)|\b(?:and|but)\b|而|但")
_STOP = re.compile(r"[,;:()，；：。\n]|[.!?](?=\s|$)|\b(?:and|but|while|whereas|or)\b|而|以及")
_APPOSED = re.compile(r", or (?:the )?[^,.\d]{1,30}, (?:is|are|was|were)\b")
_LAST = re.compile(r", or [^,.\d]{1,30}\.?$")
_ASKS_NAME = re.compile(r"\bcalled\b|\bnames?\b|\bknown as\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:offered (?:at|for)|asking price|asked for|estimated|budget(?:ed)?|planned|expected|forecast"
    r"|initially|originally"
    r"|target(?:ed)?)\b|要价|报价|预算|计划|预计|原定|起拍",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(
    r"\bof (?:which|whom|these|those|them)\b|\b(?:including|made up of|consisting of|namely)\b|其中|包括", re.I
)
_PARTS = re.compile(r"[,;:](?!\d)\s+(?=\w)|[.!?]\s+|[，；。\n]|\b(?:and|while|but)\b", re.I)
_CAP = re.compile(
    r"(?:,|，|\(|\bbut\b|\band\b|\s)\s*(?:(?:up )?to (?:a|an overall) (?:maximum|total|limit) of|capped at"
    r"|(?:with )?a (?:maximum|cap|limit) of"
    r"|at most|最高|最多|上限为?|封顶|累计不超过|总额不超过)\s*[$€£]?$",
    re.IGNORECASE,
)
_SURELY = 2  # words of the question beside a value, from which on one word of its own tells another from it
_HEDGED_WORDS = 12  # of an answer short enough for "A or B" to be all it says


def is_excused(other: Place, held: Place, said: Read, asked: Asked) -> bool:
    """Whether another value of the same type is no alternative to the right one.

    It is denied; stands in brackets; is told as a part, an addition, the old value, the rest; is what the right one
    was reckoned from; is said of something else; or the evidence states it beside the same words.
    """
    if is_denied(said, other, asked) or (_in_brackets(said.text, other) and not _in_brackets(said.text, held)):
        return True
    before = said.text[max(0, other.start - _NEAR) : other.start]
    if _DIFFERENCE_ZH.search(before) or _OF_THAT.match(said.text, other.end) or _is_converted(other, held, said):
        return True
    if _PART.search(before) or (
        _TOTAL.search(said.text[max(0, held.start - _NEAR) : held.start]) and other.start < held.start
    ):
        return True
    if other.end <= held.start and _CHANGED_ZH.search(before + "|" + said.text[other.end : held.start]):
        return True
    if _is_past(other, said) and not _is_past(held, said) and not _PAST_QUESTION.search(asked.read.text):
        return True
    if _is_planned(other, said) and not _is_planned(held, said) and not _PLANNED.search(asked.read.text):
        return True
    if _is_asked_of(held, other, said, asked):
        return True
    if _is_asked_of(other, held, said, asked):
        return False  # the pro plan costs $19, the enterprise plan the $49 that is accepted for pro
    if (
        _is_of_another_number(other, held, said, asked)
        or _is_a_part(other, held, said)
        or _is_a_cap(other, held, said, asked)
    ):
        return True
    return _in_evidence(other, said, asked) or _adds_up(other, held, said) or _of_another_thing(other, held, said)


def _is_other_name(after: str, asked: Asked) -> bool:
    """Whether what follows "or" is another name of the same: "The femur, or thigh bone, is …"."""
    return bool(_APPOSED.match(after)) or bool(_LAST.match(after) and _ASKS_NAME.search(asked.question.text))


def _is_in_other_terms(place: Place, said: Read) -> bool:
    """Whether the amount after "or" is the same in another unit, or counts another thing: 630 kg or 8 people."""
    after = next((one for one in said.amounts if one.start >= place.end), None)
    here = _quantity_at(place, said)
    if after is None or not re.fullmatch(
        r"[\s,]*(?:or|或者?)?[\s(]*(?:about |up to )?", said.text[place.end : after.start]
    ):
        return after is not None and _is_converted(Place(after.start, after.end), place, said)
    is_other = here is not None and bool(here.unit and after.unit) and not same_kind(here, after)
    return is_other or _is_converted(Place(after.start, after.end), place, said)


def _in_brackets(text: str, place: Place) -> bool:
    return text[: place.start].count("(") > text[: place.start].count(")")


def _is_past(place: Place, said: Read) -> bool:
    start = max(
        (m.end() for m in re.finditer(r"[,.;!?()，。；\n]|\band\b|\bbut\b", said.text[: place.start])), default=0
    )
    end = re.compile(r"[,.;!?()，。；\n]|\band\b|\bbut\b|$").search(said.text, place.end)
    return bool(_PAST.search(said.text[start : end.start() if end else None]))


def _is_planned(place: Place, said: Read) -> bool:
    """Whether a value is told as what was meant to be: the budget, the asking price."""
    start = max((m.end() for m in _CUT.finditer(said.text[: place.start])), default=0)
    end = _CUT.search(said.text, place.end)
    return bool(_PLANNED.search(said.text[start : end.start() if end else None]))


def _quantity_at(place: Place, read: Read) -> Quantity | None:
    return next((one for one in read.quantities if one.start == place.start), None)


def _in_evidence(other: Place, said: Read, asked: Asked) -> bool:
    """Whether the evidence states the value too, beside the same words."""
    one = _quantity_at(other, said)
    if one is None:
        words = " ".join(said.text[other.start : other.end].split())
        return bool(words) and words in asked.quote.text
    beside = _beside(said, other.start, other.end, 4)
    return any(
        same_amount(one, found) and (not beside or beside & _beside(asked.quote, found.start, found.end, 6))
        for found in asked.quote.quantities
    )


def _beside(read: Read, start: int, end: int, n: int) -> set[str]:
    before = [word.key for word in read.content if word.end <= start and not word.key[0].isdigit()][-n:]
    after = [word.key for word in read.content if word.start >= end and not word.key[0].isdigit()][:n]
    return {*before, *after}


def _is_converted(other: Place, held: Place, said: Read) -> bool:
    """Whether one is the other in another unit: 1,000 miles (1,600 km)."""
    one, right = _quantity_at(other, said), _quantity_at(held, said)
    are_degrees = bool(one and right and {one.unit, right.unit} == {"celsius", "fahrenheit"})
    if not one or not right or one.unit == right.unit or not (are_degrees or same_kind(one, right)):
        return False
    this, that = BY_NAME.get(one.unit), BY_NAME.get(right.unit)
    if not this or not that:
        return False
    x, y = one.value * this.factor, right.value * that.factor
    if {one.unit, right.unit} == {"celsius", "fahrenheit"}:
        x, y = (_in_celsius(quantity) for quantity in (one, right))
    between = said.text[min(one.end, right.end) : max(one.start, right.start)]
    return bool(
        re.fullmatch(
            r"\s*(?:\(|,? ?or|,|/|\[|（|约|即|=|，?(?:也就是|合|折合|相当于))\s*(?:about |approximately |约)?", between
        )
    ) and abs(x - y) <= abs(y) * Decimal(str(_ABOUT_EQUAL))


def _in_celsius(one: Quantity) -> Decimal:
    return (one.value - 32) * 5 / 9 if one.unit == "fahrenheit" else one.value


def _is_asked_of(held: Place, other: Place, said: Read, asked: Asked) -> bool:
    """Whether the right value stands among the question's words and the other one among words of its own."""
    here, there = _in_clause(said, held), _in_clause(said, other)
    between = said.text[held.end : other.start] if held.end <= other.start else said.text[other.end : held.start]
    if len(here & asked.keys) <= len(there & asked.keys) or len(there - here - asked.keys) < (
        1 if _SENTENCE.search(between) or len(here & asked.keys) >= _SURELY or not there & asked.keys else 2
    ):
        return False
    return not _OR.search(between) and not re.match(r"\W*(?:to|-|至|到|或|perhaps|maybe|possibly)\b", between)


def _in_clause(said: Read, place: Place) -> set[str]:
    """The words around a place, up to the commas, brackets, and other amounts beside it."""
    stops = [*_STOP.finditer(said.text)]
    start = max((stop.end() for stop in stops if stop.end() <= place.start), default=0)
    end = min((stop.start() for stop in stops if stop.start() >= place.end), default=len(said.text))
    others = [one for one in said.amounts if one.unit and one.start != place.start]
    start = max([start, *(one.end for one in others if one.end <= place.start)])
    return {
        word.key
        for word in said.content
        if start <= word.start < end and word.start >= start and not (place.start <= word.start < place.end)
    }


def _adds_up(other: Place, held: Place, said: Read) -> bool:
    """Shares of one whole: 40%, while the employer pays 60%."""
    one, right = _quantity_at(other, said), _quantity_at(held, said)
    if _in_brackets(said.text, held) and not _in_brackets(said.text, other):
        return False  # 35% (the other 65% …)
    return bool(one and right and one.unit == right.unit == "percent" and one.value + right.value == 100)


def _is_of_another_number(other: Place, held: Place, said: Read, asked: Asked) -> bool:
    """Whether a value is told of another number of what is asked: of priority 2, asked of priority 1."""
    wanted, here, there = (numbered(text) for text in (asked.read.text, _part(said, held), _part(said, other)))
    of_other = {head for head, number in there if any(head == one and number != n for one, n in wanted)}
    return bool(wanted & here) and bool(of_other) and not wanted & there


def _part(said: Read, place: Place) -> str:
    """What stands before a place in its part of the sentence."""
    return _PARTS.split(said.text[: place.start])[-1]


def _is_a_part(other: Place, held: Place, said: Read) -> bool:
    """Whether a value is one of several parts of the right one: 88, of which 52 white, 36 black."""
    if other.start < held.end:
        return False
    between = _SENTENCE.split(said.text[held.end : other.start])
    return len(between) == 1 and bool(_OF_WHICH.search(between[0]))


def _is_a_cap(other: Place, held: Place, said: Read, asked: Asked) -> bool:
    """Whether a value is told as the most that the right one may come to: 5 a day, up to a maximum of 50."""
    one, right = _quantity_at(other, said), _quantity_at(held, said)
    if not one or not right or right.bound or right.linked or one.value < right.value or other.start < held.end:
        return False
    is_asked = re.search(r"\b(?:max\w*|most|limit|cap|up to)\b|最[高多大]|上限", asked.read.text, re.IGNORECASE)
    return not is_asked and bool(_CAP.search(said.text[max(0, other.start - _NEAR) : other.start]))


def _of_another_thing(other: Place, held: Place, said: Read) -> bool:
    """Whether it stands in a later sentence, or after "while", and is said of other things than the right one is."""
    between = said.text[held.end : other.start] if held.end <= other.start else said.text[other.end : held.start]
    parts = _SENTENCE.split(between)
    if len(parts) < 2 and not _OTHER_THING.search(between):
        return False
    if held.end <= other.start and _TURNS.match(parts[-1]):
        return False
    first, second = (_around(said, held), _around(said, other))
    return len(second - first) >= 2


def _around(said: Read, place: Place) -> set[str]:
    start = max((m.end() for m in _SENTENCE.finditer(said.text[: place.start])), default=0)
    end = _SENTENCE.search(said.text, place.end)
    sentence = read_text(said.text[start : end.start() if end else len(said.text)], said.lang)
    return {word.key for word in sentence.content if not word.key[0].isdigit()}


def offers_another(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether the text leaves open which it is, "Tuesday or Wednesday", and the evidence does not."""
    if re.search(r"\bor\b|或|还是", asked.quote.text + accepted.text):
        return False
    before, after = said.text[: place.start], said.text[place.end :]
    if said.lang == "zh" and not _is_in_other_terms(place, said):
        return len(said.words) <= 2 * _HEDGED_WORDS and bool(_ZH_OR_AFTER.match(after) or _ZH_OR_BEFORE.search(before))
    if len(said.words) > _HEDGED_WORDS or _is_other_name(after, asked) or _is_in_other_terms(place, said):
        return False
    if _OR_LIST.match(after):
        return True
    return bool(_OR.match(after)) or (bool(_EITHER.search(before)) and not re.search(r"\bwhether or\b", before))
