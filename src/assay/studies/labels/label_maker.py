"""What ways of labelling are made with: exam, models, and what was tuned already. Knows no way."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.bench.bench import Bench
from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.parts import Part
from assay.bench.preparation import Preparation
from assay.errors import AssayError
from assay.grid.answering import plan_batches
from assay.labelled.shown_examples import Nearest
from assay.models import LocalModel, Model
from assay.questions.answer import Answerer
from assay.questions.question import Question
from assay.retrieval import Encoder, load_encoder
from assay.retrieval.bigrams import encode_bigrams
from assay.studies.labels.encodings import Encodings
from assay.studies.labels.label_exam import LabelExam, as_question
from assay.studies.labels.shown import nearest_fact
from assay.studies.labels.way import Tuning, Way
from assay.tasks.task_prompt import Prompt
from assay.training.adapters import MIN_TRAINING
from assay.words import Text, told

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["LabelMaker"]

_MOST_LISTED = 20  # names that a model which chooses is told; with 77 a small one chose worse, in 2.6 times the time


class LabelMaker:
    """Makes ways real for one exam; see `Maker`.

    Args:
        exam: what is asked and learnt from.
        model: the language model; None where no way asks one.
        parts: of the small encoder that is tuned; None where none is, or can be.
        bench: settings, and where what is made is kept.
        encodings: of another maker of the same study; by default new ones.
    """

    def __init__(
        self,
        exam: LabelExam,
        model: Model | None,
        parts: "BertParts | None",
        bench: Bench,
        encodings: Encodings | None = None,
    ) -> None:
        self.exam, self.bench, self.settings = exam, bench, bench.settings
        self._parts, self._model = parts, model
        self.encodings = encodings or Encodings(self._load_encoder)

    def learning_from(self, exam: LabelExam, bench: Bench) -> "LabelMaker":
        """One that makes the same ways for another exam with the same models, and asks no text alone: none is timed."""
        untimed = replace(bench, settings=replace(bench.settings, latency_sample=0))
        return LabelMaker(exam, self._model, self._parts, untimed, self.encodings)

    @property
    def model(self) -> Model:
        """The language model."""
        if self._model is None:
            raise AssayError("this way asks a language model, and none was opened")
        return self._model

    @property
    def parts(self) -> "BertParts":
        """What is tuned as a small encoder."""
        if self._parts is None:
            raise AssayError("this way tunes a small encoder, and none was opened")
        return self._parts

    @property
    def weights(self) -> dict[str, str]:
        """Names of the weights that were opened, for the name of a run."""
        model = self._model.sha256 if self._model is not None else ""
        return {"model": model, "encoder": self._parts.name if self._parts is not None else ""}

    @property
    def has_parts(self) -> bool:
        """Whether there is a small encoder that can be tuned."""
        return self._parts is not None

    @property
    def encoder(self) -> Encoder | None:
        """What reads texts and finds the nearest examples; None: they are compared by their letters."""
        return self.encodings.encoder

    def _load_encoder(self) -> Encoder | None:
        return load_encoder(self.settings.encoder, self.exam.lang, self.settings.encoder_precision)

    @cached_property
    def batches(self) -> list[list[Question]]:
        """The test texts as they are asked, the same for every way, without what is right."""
        s = self.settings
        return plan_batches([as_question(one) for one in self.exam.test], s.latency_sample, s.answer_batch, s.seed)

    def cell_key(self, way: Way) -> str:
        """The name under which a way's answers are kept: it changes with everything that an answer depends on."""
        s = self.settings
        parts = {"exam": self.exam.asked_key, "asking": [s.answer_batch, s.latency_sample, s.seed], **_named(way)}
        parts |= {**way.shown.depends_on(self), **way.depends_on(self)}
        if way.tuning is not None:
            parts["tuned"] = self._tuned_key(way, way.tuning)
        return key_of(**parts)

    def pipeline(self, way: Way) -> Answerer:
        """The way, made real. What it needs is made first, which can take minutes."""
        return way.build(self, way)

    def outside(self, way: Way) -> tuple[Part, ...]:
        """The way and the task, as far as they come from outside."""
        return tuple(part for part in (way, self.exam.task) if part.code)

    def was_measured(self, way: Way) -> bool:
        """Whether the way as it would be made now is the one that sat the exam, and nothing has to be tuned for it."""
        is_there = way.tuning is None or self._is_tuned(self._tuned_key(way, way.tuning))
        return is_there and bool(self.bench.store.answers(self.cell_key(way)))

    def preparation(self, way: Way) -> Preparation:
        """What the way took to prepare, measured when it was made."""
        names = [*way.costs(self, way), *way.shown.costs(self)]
        if way.tuning is not None:
            names = [*names, f"adapter/{self._tuned_key(way, way.tuning)}"]
        found = [self.bench.store.made(name) for name in names]
        return sum((made.cost for made in found if made is not None), Preparation())

    def training_log(self, way: Way) -> dict[str, Any]:
        """How a way was tuned: name, seconds, n_examples, curve and so on; nothing where it was not."""
        made = self.bench.store.made(f"adapter/{self._tuned_key(way, way.tuning)}") if way.tuning is not None else None
        return made.value if made is not None else {}

    def tuned_folder(self, way: Way) -> Path:
        """What was tuned for a way, tuned now if it is not there yet.

        Raises:
            AssayError: nothing is tuned for it.
            TrainingError: see `Tuning.train`.
        """
        tuning = way.tuning
        if tuning is None:
            raise AssayError(f"nothing is tuned for {way}")
        key = self._tuned_key(way, tuning)
        folder = self.bench.workspace.adapter_folder(key)

        def make(meter: Meter) -> dict[str, Any]:
            log = tuning.train(self, way, folder, self.bench.show("step.tuning", name=way))
            meter.tokens, meter.told_s = log.n_tokens, log.seconds
            return {"name": str(way), **vars(log)}

        if not self._is_tuned(key):
            self.bench.store.once(f"adapter/{key}", make)
        return folder

    def prompt(self, way: Way, is_learnt: bool = False) -> Prompt:
        """What asks a language model.

        All names are told to one that writes, and to one that chooses if they are few. Types of entities are few.
        """
        exam = self.exam
        chooses = exam.task.one_name and isinstance(self.model, LocalModel)
        lists_names = not chooses or len(exam.names) <= _MOST_LISTED
        return Prompt(exam.task, exam.names, exam.lang, way.shown.fixed(self), lists_names, is_learnt)

    @cached_property
    def neighbours(self) -> Nearest:
        """The texts to learn from, by meaning."""
        with Meter() as meter:
            encode = self.encoder.encode_queries if self.encoder is not None else encode_bigrams
            found = Nearest(self.exam.train, encode)
        self.bench.store.keep_cost(nearest_fact(self), meter.cost)
        return found

    def why_not(self, way: Way) -> Text | None:
        """Why a way cannot be run, or None."""
        return way.shown.why_not(self) or way.why_not(self)

    def lacks_training(self) -> Text | None:
        """Why nothing can be tuned, or None."""
        n = len(self.exam.train)
        return told("left_out.few_learnt", n=n, needed=MIN_TRAINING) if n < MIN_TRAINING else None

    def _tuned_key(self, way: Way, tuning: Tuning) -> str:
        depends_on = way.shown.depends_on(self) | tuning.depends_on(self, way)
        return key_of(learnt=self.exam.learnt_key, seed=self.settings.seed, **_named(way), **depends_on)

    def _is_tuned(self, key: str) -> bool:
        kept = self.bench.store.fact(f"adapter/{key}") is not None
        return kept and self.bench.workspace.adapter_folder(key).is_dir()


def _named(way: Way) -> dict[str, str]:
    """The way, in keys."""
    return {"way": way.name, "code": way.code} if way.code else {"way": way.name}
