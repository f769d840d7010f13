"""The words and letters of a text, counted, and a linear classifier over the counts. No model of language is asked."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.questions.answer import Answerer
from assay.studies.labels.classifying import ClassifyingPipeline, has_labels, labelling_of, lacks_labels, train
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.way import Report, Tuning, Way
from assay.words import catalogued

if TYPE_CHECKING:
    from assay.training import TrainingLog

_VERSION = 1  # part of the key of a classifier: count up when it is fitted otherwise
_MOST_WEIGHTS = 10_000_000  # of each kind of count, over all labels: 40 MB
_MOST_GRAMS = 100_000


def _build(maker: LabelMaker, way: Way) -> Answerer:
    from assay.training.linear_classifier import load_classifier
    from assay.training.ngrams import load_ngrams

    folder, task, lang = maker.tuned_folder(way), maker.exam.task, maker.exam.lang
    ngrams, classifier = load_ngrams(folder), load_classifier(folder)
    return ClassifyingPipeline(ngrams.features, classifier, labelling_of(task), lambda found: task.write(found, lang))


def _weights_depend_on(maker: LabelMaker, way: Way) -> dict[str, Any]:
    return {"words": _VERSION}


def _train(maker: LabelMaker, way: Way, folder: Path, report: Report) -> "TrainingLog":
    from assay.training.linear_classifier import SPARSE
    from assay.training.ngrams import fit_ngrams

    most = min(_MOST_GRAMS, _MOST_WEIGHTS // len(maker.exam.names))
    return train(maker, lambda texts: fit_ngrams(texts, most), SPARSE, folder, report)


WORDS = Way(
    name="none/words",
    title=catalogued("way.none/words"),
    place=0.2,
    build=_build,
    fits=has_labels,
    asks_model=False,
    why_not=lacks_labels,
    tuning=Tuning(_weights_depend_on, _train),
    learns="cheaply",
    colour="behaviour",
    shape="square",
)
