"""One cell made real: context × behaviour × engine. What is measured here is what is served."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assay.columns.behaviour import Behaviour
from assay.corpus.document import Passage
from assay.models.engine import Conversation, Engine, Message
from assay.questions.question import Question
from assay.rows.adaptive import is_confident
from assay.rows.context import Context

__all__ = ["AdaptivePipeline", "Answer", "Answerer", "Pipeline", "count_prompt_tokens"]

_TURN_TOKENS = 12  # what a chat template adds to a turn, at most


@dataclass(frozen=True)
class Answer:
    """What a cell answered to one question, and what it read to do so."""

    question_id: str
    text: str
    passages: tuple[str, ...]  # ids, in the order the model read them
    n_prompt_tokens: int
    n_new_tokens: int
    logprob: float | None
    skipped_search: bool = False  # an adaptive cell kept the answer from memory


class Answerer(Protocol):
    """What a cell is: questions in, answers out."""

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer a question, in order, asked together."""
        ...

    def warm_up(self) -> None:
        """Make ready for the first question."""


class Pipeline:
    """Questions in, answers out, for one cell of the grid."""

    def __init__(self, context: Context, behaviour: Behaviour, engine: Engine, max_new_tokens: int) -> None:
        self._context = context
        self._behaviour = behaviour
        self._engine = engine
        self._max_new_tokens = max_new_tokens

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer a question, in order, all asked in one batch.

        Raises:
            EngineError: the engine failed; nothing of this batch is to be used.
        """
        read = self._context.passages(questions)
        prompts = [self._fit(q, passages) for q, passages in zip(questions, read, strict=True)]
        completions = self._engine.generate([conversation for conversation, _ in prompts], self._max_new_tokens)
        return [
            Answer(q.id, done.text, tuple(p.id for p in shown), done.n_prompt_tokens, done.n_new_tokens, done.logprob)
            for q, (_, shown), done in zip(questions, prompts, completions, strict=True)
        ]

    def warm_up(self) -> None:
        """One short answer, thrown away: an engine's first answer is slower than the rest."""
        self._engine.generate([(Message("user", "Hello"),)], 1)

    def _fit(self, question: Question, passages: Sequence[Passage]) -> tuple[Conversation, Sequence[Passage]]:
        """The conversation within the engine's window: the last passages go first."""
        shown = list(passages)
        while True:
            conversation = self._behaviour.conversation(question, shown)
            if (
                not shown
                or count_prompt_tokens(self._engine, conversation) + self._max_new_tokens <= self._engine.window
            ):
                return conversation, shown
            shown.pop()


class AdaptivePipeline:
    """Answers from memory where it is sure enough, and reads where it is not; see `Answerer`.

    Args:
        from_memory: the closed-book cell of a behaviour.
        with_passages: the open-book cell of the same behaviour.
        threshold: the confidence from which on an answer from memory is kept; see `assay.rows.adaptive`.
    """

    def __init__(self, from_memory: Answerer, with_passages: Answerer, threshold: float) -> None:
        self._from_memory, self._with_passages = from_memory, with_passages
        self._threshold = threshold

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer a question, in order; what was asked twice has the tokens of both answers.

        Raises:
            EngineError: the engine failed; nothing of this batch is to be used.
        """
        first = self._from_memory.answer(questions)
        unsure = [q for q, answer in zip(questions, first, strict=True) if not self._is_kept(answer)]
        second = {answer.question_id: answer for answer in self._with_passages.answer(unsure)} if unsure else {}
        return [_after(answer, second.get(answer.question_id)) for answer in first]

    def warm_up(self) -> None:
        """Both engines, where there are two."""
        self._from_memory.warm_up()
        self._with_passages.warm_up()

    def _is_kept(self, answer: Answer) -> bool:
        return is_confident(answer.text, answer.logprob, answer.n_new_tokens, self._threshold)


def _after(first: Answer, second: Answer | None) -> Answer:
    """The answer that counts: the first if it was kept, else the second, with the tokens that both took."""
    if second is None:
        return replace(first, skipped_search=True)
    return replace(
        second,
        n_prompt_tokens=first.n_prompt_tokens + second.n_prompt_tokens,
        n_new_tokens=first.n_new_tokens + second.n_new_tokens,
    )


def count_prompt_tokens(engine: Engine, conversation: Conversation) -> int:
    """How many tokens a conversation is for an engine, its template included, at most."""
    return sum(engine.count_tokens(message.content) + _TURN_TOKENS for message in conversation)
