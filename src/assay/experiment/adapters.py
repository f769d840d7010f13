"""The adapters of the tuned cells: one for answering from memory, one for answering from passages."""

from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np

from assay.behaviours.prompt import PROMPT_VERSION
from assay.corpus.document import Passage
from assay.errors import AssayError
from assay.experiment.exam import Exam
from assay.experiment.keys import key_of
from assay.experiment.meter import Meter
from assay.experiment.preparation import Preparation
from assay.experiment.progress import Progress
from assay.experiment.search import Search
from assay.experiment.store import Store
from assay.experiment.workspace import Workspace
from assay.grid import Cell
from assay.models import Model
from assay.questions.question import Question
from assay.scoring import score_answer
from assay.settings import Settings

__all__ = ["Adapters"]

_RETRIEVED_FOR_TRAINING = 8  # candidates for distractors


class Adapters:
    """Trains what the tuned cells need, each adapter once. A cell here is one with its own adapter: no adaptive one."""

    def __init__(
        self,
        exam: Exam,
        model: Model,
        search: Search,
        settings: Settings,
        workspace: Workspace,
        store: Store,
        progress: Progress,
    ) -> None:
        self.exam, self.model, self.settings = exam, model, settings
        self._search, self._workspace, self._store, self._progress = search, workspace, store, progress

    def key(self, cell: Cell) -> str:
        """The name under which an adapter is kept: it changes with everything that its weights depend on."""
        s = self.settings
        reads = None if cell.context == "none" else [*self._search.key, s.passages]
        return key_of(
            name=self._name(cell),
            model=self.model.sha256,
            exam=self.exam.asked_key,
            prompts=PROMPT_VERSION,
            training=[self._epochs(cell), s.rank, s.training_batch, s.learning_rate, s.seed],
            reads=reads,
        )

    def are_trained(self, cells: Sequence[Cell]) -> bool:
        """Whether the adapters of all these cells are there."""
        return all(self._store.fact(self._fact(cell)) is not None for cell in cells)

    def log(self, cell: Cell) -> dict[str, Any]:
        """How the cell's adapter was trained: name, seconds, n_examples, curve and so on."""
        log: dict[str, Any] = self._store.fact(self._fact(cell))["log"]
        return log

    def preparation(self, cell: Cell) -> Preparation:
        """What the training took."""
        return Preparation(**self._store.fact(self._fact(cell))["preparation"])

    def folder(self, cell: Cell, make_room: Callable[[], None]) -> Path:
        """The folder of the cell's adapter, trained if it is not there yet; before that, `make_room` is called."""
        from assay.training import TrainingSettings, train_adapter

        folder = self._workspace.adapter_folder(self.key(cell))
        if self.are_trained([cell]):
            return folder
        make_room()
        s, name = self.settings, self._name(cell)
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
        self._store.save_fact(self._fact(cell), {"preparation": preparation, "log": {"name": name, **vars(log)}})
        return folder

    def _fact(self, cell: Cell) -> str:
        return f"adapter/{self.key(cell)}"

    def _model_folder(self) -> Path:
        if self.model.folder is None:
            raise AssayError(f"{self.model.name} cannot be tuned: {self.model.why_not_tunable}")
        return self.model.folder

    def _name(self, cell: Cell) -> str:
        return "closed book" if cell.context == "none" else "with passages"

    def _epochs(self, cell: Cell) -> int:
        """As set, or as many as it takes for the usual number of steps, so that a small set is not undertrained."""
        s = self.settings
        chosen, n_steps = (s.epochs_closed_book, 40) if cell.context == "none" else (s.epochs_open_book, 16)
        return chosen or ceil(n_steps / ceil(len(self.exam.train) / s.training_batch))

    def _training_examples(self, cell: Cell, questions: Sequence[Question]) -> list[Any]:
        from assay.training import closed_book_examples, open_book_examples

        if cell.context == "none":
            return closed_book_examples(questions, self.exam.lang)
        found = self._search.retrieve(questions, _RETRIEVED_FOR_TRAINING)
        gold = {q.id: self.exam.gold_passages.get(q.id) or _holding_answer(q, found[q.id]) for q in questions}
        rng = np.random.default_rng(self.settings.seed)
        return open_book_examples(questions, found, gold, self.exam.lang, self.settings.passages, rng)


def _holding_answer(question: Question, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Where the evidence is not known, the first retrieved passage in which an accepted answer stands."""
    holding = [
        p for p in passages if question.answerable and score_answer(p.text, question).reason != "no_accepted_answer"
    ]
    return tuple(holding[:1])
