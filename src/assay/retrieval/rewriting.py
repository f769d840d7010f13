"""Questions asked in other words, by the base model itself, so that a search finds more. Knows no index."""

import re
from collections.abc import Sequence

from assay.models.engine import Conversation, Engine, Message

__all__ = ["REWRITING_VERSION", "rewrite_questions"]

REWRITING_VERSION = 1  # count up when the same model would write other wordings

_INSTRUCTION = {
    "en": "Write {n} other ways to ask this question, each on a line of its own, and nothing else.\n{question}",
    "zh": "请用另外{n}种说法来问下面的问题，每行一种，不要写别的。\n{question}",
}
_TOKENS_EACH = 40
_LEAD = re.compile(r"^\s*(?:[-*•]\s*|\(?\d{1,2}[.)、:：]\s*|(?:question|问题)\s*\d*\s*[:：]\s*)*", re.IGNORECASE)
_LONGEST = 4  # times the question's length: longer lines are answers or chatter


def rewrite_questions(engine: Engine, questions: Sequence[str], n: int, lang: str) -> list[list[str]]:
    """At most n other wordings of each question, in the order of the questions; fewer where the model says less.

    Lines that repeat the question or each other are left out, and so are lines that are much longer than it.

    Raises:
        EngineError: the engine failed.
    """
    conversations = [_conversation(question, n, lang) for question in questions]
    completions = engine.generate(conversations, n * _TOKENS_EACH)
    return [_read(done.text, question)[:n] for done, question in zip(completions, questions, strict=True)]


def _conversation(question: str, n: int, lang: str) -> Conversation:
    return (Message("user", _INSTRUCTION[lang].format(n=n, question=question)),)


def _read(text: str, question: str) -> list[str]:
    wordings: dict[str, str] = {}
    for line in text.splitlines():
        wording = _LEAD.sub("", line).strip().strip("\"“”'")
        if wording and len(wording) <= _LONGEST * len(question):
            wordings.setdefault(_comparable(wording), wording)
    wordings.pop(_comparable(question), None)
    return list(wordings.values())


def _comparable(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
