"""A follow-up question that a model writes as one that stands alone: what was tried and is not used."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assay.models.engine import Conversation, Message
from assay.scoring import language_of, tokens

__all__ = ["N_NEW_TOKENS", "Exchange", "read_alone", "to_be_rewritten"]

N_NEW_TOKENS = 64
_MOST_BEFORE = 3  # exchanges; what is said earlier is seldom meant
_LONGEST = 300  # characters of an answer that is shown


@dataclass(frozen=True)
class Exchange:
    """A question of a conversation, and what was answered."""

    question: str
    answer: str


class _Shown(NamedTuple):
    """A conversation, what is asked next, and how that reads alone."""

    before: Exchange
    question: str
    alone: str


class _Words(NamedTuple):
    """How a model is asked in one language, with an example that needs the conversation and one that does not."""

    frame: str
    line: str
    examples: tuple[_Shown, ...]


_WORDS = {
    "en": _Words(
        "Conversation:\n{before}\n\nNext question: {question}\n\nWrite the next question so that it can be understood "
        "without the conversation. If it can be already, repeat it word for word. Write the question alone.",
        "Q: {question}\nA: {answer}",
        (
            _Shown(
                Exchange("What does a day ticket for the ferry cost?", "EUR 12"),
                "And for children?",
                "What does a day ticket for the ferry cost for children?",
            ),
            _Shown(
                Exchange("Who leads the library?", "Ada Brook"),
                "When does the museum open on Sundays?",
                "When does the museum open on Sundays?",
            ),
        ),
    ),
    "zh": _Words(
        "对话：\n{before}\n\n下一个问题：{question}\n\n请改写下一个问题，使人不看对话也能明白。如果本来就能明白，请原样重复。只写问题。",
        "问：{question}\n答：{answer}",
        (
            _Shown(Exchange("轮渡的日票多少钱？", "12元"), "儿童呢？", "轮渡的儿童日票多少钱？"),
            _Shown(Exchange("图书馆馆长是谁？", "白溪"), "博物馆周日几点开门？", "博物馆周日几点开门？"),
        ),
    ),
}


def to_be_rewritten(before: Sequence[Exchange], question: str) -> Conversation:
    """What a model is asked."""
    words = _WORDS[language_of(question)]

    def said(exchanges: Sequence[Exchange], asked: str) -> Message:
        lines = "\n".join(words.line.format(question=e.question, answer=e.answer[:_LONGEST]) for e in exchanges)
        return Message("user", words.frame.format(before=lines, question=asked))

    examples = [
        message
        for one in words.examples
        for message in (said([one.before], one.question), Message("assistant", one.alone))
    ]
    return (*examples, said(before[-_MOST_BEFORE:], question))


def read_alone(text: str, before: Sequence[Exchange], question: str) -> str:
    """The question that a model wrote; the one that was asked where that one is not trusted.

    It may use hardly any word but those of the conversation, and must keep the figures of the question.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > 2 * _LONGEST:
        return question
    alone = re.sub(r"^(?:Q|问)\s*[:：]\s*", "", lines[0]).strip('"“”')
    lang = language_of(question)
    asked, written = set(tokens(question, lang)), set(tokens(alone, lang))
    said = {word for one in before for word in tokens(f"{one.question} {one.answer}", lang)}
    figures = {word for word in asked if any(letter.isdigit() for letter in word)}
    made_up = written - asked - said
    if not written or not figures <= written or len(made_up) > max(2, len(written) // 3):
        return question
    return alone
