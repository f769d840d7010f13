"""A small sentence encoder with a head, tuned on the texts. No language model is asked."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.errors import AssayError
from assay.questions.answer import Answerer
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.way import Report, Tuning, Way
from assay.training.encoder_heads import Head
from assay.words import Text, catalogued

if TYPE_CHECKING:
    from assay.training import TrainingLog

_VERSION = 1  # part of the key of a tuned encoder: count up when it is tuned otherwise


def _build(maker: LabelMaker, way: Way) -> Answerer:
    from assay.training.tuned_encoder import TunedEncoder

    task, lang = maker.exam.task, maker.exam.lang
    write = task.write_placed or task.write
    return TunedEncoder(maker.tuned_folder(way), maker.parts, _head(maker), lambda found: write(found, lang))


def _weights_depend_on(maker: LabelMaker, way: Way) -> dict[str, Any]:
    return {"encoder": [maker.parts.name, maker.settings.encoder_epochs, _VERSION]}


def _train(maker: LabelMaker, way: Way, folder: Path, report: Report) -> "TrainingLog":
    from assay.training.encoder_training import EncoderSettings
    from assay.training.tuned_encoder import train_encoder

    exam, s = maker.exam, maker.settings
    settings = EncoderSettings(epochs=s.encoder_epochs, seed=s.seed)
    return train_encoder(maker.parts, _head(maker), exam.names, exam.train, exam.validation, settings, folder, report)


def _head(maker: LabelMaker) -> Head:
    if maker.exam.task.head is None:
        raise AssayError(f'an encoder cannot be tuned to the task "{maker.exam.task.name}"')
    return maker.exam.task.head


def _why_not(maker: LabelMaker) -> Text | None:
    if few := maker.lacks_training():
        return few
    reasons = {
        "left_out.no_head": maker.exam.task.head is None,
        "left_out.no_openvino": find_spec("openvino") is None,
        "left_out.no_tunable_encoder": not maker.has_parts,
    }
    return next((catalogued(key) for key, holds in reasons.items() if holds), None)


SMALL_ENCODER = Way(
    name="none/tuned-encoder",
    title=catalogued("way.none/tuned-encoder"),
    place=4,
    build=_build,
    asks_model=False,
    tunes_encoder=True,
    why_not=_why_not,
    tuning=Tuning(_weights_depend_on, _train),
    learns="dearly",
    shape="diamond",
)
