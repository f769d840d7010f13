"""A finished run taken up again: its result, and the measured cells ready to be asked."""

import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from fnmatch import fnmatchcase
from functools import cached_property, partial
from pathlib import Path
from threading import RLock
from typing import Any, Self

from pydantic import TypeAdapter

from assay.bench.bench import Bench
from assay.bench.checked_calls import checked
from assay.bench.keys import key_of
from assay.bench.parts import Parts, blaming_parts, load_parts
from assay.bench.progress import Silent
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.corpus.access import may_read
from assay.corpus.document import Corpus, Passage
from assay.corpus.file_names import normal_name
from assay.errors import InputError, NotFound
from assay.grid.asked_stepwise import Asking, Steps, answer_at_once, begin_asking
from assay.grid.cell import Cell, parse_cell
from assay.grid.column import Column
from assay.grid.pipelines import Pipelines
from assay.grid.row import Row
from assay.models import Model, open_model
from assay.plain_text import plain_text
from assay.privacy import hub_closed
from assay.questions.answer import Answer, Answerer
from assay.questions.exam import Exam, load_exam
from assay.questions.question import REFUSAL_TEXT, Question
from assay.report.notebook import grid_html
from assay.retrieval.nearness import NearLine, measure_nearness
from assay.retrieval.step import SearchStep
from assay.scoring import CitedSentence, MarkedPiece, cite, language_of, mark_sentences
from assay.serving.answer_cache import AnswerCache
from assay.serving.asked import Asked, cut_at
from assay.serving.frames import as_frame
from assay.serving.sync import newest_corpus
from assay.settings import Settings, load_settings, restore_settings
from assay.studies.grid.kind import KIND
from assay.studies.study import Finished, choose_folder, finished_studies
from assay.verdict.result import RunResult
from assay.verdict.stored import load_result

__all__ = ["Citation", "FinishedRun", "Reply", "load"]


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
    passages: tuple[str, ...] = ()  # ids, in the order the model read them
    from_cache: bool = False
    is_cut: bool = False  # it stopped at the limit of new tokens
    is_declined: bool = False  # the documents are not about the question: no model was asked
    n_prompt_tokens: int = 0
    n_new_tokens: int = 0

    def marked(self) -> tuple[list[MarkedPiece], list[Citation]]:
        """The text in pieces with the number of the quote behind each, and the quotes by number."""
        return mark_sentences(self.text, self.citations)


