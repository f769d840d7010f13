"""Pieces of a passage that can be the answer to a question: amounts, dates, names, terms. Knows rules, no model."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal

from assay.corpus.document import Passage
from assay.retrieval.segment import keep_dictionary
from assay.scoring import Language, split_sentences
from assay.scoring.money import CURRENCIES
from assay.scoring.values.units import ENGLISH_UNITS

__all__ = ["Kind", "Span", "find_spans", "is_person", "is_place"]

Kind = Literal["amount", "date", "name", "term", "value"]

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"\b{_DAY} (?:of )?{_MONTH}(?:,? \d{{4}})?\b|\b{_MONTH} {_DAY}\b(?:,? \d{{4}})?|\b{_MONTH} \d{{4}}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|(?<=\b[Ii]n )(?:1[89]|20)\d\d\b|(?<=\b[Ss]ince )(?:1[89]|20)\d\d\b"
)
_NUMBER = r"\d+(?:[.,]\d+)*"
_NUMBER_WORD = (
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|ninety"
    r")(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
)
_RANGE = r"(?:\s?[-–]\s?|\s(?:to|or|and)\s)"
_SCALE = r"(?:\s(?:thousand|million|billion))?"
_KNOWN_UNIT = "|".join(sorted((name for name in ENGLISH_UNITS if len(name) > 1), key=len, reverse=True))
_QUALIFIER = "(?:(?:working|calendar|business|consecutive|full|nautical|square|cubic|paid) )?"
_COUNTED = r"(?!is\b|was\b|has\b|as\b|its\b|this\b|plus\b)[a-z]{2,}s(?<!ss)|people|staff|children"
_AMOUNT = re.compile(
    rf"(?:\b(?:{'|'.join(code.upper() for code in CURRENCIES)})\s|[€$£¥])\s?{_NUMBER}{_SCALE}"
    rf"|(?<![\w.,-])(?:{_NUMBER}{_RANGE})?{_NUMBER}\s?(?:%|per ?cent\b)"
    rf"|(?<![\w.,-])(?:{_NUMBER}{_RANGE})?{_NUMBER}{_SCALE}\s{_QUALIFIER}(?:{_KNOWN_UNIT}|{_COUNTED})\b"
    rf"|(?<![\w.,-])(?:{_NUMBER_WORD}{_RANGE})?\b{_NUMBER_WORD}{_SCALE}\s{_QUALIFIER}(?:{_KNOWN_UNIT})\b"
)
_NAME = re.compile(
    r"(?<=[a-z,;] )(?:(?:[A-ZÀ-Þ][\w'’-]+|[A-Z]{2,})(?:\s(?:of|de|van|von|und|&)\s(?=[A-ZÀ-Þ])|\s(?=[A-ZÀ-Þ0-9]))?)+"
    r"(?:\d[\w-]*)?"
)
_TERM = re.compile(
    r"\*\*([^*\n]{3,40})\*\*|“([^”\n]{3,40})”|\"([^\"\n]{3,40})\"|《([^》\n]{2,30})》|「([^」\n]{2,20})」"
)

_ZH_NUMBER = r"(?:\d+(?:[.,]\d+)*|[一二三四五六七八九十百千两零半]+)"
_ZH_UNIT = (
    r"(?:个(?:工作日|自然日|月|小时|星期)|工作日|小时|分钟|公里|千米|平方米|平方公里|万元|亿元|美元|欧元|英镑|元|人次|岁|米|吨|公斤|千克"
    r"|周|天|日|年|人|次|名|倍|分|％|%|条|章|部(?!分)|家|座|件|层|辆|台|支|万|亿)"
)
_ZH_DATE = re.compile(r"\d{4}\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?|\d{1,2}\s?月\s?\d{1,2}\s?日")
_ZH_AMOUNT = re.compile(
    rf"(?<![\d.,第年月一二三四五六七八九十百千]){_ZH_NUMBER}(?:多|余)?(?:[万亿千])?\s?{_ZH_UNIT}|百分之[一二三四五六七八九十百零点\d]+"
)
_ZH_NAME_TAGS = ("nr", "ns", "nt", "nz", "nrt")
_DOTS = ("·", "•", "・")

_AND = re.compile(r"\s*(?:[,、/&]|,?\s(?:and|or|to)\s|[和与及或到至])\s*")
_SHORTEST, _LONGEST = 6, 60  # words of a sentence; Chinese: characters, three times as many
_ENDS = re.compile(r"[.!?。！？]['\"’”)\]）」』]*$")


@dataclass(frozen=True)
class Span:
    """One possible answer as it stands in its sentence."""

    text: str
    kind: Kind
    sentence: str


def find_spans(passage: Passage, lang: Language) -> list[Span]:
    """The possible answers of a passage in reading order: only from whole sentences, none that its sentence has twice.

    A line of a table or a list without a full stop is no sentence: what its numbers mean stands elsewhere.
    """
    spans = []
    for sentence in split_sentences(passage.text):
        if _is_whole(sentence, lang):
            spans += [Span(text, kind, sentence) for text, kind in _find(sentence, lang) if sentence.count(text) == 1]
    return spans


def _is_whole(sentence: str, lang: Language) -> bool:
    if " | " in sentence or not _ENDS.search(sentence):
        return False
    length = len(sentence) / 3 if lang == "zh" else len(sentence.split())
    return _SHORTEST <= length <= _LONGEST


def _find(sentence: str, lang: Language) -> list[tuple[str, Kind]]:
    """Text and kind, none inside another and none that is one of several in a row, which would be half an answer.

    Dates come before amounts, so that "14 March" is not 14 of something.
    """
    taken: list[tuple[int, int, Kind]] = []
    for start, end, kind in _matches(sentence, lang):
        if all(end <= low or start >= high for low, high, _ in taken):
            taken.append((start, end, kind))
    taken.sort()
    joined = {
        place for place in range(len(taken) - 1) if _AND.fullmatch(sentence[taken[place][1] : taken[place + 1][0]])
    }
    alone = [one for place, one in enumerate(taken) if place not in joined and place - 1 not in joined]
    return [(sentence[start:end], kind) for start, end, kind in alone]


def _matches(sentence: str, lang: Language) -> list[tuple[int, int, Kind]]:
    date, amount = (_ZH_DATE, _ZH_AMOUNT) if lang == "zh" else (_DATE, _AMOUNT)
    found: list[tuple[int, int, Kind]] = [(*match.span(), "date") for match in date.finditer(sentence)]
    found += [(*match.span(), "amount") for match in amount.finditer(sentence)]
    found += [(*match.span(match.lastindex or 0), "term") for match in _TERM.finditer(sentence)]
    names = _chinese_names(sentence) if lang == "zh" else [match.span() for match in _NAME.finditer(sentence)]
    return found + [(start, end, "name") for start, end in names]


def _chinese_names(sentence: str) -> list[tuple[int, int]]:
    """Where names stand, by jieba's tags; what a dot joins is one name, 安娜·霍尔姆."""
    tagged = [(word, tag) for word, tag in _tagger().cut(sentence)]
    found: list[tuple[int, int]] = []
    place = 0
    for number, (word, tag) in enumerate(tagged):
        end = place + len(word)
        if number and tagged[number - 1][0] in _DOTS and found:
            found[-1] = (found[-1][0], end)
        elif (tag in _ZH_NAME_TAGS and len(word) > 1) or (number + 1 < len(tagged) and tagged[number + 1][0] in _DOTS):
            found.append((place, end))
        place = end
    return found


def is_person(name: str) -> bool:
    """Whether jieba calls a Chinese name that of a person."""
    return all(tag.startswith("nr") for _, tag in _tagger().cut(name))


def is_place(name: str) -> bool:
    """Whether jieba calls a Chinese name that of a place."""
    return all(tag == "ns" for _, tag in _tagger().cut(name))


@cache
def _tagger() -> Any:
    """jieba's own tagger, in silence; two seconds, once."""
    import logging
    import warnings

    with warnings.catch_warnings():  # it asks for pkg_resources, which warns that it is deprecated
        warnings.simplefilter("ignore")
        jieba: Any = import_module("jieba")
        jieba.setLogLevel(logging.WARNING)
        cutter = jieba.Tokenizer()
        keep_dictionary(cutter)
        tagger = import_module("jieba.posseg").POSTokenizer(cutter)
        tagger.initialize()
    return tagger
