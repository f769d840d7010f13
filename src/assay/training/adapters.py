"""The tuned models of the tuned cells: of each method one that answers from memory and one that reads passages."""

from collections.abc import Callable, Sequence
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.bench.progress import Progress
from assay.bench.store import Made, Store
from assay.bench.workspace import Workspace
from assay.corpus.document import Passage
from assay.errors import AssayError
from assay.grid.cell import Cell
from assay.models import Model
from assay.models.prompt import PROMPT_VERSION
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.report.training_notes import training_notes
from assay.retrieval.exam_search import Search
from assay.scoring import score_answer
from assay.settings import Settings

if TYPE_CHECKING:
    from assay.training import TrainingExample, TrainingLog, TrainingSettings

__all__ = ["METHOD_OF", "Adapters"]

# The method of each tuned column; the last of them reads the documents first.
METHOD_OF = {
    "tuned": "lora",
    "tuned-dora": "dora",
    "tuned-rslora": "rslora",
    "tuned-qlora": "qlora",
    "tuned-full": "full",
    "tuned-last-layers": "last-layers",
    "tuned-pretrained": "lora",
}
TRAINING_VERSION = 2  # part of the keys of what was trained: count up when the same settings train otherwise
_RETRIEVED_FOR_TRAINING = 8  # candidates for distractors


