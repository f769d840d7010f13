"""Questions that the documents' own words make, by rule: tables, keys with values, definitions, headings, sentences.

Each question says what it is about: the document's title and the heading, as far as its own words do not say so.
Knows no model. Whether a question is any good is for the checks to say.
"""

import re
from collections.abc import Iterator

from assay.corpus.document import Passage
from assay.drafting.asked_headings import find_answered
from assay.drafting.chinese_sentences import ask_in_chinese
from assay.drafting.definitions import find_definitions
from assay.drafting.english_sentences import ask_in_english
from assay.drafting.keyed_values import find_rows, find_values
from assay.drafting.sources import Candidate
from assay.drafting.spans import Span, find_spans
from assay.scoring import Language
from assay.scoring.answer_terms import names_of, terms_of

__all__ = ["find_asked"]

_NUMBERING = re.compile(
    r"^(?:(?:\d+\.)*\d+[.)]?\s+|第[一二三四五六七八九十百\d]+[章节条部分篇编]+\s*"
    r"|[（(]?[一二三四五六七八九十]+[)）、.]\s*)"
)
_SAYS_NOTHING = re.compile(
    r"(?:introduction|overview|summary|general|notes?|contents|details|background|faqs?|other|miscellaneous|welcome"
    r"|about|home|readme|index|sheet\s?\d*|概述|简介|总则|附则|其他|说明|前言|正文|目录|摘要)$",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"[?？]|^(?:how|what|why|when|where|who|which|can|do|does|is|are|如何|怎么|什么)\b", re.IGNORECASE
)
_LONGEST_TITLE = {"en": 9, "zh": 24}  # words; Chinese: characters


def find_asked(passage: Passage, lang: Language) -> list[Candidate]:
    """The passage's possible answers, each with its question, in reading order within each kind.

    None where neither title nor heading says what the passage is about: hardly a sentence of it stands alone then.
    """
    return [
        Candidate(passage, span, _with_topic(question, topics, lang))
        for span, question, topics in _found(passage, lang)
        if question and topics
    ]


def _found(passage: Passage, lang: Language) -> Iterator[tuple[Span, str, list[str]]]:
    """Answers with their questions and the topics that these need."""
    topics = _topics(passage, lang)
    for find in (find_rows, find_values, find_definitions):
        for span, question in find(passage.text, lang):
            yield span, question, topics
    for span, question in find_answered(passage, lang):
        yield span, question, topics[:1] or [""]  # as the documents ask it
    about = topics[:1] + [topic for topic in topics[1:] if _is_about(passage.text, topic, lang)]
    for span in find_spans(passage, lang):
        yield span, ask_in_chinese(span) if lang == "zh" else ask_in_english(span, passage.text), about


def _is_about(text: str, topic: str, lang: Language) -> bool:
    """Whether at least half of what a heading says is said below it: PDFs put headings above what is not theirs."""
    said = terms_of(topic, lang)
    return len(said & terms_of(text, lang)) * 2 >= len(said)


def _topics(passage: Passage, lang: Language) -> list[str]:
    """The document's title and the last heading that says something.

    Of a long title what stands before its colon. Where the title is a long sentence or a question, a heading alone says
    what it is about only if it names it.
    """
    title, *others = [_spelt(part) for part in passage.heading.split(" > ")]
    if not _is_short(title, lang):
        title = re.split(r":\s|：", title)[0]
    telling = [part for part in (title, *others) if part and _is_telling(part, lang)]
    if lang == "en" and title not in telling and (_QUESTION.search(title) or not _is_short(title, lang)):
        telling = [part for part in telling if names_of(part)]
    return list(dict.fromkeys([*telling[:1], *telling[-1:]]))


def _spelt(heading: str) -> str:
    """Without its number and what is left of HTML; a file's name with spaces."""
    words = _NUMBERING.sub("", re.sub(r"<[^>]*>", "", heading)).strip().strip("*")
    return words if " " in words else re.sub(r"_|(?<=[A-Za-z])-|-(?=[A-Za-z])", " ", words)


def _is_telling(part: str, lang: Language) -> bool:
    return _is_short(part, lang) and not (_SAYS_NOTHING.match(part) or _QUESTION.search(part) or _is_number(part))


def _is_short(part: str, lang: Language) -> bool:
    return (len(part) if lang == "zh" else len(part.split())) <= _LONGEST_TITLE[lang]


def _is_number(part: str) -> bool:
    """Whether it only numbers, as the names of files do that nobody named: no word of it is without a digit."""
    return all(len(word) < 2 or re.search(r"\d", word) for word in re.split(r"[\W_]+", part))


def _with_topic(question: str, topics: list[str], lang: Language) -> str:
    said = terms_of(question, lang)
    missing = [topic for topic in topics if terms_of(topic, lang) - said]
    if not missing:
        return question
    return f"{'，'.join(missing)}：{question}" if lang == "zh" else f"{', '.join(missing)}: {question}"
