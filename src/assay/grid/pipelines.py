"""Makes cells real: their pipelines, over one engine at a time. What is there already is not built again."""

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.bench.bench import Bench
from assay.bench.freed_memory import return_freed_memory
from assay.bench.keys import answer_settings, key_of
from assay.bench.parts import Part
from assay.bench.preparation import Preparation
from assay.corpus.access import may_read
from assay.corpus.document import Corpus, Passage
from assay.errors import InputError, PartError
from assay.grid.answering import plan_batches
from assay.grid.cell import Cell, served_row
from assay.grid.column import Column
from assay.grid.pipeline import Pipeline, count_prompt_tokens
from assay.models import Engine, Model
from assay.models.prompt import PROMPT_VERSION, render_question
from assay.questions.answer import Answerer
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval.exam_search import Search
from assay.training.adapters import Adapters, AskedBy, TunedModel

if TYPE_CHECKING:
    from assay.prompting.prompt_choice import PromptChoice

__all__ = ["Pipelines"]


class Pipelines:
    """Makes pipelines for one exam and one model, on one bench.

    Args:
        exam: what is asked and learnt from.
        model: the base of every cell.
        bench: where what is made is kept.
        corpus: what is read; by default the exam's. A newer one serves a finished run: nothing is learnt from it.
    """

    def __init__(self, exam: Exam, model: Model, bench: Bench, corpus: Corpus | None = None) -> None:
        self.exam, self.model, self.bench, self.settings = exam, model, bench, bench.settings
        self._engine: tuple[str, Engine] | None = None
        self.search = Search(exam, corpus or exam.corpus, model, self.base_engine, bench)
        self.adapters = Adapters(exam, model, self.search, bench, self._asked_by)

    def cell_key(self, cell: Cell) -> str:
        """The name under which a cell's answers are kept: it changes with everything that an answer depends on.

        A cell that turns out to ask as another does has the name of that one: nothing is asked twice.
        """
        s, other = self.settings, cell.column.same_as(self, cell)
        if other is not None:
            return self.cell_key(other)
        depends_on: dict[str, Any] = {
            "cell": str(cell),
            "exam": self.exam.asked_key,
            "model": [self.model.sha256, self.model.engine_name],
            "prompts": PROMPT_VERSION,
            "answering": [s.max_new_tokens, s.answer_batch, s.latency_sample, s.seed],
        }
        if cell.row.depends_on is None or cell.column.depends_on is None:
            depends_on["settings"] = answer_settings(s)
        depends_on |= cell.row.depends_on(self) if cell.row.depends_on else {}
        depends_on |= cell.column.depends_on(self, cell) if cell.column.depends_on else {}
        if cell.code:
            depends_on["code"] = cell.code
        return key_of(**depends_on)

    def outside(self, cell: Cell) -> tuple[Part, ...]:
        """The parts from outside that its answers depend on: its own, and those of the search where it searches."""
        return (*cell.outside, *(self.search.outside if cell.searches else ()))

    @cached_property
    def batches(self) -> list[list[Question]]:
        """The test questions as they are asked, the same for every cell."""
        s = self.settings
        return plan_batches(self.exam.test, s.latency_sample, s.answer_batch, s.seed)

    def make_ready(self, cell: Cell) -> None:
        """Load the cell's engine and open its search, side by side: loading an engine keeps one core busy, outside of
        Python."""
        tuned = cell.tuned_model
        adapter = None if tuned is None else self.adapters.folder(tuned, self.let_engine_go)
        with ThreadPoolExecutor(1) as beside:
            loading = beside.submit(self._load_engine, adapter)
            if cell.searches:
                self.search.make_ready()
            loading.result()

    def pipeline(self, cell: Cell) -> Answerer:
        """The cell, made real. What it needs is built first, which can take minutes."""
        if cell.searches:
            self.search.prepare()  # no part of the first answer
        return cell.row.answers(self, cell)

    def pipeline_on(self, engine: Engine, cell: Cell) -> Pipeline:
        """The cell with another engine, such as that of an exported model: the same passages, the same words."""
        column, n = cell.column, self.settings.max_new_tokens
        behaviour = column.behaviour(self, cell)
        return Pipeline(cell.row.context(self), behaviour, engine, column.n_new_tokens(n), column.read)

    def engine(self, cell: Cell) -> Engine:
        """The engine that answers a cell, with its adapter, which is trained first if it is not there."""
        tuned = cell.tuned_model
        return self._load_engine(None if tuned is None else self.adapters.folder(tuned, self.let_engine_go))

    def base_engine(self) -> Engine:
        """The engine of the base model."""
        return self._load_engine(None)

    def let_engine_go(self) -> None:
        """Free the memory of the model that answered last."""
        self._engine = None
        return_freed_memory()

    def preparation(self, cell: Cell) -> Preparation:
        """What the cell took to prepare: its index, its adapter. Measured when they were built."""
        own = cell.row.preparation(self, cell)
        if not isinstance(own, Preparation):
            raise PartError(f'preparation of "{cell.row.name}" must give a Preparation, got {type(own).__name__}')
        if cell.row.made_of:
            return sum((self.preparation(part) for part in cell.parts), own)
        tuned, choice = cell.tuned_model, self.prompt_choice(cell)
        own = own if choice is None else own + choice.cost
        return own if tuned is None else own + self.adapters.preparation(tuned)

    def prompt_choice(self, cell: Cell) -> "PromptChoice | None":
        """What the search for the cell's prompt found; None where there was none, or not yet."""
        return None if cell.column.prompt is None else cell.column.prompt(self, cell)

    def check_window(self) -> None:
        """Nothing when every question fits the model's window.

        Raises:
            InputError: questions that are too long, all of them.
        """
        engine = self.base_engine()
        room = engine.window - self.settings.max_new_tokens
        lang = self.exam.lang
        asked = {q.id: (render_question(q.text, (), lang),) for q in self.exam.test}
        long = [id for id, turns in asked.items() if count_prompt_tokens(engine, turns) > room]
        if long:
            shown = ", ".join(long[:10])
            raise InputError(
                f"{len(long)} questions do not fit the {engine.window} tokens that {self.model.name} reads: {shown}"
            )

    def may_learn_from(self, example: Question, asked: Question) -> bool:
        """Whether the asker of one question may be shown another with its answer and its passage.

        Yes where everything that the answer rests on is there and may be read; where that is not told, only when the
        example was asked for no other groups than those of the asker.
        """
        if asked.groups is None or self.search.retriever_for(asked.groups) is self.search.retriever:
            return True
        rests_on = {p.document for p in self.exam.gold_passages.get(example.id, ())}
        is_told = bool(rests_on) or not example.answerable
        if not is_told and not (example.groups is not None and set(example.groups) <= set(asked.groups)):
            return False
        shown = self.example_passages.get(example.id)
        readable = {document.id for document in self.search.corpus.documents if may_read(document, asked.groups)}
        return rests_on | ({shown.document} if shown else set()) <= readable

    @cached_property
    def example_passages(self) -> dict[str, Passage]:
        """The passage that each training question is shown with: its evidence, or the best that retrieval finds."""
        found = self.search.retrieve(self.exam.train, 1)
        best = {id: passages[0] for id, passages in found.items() if passages}
        gold = {
            q.id: [p for p in self.exam.gold_passages.get(q.id, ()) if p.id in self.search.corpus.by_id]
            for q in self.exam.train
        }
        return best | {id: passages[0] for id, passages in gold.items() if passages}

    def _asked_by(self, tuned: TunedModel) -> AskedBy | None:
        """How a column asks the training questions of a tuned model; None where it turns out to ask plainly.

        A model that reads serves several rows: it is asked as the one is that is served.
        """
        parts = self.bench.parts
        cell = Cell(served_row(parts, tuned.reads_passages), parts.of(Column)[tuned.asked_by])
        if cell.column.same_as(self, cell) is not None:
            return None
        depends_on = cell.column.depends_on(self, cell) if cell.column.depends_on else answer_settings(self.settings)
        return AskedBy(depends_on, lambda: cell.column.behaviour(self, cell).conversation)

    def _load_engine(self, adapter: Path | None) -> Engine:
        """An engine for one adapter; the one before is let go, so that only one model is in memory."""
        name = str(adapter)
        if self._engine is None or self._engine[0] != name:
            self.let_engine_go()
            self._engine = (name, self.model.load(adapter))
        return self._engine[1]
