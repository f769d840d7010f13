"""Builds what a cell needs: index, adapters, engines, pipelines. What is there already is not built again."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from assay.behaviours.behaviour import Behaviour
from assay.behaviours.few_shot import FewShot, encode_bigrams
from assay.behaviours.prompt import PROMPT_VERSION
from assay.behaviours.zero_shot import ZeroShot
from assay.contexts import Context, NoContext, OracleContext, RetrievedContext
from assay.contexts.adaptive import ALWAYS_READ, LEAST_TRIALS, fit_threshold
from assay.contexts.retrieved import retrieve_readable
from assay.contexts.rewriting import rewrite_questions
from assay.corpus.access import may_read, visible_to
from assay.corpus.document import Corpus, Passage
from assay.corpus.neighbours import expand
from assay.corpus.versions import find_versions
from assay.errors import AssayError, InputError
from assay.experiment.answering import plan_batches, try_both
from assay.experiment.exam import Exam
from assay.experiment.fitted import Fitted, fit_to_exam, fitting_key
from assay.experiment.keys import key_of
from assay.experiment.meter import Meter
from assay.experiment.progress import Progress
from assay.experiment.store import Store
from assay.experiment.workspace import Workspace
from assay.grid import Cell
from assay.models import Engine, Model
from assay.pipeline import AdaptivePipeline, Answerer, Pipeline, count_prompt_tokens
from assay.questions.question import Question
from assay.retrieval import Encoder, ExactIndex, Retriever, build_index, corpus_language, load_encoder
from assay.retrieval.rerank import Reranker, load_reranker
from assay.scoring import score_answer
from assay.settings import Settings
from assay.verdict.fitting_line import fitting_line

__all__ = ["Preparation", "Workshop"]

RETRIEVAL_VERSION = 1  # part of the keys of what was read: count up when a search ranks otherwise
_RETRIEVED_FOR_TRAINING = 8  # candidates for distractors


@dataclass(frozen=True)
class Preparation:
    """What it took to make a cell ready, once."""

    seconds: float = 0.0
    tokens: int = 0
    peak_mb: float = 0.0

    def __add__(self, other: "Preparation") -> "Preparation":
        peak = max(self.peak_mb, other.peak_mb)
        return Preparation(self.seconds + other.seconds, self.tokens + other.tokens, peak)


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
        self.exam, self.model, self.settings = exam, model, settings
        self.corpus = corpus or exam.corpus
        self._views: dict[tuple[str, ...], Retriever] = {}
        self._workspace, self._store, self._progress = workspace, store, progress
        self._engine: tuple[str, Engine] | None = None

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
            parts["retrieval"] = [*self._retrieval_key, s.passages]
        if cell.behaviour == "few-shot":
            parts["examples"] = [*self._retrieval_key, s.examples]
        if cell.behaviour == "tuned":
            adapters = [self._adapter_key(part) for part in cell.parts]
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
        adapter = self.adapter(cell) if cell.behaviour == "tuned" else None
        context, behaviour = self._context(cell), self._behaviour(cell)
        return Pipeline(context, behaviour, self._load_engine(adapter), self.settings.max_new_tokens)

    def preparation(self, cell: Cell) -> Preparation:
        """What the cell took to prepare: its index, its adapter. Measured when they were built."""
        if cell.context == "adaptive":
            seconds = self._store.fact(f"adaptive/{self.cell_key(cell)}")["seconds"]
            return sum((self.preparation(part) for part in cell.parts), Preparation(seconds))
        cost = Preparation()
        if cell.context == "retrieved":
            fitted = self.fitted
            cost += Preparation(**self._store.fact(f"index/{self._index_key}"))
            cost += Preparation(fitted.seconds, 0, fitted.peak_mb)
        if cell.behaviour == "tuned":
            cost += Preparation(**self._store.fact(f"adapter/{self._adapter_key(cell)}")["preparation"])
        return cost

    def has_adapter(self, cell: Cell) -> bool:
        """Whether all adapters of the cell have been trained."""
        return all(self._store.fact(f"adapter/{self._adapter_key(part)}") is not None for part in cell.parts)

    def training_logs(self, cell: Cell) -> list[dict[str, Any]]:
        """How the cell's adapters were trained: name, seconds, n_examples, curve and so on."""
        return [self._store.fact(f"adapter/{self._adapter_key(part)}")["log"] for part in cell.parts]

    @cached_property
    def encoder(self) -> Encoder | None:
        """What turns text into vectors; None where no encoder fits the language: full text alone, then."""
        return load_encoder(self.settings.encoder, self.corpus_language, self.settings.encoder_precision)

    @cached_property
    def corpus_language(self) -> str:
        """Which embedded encoder the documents need, "en" or "zh"; the questions may be in another language."""
        return corpus_language(passage.text for passage in self.exam.corpus.passages)

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

    @property
    def encoder_name(self) -> str:
        """The encoder's name, for keys and the report."""
        return self.encoder.name if self.encoder is not None else "full text only"

    @property
    def retriever(self) -> Retriever:
        """The search that cells read from and people ask: fitted to the exam's questions where that wins."""
        return self.fitted.retriever

    @cached_property
    def fitted(self) -> Fitted:
        """The retriever with what fitting it found and took."""
        if self.settings.fit_retriever == "off":
            return Fitted(self._plain_retriever)
        fitted = fit_to_exam(self._plain_retriever, self.exam, self.settings.seed, self._store, self.encoder_name)
        if fitted.summary is not None:
            self._progress.say(fitting_line(fitted.summary, self.settings.lang))
        return fitted

    @cached_property
    def _plain_retriever(self) -> Retriever:
        """The index over the passages, with what it took to build kept in the store."""
        fact = f"index/{self._index_key}"
        with Meter() as meter:
            retriever = self._retriever_over(self.corpus)
        if self._store.fact(fact) is None:
            self._store.save_fact(fact, {"seconds": meter.seconds, "tokens": 0, "peak_mb": meter.peak_mb})
        return retriever

    def retriever_for(self, groups: tuple[str, ...] | None) -> Retriever:
        """A search over what these groups may read, in an index that never held anything else; None: over all."""
        if groups is None:
            return self.retriever
        if groups not in self._views:
            view = visible_to(self.corpus, groups)
            self._views[groups] = (
                self.retriever if view is self.corpus else self.retriever.like(self._retriever_over(view))
            )
        return self._views[groups]

    def retrieve(self, questions: Sequence[Question], k: int) -> dict[str, list[Passage]]:
        """Question id -> the k best passages that its asker may read."""
        found = retrieve_readable(self.retriever_for, questions, k)
        return {question.id: list(row) for question, row in zip(questions, found, strict=True)}

    def may_learn_from(self, example: Question, asked: Question) -> bool:
        """Whether the asker of one question may be shown another with its answer and its passage.

        Yes where everything that the answer rests on is there and may be read; where that is not told, only when the
        example was asked for no other groups than those of the asker.
        """
        if asked.groups is None or self.retriever_for(asked.groups) is self.retriever:
            return True
        rests_on = {p.document for p in self.exam.gold_passages.get(example.id, ())}
        is_told = bool(rests_on) or not example.answerable
        if not is_told and not (example.groups is not None and set(example.groups) <= set(asked.groups)):
            return False
        shown = self._example_passages.get(example.id)
        readable = {document.id for document in self.corpus.documents if may_read(document, asked.groups)}
        return rests_on | ({shown.document} if shown else set()) <= readable

    def _retriever_over(self, corpus: Corpus) -> Retriever:
        if not corpus.passages:  # of a view: these groups may read nothing
            return Retriever(ExactIndex(corpus, None), None, corpus)
        index = build_index(
            corpus,
            self.encoder,
            self._workspace.index_folder,
            lambda done, total: self._progress.step("Encoding passages", done, total),
        )
        versions = find_versions(corpus) if self.settings.versions == "in force" else None
        return Retriever(
            index,
            self.encoder,
            corpus,
            versions=versions,
            rewrite=self._rewrite if self.settings.rewrites else None,
            reranker=self._reranker,
            rerank_depth=self.settings.rerank_depth,
        )

    @cached_property
    def _reranker(self) -> Reranker | None:
        return load_reranker(self.settings.reranker, self.model, self.exam.lang)

    def _rewrite(self, questions: Sequence[str]) -> list[list[str]]:
        """Each by itself: what the model says must not depend on what else is asked."""
        engine = self._load_engine(None)
        n, lang = self.settings.rewrites, self.exam.lang
        return [rewrite_questions(engine, [question], n, lang)[0] for question in questions]

    def as_read(self, passages: Sequence[str]) -> list[Passage]:
        """Passages by their ids, as the retrieved cells read them: with their neighbours."""
        return [expand(self.corpus.by_id[id], self.corpus, self.settings.neighbours) for id in passages]

    @property
    def _retrieval_key(self) -> list[Any]:
        s = self.settings
        plain = [self.encoder_name, RETRIEVAL_VERSION, s.versions, *fitting_key(s.fit_retriever, s.seed)]
        return [*plain, s.rewrites, self._reranker.name if self._reranker else None, s.rerank_depth, s.neighbours]

    @property
    def _index_key(self) -> str:
        return key_of(corpus=self.corpus.sha256, encoder=self.encoder_name)

    def _context(self, cell: Cell) -> Context:
        if cell.context == "none":
            return NoContext()
        if cell.context == "oracle":
            return OracleContext(self.exam.gold_passages)
        return RetrievedContext(self.retriever_for, self.settings.passages, self.settings.neighbours)

    def _behaviour(self, cell: Cell) -> Behaviour:
        if cell.behaviour != "few-shot":
            return ZeroShot(self.exam.lang, cell.behaviour)
        encode = self.encoder.encode_queries if self.encoder is not None else encode_bigrams
        passages = {} if cell.context == "none" else self._example_passages
        n = self.settings.examples
        return FewShot(self.exam.train, passages, encode, self.exam.lang, n, self.may_learn_from)

    @cached_property
    def _example_passages(self) -> dict[str, Passage]:
        """The passage that each training question is shown with: its evidence, or the best that retrieval finds."""
        found = self.retrieve(self.exam.train, 1)
        best = {id: passages[0] for id, passages in found.items() if passages}
        gold = {
            q.id: [p for p in self.exam.gold_passages.get(q.id, ()) if p.id in self.corpus.by_id]
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

    # ---- the adaptive row: from which confidence on an answer from memory is kept

    def _threshold(self, cell: Cell, from_memory: Answerer, with_passages: Answerer) -> float:
        """Fitted on the validation questions, once; too few of them are not asked at all."""
        fact = f"adaptive/{self.cell_key(cell)}"
        kept = self._store.fact(fact)
        if kept is None:
            asked = self.exam.validation if len(self.exam.validation) >= LEAST_TRIALS else ()
            started = time.perf_counter()
            trials = try_both(asked, from_memory, with_passages, self.settings.answer_batch)
            threshold = fit_threshold(trials)
            kept = {
                "threshold": None if threshold == ALWAYS_READ else threshold,
                "n": len(trials),
                "seconds": time.perf_counter() - started,
            }
            self._store.save_fact(fact, kept)
        return ALWAYS_READ if kept["threshold"] is None else float(kept["threshold"])

    # ---- adapters: one for answering from memory, one for answering from passages

    def adapter(self, cell: Cell) -> Path:
        """The folder of the cell's adapter, trained if it is not there yet."""
        from assay.training import TrainingSettings, train_adapter

        key = self._adapter_key(cell)
        folder = self._workspace.adapter_folder(key)
        if self.has_adapter(cell):
            return folder
        self._engine = None  # make room
        s, name = self.settings, self._adapter_name(cell)
        training = TrainingSettings(
            epochs=self._epochs(cell),
            rank=s.rank,
            batch_size=s.training_batch,
            learning_rate=s.learning_rate or None,
            seed=s.seed,
        )
        model_folder = self._model_folder()
        train = self._training_examples(cell, self.exam.train)
        validation = self._training_examples(cell, self.exam.validation)
        show = f"Tuning {name}"
        with Meter() as meter:
            log = train_adapter(
                model_folder,
                train,
                validation,
                training,
                folder,
                lambda done, total, note: self._progress.step(show, done, total, note),
            )
        preparation = {"seconds": log.seconds, "tokens": log.n_tokens, "peak_mb": meter.peak_mb}
        self._store.save_fact(f"adapter/{key}", {"preparation": preparation, "log": {"name": name, **vars(log)}})
        return folder

    def _model_folder(self) -> Path:
        if self.model.folder is None:
            raise AssayError(f"{self.model.name} cannot be tuned: {self.model.why_not_tunable}")
        return self.model.folder

    def _adapter_name(self, cell: Cell) -> str:
        return "closed book" if cell.context == "none" else "with passages"

    def _epochs(self, cell: Cell) -> int:
        """As set, or as many as it takes for the usual number of steps, so that a small set is not undertrained."""
        s = self.settings
        chosen, n_steps = (s.epochs_closed_book, 40) if cell.context == "none" else (s.epochs_open_book, 16)
        return chosen or ceil(n_steps / ceil(len(self.exam.train) / s.training_batch))

    def _adapter_key(self, cell: Cell) -> str:
        s = self.settings
        reads = None if cell.context == "none" else [*self._retrieval_key, s.passages]
        return key_of(
            name=self._adapter_name(cell),
            model=self.model.sha256,
            exam=self.exam.asked_key,
            prompts=PROMPT_VERSION,
            training=[self._epochs(cell), s.rank, s.training_batch, s.learning_rate, s.seed],
            reads=reads,
        )

    def _training_examples(self, cell: Cell, questions: Sequence[Question]) -> list[Any]:
        from assay.training import closed_book_examples, open_book_examples

        if cell.context == "none":
            return closed_book_examples(questions, self.exam.lang)
        found = self.retrieve(questions, _RETRIEVED_FOR_TRAINING)
        gold = {q.id: self.exam.gold_passages.get(q.id) or _holding_answer(q, found[q.id]) for q in questions}
        rng = np.random.default_rng(self.settings.seed)
        return open_book_examples(questions, found, gold, self.exam.lang, self.settings.passages, rng)


def _holding_answer(question: Question, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Where the evidence is not known, the first retrieved passage in which an accepted answer stands."""
    holding = [
        p for p in passages if question.answerable and score_answer(p.text, question).reason != "no_accepted_answer"
    ]
    return tuple(holding[:1])
