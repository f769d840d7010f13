"""The words that ask a model to write a question for an answer, in English and Chinese; and what it wrote, read."""

import re

from assay.corpus.document import Passage
from assay.drafting.spans import Span
from assay.models.engine import Conversation, Message
from assay.scoring import Language

__all__ = ["MAX_QUESTION_TOKENS", "ask_for_question", "read_question"]

MAX_QUESTION_TOKENS = 48

_ASK = {
    "en": "Text ({place}): {sentence}\nAnswer: {answer}\nWrite the question. It begins with: {opener}",
    "zh": "资料（{place}）：{sentence}\n答案：{answer}\n请写出问题，用“{opener}”来问。",
}
# Shown first: a small model follows examples where it does not follow instructions.
_EXAMPLES: dict[Language, list[tuple[str, Span, str]]] = {
    "en": [
        (
            "Harbour rules > Guest pier",
            Span("3 nights", "amount", "A boat may stay at the guest pier for 3 nights."),
            "How many nights may a boat stay at the guest pier?",
        ),
        (
            "Club history",
            Span("Anna Holm", "name", "The lighthouse on Gull Rock was built in 1911 by Anna Holm."),
            "Who built the lighthouse on Gull Rock?",
        ),
        (
            "Boat show, Aarvik",
            Span("14 June", "date", "The show in Aarvik opens on 14 June and lasts three days."),
            "When does the boat show in Aarvik open?",
        ),
    ],
    "zh": [
        ("港口规定 > 访客码头", Span("3晚", "amount", "船只可在访客码头停留3晚。"), "船只可以在访客码头停留多少晚？"),
        (
            "俱乐部历史",
            Span("安娜·霍尔姆", "name", "海鸥岩上的灯塔由安娜·霍尔姆于1911年建造。"),
            "海鸥岩上的灯塔是谁建造的？",
        ),
        ("奥维克船展", Span("6月14日", "date", "奥维克船展于6月14日开幕，为期三天。"), "奥维克船展什么时候开幕？"),
    ],
}
_CHINESE_OPENERS = {"date": "什么时候", "amount": "多少", "name": "谁、哪里或什么", "term": "什么"}
_YEAR = re.compile(r"\d{4}")
_PERCENT = re.compile(r"%|per ?cent")
_UNIT = re.compile(r"[a-z]+$")
_LEAD = re.compile(r"^\s*(?:[-*•]\s*|\d{1,2}[.)、]\s*|(?:question|q|问题|问)\s*\d*\s*[:：]\s*)*", re.IGNORECASE)
_QUESTION_END = re.compile(r"[?？]")


def ask_for_question(span: Span, passage: Passage, lang: Language) -> Conversation:
    """A conversation whose next turn is a question that the span answers."""
    turns: list[Message] = []
    for place, example, question in _EXAMPLES[lang]:
        turns += [_turn(place, example, lang), Message("assistant", question)]
    return (*turns, _turn(passage.heading or passage.document, span, lang))


def _turn(place: str, span: Span, lang: Language) -> Message:
    opener = _CHINESE_OPENERS[span.kind] if lang == "zh" else _opener(span)
    return Message("user", _ASK[lang].format(place=place, sentence=span.sentence, answer=span.text, opener=opener))


def _opener(span: Span) -> str:
    """The words that ask for such an answer: a small model that is not told them asks for something else."""
    if span.kind == "date":
        return "In what year" if _YEAR.fullmatch(span.text) else "When"
    if span.kind == "amount":
        unit = _UNIT.search(span.text)
        return "What percentage" if _PERCENT.search(span.text) else f"How many {unit.group()}" if unit else "How much"
    before = span.sentence[: span.sentence.find(span.text)].rstrip().rsplit(" ", 1)[-1].lower()
    return "Who" if before == "by" else "Where" if before in ("in", "at", "near") else "What or which"


def read_question(text: str, lang: Language) -> str:
    """The first question of what a model wrote, without what stands around it; "" where it wrote none."""
    line = next((line for line in text.splitlines() if _QUESTION_END.search(line)), "")
    end = _QUESTION_END.search(line)
    question = _LEAD.sub("", line[: end.start()] if end else "").strip().strip("\"“”'*")
    return f"{question}{'？' if lang == 'zh' else '?'}" if question else ""
