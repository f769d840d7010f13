"""The tuned models of the tuned cells: of each method one that answers from memory and one that reads passages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assay.bench.bench import Bench
from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.bench.store import Made
from assay.corpus.document import Passage
from assay.errors import AssayError
from assay.models import Model
from assay.models.model import check_there
from assay.models.prompt import PROMPT_VERSION
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval.exam_search import Search
from assay.scoring.scorer import Scorer, chosen_scorer
from assay.training.notes import training_notes
from assay.training.number_type import number_type_key

if TYPE_CHECKING:
    from assay.training import Ask, TrainingExample, TrainingLog, TrainingSettings

__all__ = ["MIN_TRAINING", "Adapters", "AskedBy", "TunedModel"]

MIN_TRAINING = 8  # fewer examples are not worth a training
TRAINING_VERSION = 2  # part of the keys of what was trained: count up when the same settings train otherwise
_RETRIEVED_FOR_TRAINING = 8  # candidates for distractors


@dataclass(frozen=True)
class TunedModel:
    """A tuned model as it is asked for.

    Args:
        method: a name of `assay.training.METHODS`.
        reads_passages: whether it learns to read passages, or to answer from memory.
        reads_documents: whether it reads the documents before the questions.
        variant: what is added to its name in the report; nothing for the usual way.
        code: of the column, where that comes from outside.
        asked_by: the name of the column that its training questions are asked as; "": plainly.
    """

    method: str
    reads_passages: bool
    reads_documents: bool = False
    variant: str = ""
    code: str = ""
    asked_by: str = ""

    @property
    def name(self) -> str:
        """What its training is called in the report."""
        reading = "with passages" if self.reads_passages else "closed book"
        return f"{reading}, {self.variant}" if self.variant else reading


@dataclass(frozen=True)
class AskedBy:
    """How training questions are asked where that is not plainly: by what `make_ask` gives; `key`: what that is."""

    key: Mapping[str, Any]
    make_ask: "Callable[[], Ask]"


class Adapters:
    """Trains what tuned cells need, each model once.

    Args:
        exam: what is learnt.
        model: the base.
        search: finds the passages of training questions.
        bench: where what is trained is kept.
        asked_by: how the training questions of a model with `TunedModel.asked_by` are asked; None: plainly, after all.
    """

    def __init__(
        self,
        exam: Exam,
        model: Model,
        search: Search,
        bench: Bench,
        asked_by: Callable[[TunedModel], AskedBy | None] = lambda tuned: None,
    ) -> None:
        self.exam, self.model, self.settings = exam, model, bench.settings
        self._search, self._bench, self._find_asked_by = search, bench, asked_by

    @cached_property
    def _scorer(self) -> Scorer:
        return chosen_scorer(self._bench)

    def key(self, tuned: TunedModel) -> str:
        """The name under which a tuned model is kept: it changes with everything that its weights depend on."""
        s, (tuned, asked_by) = self.settings, self._settled(tuned)
        return key_of(
            name=tuned.name,
            model=self.model.sha256,
            exam=self.exam.asked_key,
            prompts=[PROMPT_VERSION, TRAINING_VERSION],
            training=[self._epochs(tuned), s.rank, s.training_batch, s.learning_rate, s.search, s.seed],
            reads=[*self._search.key, s.passages] if tuned.reads_passages else None,
            start=self._documents_key if tuned.reads_documents else None,
            **number_type_key(s),
            **({"code": tuned.code} if tuned.code else {}),
            **({"asked_by": asked_by.key} if asked_by else {}),
            **({"scorer": self._scorer.key} if self._scorer.key and tuned.reads_passages else {}),
        )

    def _settled(self, tuned: TunedModel) -> tuple[TunedModel, AskedBy | None]:
        """The model and how its questions are asked. One that is asked plainly after all is that of the usual way."""
        asked_by = self._find_asked_by(tuned) if tuned.asked_by else None
        is_plain = bool(tuned.asked_by) and asked_by is None
        return (replace(tuned, asked_by="", variant="") if is_plain else tuned), asked_by

    def are_trained(self, wanted: Sequence[TunedModel]) -> bool:
        """Whether the tuned models are all there."""
        return all(self._bench.store.fact(f"adapter/{self.key(tuned)}") is not None for tuned in wanted)

    def logs(self, tuned: TunedModel) -> list[dict[str, Any]]:
        """How it was trained, training by training: name, seconds, n_examples, curve and so on."""
        return [made.value for made in self._made(tuned)]

    def preparation(self, tuned: TunedModel) -> Preparation:
        """What its training took, or its trainings."""
        return sum((made.cost for made in self._made(tuned)), Preparation())

    def folder(self, tuned: TunedModel, make_room: Callable[[], None]) -> Path:
        """Its folder; it is trained if it is not there yet; before that, `make_room` is called."""
        key = self.key(tuned)
        if not self.are_trained([tuned]):
            tuned, asked_by = self._settled(tuned)
            make_room()
            ask = asked_by.make_ask() if asked_by else None
            start = self._folder_after_documents() if tuned.reads_documents else None
            train, validation = (self._examples(tuned, asked, ask) for asked in (self.exam.train, self.exam.validation))
            self._train(key, tuned.name, train, validation, self._settings(tuned.method, self._epochs(tuned)), start)
        return self._bench.workspace.adapter_folder(key)

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

        folder = self._bench.workspace.adapter_folder(key)
        run = partial(train_on_all_gpus, self._model_folder, examples, validation, start=start)

        def make(meter: Meter) -> dict[str, Any]:
            if self.settings.search and validation:
                log = self._search_settings(run, training, folder, name, is_fresh=start is None)
            else:
                log = run(training, folder, progress=self._tell(name))
            meter.tokens, meter.told_s = log.n_tokens, log.seconds
            return {"name": name, **vars(log)}

        for line in training_notes(self._bench.store.once(f"adapter/{key}", make).value, self.settings.lang):
            self._bench.progress.say(f"{name}: {line}")

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
        return self._bench.show("step.tuning", name=name)

    def _made(self, tuned: TunedModel) -> list[Made]:
        keys = [self._documents_key] if tuned.reads_documents else []
        return [
            made for key in [*keys, self.key(tuned)] if (made := self._bench.store.made(f"adapter/{key}")) is not None
        ]

    @property
    def _documents_key(self) -> str:
        """Of the adapter that has read the documents and learnt no question."""
        s = self.settings
        return key_of(
            model=self.model.sha256,
            corpus=self.exam.corpus.sha256,
            training=[TRAINING_VERSION, s.epochs_documents, s.rank, s.training_batch, s.learning_rate, s.seed],
            **number_type_key(s),
        )

    def _folder_after_documents(self) -> Path:
        from assay.training import document_examples

        key = self._documents_key
        if self._bench.store.fact(f"adapter/{key}") is None:
            texts = document_examples(self.exam.corpus.passages)
            self._train(key, "documents", texts, [], self._settings("lora", self.settings.epochs_documents))
        return self._bench.workspace.adapter_folder(key)

    def _settings(self, method: str, epochs: int) -> "TrainingSettings":
        from assay.training import TrainingSettings

        s = self.settings
        rate = s.learning_rate or None
        return TrainingSettings(
            epochs, method, s.rank, batch_size=s.training_batch, learning_rate=rate, seed=s.seed, dtype=s.tuning_dtype
        )

    @property
    def _model_folder(self) -> Path:
        if self.model.folder is None:
            raise AssayError(f"{self.model.name} cannot be tuned: {self.model.why_not_tunable}")
        check_there(self.model.folder)
        return self.model.folder

    def _epochs(self, tuned: TunedModel) -> int:
        """As set, or as many as it takes for the usual number of steps, so that a small set is not undertrained."""
        s = self.settings
        chosen, n_steps = (s.epochs_open_book, 16) if tuned.reads_passages else (s.epochs_closed_book, 40)
        return chosen or ceil(n_steps / ceil(len(self.exam.train) / s.training_batch))

    def _examples(self, tuned: TunedModel, questions: Sequence[Question], ask: "Ask | None") -> "list[TrainingExample]":
        from assay.training import closed_book_examples, open_book_examples
        from assay.training.window import fits_window

        if not tuned.reads_passages:
            return closed_book_examples(questions, self.exam.lang, ask)
        found = self._search.retrieve(questions, _RETRIEVED_FOR_TRAINING)
        gold = {q.id: self.exam.gold_passages.get(q.id) or self._holding_answer(q, found[q.id]) for q in questions}
        rng = np.random.default_rng(self.settings.seed)
        fits = fits_window(self._model_folder, self.settings.max_new_tokens)
        return open_book_examples(questions, found, gold, self.exam.lang, self.settings.passages, rng, fits, ask)

    def _holding_answer(self, question: Question, passages: Sequence[Passage]) -> tuple[Passage, ...]:
        """Where the evidence is not known, the first retrieved passage in which an accepted answer stands."""
        return next(((p,) for p in passages if self._scorer.is_held(p.text, question)), ())