class FinishedRun:
    """A run of a workspace. `ask` uses the pipelines that were measured: the same prompts, adapters and search.

    What is searched is the newest state of the documents that was synced. Several threads may ask at once: each is
    answered in turn. As a context it lets go of models and database at its end.
    """

    def __init__(
        self,
        finished: Finished[RunResult],
        workspace: Workspace,
        model: Model | None = None,
        parts: Sequence[str] = (),
    ) -> None:
        self.result, self.lang, self.outcome = finished.result, finished.lang, finished.outcome
        self.folder, self.report = finished.folder, finished.report
        self.finished, self._workspace, self._model = finished, workspace, model
        self._named: Sequence[str] = parts or self.result.settings.get("parts", ())  # where parts from outside are
        self._pipelines: dict[Cell, Answerer] = {}
        self._one_at_a_time = RLock()

    def __repr__(self) -> str:
        verdict = self.result.verdict
        return (
            f"<assay run {self.result.run_id}: {verdict.kind}, {verdict.cell}, {len(self.result.questions)} questions>"
        )

    def _repr_html_(self) -> str:
        return grid_html(self.result, self.lang)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of models and database; what is asked afterwards loads them anew."""
        with self._one_at_a_time:
            self._pipelines.clear()
            self.__dict__.pop("pipelines", None)
            store: Store | None = self.__dict__.pop("_store", None)
            if store is not None:
                store.close()

    @property
    def table(self) -> Any:
        """A frame of the cells, a row each: pandas, or polars where only that is installed. Raises MissingExtra."""
        return as_frame(self.finished.table)

    @property
    def answers(self) -> Any:
        """A frame of the answers, a row for each question and cell; as `table`."""
        return as_frame(self.finished.answers)

    @property
    def differences(self) -> Any:
        """A frame of the comparisons, a row for each two cells; as `table`."""
        return as_frame(self.finished.differences)

    @checked()
    @hub_closed()
    def ask(
        self,
        text: str,
        cell: str | None = None,
        groups: str | Collection[str] | None = None,
        only: str | None = None,
        cache: float = 0.0,
    ) -> Reply:
        """The answer of a cell, by default the recommended one.

        Args:
            text: the question.
            cell: which cell answers.
            groups: those of the asker, who is answered from what they may read and nothing else; names, or a text with
                commas between them. None: from everything.
            only: a pattern of document paths, such as "policies/*" or "*.pdf": nothing else is searched.
            cache: above 0, an answer kept for a question of the same meaning is given again, if the likeness (cosine)
                of the two is at least this; see `assay.serving.answer_cache`.

        Raises:
            InputError: an empty question, or a name that is no cell.
            NotFound: a cell that cannot be asked: an oracle cell, one that was not run, or one tuned on what these
                groups may not read; a pattern that matches no document.
        """
        with self._one_at_a_time:  # what is asked together is rounded together: each gets the answer it gets alone
            return answer_at_once(self.begin(Asked(text, cell, groups, only, cache)))

    def begin(self, asked: Asked) -> Steps[Reply]:
        """The steps to the answer of one question, as `ask` goes through them; raises as `ask` does.

        Of all that is asked like this one thread makes the steps.
        """
        text = plain_text(asked.text)  # bytes that are no text come from a terminal or a pipe
        if not text.strip():
            raise InputError("there is no question: it is empty")
        chosen = self.served_cell(asked.cell)
        question = Question("asked", text, (), groups=None if asked.groups is None else _group_names(asked.groups))
        if chosen.is_tuned:
            self.check_learnt(chosen, question)
        if asked.only is not None:
            question = replace(question, only=self._matching(asked.only, question))
        is_kept = asked.cache and not asked.stop and asked.max_new_tokens is None  # a shortened answer is nobody else's
        return (yield from (self._answer_or_recall if is_kept else self._answer)(chosen, question, asked))

    def served_cell(self, name: str | None) -> Cell:
        """The cell of a name, by default the recommended one; raises as `ask` does where it cannot be asked."""
        chosen = self.find_cell(name)
        if not chosen.can_be_served or str(chosen) not in self.cells:
            served = ", ".join(name for name, one in self.cells.items() if one.can_be_served)
            raise NotFound(f"{chosen} cannot be asked in this run; these can: {served}")
        return chosen

    def passages(self, reply: Reply) -> list[Passage]:
        """What the model read for an answer, in that order, as far as it is still searched."""
        there = self.pipelines.search.corpus.by_id
        return self.pipelines.search.as_read([id for id in reply.passages if id in there])

    def find_cell(self, name: str | None) -> Cell:
        """The cell of a name, by default the recommended one.

        Raises:
            InputError: a name that is no cell.
            NotFound: a cell of parts from outside, or of a prompt, that are not as they were measured any more; a
                system from elsewhere, of which there are answers alone.
        """
        wanted = name or self.result.verdict.cell
        if wanted in self.cells:
            self._check_code(self.cells[wanted])
            self._check_prompt(self.cells[wanted])
            return self.cells[wanted]
        if wanted in {one.cell for one in self.result.cells}:
            named = ", ".join(self._named) or "none is named"
            lost = self._lost or f"nothing of that name is in {named}"
            raise NotFound(f"{wanted} was measured with parts of your own that are not there: {lost} (--parts FILE)")
        if wanted in {other.cell for other in self.result.others}:
            raise NotFound(
                f"{wanted} is another system, known by the answers in its file: it cannot be asked from here"
            )
        try:
            return parse_cell(wanted, self._parts)
        except InputError as error:
            run, there = self.result.run_id, ", ".join(self.cells)
            raise InputError(f"run {run} has no {wanted}; it has {there} (another run: --run). {error}") from error

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """The cells of this run by name, as far as their parts are there."""
        rows, columns = self._parts.of(Row), self._parts.of(Column)
        names = [summary.cell.split("/") for summary in self.result.cells]
        return {f"{r}/{c}": Cell(rows[r], columns[c]) for r, c in names if r in rows and c in columns}

    def training_log(self, cell: Cell) -> dict[str, Any]:
        """How the cell's model was trained, the last training of it."""
        assert cell.tuned_model is not None
        return self.pipelines.adapters.logs(cell.tuned_model)[-1]

    def _check_code(self, cell: Cell) -> None:
        measured = {row.name: row.code for row in self.result.rows}
        measured |= {column.name: column.code for column in self.result.columns}
        now = {cell.row.name: cell.row.code, cell.column.name: cell.column.code}
        if cell.searches:
            measured |= self.result.steps
            now |= self._step_codes()
        for name, code in now.items():
            if code != measured.get(name, ""):
                raise NotFound(f'"{name}" is not what was measured any more: its file has changed. Run the line again')

    def _check_prompt(self, cell: Cell) -> None:
        """What is asked by is what was found in the run: nothing is searched for now."""
        if cell.column.prompt is not None and any(self.pipelines.prompt_choice(part) is None for part in cell.parts):
            raise NotFound(
                f"the prompt of {cell} is not in this workspace any more, or its bank has changed: run the line again"
            )

    def _step_codes(self) -> dict[str, str]:
        """Name -> code, as it is now, of the steps from outside that the run searched by."""
        known = self._parts.of(SearchStep)
        gone = ", ".join(name for name in self.result.steps if name not in known)
        if gone:
            raise NotFound(f"this run searched by steps of your own that are not there ({gone}): {self._lost}")
        return {name: known[name].code for name in self.result.steps}

    @cached_property
    def _loaded(self) -> tuple[Parts, str]:
        """The parts that the run was made with; and why some are missing."""
        found, lost = Parts(), []
        for name in self._named:
            try:
                found = Parts([*found.outside, *load_parts([name]).outside])
            except InputError as error:
                lost.append(str(error))
        return found, "; ".join(lost)

    @property
    def _parts(self) -> Parts:
        return self._loaded[0]

    @property
    def _lost(self) -> str:
        return self._loaded[1]

    def _matching(self, pattern: str, asked: Question) -> tuple[str, ...]:
        """The ids of the documents that a pattern matches, of those that the asker may read."""
        readable = self.pipelines.search.retriever_for(asked.groups).corpus.documents
        matching = tuple(
            document.id for document in readable if fnmatchcase(normal_name(document.id), normal_name(pattern))
        )
        if not matching:
            raise NotFound(f'no document matches "{pattern}": give a path below the folder, * for any part')
        return matching

    def _answer_or_recall(self, cell: Cell, question: Question, asked: Asked) -> Steps[Reply]:
        encoder = self.pipelines.search.encoder
        answers = AnswerCache(self._store, encoder.encode_queries if encoder else None, asked.cache)
        scope = self._cache_scope(cell, question)
        kept = answers.find(scope, question.text)
        if kept is not None:
            return _REPLY.validate_python(kept | {"from_cache": True})
        reply = yield from self._answer(cell, question, asked)
        answers.save(scope, question.text, asdict(reply))
        return reply

    def _answer(self, cell: Cell, question: Question, asked: Asked) -> Steps[Reply]:
        with blaming_parts(*self.pipelines.outside(cell)):
            pipeline = self._pipeline(cell)  # engine and search are loaded beside each other
            if not self._is_near(cell, question):
                return Reply(REFUSAL_TEXT[language_of(question.text)], (), str(cell), is_declined=True)
            answer = yield from _shortened(begin_asking(pipeline, question), asked.max_new_tokens)
        text = cut_at(answer.text, asked.stop)
        return Reply(
            text,
            self.cite(text, answer.passages, question.text),
            str(cell),
            answer.passages,
            is_cut=answer.is_cut and text == answer.text,
            n_prompt_tokens=answer.n_prompt_tokens,
            n_new_tokens=answer.n_new_tokens,
        )

    def cite(self, answer: str, passages: Sequence[str], question: str) -> tuple[Citation, ...]:
        """Where each sentence of an answer, or of the beginning of one, stands in the passages that were read."""
        return _citations(answer, self.pipelines.search.as_read(passages), question)

    def _is_near(self, cell: Cell, asked: Question) -> bool:
        """Whether the documents are about it, for a cell that searches in a run where that can be told."""
        declining = self.result.declining
        if declining is None or not declining.is_used or not cell.searches or self._settings.decline == "off":
            return True
        self.pipelines.search.make_ready()
        measured = measure_nearness(self.pipelines.search.retriever_for, [asked])
        return bool(NearLine(declining.weights, declining.least).is_near(measured)[0])

    def _cache_scope(self, cell: Cell, asked: Question) -> str:
        """What a kept answer depends on besides its question: when any of it changes, the answer is not given again.

        Of the documents also their dates and readers: a document that was closed to a group is not told to it any more.
        """
        corpus = self.pipelines.search.corpus
        return key_of(
            run=self.result.run_id,
            cell=self.pipelines.cell_key(cell),
            corpus=corpus.sha256,
            documents=[[document.id, document.date, document.groups] for document in corpus.documents],
            groups=None if asked.groups is None else sorted(asked.groups),
            only=asked.only,
        )

    @cached_property
    def as_of(self) -> str | None:
        """When the documents were synced that are searched; None when they are those of the run."""
        return self._newest[1]

    @property
    def documents(self) -> str:
        """The folder that the run read; "" for documents that came from no folder."""
        return self._exam.documents

    def make_ready(self) -> None:
        """Load what answers the recommended cell's questions: the first one would pay for it."""
        with self._one_at_a_time:
            self._pipeline(self.served_cell(None))

    def check_learnt(self, cell: Cell, asked: Question) -> None:
        """An adapter may repeat what it was tuned on to whoever asks.

        Raises:
            NotFound: it was tuned on something that the asker may not read.
        """
        learnt = (*self.pipelines.exam.train, *self.pipelines.exam.validation)
        reads_documents = cell.column.tuning is not None and cell.column.tuning.reads_documents
        what = "documents" if reads_documents else "questions about documents"
        may_read_all = not reads_documents or self._may_read_what_was_there(asked)
        if not may_read_all or not all(self.pipelines.may_learn_from(example, asked) for example in learnt):
            asker = ", ".join(asked.groups or ()) or "somebody in no group"
            raise NotFound(
                f"{cell} was tuned on {what} that {asker} may not read, and could repeat them: "
                "ask a zero-shot or few-shot cell with --cell"
            )

    def _may_read_what_was_there(self, asked: Question) -> bool:
        """Whether every document of the run is still there and open to the asker."""
        now = {document.id for document in self.pipelines.search.corpus.documents if may_read(document, asked.groups)}
        return asked.groups is None or {document.id for document in self.pipelines.exam.corpus.documents} <= now

    def _pipeline(self, cell: Cell) -> Answerer:
        models = [part.tuned_model for part in cell.parts if part.tuned_model]
        if not self.pipelines.adapters.are_trained(models):
            raise NotFound(f"the adapter of {cell} is not in this workspace any more: run the same line again")
        if cell not in self._pipelines:
            if not cell.row.made_of:
                self.pipelines.make_ready(cell)
            self._pipelines[cell] = self.pipelines.pipeline(cell)
        return self._pipelines[cell]

    @cached_property
    def pipelines(self) -> Pipelines:
        """What builds the pipelines of this run."""
        bench = Bench(self._settings, self._workspace, self._store, Silent(), self._parts)
        model = self._model or open_model(self._settings.base, self._settings.engine)
        return Pipelines(self._exam, model, bench, self._newest[0])

    @cached_property
    def _settings(self) -> Settings:
        return restore_settings(self.result.settings, partial(load_settings, {}, environ=os.environ))

    @cached_property
    def _store(self) -> Store:
        return Store(self._settings.database or self._workspace.database_url)

    @cached_property
    def _exam(self) -> Exam:
        return load_exam(self.folder / "exam.json")

    @cached_property
    def _newest(self) -> tuple[Corpus, str | None]:
        return newest_corpus(self._exam, self._settings, self._workspace)


