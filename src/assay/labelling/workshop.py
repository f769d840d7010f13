"""Makes the ways of labelling real, one model in memory at a time. What is there already is not built again."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from assay.bench.keys import key_of
from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.bench.progress import Progress
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.columns.few_shot import encode_bigrams
from assay.errors import AssayError
from assay.grid.answering import plan_batches
from assay.grid.cell import Cell
from assay.grid.pipeline import Answerer
from assay.labelling.exam import LabelExam, as_question
from assay.labelling.example import LabelledText
from assay.labelling.examples import Nearest, draw_even
from assay.labelling.pipelines import ChoosingPipeline, FindNearest, WritingPipeline, find_none, match_frequencies
from assay.labelling.plan import asks_model
from assay.labelling.prompts import LABEL_PROMPT_VERSION, Prompt, render_reply
from assay.labelling.training import adapter_epochs, train_encoder_way, train_language_model
from assay.models import LocalModel, Model
from assay.models.choosing import Chooser, load_chooser
from assay.questions.question import Question
from assay.retrieval import Encoder, load_encoder
from assay.settings import Settings

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["LabelWorkshop"]

_ENCODER_VERSION = 1  # part of the key of a tuned encoder: count up when it is tuned otherwise
_MOST_LISTED = 20  # labels that a model which chooses is told; with 77 a small one chose worse, in 2.6 times the time
_MATCHED = 64  # training texts by which the labels' likelihoods are matched with how often they occur
_MOST_NEW_TOKENS = 256
_MORE_TOKENS = 8  # than the longest right reply


class LabelWorkshop:
    """Makes pipelines for one exam, in one workspace.

    Args:
        exam: what is asked and learnt from.
        model: the language model; None where no way asks one.
        parts: of the small encoder that is tuned; None where none is.
        settings: of the run.
        workspace: where what is made is kept.
        store: of measurements.
        progress: is told what goes on.
    """

    def __init__(
        self,
        exam: LabelExam,
        model: Model | None,
        parts: "BertParts | None",
        settings: Settings,
        workspace: Workspace,
        store: Store,
        progress: Progress,
    ) -> None:
        self.exam, self.settings = exam, settings
        self._model, self._parts = model, parts
        self._workspace, self._store, self._progress = workspace, store, progress

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

    @cached_property
    def encoder(self) -> Encoder | None:
        """What finds the nearest examples; None: they are compared by their letters."""
        return load_encoder(self.settings.encoder, self.exam.lang, self.settings.encoder_precision)

    @cached_property
    def batches(self) -> list[list[Question]]:
        """The test texts as they are asked, the same for every way, without what is right."""
        s = self.settings
        return plan_batches([as_question(one) for one in self.exam.test], s.latency_sample, s.answer_batch, s.seed)

    def cell_key(self, way: Cell) -> str:
        """The name under which a way's answers are kept: it changes with everything that an answer depends on."""
        s = self.settings
        parts: dict[str, Any] = {
            "way": str(way),
            "exam": self.exam.asked_key,
            "asking": [s.answer_batch, s.latency_sample, s.seed],
        }
        if asks_model(way):
            parts["model"] = [self.model.sha256, self.model.engine_name, LABEL_PROMPT_VERSION, s.max_new_tokens]
        if way.behaviour == "few-shot" or way.context == "retrieved":
            parts["examples"] = [s.labelled_examples, s.encoder, s.encoder_precision]
        if way.behaviour.startswith("tuned"):
            parts["tuned"] = self._tuned_key(way)
        return key_of(**parts)

    def was_measured(self, way: Cell) -> bool:
        """Whether the way as it would be made now is the one that sat the exam, and nothing has to be tuned for it."""
        is_there = not way.behaviour.startswith("tuned") or self._is_tuned(self._tuned_key(way))
        return is_there and bool(self._store.answers(self.cell_key(way)))

    def pipeline(self, way: Cell) -> Answerer:
        """The way, made real. What it needs is built first, which can take minutes."""
        if way.behaviour == "tuned-encoder":
            from assay.labelling.tuned_encoder import EncoderPipeline

            self._prepare(way)
            return EncoderPipeline(self._workspace.adapter_folder(self._tuned_key(way)), self.parts, self.exam.lang)
        prompt, find = self.prompt(way), self._find(way)
        if way.behaviour == "tuned":
            self._prepare(way)
            engine = self.model.load(self._workspace.adapter_folder(self._tuned_key(way)))
            return WritingPipeline(prompt, find, engine, self._reply_tokens(engine.count_tokens))
        if self.exam.task == "labels":
            alike = prompt.conversation("0"), prompt.conversation("x")
            chooser = load_chooser(self.model, self.exam.names, alike)
            if chooser is not None:
                offsets = self._offsets(way, prompt, chooser)
                return ChoosingPipeline(prompt, find, chooser, self.exam.names, offsets)
        engine = self.model.load()
        return WritingPipeline(prompt, find, engine, self._reply_tokens(engine.count_tokens))

    def preparation(self, way: Cell) -> Preparation:
        """What the way took to prepare, measured when it was built."""
        names = [f"offsets/{self.cell_key(way)}"]
        if way.context == "retrieved":
            names.append(self._nearest_fact)
        if way.behaviour.startswith("tuned"):
            names.append(f"adapter/{self._tuned_key(way)}")
        found = [self._store.made(name) for name in names]
        return sum((made.cost for made in found if made is not None), Preparation())

    def training_log(self, way: Cell) -> dict[str, Any]:
        """How a tuned way was trained: name, seconds, n_examples, curve and so on."""
        made = self._store.made(f"adapter/{self._tuned_key(way)}")
        return made.value if made is not None else {}

    def prompt(self, way: Cell) -> Prompt:
        """What asks a language model.

        All labels are told to one that writes, and to one that chooses if they are few. Types of entities are few.
        """
        exam, s = self.exam, self.settings
        fixed = draw_even(exam.train, s.labelled_examples, s.seed) if way.behaviour == "few-shot" else ()
        chooses = exam.task == "labels" and isinstance(self.model, LocalModel)
        lists_names = not chooses or len(exam.names) <= _MOST_LISTED
        return Prompt(exam.task, exam.names, exam.lang, fixed, lists_names, is_learnt=way.behaviour == "tuned")

    def nearest(self, texts: Sequence[LabelledText | str]) -> list[list[LabelledText]]:
        """The training examples that each text is shown with."""
        return self._neighbours.find(texts, self.settings.labelled_examples)

    @cached_property
    def _neighbours(self) -> Nearest:
        with Meter() as meter:
            encode = self.encoder.encode_queries if self.encoder is not None else encode_bigrams
            found = Nearest(self.exam.train, encode)
        self._store.keep_cost(self._nearest_fact, meter.cost)
        return found

    @property
    def _nearest_fact(self) -> str:
        s = self.settings
        return f"nearest/{key_of(learnt=self.exam.learnt_key, encoder=[s.encoder, s.encoder_precision])}"

    def _find(self, way: Cell) -> FindNearest:
        if way.context != "retrieved":
            return find_none
        _ = self._neighbours  # encoded now: the first text to be asked is not to pay for it
        return self.nearest

    def _offsets(self, way: Cell, prompt: Prompt, chooser: Chooser) -> np.ndarray:
        """What makes the labels chosen as often as they occur in the training texts; nothing where there are none."""
        exam, fact_name = self.exam, f"offsets/{self.cell_key(way)}"
        if not exam.train:
            return np.zeros(len(exam.names))
        drawn = np.random.default_rng(self.settings.seed).permutation(len(exam.train))[:_MATCHED]
        texts = [exam.train[place] for place in sorted(drawn)]

        def match(meter: Meter) -> list[float]:
            shown = self.nearest(texts) if way.context == "retrieved" else [[] for _ in texts]
            asked = [prompt.conversation(text.text, near) for text, near in zip(texts, shown, strict=True)]
            before = chooser.n_tokens
            scores = chooser.score_answers(asked)
            meter.tokens = chooser.n_tokens - before
            counts = Counter(text.label for text in exam.train)
            seen = np.array([counts[name] + 1.0 for name in exam.names])  # one more: none is impossible
            offsets: list[float] = match_frequencies(scores, seen / seen.sum()).tolist()
            return offsets

        return np.array(self._store.once(fact_name, match).value)

    def _reply_tokens(self, count_tokens: Any) -> int:
        """Room for the longest right reply there is to learn from, and a little more."""
        replies = {render_reply(one, self.exam.task, self.exam.lang) for one in self.exam.train}
        longest = max((int(count_tokens(reply)) for reply in replies), default=self.settings.max_new_tokens)
        return min(_MOST_NEW_TOKENS, longest + _MORE_TOKENS)

    def _tuned_key(self, way: Cell) -> str:
        s = self.settings
        parts: dict[str, Any] = {"way": str(way), "learnt": self.exam.learnt_key, "seed": s.seed}
        if way.behaviour == "tuned-encoder":
            parts["encoder"] = [self.parts.name, s.encoder_epochs, _ENCODER_VERSION]
            return key_of(**parts)
        epochs = adapter_epochs(len(self.exam.train), way, s)
        parts["model"] = [self.model.sha256, LABEL_PROMPT_VERSION]
        parts["training"] = [epochs, s.rank, s.training_batch, s.learning_rate]
        if way.context == "retrieved":
            parts["examples"] = [s.labelled_examples, s.encoder, s.encoder_precision]
        return key_of(**parts)

    def _is_tuned(self, key: str) -> bool:
        return self._store.fact(f"adapter/{key}") is not None and self._workspace.adapter_folder(key).is_dir()

    def _prepare(self, way: Cell) -> None:
        """Tune what the way needs, if it is not there yet."""
        key = self._tuned_key(way)
        if self._is_tuned(key):
            return
        folder = self._workspace.adapter_folder(key)
        train = train_encoder_way if way.behaviour == "tuned-encoder" else train_language_model

        def make(meter: Meter) -> dict[str, Any]:
            log = train(self, way, folder, partial(self._progress.step, f"Tuning {way}"))
            meter.tokens = log.n_tokens
            return {"name": str(way), **vars(log)}

        self._store.once(f"adapter/{key}", make)
