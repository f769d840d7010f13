"""The vector that the sentence encoder, as it is, gives of a text, and a linear classifier over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.errors import AssayError
from assay.questions.answer import Answerer
from assay.retrieval import Encoder
from assay.studies.labels.classifying import ClassifyingPipeline, has_labels, labelling_of, lacks_labels, train
from assay.studies.labels.encodings import Encodings
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.way import Report, Tuning, Way
from assay.words import Text, catalogued

if TYPE_CHECKING:
    from assay.training import TrainingLog

_VERSION = 1  # part of the key of a classifier: count up when it is fitted otherwise


@dataclass(frozen=True)
class _Vectors:
    """Vectors as features; the encoder is kept elsewhere."""

    encodings: Encodings

    def features(self, texts: Sequence[str]) -> Any:
        return self.encodings.vectors(texts)

    def save(self, folder: Path) -> None:
        """Nothing: the key of the classifier holds the encoder's name."""


def _encoder(maker: LabelMaker) -> Encoder:
    if maker.encoder is None:
        raise AssayError("this way takes a sentence encoder, and there is none")
    return maker.encoder


def _build(maker: LabelMaker, way: Way) -> Answerer:
    from assay.training.linear_classifier import load_classifier

    classifier, task, lang = load_classifier(maker.tuned_folder(way)), maker.exam.task, maker.exam.lang
    return ClassifyingPipeline(
        _encoder(maker).encode_queries, classifier, labelling_of(task), lambda found: task.write(found, lang)
    )


def _weights_depend_on(maker: LabelMaker, way: Way) -> dict[str, Any]:
    return {"encoder": [_encoder(maker).name, _VERSION]}


def _train(maker: LabelMaker, way: Way, folder: Path, report: Report) -> "TrainingLog":
    from assay.training.linear_classifier import DENSE

    vectors = _Vectors(maker.encodings)
    return train(maker, lambda texts: vectors, DENSE, folder, report)


def _why_not(maker: LabelMaker) -> Text | None:
    return lacks_labels(maker) or (catalogued("left_out.no_encoder") if maker.encoder is None else None)


LINEAR = Way(
    name="none/linear",
    title=catalogued("way.none/linear"),
    place=0.4,
    build=_build,
    fits=has_labels,
    asks_model=False,
    encoder=lambda maker: _encoder(maker).name,
    why_not=_why_not,
    tuning=Tuning(_weights_depend_on, _train),
    learns="cheaply",
    colour="behaviour",
    shape="circle",
)
