"""A finished run taken up again: its result, and the measured cells ready to be asked."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assay.bench.keys import key_of
from assay.bench.progress import Silent
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.corpus.access import may_read
from assay.corpus.document import Corpus, Passage
from assay.errors import NotFound
from assay.grid.cell import Cell, parse_cell
from assay.grid.pipeline import Answerer
from assay.grid.pipelines import Workshop
from assay.models import Model, open_model
from assay.questions.exam import Exam, load_exam
from assay.questions.question import Question
from assay.scoring import CitedSentence, MarkedPiece, cite, mark_sentences
from assay.serving.answer_cache import AnswerCache
from assay.serving.sync import newest_corpus
from assay.settings import Settings
from assay.verdict.result import RunResult, load_result

__all__ = ["Citation", "FinishedRun", "Reply", "list_runs", "load"]


@dataclass(frozen=True)
class Citation:
    """One sentence of an answer and where it stands; `quote` is the sentence or table row that supports it.

    `passage` (an id), `document` and `quote` are None where no passage that was read supports the sentence.
    """

    sentence: str
    passage: str | None
    document: str | None
    page: int | None
    quote: str | None
    support: float  # 0..1, see `assay.scoring.cite`


@dataclass(frozen=True)
class Reply:
    """An answer with a citation a sentence; none when it was given from memory or refused."""

    text: str
    citations: tuple[Citation, ...]
    cell: str
    from_cache: bool = False

    def marked(self) -> tuple[list[MarkedPiece], list[Citation]]:
        """The text in pieces with the number of the quote behind each, and the quotes by number."""
        return mark_sentences(self.text, self.citations)


class FinishedRun:
    """A run of a workspace. `ask` uses the pipelines that were measured: the same prompts, adapters and search.

    What is searched is the newest state of the documents that was synced.
    """

    def __init__(self, folder: Path, workspace: Workspace, model: Model | None = None) -> None:
        self.result: RunResult = load_result(folder / "result.json")
        self.report = folder / "report.html"
        self._folder, self._workspace, self._model = folder, workspace, model
        self._pipelines: dict[Cell, Answerer] = {}

    def ask(
        self,
        text: str,
        cell: str | None = None,
        groups: Collection[str] | None = None,
        only: str | None = None,
        cache: float = 0.0,
    ) -> Reply:
        """The answer of a cell, by default the recommended one.

        Args:
            text: the question.
            cell: which cell answers.
            groups: those of the asker, who is answered from what they may read and nothing else. None: from everything.
            only: a pattern of document paths, such as "policies/*" or "*.pdf": nothing else is searched.
            cache: above 0, an answer kept for a question of the same meaning is given again, if the likeness (cosine)
                of the two is at least this; see `assay.serving.answer_cache`.

        Raises:
            InputError: a name that is no cell.
            NotFound: a cell that cannot be asked: an oracle cell, one that was not run, or one tuned on what these
                groups may not read; a pattern that matches no document.
        """
        chosen = parse_cell(cell or self.result.verdict.cell)
        if not chosen.can_be_served or str(chosen) not in {one.cell for one in self.result.cells}:
            served = ", ".join(one.cell for one in self.result.cells if parse_cell(one.cell).can_be_served)
            raise NotFound(f"{chosen} cannot be asked in this run; these can: {served}")
        asked = Question("asked", text, (), groups=None if groups is None else tuple(sorted(set(groups))))
        if chosen.is_tuned:
            self.check_learnt(chosen, asked)
        if only is not None:
            asked = replace(asked, only=self._matching(only, asked))
        return self._answer_or_recall(chosen, asked, cache) if cache else self._answer(chosen, asked)

    def _matching(self, pattern: str, asked: Question) -> tuple[str, ...]:
        """The ids of the documents that a pattern matches, of those that the asker may read."""
        readable = self.workshop.search.retriever_for(asked.groups).corpus.documents
        matching = tuple(document.id for document in readable if fnmatchcase(document.id, pattern))
        if not matching:
            raise NotFound(f'no document matches "{pattern}": give a path below the folder, * for any part')
        return matching

    def _answer_or_recall(self, cell: Cell, asked: Question, least_likeness: float) -> Reply:
        encoder = self.workshop.search.encoder
        answers = AnswerCache(self._store, encoder.encode_queries if encoder else None, least_likeness)
        scope = self._cache_scope(cell, asked)
        kept = answers.find(scope, asked.text)
        if kept is not None:
            return _REPLY.validate_python(kept | {"from_cache": True})
        reply = self._answer(cell, asked)
        answers.save(scope, asked.text, asdict(reply))
        return reply

    def _answer(self, cell: Cell, asked: Question) -> Reply:
        (answer,) = self._pipeline(cell).answer([asked])
        read = self.workshop.search.as_read(answer.passages)
        return Reply(answer.text, _citations(answer.text, read, asked.text), str(cell))

    def _cache_scope(self, cell: Cell, asked: Question) -> str:
        """What a kept answer depends on besides its question: when any of it changes, the answer is not given again.

        Of the documents also their dates and readers: a document that was closed to a group is not told to it any more.
        """
        corpus = self.workshop.search.corpus
        return key_of(
            run=self.result.run_id,
            cell=self.workshop.cell_key(cell),
            corpus=corpus.sha256,
            documents=[[document.id, document.date, document.groups] for document in corpus.documents],
            groups=None if asked.groups is None else sorted(asked.groups),
            only=asked.only,
        )

    @cached_property
    def as_of(self) -> str | None:
        """When the documents were synced that are searched; None when they are those of the run."""
        return self._newest[1]

    def check_learnt(self, cell: Cell, asked: Question) -> None:
        """An adapter may repeat what it was tuned on to whoever asks.

        Raises:
            NotFound: it was tuned on something that the asker may not read.
        """
        learnt = (*self.workshop.exam.train, *self.workshop.exam.validation)
        what = "documents" if cell.has_learnt_documents else "questions about documents"
        may_read_all = not cell.has_learnt_documents or self._may_read_what_was_there(asked)
        if not may_read_all or not all(self.workshop.may_learn_from(example, asked) for example in learnt):
            asker = ", ".join(asked.groups or ()) or "somebody in no group"
            raise NotFound(
                f"{cell} was tuned on {what} that {asker} may not read, and could repeat them: "
                "ask a zero-shot or few-shot cell with --cell"
            )

    def _may_read_what_was_there(self, asked: Question) -> bool:
        """Whether every document of the run is still there and open to the asker."""
        now = {document.id for document in self.workshop.search.corpus.documents if may_read(document, asked.groups)}
        return asked.groups is None or {document.id for document in self.workshop.exam.corpus.documents} <= now

    def _pipeline(self, cell: Cell) -> Answerer:
        if cell.is_tuned and not self.workshop.adapters.are_trained(cell.parts):
            raise NotFound(f"the adapter of {cell} is not in this workspace any more: run the same line again")
        if cell not in self._pipelines:
            self._pipelines[cell] = self.workshop.pipeline(cell)
        return self._pipelines[cell]

    @cached_property
    def workshop(self) -> Workshop:
        """What builds the pipelines of this run."""
        settings = Settings(**self.result.settings)
        model = self._model or open_model(settings.base, settings.engine)
        return Workshop(self._exam, model, settings, self._workspace, self._store, Silent(), self._newest[0])

    @cached_property
    def _store(self) -> Store:
        return Store(self.result.settings.get("database") or self._workspace.database_url)

    @cached_property
    def _exam(self) -> Exam:
        return load_exam(self._folder / "exam.json")

    @cached_property
    def _newest(self) -> tuple[Corpus, str | None]:
        return newest_corpus(self._exam, Settings(**self.result.settings), self._workspace)


_REPLY = TypeAdapter(Reply)


def load(run_id: str | None = None, *, out: str | Path = ".assay", model: Model | None = None) -> FinishedRun:
    """A finished run by its id, or the first letters of it; the newest by default.

    Raises:
        NotFound: there is no such run.
    """
    workspace = Workspace(Path(out))
    found = [folder for folder in _finished(workspace) if folder.name.startswith(run_id or "")]
    if not found:
        which = f'run "{run_id}"' if run_id else "finished run"
        raise NotFound(f"there is no {which} in {out}: start one with assay run DOCS QUESTIONS")
    return FinishedRun(found[0], workspace, model)


def list_runs(out: str | Path = ".assay") -> list[dict[str, Any]]:
    """Id, creation time, title, base model and recommended cell of every finished run, the newest first."""
    results = [load_result(folder / "result.json") for folder in _finished(Workspace(Path(out)))]
    return [
        {"id": r.run_id, "created": r.created, "title": r.title, "base": r.base, "cell": r.verdict.cell}
        for r in results
    ]


def _finished(workspace: Workspace) -> list[Path]:
    files = list((workspace.folder / "runs").glob("*/result.json"))
    return [file.parent for file in sorted(files, key=lambda file: file.stat().st_mtime, reverse=True)]


def _citations(answer: str, read: list[Passage], question: str) -> tuple[Citation, ...]:
    if not read:
        return ()
    by_id = {passage.id: passage for passage in read}
    return tuple(_citation(one, by_id.get(one.passage or "")) for one in cite(answer, read, question))


def _citation(one: CitedSentence, passage: Passage | None) -> Citation:
    document, page = (passage.document, passage.page) if passage else (None, None)
    return Citation(one.sentence, one.passage, document, page, one.quote, one.support)
