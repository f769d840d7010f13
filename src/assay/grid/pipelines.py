"""Makes cells real: their pipelines, over one engine at a time. What is there already is not built again."""

from functools import cached_property, partial
from pathlib import Path
from typing import Any

from assay.bench.keys import key_of
from assay.bench.preparation import Preparation
from assay.bench.progress import Progress
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.columns.behaviour import Behaviour
from assay.columns.few_shot import FewShot, encode_bigrams
from assay.columns.zero_shot import ZeroShot
from assay.corpus.access import may_read
from assay.corpus.document import Corpus, Passage
from assay.errors import InputError
from assay.grid.answering import plan_batches, try_both
from assay.grid.cell import Cell
from assay.grid.pipeline import AdaptivePipeline, Answerer, Pipeline, count_prompt_tokens
from assay.models import Engine, Model
from assay.models.prompt import PROMPT_VERSION
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval.exam_search import Search
from assay.rows import Context, NoContext, OracleContext, RetrievedContext
from assay.rows.adaptive import ALWAYS_READ, LEAST_TRIALS, fit_threshold
from assay.settings import Settings
from assay.training.adapters import Adapters

__all__ = ["Workshop"]


class Workshop:
    """Makes pipelines for one exam and one model, in one workspace.

    Args:
        exam: what is asked and learnt from.
        model: the base of every cell.
        settings: of the run.
        workspace: where what is made is kept.
        store: of measurements.
        progress: is told what goes on.
        corpus: what is read; by default the exam's. A newer one serves a finished run: nothing is learnt from it.
    """

    def __init__(
        self,
        exam: Exam,
        model: Model,
        settings: Settings,
        workspace: Workspace,
        store: Store,
        progress: Progress,
        corpus: Corpus | None = None,
    ) -> None:
        self.exam, self.model, self.settings, self.store = exam, model, settings, store
        self._engine: tuple[str, Engine] | None = None
        made = (settings, workspace, store, progress)
        self.search = Search(exam, corpus or exam.corpus, model, partial(self._load_engine, None), *made)
        self.adapters = Adapters(exam, model, self.search, *made)

    def cell_key(self, cell: Cell) -> str:
        """The name under which a cell's answers are kept: it changes with everything that an answer depends on."""
        s = self.settings
        parts: dict[str, Any] = {
            "cell": str(cell),
            "exam": self.exam.asked_key,
            "model": [self.model.sha256, self.model.engine_name],
            "prompts": PROMPT_VERSION,
            "answering": [s.max_new_tokens, s.answer_batch, s.latency_sample, s.seed],
        }
        if any(part.context == "retrieved" for part in cell.parts):
            parts["retrieval"] = [*self.search.key, s.passages]
        if cell.behaviour == "few-shot":
            parts["examples"] = [*self.search.key, s.examples]
        if cell.is_tuned:
            adapters = [self.adapters.key(part) for part in cell.parts]
            parts["adapter"] = adapters if len(adapters) > 1 else adapters[0]
        return key_of(**parts)

    @cached_property
    def batches(self) -> list[list[Question]]:
        """The test questions as they are asked, the same for every cell."""
        s = self.settings
        return plan_batches(self.exam.test, s.latency_sample, s.answer_batch, s.seed)

    def pipeline(self, cell: Cell) -> Answerer:
        """The cell, made real. What it needs is built first, which can take minutes."""
        if cell.context == "adaptive":
            from_memory, with_passages = (self.pipeline(part) for part in cell.parts)
            return AdaptivePipeline(from_memory, with_passages, self._threshold(cell, from_memory, with_passages))
        return self.pipeline_on(self.engine(cell), cell)

    def pipeline_on(self, engine: Engine, cell: Cell) -> Pipeline:
        """The cell with another engine, such as that of an exported model: the same passages, the same words."""
        return Pipeline(self._context(cell), self._behaviour(cell), engine, self.settings.max_new_tokens)

    def engine(self, cell: Cell) -> Engine:
        """The engine that answers a cell, with its adapter, which is trained first if it is not there."""
        adapter = self.adapters.folder(cell, self.let_engine_go) if cell.is_tuned else None
        return self._load_engine(adapter)

    def let_engine_go(self) -> None:
        """Free the memory of the model that answered last."""
        self._engine = None

    def preparation(self, cell: Cell) -> Preparation:
        """What the cell took to prepare: its index, its adapter. Measured when they were built."""
        if cell.context == "adaptive":
            fitted = self.store.made(f"adaptive/{self.cell_key(cell)}")
            return sum((self.preparation(part) for part in cell.parts), fitted.cost if fitted else Preparation())
        cost = Preparation()
        if cell.context == "retrieved":
            cost += self.search.preparation
        if cell.is_tuned:
            cost += self.adapters.preparation(cell)
        return cost

    def check_window(self) -> None:
        """Nothing when every question fits the model's window.

        Raises:
            InputError: questions that are too long, all of them.
        """
        engine = self._load_engine(None)
        room = engine.window - self.settings.max_new_tokens
        ask = ZeroShot(self.exam.lang)
        long = [q.id for q in self.exam.test if count_prompt_tokens(engine, ask.conversation(q, ())) > room]
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
        shown = self._example_passages.get(example.id)
        readable = {document.id for document in self.search.corpus.documents if may_read(document, asked.groups)}
        return rests_on | ({shown.document} if shown else set()) <= readable

    def _context(self, cell: Cell) -> Context:
        if cell.context == "none":
            return NoContext()
        if cell.context == "oracle":
            return OracleContext(self.exam.gold_passages)
        return RetrievedContext(self.search.retriever_for, self.settings.passages, self.settings.neighbours)

    def _behaviour(self, cell: Cell) -> Behaviour:
        if cell.behaviour != "few-shot":
            return ZeroShot(self.exam.lang, cell.behaviour)
        encode = self.search.encoder.encode_queries if self.search.encoder is not None else encode_bigrams
        passages = {} if cell.context == "none" else self._example_passages
        n = self.settings.examples
        examples = [question for question in self.exam.train if question.origin != "paraphrased"]  # no example twice
        return FewShot(examples, passages, encode, self.exam.lang, n, self.may_learn_from)

    @cached_property
    def _example_passages(self) -> dict[str, Passage]:
        """The passage that each training question is shown with: its evidence, or the best that retrieval finds."""
        found = self.search.retrieve(self.exam.train, 1)
        best = {id: passages[0] for id, passages in found.items() if passages}
        gold = {
            q.id: [p for p in self.exam.gold_passages.get(q.id, ()) if p.id in self.search.corpus.by_id]
            for q in self.exam.train
        }
        return best | {id: passages[0] for id, passages in gold.items() if passages}

    def _load_engine(self, adapter: Path | None) -> Engine:
        """An engine for one adapter; the one before is let go, so that only one model is in memory."""
        name = str(adapter)
        if self._engine is None or self._engine[0] != name:
            self._engine = None
            self._engine = (name, self.model.load(adapter))
        return self._engine[1]

    def _threshold(self, cell: Cell, from_memory: Answerer, with_passages: Answerer) -> float:
        """From which confidence on an adaptive cell keeps its answer from memory.

        Fitted on the validation questions, once; too few of them are not asked at all.
        """
        asked = self.exam.validation if len(self.exam.validation) >= LEAST_TRIALS else ()

        def fit(_: object) -> float | None:
            threshold = fit_threshold(try_both(asked, from_memory, with_passages, self.settings.answer_batch))
            return None if threshold == ALWAYS_READ else threshold

        kept = self.store.once(f"adaptive/{self.cell_key(cell)}", fit).value
        return ALWAYS_READ if kept is None else float(kept)
