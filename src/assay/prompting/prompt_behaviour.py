"""Asks by a prompt: its words, and its examples as earlier turns. Knows not how the prompt was found."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.grid.example_pool import ExamplePool
from assay.models.engine import Conversation, Message
from assay.models.prompt import render_asked, render_question
from assay.prompting.prompt_choice import Prompt
from assay.questions.question import REFUSAL_TEXT, Question

__all__ = ["PromptBehaviour", "told_before"]

_BETWEEN = {"en": " ", "zh": ""}  # sentences


def told_before(prompt: Prompt, lang: str) -> str:
    """The words that tell what is to be done, all filled in."""
    whole = prompt.instruction.replace("{form}", prompt.form)
    if "{refusal}" not in whole:
        whole = _BETWEEN[lang].join([whole, prompt.refusal])
    return whole.replace("{refusal}", REFUSAL_TEXT[lang])


class PromptBehaviour:
    """See `assay.grid.column.Behaviour`. A prompt for passages asks plainly where there are none.

    Args:
        prompt: how is asked.
        reads: whether it is a prompt for passages.
        pool: whose examples.
        lang: of the questions, "en" or "zh".
        seed: draws the examples that are the same for all questions.
    """

    def __init__(self, prompt: Prompt, reads: bool, pool: ExamplePool, lang: str, seed: int) -> None:
        self._prompt, self._reads, self._pool = prompt, reads, pool
        self._lang, self._seed, self._told = lang, seed, told_before(prompt, lang)

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """Example turns, then the question."""
        if self._reads and not passages:
            return (render_question(question.text, passages, self._lang),)
        turns = [turn for example in self.examples(question) for turn in self._example_turns(example)]
        return (*turns, self._turn(question, passages))

    def examples(self, question: Question) -> list[Question]:
        """Those that a question is asked after, in the order of the conversation."""
        prompt, pool, n = self._prompt, self._pool, self._prompt.n_examples
        if not n:
            return []
        found = pool.fixed(question, n, self._seed) if prompt.are_fixed else pool.nearest(question, n)
        return found if prompt.are_reversed else found[::-1]

    def _example_turns(self, example: Question) -> list[Message]:
        passage = self._pool.passages.get(example.id)
        shown = [] if passage is None else [passage]
        return [self._turn(example, shown), Message("assistant", example.model_answer(self._lang))]

    def _turn(self, asked: Question, passages: Sequence[Passage]) -> Message:
        return render_asked(self._told, asked.text, passages, self._lang, self._prompt.is_after)
