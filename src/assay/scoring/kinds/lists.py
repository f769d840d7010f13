"""Lists: several things, all of which must be named, in any order, and no others. Knows not what the things are."""

import itertools
import re
from collections.abc import Callable, Sequence

from assay.scoring.acronyms import find_acronym
from assay.scoring.denial import is_denied
from assay.scoring.kinds.kind import Kind
from assay.scoring.kinds.words import asks_for_one
from assay.scoring.read_text import Asked, Place, Read, Word, read_text
from assay.scoring.word_search import find_words

__all__ = ["items_of", "list_of"]

_SEPARATOR = re.compile(
    r"\s*(?:[;；、，/|•\n]|,(?!\d{3}\b)|\s&\s|\band/or\b|\bas well as\b|\bplus\b|\bthen\b|\bor\b|\band\b(?! a half)"
    r"|(?<=[\u4e00-\u9fff\s\w])(?:(?<!共)和(?!国)|与|及|以及|还有|并且|或者?)(?=[\u4e00-\u9fff\s\w]))\s*"
    r"(?:(?:and|then|also|finally)\b\s*)?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+|^(?:the|both|either|和|与|及)\b\s*", re.IGNORECASE)
_ENDING = re.compile(r"[.。!！]+$")
_MOST_WORDS = 5  # of an item
_JOINTS = " \n,;、，；/|•*-·&and和与及以"
_LONG_TEXT = 30  # words; in a longer one what follows a list is rather the rest of the sentence
_NO_ITEM = re.compile(
    r"(?:including|such as|up|no|max|only|not|per|if|when|as|at"
    r"|in|on|from|to|with|for|by|especially|mostly|both|all|each|then|but"
    r"|respectively|others?|etc|more|et al|so on)\b|包括|例如|等|其中|另外?$|此外|还$",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\border\b|\bsequence\b|\brank|\bsteps?\b|\bfirst\b.*\bthen\b|顺序|次序|先后|依次|排名", re.IGNORECASE
)
_A_THING = re.compile(r"an? [^,]+, (?!an? )", re.IGNORECASE)  # a dog, mixed breed
_ASKS_A_THING = re.compile(r"\W*(?:what|which) (?!\w*s\b)\w+ (?:is|was|does|did|do|has|had)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"[a-z]+s \d+", re.IGNORECASE)
_LORD = re.compile(r"^[A-Z]\w+, (?:Lord|Lady|Baron|Earl|Duke|Count) ")  # Alfred, Lord Tennyson
_IN_ALL_ZH = re.compile(r"(?<=[\u4e00-\u9fff])[\d两三四五六七八九十](?:种颜)?色$")  # 红、白、蓝三色
_LANGUAGE_ZH = re.compile(r"[\u4e00-\u9fff]{1,5}[语文]")
_IN_SORTS_ZH = re.compile(r"[\d两三四五六七八九十]+[种门]?(?:语言|文字)?$|[语文]$")
_JOINS = re.compile(r"\b(?:join|connect|link)(?:s|ed|ing)?\b|连接|相连", re.IGNORECASE)  # it joins A to B
_TO_THE = re.compile(r"\b(?:to|in) the (?:north|south|east|west)\b", re.IGNORECASE)
_ANY_OF = re.compile(r"\b(?:can|may|accepts?|supports?|available|allowed|either in)\b|可以?|支持|均可", re.IGNORECASE)
_COMPASS = frozenset(("north", "south", "east", "west", "northern", "southern", "eastern", "western", "center"))
_WHEN = re.compile(
    r"\d{1,2}:\d\d|\b\d{1,2} ?[ap]\.?m\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|[周][一二三四五六日末]"
    r"|\d{1,2}点|每[天日周]",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|do|does|did|can|could|will|would|may|must|should|not|it|they|which|that"
    r"|who|because|if|when|so)\b"
    r"|是|有|的|因为|所以|不|需|应|可以|由|付|归|被|把|为",
    re.IGNORECASE,
)


def items_of(accepted: Read) -> list[str]:
    """The items of an answer that is a list, else nothing."""
    text = _IN_ALL_ZH.sub("", accepted.text)
    parts = [_ENDING.sub("", _BULLET.sub("", part)).strip() for part in _SEPARATOR.split(text)]
    items = [part for part in parts if part]
    if items and _NUMBERED.fullmatch(items[0]) and all(item.isdigit() for item in items[1:]):
        items[0] = items[0].split()[-1]  # rooms 4 and 9
    if len(items) < 2 or any(len(read_text(one, accepted.lang).words) > _long(accepted) for one in items):
        return []
    return items if all(one.isupper() or read_text(one, accepted.lang).content for one in items) else []


def _long(read: Read) -> int:
    return _MOST_WORDS if read.lang == "en" else 10


def _extra(said: Read, start: int, end: int, held: Sequence[Place], asked: Asked) -> Sequence[Place]:
    """Items of the list in a text that are none of the accepted ones, between them or right after the last."""
    found, at, last_end = [], start, None
    stop = re.compile(r"[.。!！?？;；](?:\s|$)|$|\n\n|[(（]").search(said.text, end)
    limit = stop.start() if stop else len(said.text)
    cuts = [match.span() for match in _SEPARATOR.finditer(said.text, start, limit)]
    for cut_start, cut_end in [*cuts, (limit, limit)]:
        piece = _BULLET.sub("", said.text[at:cut_start])
        here = Place(at, cut_start)
        at = cut_end
        if any(p.start < here.end and here.start < p.end for p in held):
            ends = [p.end for p in held if here.start <= p.start < here.end]
            last_end = max(ends) if ends else last_end
            continue
        if here.start >= end and (
            last_end is None
            or _TO_THE.sub("", said.text[last_end : here.start]).strip(_JOINTS)
            or len(said.words) > _LONG_TEXT
        ):
            break  # the list is over
        last_end = here.end
        words = read_text(piece, said.lang).content
        if not words or len(words) > _long(said) - 1 or _VERB.search(piece) or _NO_ITEM.match(piece):
            if here.start >= end:
                break
            continue
        if all(word.key in asked.keys for word in words) or _is_aside(words, piece, asked):
            continue
        found.append(here)
    return found


def _is_aside(words: Sequence[Word], piece: str, asked: Asked) -> bool:
    """Whether a piece is no item: a direction, or when, beside items without a number."""
    if all(word.key in _COMPASS for word in words):
        return not any(word.key in _COMPASS for read in asked.accepted for word in read.words)
    is_when = _WHEN.search(piece) is not None
    return is_when and not any(_WHEN.search(read.text) or re.search(r"\d", read.text) for read in asked.accepted)


def _spans(said: Read, found: Sequence[Place], accepted: Read, asked: Asked) -> Sequence[Place]:
    """Items that "to" or "or" joins: from March to October is no list of two, nor is March or October."""
    joint = re.compile(r"[ ,]*(?:to|through|until|-|至|到|(?P<or>or|或者?)) *(?:an? |the )?")
    is_choice = re.search(r"\bor\b|或", accepted.text)
    first = min((place.start for place in found), default=0)
    if _ANY_OF.search(said.text[:first] + " " + asked.question.text) and re.search(r"\bor\b|或", said.text[first:]):
        return ()
    if _JOINS.search(said.text) or _JOINS.search(asked.question.text):
        return ()
    places = sorted(found, key=lambda place: place.start)
    return [
        b
        for a, b in itertools.pairwise(places)
        if (m := joint.fullmatch(said.text[a.end : b.start])) and not (m["or"] and is_choice)
    ]


def _initials_zh(accepted: Read, said: Read) -> Sequence[Place]:
    """The whole of a text that has languages by their first characters: 中英越三种, for 中文、英文和越南文."""
    items = items_of(accepted)
    given = _IN_SORTS_ZH.sub("", said.text.strip(" 。"))
    if accepted.lang != "zh" or not items or not all(_LANGUAGE_ZH.fullmatch(item) for item in items):
        return ()
    is_same = sorted(given) == sorted(item[0] for item in items)
    return [Place(0, len(said.text), True)] if is_same else ()


def list_of(find_item: Callable[[Read, Read, Asked], Sequence[Place]]) -> Kind:
    """The type, given how one item is found."""

    def places(accepted: Read, said: Read, asked: Asked) -> list[Sequence[Place]]:
        return [find_item(read_text(item, accepted.lang), said, asked) for item in items_of(accepted)]

    def find(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
        found = places(accepted, said, asked)
        if all(found):
            found = [[place for place in one if not is_denied(said, place, asked)] for one in found]
            if not all(found):
                return ()  # a CV, but no cover letter
        if not all(found):
            return find_words(accepted, said) or find_acronym(accepted, said, asked) or _initials_zh(accepted, said)
        firsts = [min(one, key=lambda place: place.start) for one in found]
        if _ORDER.search(asked.question.text) and firsts != sorted(firsts, key=lambda place: place.start):
            return ()
        return [Place(min(one.start for one in firsts), max(one.end for one in firsts), True)]

    def others(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
        stated = places(accepted, said, asked)
        if not all(stated):
            return ()  # the list stands there as a whole, or by its initials
        found = [place for one in stated for place in one]
        extra = [more for one in held for more in _extra(said, one.start, one.end, found, asked)]
        return [*extra, *_spans(said, found, accepted, asked)]

    def reads(accepted: Read, asked: Asked) -> bool:
        items = items_of(accepted)
        is_one = asks_for_one(asked) or (_A_THING.match(accepted.text) and _ASKS_A_THING.match(asked.question.text))
        says_more = len(items) == 2 and re.fullmatch(r"[^,，、]+, [^,，、]+", accepted.text) and is_one
        if _LORD.search(accepted.text):
            return False
        return len(items) > 1 and not (says_more and not re.search(r"\band\b|和|与", accepted.text))

    return Kind(
        name="list", reads=reads, find=find, others=others, can_be=lambda accepted, asked: bool(items_of(accepted))
    )
