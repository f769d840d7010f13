"""The searches over one exam's documents: for everybody and for groups, step by step. Knows no step and no prompts."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from assay.bench.bench import Bench
from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.parts import Part, blaming_parts
from assay.bench.preparation import Preparation
from assay.corpus.access import visible_to
from assay.corpus.document import Corpus, Passage
from assay.corpus.language import corpus_language
from assay.models import Engine, Model
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval import Encoder, ExactIndex, Retriever, build_index, load_encoder
from assay.retrieval.gain import Tried
from assay.retrieval.last_question import LastQuestion
from assay.retrieval.ranker import start_ranker
from assay.retrieval.readable import retrieve_readable
from assay.retrieval.step import Change, SearchStep, chosen_steps

__all__ = ["Search"]

RETRIEVAL_VERSION = 3


class Search:
    """Finds the passages of one corpus for the questions of one exam. To its steps it is a `Site`.

    Args:
        exam: whose questions the search is fitted to.
        corpus: what is searched: the exam's, or a newer state of its documents.
        model: asked for other wordings, and for likelihoods where the settings want passages ranked by them.
        load_base: its engine, without an adapter.
        bench: settings, workspace, store, progress and parts.
    """

    def __init__(self, exam: Exam, corpus: Corpus, model: Model, load_base: Callable[[], Engine], bench: Bench) -> None:
        self.exam, self.corpus, self.model, self.bench = exam, corpus, model, bench
        self.load_base = load_base
        self._views: dict[tuple[str, ...], Retriever] = {}

    @cached_property
    def _changes(self) -> list[tuple[SearchStep, Change]]:
        return [(step, step.open(self)) for step in chosen_steps(self.bench)]

    @property
    def outside(self) -> tuple[Part, ...]:
        """Its steps that come from outside."""
        return tuple(step for step, _ in self._changes if step.code)

    @cached_property
    def key(self) -> list[Any]:
        """What the passages found depend on besides the exam and how many are asked for."""
        steps = [value for step, change in self._changes for value in step.key(change)]
        return [self.encoder_name, RETRIEVAL_VERSION, *steps]

    @cached_property
    def tried(self) -> Mapping[SearchStep, Tried]:
        """The search after each step, with what that brought and took; what was found before is not computed again.

        Raises:
            PartError: a step from outside failed.
        """
        so_far, tried = Tried(self.plain), {}
        for step, change in self._changes:
            so_far = tried[step] = step.take(change, so_far)
            line = step.say(so_far.summary, self.bench.settings.lang)
            if line:
                self.bench.progress.say(line)
        return tried

    @property
    def preparation(self) -> Preparation:
        """What index and steps took when they were made."""
        return sum((one.cost for one in self.tried.values()), self.index_preparation)

    @property
    def index_preparation(self) -> Preparation:
        """What the index alone took, built or grown from an earlier one. It must be there."""
        made = self.bench.store.made(self._index_fact)
        return made.cost if made is not None else Preparation()

    @cached_property
    def encoder(self) -> Encoder | None:
        """What turns text into vectors; None where no encoder fits the language: full text alone, then."""
        s = self.bench.settings
        encoder = load_encoder(s.encoder, self.corpus_language, s.encoder_precision)
        return None if encoder is None else LastQuestion(encoder)

    @cached_property
    def corpus_language(self) -> str:
        """Which embedded encoder the documents need, "en" or "zh"; the questions may be in another language."""
        return corpus_language(passage.text for passage in self.exam.corpus.passages)

    @property
    def encoder_name(self) -> str:
        """The encoder's name, for keys and the report."""
        return self.encoder.name if self.encoder is not None else "full text only"

    @property
    def retriever(self) -> Retriever:
        """The search that cells read from and people ask, after all steps."""
        return [Tried(self.plain), *self.tried.values()][-1].retriever

    @cached_property
    def plain(self) -> Retriever:
        """The search before any step, with what its index took to build kept in the store."""
        with Meter() as meter:
            retriever = self._retriever_over(self.corpus)
        self.bench.store.keep_cost(self._index_fact, meter.cost)
        return retriever

    def make_ready(self) -> Retriever:
        """`plain`, its encoder ready for a question. Asks the base model nothing: it may be loading meanwhile."""
        return self._ready

    def prepare(self) -> Retriever:
        """`retriever`, ready: a question then takes the search alone."""
        self.make_ready()
        return self.retriever

    @cached_property
    def _ready(self) -> Retriever:
        if self.plain.encoder is not None:
            self.plain.encoder.encode_queries(["ready"])  # the first question would pay for compiling
        return self.plain

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
        show = self.bench.show("step.encoding")
        index = build_index(corpus, self.encoder, self.bench.workspace.index_folder, show)
        ranker = start_ranker(corpus) if self.encoder is not None else None  # its weights expect both searches
        return Retriever(index, self.encoder, corpus, ranker=ranker)

    def widen(self, passage: Passage, corpus: Corpus) -> Passage:
        """A found passage as it is read: with its neighbours, for instance."""
        with blaming_parts():
            for _, change in self._changes:
                passage = change.widen(passage, corpus) if change.widen else passage
        return passage

    def as_read(self, passages: Sequence[str]) -> list[Passage]:
        """Passages by their ids, as the cells that search read them."""
        return [self.widen(self.corpus.by_id[id], self.corpus) for id in passages]

    @property
    def _index_fact(self) -> str:
        return "index/" + key_of(corpus=self.corpus.sha256, encoder=self.encoder_name)
