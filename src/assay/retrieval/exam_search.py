"""The searches over one exam's documents: for everybody and for groups, fitted where that wins. Knows no prompts."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.bench.progress import Progress
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.corpus.access import visible_to
from assay.corpus.document import Corpus, Passage
from assay.corpus.neighbours import expand
from assay.corpus.versions import find_versions
from assay.models import Engine, Model
from assay.models.scoring import load_scorer
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.report.fitting_line import fitting_line, query_tuning_line, reranker_tuning_line, reranking_line
from assay.retrieval import Encoder, ExactIndex, Retriever, build_index, corpus_language, load_encoder
from assay.retrieval.encoder import load_parts
from assay.retrieval.encoder_trial import try_query_tuning
from assay.retrieval.gain import Tried
from assay.retrieval.ranker import start_ranker
from assay.retrieval.ranker_trial import Fitted, fit_to_exam, fitting_key
from assay.retrieval.rerank import Reranker, load_reranker
from assay.retrieval.reranker_trial import RERANKING_VERSION, try_reranker, try_reranker_tuning
from assay.retrieval.rewriting import rewrite_questions
from assay.rows.retrieved import retrieve_readable
from assay.settings import Settings
from assay.verdict.result import QueryTuningTrial, RerankerTrial
from assay.words import message

__all__ = ["Search"]

RETRIEVAL_VERSION = 3


class Search:
    """Finds the passages of one corpus for the questions of one exam.

    Args:
        exam: whose questions the search is fitted to.
        corpus: what is searched: the exam's, or a newer state of its documents.
        model: asked for other wordings, and for likelihoods where the settings want passages ranked by them.
        load_base: its engine, without an adapter.
        settings: of the run.
        workspace: where indexes are kept.
        store: of measurements and fittings.
        progress: is told what goes on.
    """

    def __init__(
        self,
        exam: Exam,
        corpus: Corpus,
        model: Model,
        load_base: Callable[[], Engine],
        settings: Settings,
        workspace: Workspace,
        store: Store,
        progress: Progress,
    ) -> None:
        self.corpus = corpus
        self._exam, self._model, self._load_base, self._settings = exam, model, load_base, settings
        self._workspace, self._store, self._progress = workspace, store, progress
        self._views: dict[tuple[str, ...], Retriever] = {}

    @cached_property
    def key(self) -> list[Any]:
        """What the passages found depend on besides the exam and how many are asked for."""
        s = self._settings
        plain = [self.encoder_name, RETRIEVAL_VERSION, s.versions, *fitting_key(s.fit_retriever, s.seed)]
        reranker = [self._reranker.name, s.rerank_depth, RERANKING_VERSION] if self._reranker else []
        return [*plain, s.rewrites, *reranker, s.neighbours]

    @property
    def preparation(self) -> Preparation:
        """What index and fitting took when they were made."""
        tried = (self.fitted, self.tuned, self.reranked, self.reranker_tuned)
        return sum((one.cost for one in tried), self.index_preparation)

    @property
    def index_preparation(self) -> Preparation:
        """What the index alone took, built or grown from an earlier one. It must be there."""
        made = self._store.made(self._index_fact)
        return made.cost if made is not None else Preparation()

    @cached_property
    def encoder(self) -> Encoder | None:
        """What turns text into vectors; None where no encoder fits the language: full text alone, then."""
        return load_encoder(self._settings.encoder, self.corpus_language, self._settings.encoder_precision)

    @cached_property
    def corpus_language(self) -> str:
        """Which embedded encoder the documents need, "en" or "zh"; the questions may be in another language."""
        return corpus_language(passage.text for passage in self._exam.corpus.passages)

    @property
    def encoder_name(self) -> str:
        """The encoder's name, for keys and the report."""
        return self.encoder.name if self.encoder is not None else "full text only"

    @property
    def retriever(self) -> Retriever:
        """The search that cells read from and people ask: fitted to the questions and re-ranked where that wins."""
        return self.reranker_tuned.retriever

    @cached_property
    def reranker_tuned(self) -> Tried[RerankerTrial]:
        """The re-ranked retriever with what tuning its cross-encoder brought and took, where that is asked for."""
        if self._settings.fit_retriever != "reranker":
            return Tried(self.reranked.retriever)
        tuned = try_reranker_tuning(
            self.reranked.retriever,
            self._exam,
            self._settings,
            self._store,
            self._tried_on,
            self._workspace.index_folder,
            partial(self._progress.step, "Tuning the re-ranker"),
        )
        if tuned.summary is not None:
            self._progress.say(reranker_tuning_line(tuned.summary, self._settings.lang))
        return tuned

    @cached_property
    def reranked(self) -> Tried[RerankerTrial]:
        """The fitted and tuned retriever with what the re-ranker brought and took."""
        if self._reranker is None:
            return Tried(self.tuned.retriever)
        show = partial(self._progress.step, "Judging the re-ranker")
        reranked = try_reranker(
            self.tuned.retriever, self._reranker, self._exam, self._settings, self._store, self._tried_on, show
        )
        if reranked.summary is not None:
            self._progress.say(reranking_line(reranked.summary, self._settings.lang))
        return reranked

    @cached_property
    def tuned(self) -> Tried[QueryTuningTrial]:
        """The fitted retriever with what tuning its encoder brought and took, where that is asked for."""
        if self._settings.fit_retriever not in ("encoder", "reranker") or self.encoder is None:
            return Tried(self.fitted.retriever)
        parts = load_parts(self._settings.encoder, self.corpus_language)
        if parts is None:
            self._progress.say(message("query_tuning.impossible", self._settings.lang, encoder=self.encoder_name))
            return Tried(self.fitted.retriever)
        tuned = try_query_tuning(
            self.fitted,
            self._plain_retriever,
            self.encoder,
            parts,
            self._exam,
            self._settings.seed,
            self._store,
            self._workspace.index_folder,
            partial(self._progress.step, "Tuning the encoder"),
        )
        if tuned.summary is not None:
            self._progress.say(query_tuning_line(tuned.summary, self._settings.lang))
        return tuned

    @cached_property
    def fitted(self) -> Fitted:
        """The retriever with what fitting it found and took."""
        if self._settings.fit_retriever == "off":
            return Fitted(self._plain_retriever)
        fitted = fit_to_exam(self._plain_retriever, self._exam, self._settings.seed, self._store, self.encoder_name)
        if fitted.summary is not None:
            self._progress.say(fitting_line(fitted.summary, self._settings.lang))
        return fitted

    @cached_property
    def _plain_retriever(self) -> Retriever:
        """The index over the passages, with what it took to build kept in the store."""
        with Meter() as meter:
            retriever = self._retriever_over(self.corpus)
        self._store.keep_cost(self._index_fact, meter.cost)
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

    def _retriever_over(self, corpus: Corpus) -> Retriever:
        if not corpus.passages:  # of a view: these groups may read nothing
            return Retriever(ExactIndex(corpus, None), None, corpus)
        show = partial(self._progress.step, "Encoding passages")
        index = build_index(corpus, self.encoder, self._workspace.index_folder, show)
        versions = find_versions(corpus) if self._settings.versions == "in force" else None
        return Retriever(
            index,
            self.encoder,
            corpus,
            ranker=start_ranker(corpus) if self.encoder is not None else None,  # its weights expect both searches
            versions=versions,
            rewrite=self._rewrite if self._settings.rewrites else None,
        )

    @cached_property
    def _reranker(self) -> Reranker | None:
        return load_reranker(self._settings.reranker, partial(load_scorer, self._model), self._exam.lang)

    def _rewrite(self, questions: Sequence[str]) -> list[list[str]]:
        """Each by itself: what the model says must not depend on what else is asked."""
        engine = self._load_base()
        n, lang = self._settings.rewrites, self._exam.lang
        return [rewrite_questions(engine, [question], n, lang)[0] for question in questions]

    def as_read(self, passages: Sequence[str]) -> list[Passage]:
        """Passages by their ids, as the retrieved cells read them: with their neighbours."""
        return [expand(self.corpus.by_id[id], self.corpus, self._settings.neighbours) for id in passages]

    @property
    def _tried_on(self) -> list[Any]:
        """What a re-ranker is tried on, for keys: the model words questions anew."""
        return [*self.key, self._model.sha256]

    @property
    def _index_fact(self) -> str:
        return "index/" + key_of(corpus=self.corpus.sha256, encoder=self.encoder_name)
