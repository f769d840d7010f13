"""Asks questions by prompts that are on trial, and marks the answers. All of it is kept: nothing is asked twice."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt

from assay.bench.keys import key_of
from assay.bench.progress import Silent
from assay.corpus.document import Passage
from assay.grid.answering import answer_cell, seconds_an_answer
from assay.grid.cell import Cell
from assay.grid.example_pool import ExamplePool, examples_of, open_pool
from assay.grid.pipeline import Pipeline
from assay.grid.pipelines import Pipelines
from assay.grid.row import Context
from assay.prompting.prompt_behaviour import PromptBehaviour
from assay.prompting.prompt_choice import Prompt
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.questions.splitting import group_near_duplicates
from assay.scoring.scorer import chosen_scorer

__all__ = ["Asked", "PromptTrials"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """What a prompt got on some questions, in their order."""

    marks: Floats  # 1 right, 0 wrong, NaN not scored
    seconds: float
    prompt_tokens: Floats
    new_tokens: Floats
    answers: tuple[Answer, ...] = ()

    def __add__(self, other: "Asked") -> "Asked":
        pairs = ((getattr(one, name) for one in (self, other)) for name in ("marks", "prompt_tokens", "new_tokens"))
        marks, prompt_tokens, new_tokens = (np.concatenate(list(pair)) for pair in pairs)
        seconds, answers = self.seconds + other.seconds, self.answers + other.answers
        return Asked(marks, seconds, prompt_tokens, new_tokens, answers)

    @property
    def right(self) -> float:
        """The share of right answers among those that are scored; 0 where none is."""
        return float(np.nanmean(self.marks)) if not np.isnan(self.marks).all() else 0.0

    @property
    def n_tokens(self) -> int:
        """Read and written."""
        return int(self.prompt_tokens.sum() + self.new_tokens.sum())


class PromptTrials:
    """Asks by prompts in the place of a cell that is asked plainly.

    Args:
        pipelines: which make cells real.
        cell: whose passages and whose model.
    """

    def __init__(self, pipelines: Pipelines, cell: Cell) -> None:
        self.pipelines, self.cell = pipelines, cell
        self.lang, self.reads = pipelines.exam.lang, cell.row.reads
        self.n_answers, self.seconds, self.n_tokens = 0, 0.0, 0
        self._counted: set[str] = set()

    @cached_property
    def training(self) -> list[Question]:
        """The training questions in the order in which they are asked, drawn by the seed."""
        asked = examples_of(self.pipelines.exam)
        return [asked[i] for i in np.random.default_rng(self.pipelines.settings.seed).permutation(len(asked))]

    @property
    def plain_s(self) -> float | None:
        """Seconds an answer, asked plainly together with others; None where nothing was asked so far."""
        batches = self.pipelines.bench.store.batches(self.pipelines.cell_key(self.cell))
        return seconds_an_answer(batches) if batches else None

    def ask(self, prompt: Prompt, questions: Sequence[Question]) -> Asked:
        """What a prompt gets on these questions.

        Raises:
            EngineError: the engine failed; what was answered is kept.
        """
        s, store = self.pipelines.settings, self.pipelines.bench.store
        asked = [[q.id, q.text] for q in questions]
        key = key_of(plain=self.pipelines.cell_key(self.cell), prompt=asdict(prompt), asked=asked)
        batches = [questions[i : i + s.answer_batch] for i in range(0, len(questions), s.answer_batch)]
        make = partial(self._pipeline, prompt)
        said = answer_cell(str(self.cell), key, batches, make, store, Silent())
        answers = [said[q.id][0] for q in questions]
        seconds = sum(batch["seconds"] for batch in store.batches(key))
        found = Asked(
            np.array([self._mark(answer, q) for answer, q in zip(answers, questions, strict=True)]),
            seconds,
            np.array([answer.n_prompt_tokens for answer in answers], dtype=np.float64),
            np.array([answer.n_new_tokens for answer in answers], dtype=np.float64),
            tuple(answers),
        )
        self._count(key, found)
        return found

    def behaviour(self, prompt: Prompt) -> PromptBehaviour:
        """What asks by a prompt."""
        return PromptBehaviour(prompt, self.reads, self._pool, self.lang, self.pipelines.settings.seed)

    def _pipeline(self, prompt: Prompt) -> Pipeline:
        pipelines, column = self.pipelines, self.cell.column
        if self.cell.searches:
            pipelines.search.prepare()  # no part of the first answer
        n_new = column.n_new_tokens(pipelines.settings.max_new_tokens)
        return Pipeline(self._context, self.behaviour(prompt), pipelines.engine(self.cell), n_new, column.read)

    @cached_property
    def _context(self) -> "_ReadOnce":
        return _ReadOnce(self.cell.row.context(self.pipelines))

    @cached_property
    def _pool(self) -> ExamplePool:
        return open_pool(self.pipelines, self.reads, _not_itself(self.pipelines))

    def _mark(self, answer: Answer, question: Question) -> float:
        """As in the exam: a reply that repeats its prompt is wrong, whatever stands in it."""
        return 0.0 if answer.is_echo else chosen_scorer(self.pipelines.bench).mark(answer.text, question).value

    def _count(self, key: str, found: Asked) -> None:
        if key not in self._counted:
            self._counted.add(key)
            self.n_answers += len(found.marks)
            self.seconds += found.seconds
            self.n_tokens += found.n_tokens


class _ReadOnce:
    """A context that finds the passages of a question once, whatever it is asked by; see `assay.grid.row.Context`."""

    def __init__(self, context: Context) -> None:
        self._context, self._found = context, dict[str, tuple[Passage, ...]]()

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """As the context gives them."""
        new = [question for question in questions if question.id not in self._found]
        if new:
            found = self._context.passages(new)
            self._found |= {question.id: passages for question, passages in zip(new, found, strict=True)}
        return [self._found[question.id] for question in questions]


def _not_itself(pipelines: Pipelines) -> Callable[[Question, Question], bool]:
    """Whether an example may be shown with a question: not the question itself or nearly so, nor one that its asker may
    not read."""
    train = pipelines.exam.train
    alike = {train[place].id: number for number, places in enumerate(group_near_duplicates(train)) for place in places}

    def may_show(example: Question, question: Question) -> bool:
        is_same = example.id == question.id or alike[example.id] == alike.get(question.id, -1)
        return not is_same and pipelines.may_learn_from(example, question)

    return may_show
