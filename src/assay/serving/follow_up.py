"""A follow-up question, written as one that stands alone. Knows a conversation and words; asks no model itself."""

import re
from collections.abc import Sequence

from assay.models.engine import Conversation, Message
from assay.scoring import language_of, tokens
from assay.serving.asked import Exchange

__all__ = ["N_NEW_TOKENS", "read_alone", "to_be_rewritten"]

N_NEW_TOKENS = 64
_MOST_BEFORE = 3  # exchanges; what is said earlier is seldom meant
_LONGEST = 300  # characters of an answer that is shown
_WORDS = {
    "en": (
        "Conversation:\n{before}\n\nNext question: {question}\n\nWrite the next question so that it can be understood "
        "without the conversation. If it can be already, repeat it word for word. Write the question alone.",
        "Q: {question}\nA: {answer}",
        (
            ("What does a day ticket for the ferry cost?", "EUR 12", "And for children?"),
            "What does a day ticket for the ferry cost for children?",
        ),
        (
            ("Who leads the library?", "Ada Brook", "When does the museum open on Sundays?"),
            "When does the museum open on Sundays?",
        ),
    ),
    "zh": (
        "对话：\n{before}\n\n下一个问题：{question}\n\n请改写下一个问题，使人不看对话也能明白。如果本来就能明白，请原样重复。只写问题。",
        "问：{question}\n答：{answer}",
        (("轮渡的日票多少钱？", "12元", "儿童呢？"), "轮渡的儿童日票多少钱？"),
        (("图书馆馆长是谁？", "白溪", "博物馆周日几点开门？"), "博物馆周日几点开门？"),
    ),
}


def to_be_rewritten(before: Sequence[Exchange], question: str) -> Conversation:
    """What a model is asked, with two examples: one that needs the conversation, one that does not."""
    lang = language_of(question)
    frame, line, *examples = _WORDS[lang]
    turns: list[Message] = []
    for (asked, answer, follows), alone in examples:  # type: ignore[misc]
        shown = line.format(question=asked, answer=answer)  # type: ignore[attr-defined]
        turns += [
            Message("user", frame.format(before=shown, question=follows)),  # type: ignore[attr-defined]
            Message("assistant", alone),
        ]
    said = "\n".join(
        line.format(question=one.question, answer=one.answer[:_LONGEST])  # type: ignore[attr-defined]
        for one in before[-_MOST_BEFORE:]
    )
    return (*turns, Message("user", frame.format(before=said, question=question)))  # type: ignore[attr-defined]


def read_alone(text: str, before: Sequence[Exchange], question: str) -> str:
    """The question that a model wrote; the one that was asked where that one is not trusted.

    It may only use words of the conversation, and must keep the figures of the question.
    """
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if len(lines) != 1 or len(lines[0]) > 2 * _LONGEST:
        return question
    alone = re.sub(r"^(?:Q|问)\s*[:：]\s*", "", lines[0]).strip('"“”')
    lang = language_of(question)
    asked, written = set(tokens(question, lang)), set(tokens(alone, lang))
    said = {word for one in before for word in tokens(f"{one.question} {one.answer}", lang)}
    figures = {word for word in asked if any(c.isdigit() for c in word)}
    made_up = written - asked - said
    if not written or not figures <= written or len(made_up) > max(2, len(written) // 3):
        return question
    return alone
