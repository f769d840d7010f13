"""Free words: what is no value of another type, compared word by word. Knows no meaning."""

import re
from collections.abc import Iterator, Sequence

from assay.scoring.acronyms import code_of_state, find_acronym
from assay.scoring.elements import find_element
from assay.scoring.kinds.chinese_words import ASKS_WHERE_ZH, chinese_forms, find_chinese
from assay.scoring.kinds.kind import Kind
from assay.scoring.kinds.names import asks_for_person
from assay.scoring.nations import find_nation
from assay.scoring.phrase_heads import find_head
from assay.scoring.read_text import Asked, Place, Read, Word, read_text
from assay.scoring.values.quantities import same_amount
from assay.scoring.word_forms import find_deed, find_derived, find_player
from assay.scoring.word_search import (
    alike,
    find_loose,
    find_turned,
    find_words,
    opposes,
    without_articles,
)

__all__ = ["WORDS", "asks_for_one"]

_BRACKETS = re.compile(r"\s*[(\[](?!\d{1,2}[)\]]|[a-z][)\]])[^()\[\]]*[)\]]\s*")  # § 7 (2) keeps its number
_LEADING = re.compile(
    r"^(?:only )?(?:with|using|in|at|on|by|for|of|as|to|from|via|through|about|because of|because|due to)\s+(?=\w)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:they|it|he|she|you|we|this|that)(?:'s|'re| is| are| was| were| will be| gets?)\s+(?!not\b|never\b)(?=\w)",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"^(?:(?:mainly|mostly|primarily|chiefly|largely|usually|typically|generally|its|their|his|her|our"
    r"|your)\s+)+(?=\w)",
    re.IGNORECASE,
)
_IN_A_PLACE = re.compile(r"^in an? (.+) (?:place|way|manner|condition|state|environment)$", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:they|it|he|she|you|we|one) (?=[a-z]{3,}(?:s|ed)\b)", re.IGNORECASE)
_OBJECT = re.compile(r"(?<=[a-z]{3}s) (?:them|it|him|her)$")
_BY_DOING = re.compile(r"^(?:by )?([a-z]{3,})ing(?= (?:the|a|an|it|your|on|in|to|for)\b)")
_PURPOSE = re.compile(r"^to ([a-z]{3,})(?=\s)")
_CHINESE_LEADING = re.compile(
    r"^(?:(?:发|打)(?=[\u4e00-\u9fff]{3})|乘坐|乘|坐|骑|在|于|由|是|为|用|通过|因为|以|从|向|到)(?=[\u4e00-\u9fff]{2})"
)
_CHINESE_TRAILING = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:的|了|等|等等|里|中|上|内|(?<=[深浅淡暗亮]\S)色)$")
_GENERIC_TEXT = (
    "inc ltd llc corp corporation co company plc gmbh ag sa mount mt lake river sea ocean desert strait peninsula "
    "canal archipelago the hms rms uss ss mv"
)
_GENERIC = frozenset(_GENERIC_TEXT.split())
_PLAIN_TEXT = (
    "north south east west black white red yellow blue green dead new great long big little upper lower central first "
    "second royal national"
)
_PLAIN = frozenset(_PLAIN_TEXT.split())  # what is no name without the lake or the river that it is of
_NEGATES_TEXT = "not no never without non un anti"
_NEGATES = frozenset(_NEGATES_TEXT.split())
_TITLED = re.compile(
    r"(?:the )?(?:saint|st\.?|sir|king|queen|pope|emperor|empress|prince|princess|dr\.?) (?=[A-Z]\w+ (?:of|the) )",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{1,4}[- ]?\d{1,5}[A-Z]?")
_ALL = re.compile(r"(?:all|every|each) (?:of )?(?:the )?(?=[a-z])", re.IGNORECASE)
_ALL_ZH = re.compile(r"(?:所有的?|全体|全部|每[位名个])(?=[\u4e00-\u9fff]{2})")
_NUMBER_WORDS = frozenset(("no", "number", "p", "pg", "nr"))
_BRACKETED = re.compile(r"[(\[（]([^()\[\]（）\d]{2,30})[)\]）]")
_ALSO = re.compile(r"^(?:also |or |aka |also called |又称|又名|俗称|也称|也叫|即|原名)", re.IGNORECASE)
_NO_NAME = re.compile(
    r"(?:since|in|of|with|formerly|born|about|full|part|incl|excl|e\.g|i\.e|see|only|up|per|each|not|optional"
    r"|if|at|from|to|for|by|as|on)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\W*(?:where\b|(?:in |at |from |to )?(?:what|which) (?:\w+ )?(?:city|country|town|place|state|village|island"
    r"|location|region)\b)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\bwho(?:m|se)?\b|谁|哪位", re.IGNORECASE)


def _variants(accepted: Read, asked: Asked) -> Iterator[Read]:
    """An accepted answer in the forms that say as much: without a preposition, without words of the question."""
    lang, text = accepted.lang, accepted.text
    for form in dict.fromkeys(_forms(text, lang)):
        if form.strip():
            yield read_text(form.strip(), lang)
    if lang == "en":
        yield from _without_asked(accepted, asked)
    else:
        yield from (read_text(form, lang) for form in chinese_forms(text.strip(" 。"), asked))


def _quantified(text: str, lang: str) -> Iterator[str]:
    """All of them in other words: every new employee, of "all new employees"; 全体新员工."""
    every, others = (
        (_ALL_ZH, ("所有", "全体", "每位", "每名", "全部")) if lang == "zh" else (_ALL, ("all ", "every ", "each "))
    )
    if match := every.match(text):
        yield from (other + text[match.end() :] for other in others)


def _forms(text: str, lang: str) -> Iterator[str]:
    yield text
    yield from _quantified(text, lang)
    bare = _BRACKETS.sub(" ", text).strip().rstrip(".")
    yield bare
    if lang == "zh":
        yield _CHINESE_TRAILING.sub("", _CHINESE_LEADING.sub("", bare))
    else:
        yield _LEADING.sub("", bare)
        yield _SUBJECT.sub("", bare)
        yield _OBJECT.sub("", _PRONOUN.sub("", bare))
        yield _HEDGED.sub("", _LEADING.sub("", bare))
        yield _IN_A_PLACE.sub(r"\1", bare)
        if way := _BY_DOING.match(bare):
            yield from (base + bare[way.end() :] for base in _bases(way[1]))
        if purpose := _PURPOSE.match(bare):
            yield from (form + bare[purpose.end() :] for form in _gerunds(purpose[1]))
        bare = _LEADING.sub("", bare).removeprefix("the ")
        bare = bare.replace('"', "")
        kept = [word for word in bare.split() if word.strip(".,").casefold() not in _GENERIC]
        is_name = any(word.casefold() not in _PLAIN for word in kept)
        if is_name and len(kept) < len(bare.split()) and kept[0][0].isupper():
            yield " ".join(kept).rstrip(",")


def _bases(root: str) -> Iterator[str]:
    """hold for holding, make for making, run for running."""
    yield from (root, root + "e")
    if root[-1] == root[-2]:
        yield root[:-1]


def _gerunds(verb: str) -> Iterator[str]:
    """studying for study, making for make, running for run."""
    yield verb + "ing"
    if verb.endswith("e"):
        yield verb[:-1] + "ing"
    else:
        yield verb + verb[-1] + "ing"


def _without_asked(accepted: Read, asked: Asked) -> Iterator[Read]:
    """Red of "red roof", where the roof is what the question is about; nothing of a name, no denial is left away."""
    if _PERSON.search(asked.question.text) or asks_for_person(asked):
        if titled := _TITLED.match(accepted.text):
            yield read_text(accepted.text[titled.end() :], "en")
        return
    if len(accepted.words) > 8:
        return
    rest = [word for word in accepted.content if word.key not in asked.keys]
    left_out = [word for word in accepted.content if word.key in asked.keys]
    if not rest or not left_out or any(word.key in _NEGATES for word in accepted.words):
        return
    if any(word.is_name or word.key[0].isdigit() for word in left_out) or (
        all(len(word.key) < 3 for word in rest) and not _CODE.fullmatch(accepted.text[rest[0].start : rest[-1].end])
    ):
        return
    start, end = rest[0].start, rest[-1].end
    if all(word in rest for word in accepted.content if start <= word.start < end):
        yield read_text(accepted.text[start:end], "en")


def find_free(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text has the words of an accepted answer, in one of its forms."""
    places: Sequence[Place] = ()
    for form in _variants(accepted, asked):
        places = [
            place
            for place in find_words(form, said) or find_acronym(form, said, asked)
            if not _turns(accepted, said, place)
        ]
        if places:
            return places
    if places := _find_place(accepted, said, asked) or find_nation(accepted, said, asked):
        return places
    if places := find_element(accepted, said, asked) or find_head(accepted, said, asked):
        return places
    if accepted.lang == "en" and (
        places := find_deed(accepted, said) or find_player(accepted, said, asked) or find_derived(accepted, said)
    ):
        return places
    if _is_bare_code(accepted, said, asked):
        return [Place(0, len(said.text), True)]
    if bracketed := _find_bracketed(accepted, said, asked):
        return bracketed
    if accepted.lang == "zh" and (chinese := find_chinese(accepted, said, asked)):
        return chinese
    places = find_loose(accepted, said) or find_turned(accepted, said)
    return [place for place in places if _same_numbers(accepted, said, place)] or _head(accepted, said, asked)


def _is_bare_code(accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether a text is just the number or the letter of a thing that the question names: 3, for "platform 3"."""
    wanted, given = ([word for word in read.content if word.key not in asked.keys] for read in (accepted, said))
    given = [word for word in given if word.key not in _NUMBER_WORDS]
    is_code = len(wanted) == 1 and (
        wanted[0].key[-1].isdigit() or (len(wanted[0].raw) == 1 and wanted[0].raw.isupper())
    )
    return (
        accepted.lang == "en"
        and is_code
        and len(accepted.content) > 1
        and [word.key for word in given] == [wanted[0].key]
        and not re.search(r"[=\s]-\d", said.text)
    )


def _find_bracketed(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The whole of a text where it is the other name that stands in brackets: Burma, of "Myanmar (Burma)"."""
    if _WHERE.match(asked.question.text) or ASKS_WHERE_ZH.search(asked.question.text):
        return ()  # "Springfield (Illinois)" is not Illinois
    given = [word.key for word in said.content if word.key != "是"]
    for match in _BRACKETED.finditer(accepted.text):
        name = read_text(_ALSO.sub("", match[1]), accepted.lang)
        if given and given == [word.key for word in name.content] and not _NO_NAME.match(name.text):
            return [Place(0, len(said.text), True)]
    return ()


def _find_place(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """Where a text names the place alone of "Brussels, Belgium", and no other land after it."""
    parts = re.fullmatch(r"([A-ZÀ-Þ][^,;]*), ([A-ZÀ-Þ][^,;]*)", accepted.text.strip(" ."))
    if not parts or not _WHERE.match(asked.question.text):
        return ()
    return [
        place
        for place in find_words(read_text(parts[1], "en"), said)
        if not re.match(r",? (?:in )?[A-ZÀ-Þ]", said.text[place.end :])
        or said.text[place.end :].lstrip(", ").startswith((parts[2], code_of_state(parts[2]) or parts[2]))
    ]


def _turns(accepted: Read, said: Read, place: Place) -> bool:
    """Whether the word before a place turns round what the accepted answer begins with: "from Oslo", not "to Oslo"."""
    before = [word for word in said.words if word.end <= place.start][-1:]
    return bool(before) and bool(accepted.words) and opposes(accepted.words[0], before[0])


def _same_numbers(accepted: Read, said: Read, place: Place) -> bool:
    here = [one for one in said.amounts if place.start <= one.start < place.end]
    return all(any(same_amount(one, other) for other in here) for one in accepted.amounts if one.unit)


def _head(accepted: Read, said: Read, asked: Asked) -> Sequence[Place]:
    """The whole of a short text, where it is the head of the accepted phrase: "Battle of Hastings" of "… in 1066"."""
    if accepted.lang == "zh" or len(said.words) > 8:
        return ()
    stated = re.sub(
        r"^(?:it (?:is|was)|the answer is|they (?:are|were)|this is|that is|he (?:is|was)|she (?:is|was))\s+",
        "",
        said.text.strip(" ."),
        flags=re.IGNORECASE,
    )
    head = read_text(stated, "en")
    wanted, given = without_articles(accepted.words), without_articles(head.words)
    if not given or not _same_words(wanted, given) or len(given) >= len(wanted):
        return ()
    last = wanted[len(given) - 1]
    tail = accepted.text[last.end :]
    content = head.content
    is_name = sum(word.is_name for word in content) >= 2
    if re.match(r"(?:an?|the)\s", accepted.text, re.IGNORECASE) and re.fullmatch(r",\s(?!(?:and|or)\b)[^,;]+", tail):
        return () if re.search(r"\b(?:and|or)\b", tail) else [Place(0, len(said.text), True)]
    if re.match(r"\s*[(\[]|,?\s+(?:who|which|that)\b| - |,\s+(?:a|an|the)\b", tail) and content:
        return [Place(0, len(said.text), True)]
    if re.fullmatch(r" of (?:the|your|our) \w+", tail) and len(content) > 1 and asks_for_person(asked):
        return [Place(0, len(said.text), True)]  # safety officer, of "the safety officer of the site"
    is_titled = _TITLED.match(accepted.text) and len(given) == 2 and re.match(r" (?:of|the) ", tail)
    if is_titled or (re.match(r",?\s+(?:in|near|at|on|from|during|by)\b", tail) and is_name):
        return [Place(0, len(said.text), True)]
    if (
        re.match(r",\s", tail)
        and content
        and asks_for_one(asked)
        and "," not in tail[1:]
        and not re.search(r"\b(?:and|or)\b", tail)
    ):
        return [Place(0, len(said.text), True)]
    return ()


def _same_words(wanted: Sequence[Word], given: Sequence[Word]) -> bool:
    return all(alike(one, word) for one, word in zip(wanted, given, strict=False))


def asks_for_one(asked: Asked) -> bool:
    """Whether the question asks for one thing, so that what follows a comma says more of it: "Oslo, Norway"."""
    return bool(
        re.match(
            r"\W*(?:where|(?:what|which) (?:is|was|city|country|town|place|state|kind|type|sort|breed|animal"
            r"|colou?r)\b|who (?:is|was)\b|in (?:what|which) (?:city|country|town|place|state)\b)",
            asked.question.text,
            re.IGNORECASE,
        )
    )


WORDS = Kind(name="text", reads=lambda accepted, asked: True, find=find_free)
