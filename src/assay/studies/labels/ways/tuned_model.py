"""The language model tuned to reply with what is right, from the text alone or with the nearest examples before it."""

from collections.abc import Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.errors import AssayError
from assay.labelled.labelled_text import LabelledText
from assay.questions.answer import Answerer
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.prompted_model import base_key, write_replies
from assay.studies.labels.shown import NEAREST_EXAMPLES
from assay.studies.labels.way import Report, Tuning, Way
from assay.tasks.task_prompt import LABEL_PROMPT_VERSION
from assay.training.number_type import number_type_key
from assay.words import Text, catalogued, told

if TYPE_CHECKING:
    from assay.training import TrainingExample, TrainingLog

_STEPS = 120  # of an adapter at least: after 43 on 342 texts one still found no entity at all


def _build(maker: LabelMaker, way: Way) -> Answerer:
    engine = maker.model.load(maker.tuned_folder(way))
    return write_replies(maker, maker.prompt(way, is_learnt=True), way.shown.find(maker), engine)


def _depends_on(maker: LabelMaker) -> dict[str, Any]:
    return {"model": base_key(maker)}


def _weights_depend_on(maker: LabelMaker, way: Way) -> dict[str, Any]:
    s = maker.settings
    return {
        "model": [maker.model.sha256, LABEL_PROMPT_VERSION],
        "training": [_epochs(maker, way), s.rank, s.training_batch, s.learning_rate],
        **number_type_key(s),
    }


def _epochs(maker: LabelMaker, way: Way) -> int:
    """Passes over the texts: as set, or enough steps for a small set too."""
    s = maker.settings
    chosen = s.epochs_closed_book if way is TUNED_MODEL else s.epochs_open_book
    return chosen or ceil(_STEPS / ceil(len(maker.exam.train) / s.training_batch))


def _train(maker: LabelMaker, way: Way, folder: Path, report: Report) -> "TrainingLog":
    """Tune an adapter; raises TrainingError like `train`."""
    from assay.training import TrainingSettings, train_on_all_gpus

    exam, s = maker.exam, maker.settings
    if maker.model.folder is None:
        raise AssayError(f"{maker.model.name} cannot be tuned: {maker.model.why_not_tunable}")
    settings = TrainingSettings(
        epochs=_epochs(maker, way),
        rank=s.rank,
        batch_size=s.training_batch,
        learning_rate=s.learning_rate or None,
        evaluations_per_epoch=max(1, len(exam.train) // 500),  # each keeps the state: a kill costs a minute or two
        seed=s.seed,
        dtype=s.tuning_dtype,
    )
    train, validation = (_examples(maker, way, texts) for texts in (exam.train, exam.validation))
    return train_on_all_gpus(maker.model.folder, train, validation, settings, folder, progress=report)


def _examples(maker: LabelMaker, way: Way, texts: Sequence[LabelledText]) -> "list[TrainingExample]":
    from assay.training import TrainingExample

    exam, prompt, find = maker.exam, maker.prompt(way, is_learnt=True), way.shown.find(maker)
    return [
        TrainingExample(prompt.conversation(one.text, found), exam.task.write(one, exam.lang))
        for one, found in zip(texts, find(texts), strict=True)
    ]


def _why_not(maker: LabelMaker) -> Text | None:
    reason = maker.model.why_not_tunable
    return maker.lacks_training() or (told("left_out.not_tunable", reason=reason) if reason else None)


_ADAPTER = Tuning(_weights_depend_on, _train)
TUNED_MODEL = Way(
    name="none/tuned",
    title=catalogued("way.none/tuned"),
    place=5,
    build=_build,
    depends_on=_depends_on,
    why_not=_why_not,
    tuning=_ADAPTER,
    learns="dearly",
    shape="triangle-up",
)
TUNED_WITH_NEAREST = Way(
    name="retrieved/tuned",
    title=catalogued("way.retrieved/tuned"),
    place=6,
    build=_build,
    shown=NEAREST_EXAMPLES,
    depends_on=_depends_on,
    on_request=True,  # its prompts are long: hours of training on a CPU
    why_not=_why_not,
    tuning=_ADAPTER,
    learns="dearly",
    colour="accent",
    shape="triangle-up",
)
