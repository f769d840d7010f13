"""One cell made real: context × behaviour × engine. What is measured here is what is served."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from assay.corpus.document import Passage
from assay.errors import PartError
from assay.grid.asked_stepwise import Asking, Prompt
from assay.grid.column import Behaviour, as_written
from assay.grid.row import Context
from assay.models.engine import Completion, Conversation, Engine, Message
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.scoring.faults import is_echo

__all__ = ["Pipeline", "count_prompt_tokens"]

_NOTED = 200  # characters of a reply in a message
_TURN_TOKENS = 12  # what a chat template adds to a turn, at most


class Pipeline:
    """Questions in, answers out, for one cell of the grid; `read` takes the answer out of the model's text."""

    def __init__(
        self,
        context: Context,
        behaviour: Behaviour,
        engine: Engine,
        max_new_tokens: int,
        read: Callable[[str], str] = as_written,
    ) -> None:
        self._context, self._behaviour, self._engine = context, behaviour, engine
        self._max_new_tokens, self._read = max_new_tokens, read

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One answer a question, in order, all asked in one batch.

        Raises:
            EngineError: the engine failed; nothing of this batch is to be used.
            PartError: a row or a column from outside gave what is no passages, no conversation or no text.
        """
        prompts = self._prompts(questions)
        completions = self._engine.generate([conversation for conversation, _ in prompts], self._max_new_tokens)
        return [
            self._answer(q, told, shown, done)
            for q, (told, shown), done in zip(questions, prompts, completions, strict=True)
        ]

    def ask(self, question: Question, is_last: bool = True) -> Asking:
        """One question step by step, as `answer` asks it; `is_last`: what the engine says now is what is answered."""
        ((conversation, shown),) = self._prompts([question])
        done = yield Prompt(
            self._engine,
            conversation,
            self._max_new_tokens,
            tuple(passage.id for passage in shown),
            is_last,
            is_as_written=self._read is as_written,
        )
        return self._answer(question, conversation, shown, done)

    def _prompts(self, questions: Sequence[Question]) -> list[tuple[Conversation, Sequence[Passage]]]:
        read = self._context.passages(questions)
        if len(read) != len(questions):
            raise PartError(f"its row gave passages for {len(read)} of {len(questions)} questions")
        return [self._fit(q, passages) for q, passages in zip(questions, read, strict=True)]

    def _answer(self, question: Question, told: Conversation, shown: Sequence[Passage], done: Completion) -> Answer:
        with _noted(question, done.text):
            read, text = tuple(passage.id for passage in shown), self._read(done.text)
        if not isinstance(text, str):
            raise PartError(f"what its column reads of a reply must be text, got {type(text).__name__}")
        n_prompt, n_new = done.n_prompt_tokens, done.n_new_tokens
        asked = next((turn.content.strip() for turn in reversed(told) if turn.role == "user"), "")
        echoes = asked != question.text and is_echo(text, asked)
        return Answer(question.id, text, read, n_prompt, n_new, done.logprob, is_cut=done.is_cut, is_echo=echoes)

    def warm_up(self) -> None:
        """One short answer, thrown away: an engine's first answer is slower than the rest."""
        self._engine.generate([(Message("user", "Hello"),)], 1)

    def _fit(self, question: Question, passages: Sequence[Passage]) -> tuple[Conversation, Sequence[Passage]]:
        """The conversation within the engine's window: the last passages go first."""
        shown = list(passages)
        while True:
            with _noted(question):
                conversation = self._behaviour.conversation(question, shown)
            if not isinstance(conversation, tuple) or not all(isinstance(turn, Message) for turn in conversation):
                raise PartError(f"its column must give a tuple of Message, got {type(conversation).__name__}")
            if (
                not shown
                or count_prompt_tokens(self._engine, conversation) + self._max_new_tokens <= self._engine.window
            ):
                return conversation, shown
            shown.pop()


@contextmanager
def _noted(question: Question, reply: str | None = None) -> Iterator[None]:
    """What goes wrong within says with which question, and with which reply."""
    try:
        yield
    except Exception as error:
        error.add_note(f"question {question.id}" + ("" if reply is None else f", reply {reply[:_NOTED]!r}"))
        raise


def count_prompt_tokens(engine: Engine, conversation: Conversation) -> int:
    """How many tokens a conversation is for an engine, its template included, at most."""
    return sum(engine.count_tokens(message.content) + _TURN_TOKENS for message in conversation)
