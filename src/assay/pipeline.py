"""One cell made real: context × behaviour × engine. What is measured here is what is served."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.behaviours.behaviour import Behaviour
from assay.contexts.context import Context
from assay.corpus.document import Passage
from assay.models.engine import Conversation, Engine, Message
from assay.questions.question import Question

__all__ = ["Answer", "Pipeline", "count_prompt_tokens"]

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


def count_prompt_tokens(engine: Engine, conversation: Conversation) -> int:
    """How many tokens a conversation is for an engine, its template included, at most."""
    return sum(engine.count_tokens(message.content) + _TURN_TOKENS for message in conversation)
