"""The words that ask a model to write a question for an answer, in English and Chinese; and what it wrote, read."""

import re

from assay.corpus.document import Passage
from assay.drafting.spans import Span
from assay.models.engine import Conversation, Message
from assay.scoring import Language

__all__ = ["MAX_QUESTION_TOKENS", "ask_for_question", "read_question"]

MAX_QUESTION_TOKENS = 48

_ASK = {
    "en": "Text ({place}): {sentence}\nAnswer: {answer}\nWrite the question.",
    "zh": "资料（{place}）：{sentence}\n答案：{answer}\n请写出问题。",
}
# Shown first: a small model follows examples where it does not follow instructions.
_EXAMPLES = {
    "en": (
        ("Harbour rules > Guest pier", "A boat may stay at the guest pier for 3 nights.", "3 nights",
         "How many nights may a boat stay at the guest pier?"),
        ("Club history", "The lighthouse on Gull Rock was built in 1911 by Anna Holm.", "Anna Holm",
         "Who built the lighthouse on Gull Rock?"),
        ("Boat show, Aarvik", "The show in Aarvik opens on 14 June and lasts three days.", "14 June",
         "When does the boat show in Aarvik open?"),
    ),
    "zh": (
        ("港口规定 > 访客码头", "船只可在访客码头停留3晚。", "3晚", "船只可以在访客码头停留几晚？"),
        ("俱乐部历史", "海鸥岩上的灯塔由安娜·霍尔姆于1911年建造。", "安娜·霍尔姆", "海鸥岩上的灯塔是谁建造的？"),
        ("奥维克船展", "奥维克船展于6月14日开幕，为期三天。", "6月14日", "奥维克船展什么时候开幕？"),
    ),
}  # fmt: skip
_LEAD = re.compile(r"^\s*(?:[-*•]\s*|\d{1,2}[.)、]\s*|(?:question|q|问题|问)\s*\d*\s*[:：]\s*)*", re.IGNORECASE)
_QUESTION_END = re.compile(r"[?？]")


def ask_for_question(span: Span, passage: Passage, lang: Language) -> Conversation:
    """A conversation whose next turn is a question that the span answers."""
    turns: list[Message] = []
    for place, sentence, answer, question in _EXAMPLES[lang]:
        asked = _ASK[lang].format(place=place, sentence=sentence, answer=answer)
        turns += [Message("user", asked), Message("assistant", question)]
    place = passage.heading or passage.document
    return (*turns, Message("user", _ASK[lang].format(place=place, sentence=span.sentence, answer=span.text)))


def read_question(text: str, lang: Language) -> str:
    """The first question of what a model wrote, without what stands around it; "" where it wrote none."""
    line = next((line for line in text.splitlines() if _QUESTION_END.search(line)), "")
    end = _QUESTION_END.search(line)
    question = _LEAD.sub("", line[: end.start()] if end else "").strip().strip("\"“”'*")
    return f"{question}{'？' if lang == 'zh' else '?'}" if question else ""
