"""The words that ask: one instruction for questions with passages and one without, in English and Chinese.

Instruction and question stand in one user turn: small chat models follow their own system prompt better than a foreign
one (SmolLM2-135M answers "What is the capital of France?" only with its own).
"""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.models.engine import Message
from assay.scoring.refusal import REFUSAL_TEXT

__all__ = ["PROMPT_VERSION", "render_asked", "render_question"]

PROMPT_VERSION = 1  # part of the key under which answers are kept: count up when a word below changes

_INSTRUCTION = {
    ("en", True): (
        "Use the passages to answer the question with a short phrase copied from them. "
        "If the passages do not contain the answer, say: {refusal}"
    ),
    ("en", False): "Answer the question with a short phrase. If you do not know the answer, say: {refusal}",
    ("zh", True): "请根据下面的资料回答问题，用资料中的原词简短作答。如果资料中没有答案，请回答：{refusal}",
    ("zh", False): "请简短回答问题。如果不知道答案，请回答：{refusal}",
}
_QUESTION = {"en": "Question: {text}", "zh": "问题：{text}"}


def render_question(text: str, passages: Sequence[Passage], lang: str) -> Message:
    """The user turn that asks one question; passages first, so that the question stands next to the answer."""
    return render_asked(_INSTRUCTION[lang, bool(passages)].format(refusal=REFUSAL_TEXT[lang]), text, passages, lang)


def render_asked(
    instruction: str, text: str, passages: Sequence[Passage], lang: str, is_after: bool = False
) -> Message:
    """The same in other words: `instruction` before the passages, or after them, with the question at the end."""
    blocks = [_render_passage(i, passage) for i, passage in enumerate(passages, start=1)]
    told = [*blocks, instruction] if is_after else [instruction, *blocks]
    return Message("user", "\n\n".join([*told, _QUESTION[lang].format(text=text)]))


def _render_passage(number: int, passage: Passage) -> str:
    source = passage.document.rsplit("/", 1)[-1]
    title = f"{source} | {passage.heading}" if passage.heading else source
    return f"[{number}] {title}\n{passage.text}"