_REPLY = TypeAdapter(Reply)


def load(
    run_id: str | None = None,
    *,
    out: str | Path = ".assay",
    model: Model | None = None,
    parts: Sequence[str] = (),
) -> FinishedRun:
    """A finished run by its id, or the first letters of it; the newest by default.

    `parts`: where its parts from outside are now; by default where they were.

    Raises:
        NotFound: there is no such run, or it is damaged or of an earlier format.
        InputError: the letters fit several runs, or it is of a later format.
    """
    workspace = Workspace(Path(out))
    folders = finished_studies(KIND, workspace)
    if not any(folder.name.startswith(run_id or "") for folder in folders):
        which = f'run "{run_id}"' if run_id else "finished run"
        raise NotFound(f"there is no {which} in {out}: start one with assay run DOCS QUESTIONS")
    folder = choose_folder(folders, run_id, workspace)
    result = load_result(RunResult, folder / "result.json")
    return FinishedRun(Finished(result, KIND, folder, str(result.settings["lang"])), workspace, model, parts)


def _shortened(steps: Asking, most: int | None) -> Asking:
    """The steps with no more than so many new tokens in what is answered."""
    if most is None:
        return (yield from steps)
    try:
        prompt = next(steps)
        while True:
            n = min(prompt.max_new_tokens, most) if prompt.is_last else prompt.max_new_tokens
            prompt = steps.send((yield replace(prompt, max_new_tokens=n)))
    except StopIteration as end:
        answered: Answer = end.value
        return answered


def _group_names(groups: Collection[str]) -> tuple[str, ...]:
    """In order, each once."""
    names = groups.split(",") if isinstance(groups, str) else groups
    return tuple(sorted({name.strip() for name in names if name.strip()}))


def _citations(answer: str, read: list[Passage], question: str) -> tuple[Citation, ...]:
    if not read:
        return ()
    by_id = {passage.id: passage for passage in read}
    return tuple(_citation(one, by_id.get(one.passage or "")) for one in cite(answer, read, question))


def _citation(one: CitedSentence, passage: Passage | None) -> Citation:
    document, page = (passage.document, passage.page) if passage else (None, None)
    return Citation(one.sentence, one.passage, document, page, one.quote, one.support)
