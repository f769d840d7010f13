"""What a step of the search is: all that the rest of Assay asks about one way of finding better. Knows none by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Protocol

from assay.bench.bench import Bench
from assay.bench.parts import blaming_parts, check_part
from assay.bench.preparation import Preparation
from assay.corpus.document import Corpus, Passage
from assay.errors import InputError, PartError
from assay.models import Engine, Model
from assay.questions.exam import Exam
from assay.retrieval.encoder import Encoder
from assay.retrieval.gain import Gain, Tried
from assay.retrieval.retriever import MakeOrder, Order, Retriever, Rewrite
from assay.words import Text, spoken, worded

__all__ = ["Change", "SearchStep", "Site", "Widen", "as_found", "chosen_steps", "step_codes"]

Widen = Callable[[Passage, Corpus], Passage]  # a found passage as it is read


def as_found(passage: Passage, corpus: Corpus) -> Passage:
    """The passage and nothing else; see `Widen`."""
    return passage


class Site(Protocol):
    """What a step is handed: the search that it is a step of."""

    @property
    def exam(self) -> Exam:
        """Whose questions for training and validation teach and judge."""

    @property
    def corpus(self) -> Corpus:
        """What is searched."""

    @property
    def bench(self) -> Bench:
        """Settings, workspace, store and progress."""

    @property
    def model(self) -> Model:
        """The base model."""

    def load_base(self) -> Engine:
        """Its engine, without an adapter."""

    @property
    def corpus_language(self) -> str:
        """Which embedded encoder the documents need."""

    @property
    def encoder(self) -> Encoder | None:
        """That of the index; None for a search by words alone."""

    @property
    def encoder_name(self) -> str:
        """Its name, for keys and people."""

    @property
    def plain(self) -> Retriever:
        """The search before any step."""

    @property
    def key(self) -> list[Any]:
        """What the passages found depend on, all steps together; not to be asked for before `attempt`."""


@dataclass(frozen=True)
class Change:
    """What a step does to one search.

    Args:
        key: plain values that what is found depends on besides the exam; the name and the code of a step that
            `search_steps` names are added.
        attempt: the search so far -> another, with what it brought and took. It comes first.
        reword: questions -> other wordings of each, which are searched for too.
        reorder: over a corpus, a question and what was found for it, best first -> what stays, in another order.
        widen: a found passage -> as it is read.
    """

    key: list[Any] = field(default_factory=list)
    attempt: Callable[[Tried], Tried] | None = None
    reword: Rewrite | None = None
    reorder: MakeOrder | None = None
    widen: Widen | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class SearchStep:
    """One step, in one value.

    Args:
        name: as it is written in the setting `search_steps`.
        title: what it is called.
        note: what it does, in a sentence.
        build: what it does to a search, by the settings of the bench; nothing is computed yet.
        place: its place in the order: the built-in ones stand from 10 to 70, a new one comes after the re-ranker.
        is_named: whether `search_steps` has to name it; else settings of its own say what it does.
        line: what it brought, for console and report; None: title and note. An empty line is not shown.
        code: of a step from outside, filled in when it is loaded.
    """

    home: ClassVar[str] = "assay.retrieval.steps"

    name: str
    title: Text
    note: Text = ""
    build: Callable[[Site], Change]
    place: float = 80.0
    is_named: bool = True
    line: Callable[[Gain | None, str], str] | None = None
    code: str = ""

    def __post_init__(self) -> None:
        check_part(self)

    def open(self, site: Site) -> Change:
        """What it does to a search; what fails in a step from outside then is a PartError, with file and line."""
        with blaming_parts():
            change = self.build(site)
        if not isinstance(change, Change):
            raise PartError(f'search step "{self.name}" must build a Change, got {type(change).__name__}')
        return change

    def key(self, change: Change) -> list[Any]:
        """What keys say of it."""
        return [[self.name, self.code, *change.key]] if self.is_named else change.key

    def take(self, change: Change, so_far: Tried) -> Tried:
        """The search with this step, what it brought and what it took.

        Raises:
            PartError: a step from outside failed.
        """
        tried = replace(so_far, summary=None, cost=Preparation())
        if change.attempt is not None:
            with blaming_parts():
                tried = change.attempt(tried)
            if not isinstance(tried, Tried):
                raise PartError(f'search step "{self.name}" must return a Tried, got {type(tried).__name__}')
        retriever = tried.retriever
        if change.reword is not None:
            retriever = replace(retriever, rewrites=(*retriever.rewrites, _checked_rewrite(change.reword, self.name)))
        if change.reorder is not None:
            retriever = replace(retriever, orders=(*retriever.orders, _checked_order(change.reorder, self.name)))
        return replace(tried, retriever=retriever)

    def say(self, gain: Gain | None, lang: str) -> str:
        """What it brought, in a sentence; "" where there is nothing to say.

        Raises:
            PartError: a step from outside failed.
        """
        if self.line is None:
            title, note = spoken(self.title, lang), spoken(self.note, lang)
            return f"{title}: {note}" if note else title
        with blaming_parts():
            return self.line(gain, lang)

    def lines(self, gain: Gain | None) -> dict[str, str]:
        """The same in every language that it speaks, to be kept."""
        languages = sorted({"en", *worded(self.title)})
        return {lang: line for lang in languages if (line := self.say(gain, lang))}


def chosen_steps(bench: Bench) -> list[SearchStep]:
    """The steps of a search, in order: those with settings of their own, and those that `search_steps` names.

    Raises:
        InputError: a name that is no step's, or that of a step with settings of its own.
    """
    known = bench.parts.of(SearchStep)
    wanted = [name.strip() for name in bench.settings.search_steps.split(",") if name.strip()]
    can_be_named = [name for name, step in known.items() if step.is_named]
    for name in wanted:
        if name not in can_be_named:
            there = f"choose of {', '.join(can_be_named)}, or name its file" if can_be_named else "name its file"
            raise InputError(f'unknown search step "{name}" (search_steps): {there} (--parts FILE)')
    return [step for step in known.values() if not step.is_named or step.name in wanted]


def step_codes(bench: Bench) -> dict[str, str]:
    """Name -> code of the steps that `search_steps` names."""
    return {step.name: step.code for step in chosen_steps(bench) if step.is_named}


def _checked_rewrite(reword: Rewrite, name: str) -> Rewrite:
    def rewrite(questions: Sequence[str]) -> list[list[str]]:
        wordings = _listed(reword(questions), name)
        if len(wordings) != len(questions):
            raise PartError(f'search step "{name}" gave wordings for {len(wordings)} of {len(questions)} questions')
        return [_listed(row, name) for row in wordings]

    return rewrite


def _checked_order(make: MakeOrder, name: str) -> MakeOrder:
    def make_order(corpus: Corpus) -> Order | None:
        reorder = make(corpus)
        if reorder is None:
            return None

        def order(question: str, found: Sequence[Passage]) -> Sequence[Passage]:
            kept = _listed(reorder(question, found), name)
            if not all(isinstance(passage, Passage) and passage.id in corpus.by_id for passage in kept):
                raise PartError(f'search step "{name}" gave something that is no passage of the documents')
            return kept

        return order

    return make_order


def _listed(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise PartError(f'search step "{name}" must give a list, got {type(value).__name__}')
    return list(value)