class Adapters:
    """Trains what the tuned cells need, each model once. A cell here is one with its own weights: no adaptive one."""

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
        """The name under which a tuned model is kept: it changes with everything that its weights depend on."""
        s = self.settings
        return key_of(
            name=_name(cell),
            model=self.model.sha256,
            exam=self.exam.asked_key,
            prompts=[PROMPT_VERSION, TRAINING_VERSION],
            training=[self._epochs(cell), s.rank, s.training_batch, s.learning_rate, s.search, s.seed],
            reads=None if cell.context == "none" else [*self._search.key, s.passages],
            start=self._documents_key if cell.has_learnt_documents else None,
        )

    def are_trained(self, cells: Sequence[Cell]) -> bool:
        """Whether the tuned models of all these cells are there."""
        return all(self._store.fact(f"adapter/{self.key(cell)}") is not None for cell in cells)

    def logs(self, cell: Cell) -> list[dict[str, Any]]:
        """How the cell's model was trained, training by training: name, seconds, n_examples, curve and so on."""
        return [made.value for made in self._made(cell)]

    def preparation(self, cell: Cell) -> Preparation:
        """What its training took, or its trainings."""
        return sum((made.cost for made in self._made(cell)), Preparation())

    def folder(self, cell: Cell, make_room: Callable[[], None]) -> Path:
        """The folder of the cell's tuned model, trained if it is not there yet; before that, `make_room` is called."""
        key = self.key(cell)
        if not self.are_trained([cell]):
            make_room()
            start = self._folder_after_documents() if cell.has_learnt_documents else None
            train, validation = (self._examples(cell, asked) for asked in (self.exam.train, self.exam.validation))
            self._train(key, _name(cell), train, validation, self._training(cell), start)
        return self._workspace.adapter_folder(key)

    def _train(
        self,
        key: str,
        name: str,
        examples: "Sequence[TrainingExample]",
        validation: "Sequence[TrainingExample]",
        training: "TrainingSettings",
        start: Path | None = None,
    ) -> None:
        from assay.training import train_on_all_gpus

        folder = self._workspace.adapter_folder(key)
        run = partial(train_on_all_gpus, self._model_folder, examples, validation, start=start)

        def make(meter: Meter) -> dict[str, Any]:
            if self.settings.search and validation:
                log = self._search_settings(run, training, folder, name, is_fresh=start is None)
            else:
                log = run(training, folder, progress=self._tell(name))
            meter.tokens = log.n_tokens
            return {"name": name, **vars(log)}

        for line in training_notes(self._store.once(f"adapter/{key}", make).value, self.settings.lang):
            self._progress.say(f"{name}: {line}")

    def _search_settings(
        self, run: "Callable[..., TrainingLog]", training: "TrainingSettings", home: Path, name: str, is_fresh: bool
    ) -> "TrainingLog":
        from transformers import AutoConfig

        from assay.training import METHODS, default_learning_rate, search_settings

        width = AutoConfig.from_pretrained(self._model_folder).hidden_size
        rate = training.learning_rate or default_learning_rate(width, training.method)
        has_layers = is_fresh and METHODS[training.method].has_rank

        def train(
            settings: "TrainingSettings", folder: Path, goes_on: "Callable[[TrainingLog], bool]"
        ) -> "TrainingLog":
            told = self._tell(f"{name}, trial {int(folder.name) + 1}")
            return run(settings, folder, progress=told, goes_on=goes_on)

        return search_settings(train, training, rate, home, self.settings.search, has_layers)

    def _tell(self, name: str) -> Callable[[int, int, str], None]:
        return lambda done, total, note: self._progress.step(f"Tuning {name}", done, total, note)

    def _made(self, cell: Cell) -> list[Made]:
        keys = [self._documents_key] if cell.has_learnt_documents else []
        return [made for key in [*keys, self.key(cell)] if (made := self._store.made(f"adapter/{key}")) is not None]

    @property
    def _documents_key(self) -> str:
        """Of the adapter that has read the documents and learnt no question."""
        s = self.settings
        return key_of(
            model=self.model.sha256,
            corpus=self.exam.corpus.sha256,
            training=[TRAINING_VERSION, s.epochs_documents, s.rank, s.training_batch, s.learning_rate, s.seed],
        )

    def _folder_after_documents(self) -> Path:
        from assay.training import document_examples

        key = self._documents_key
        if self._store.fact(f"adapter/{key}") is None:
            texts = document_examples(self.exam.corpus.passages)
            self._train(key, "documents", texts, [], self._settings("lora", self.settings.epochs_documents))
        return self._workspace.adapter_folder(key)

    def _training(self, cell: Cell) -> "TrainingSettings":
        return self._settings(METHOD_OF[cell.behaviour], self._epochs(cell))

    def _settings(self, method: str, epochs: int) -> "TrainingSettings":
        from assay.training import TrainingSettings

        s = self.settings
        rate = s.learning_rate or None
        return TrainingSettings(epochs, method, s.rank, batch_size=s.training_batch, learning_rate=rate, seed=s.seed)

    @property
    def _model_folder(self) -> Path:
        if self.model.folder is None:
            raise AssayError(f"{self.model.name} cannot be tuned: {self.model.why_not_tunable}")
        return self.model.folder

    def _epochs(self, cell: Cell) -> int:
        """As set, or as many as it takes for the usual number of steps, so that a small set is not undertrained."""
        s = self.settings
        chosen, n_steps = (s.epochs_closed_book, 40) if cell.context == "none" else (s.epochs_open_book, 16)
        return chosen or ceil(n_steps / ceil(len(self.exam.train) / s.training_batch))

    def _examples(self, cell: Cell, questions: Sequence[Question]) -> "list[TrainingExample]":
        from assay.training import closed_book_examples, open_book_examples
        from assay.training.window import fits_window

        if cell.context == "none":
            return closed_book_examples(questions, self.exam.lang)
        found = self._search.retrieve(questions, _RETRIEVED_FOR_TRAINING)
        gold = {q.id: self.exam.gold_passages.get(q.id) or _holding_answer(q, found[q.id]) for q in questions}
        rng = np.random.default_rng(self.settings.seed)
        fits = fits_window(self._model_folder, self.settings.max_new_tokens)
        return open_book_examples(questions, found, gold, self.exam.lang, self.settings.passages, rng, fits)


def _name(cell: Cell) -> str:
    """What a training is called in the report: the way it answers, and its method where that is not the usual one."""
    reading = "closed book" if cell.context == "none" else "with passages"
    return reading if cell.behaviour == "tuned" else f"{reading}, {cell.behaviour.removeprefix('tuned-')}"


def _holding_answer(question: Question, passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Where the evidence is not known, the first retrieved passage in which an accepted answer stands."""
    holding = [
        p for p in passages if question.answerable and score_answer(p.text, question).reason != "no_accepted_answer"
    ]
    return tuple(holding[:1])
