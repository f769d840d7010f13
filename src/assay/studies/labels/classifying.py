"""Texts labelled by a linear classifier: what all ways that have one share. Knows neither their features nor a way."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assay.labelled.labelled_text import LabelledText
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.way import Report
from assay.tasks import Task
from assay.training.labellings import ANY_LABELS, ONE_LABEL, Labelling
from assay.training.linear_classifier import LinearClassifier, Solver
from assay.words import Text, catalogued, told

if TYPE_CHECKING:
    from assay.training import TrainingLog
    from assay.training.classifier_training import FitFeatures

__all__ = ["ClassifyingPipeline", "has_labels", "labelling_of", "lacks_labels", "train"]

_LEAST_LABELS = 2


class ClassifyingPipeline:
    """The likeliest label of each text, or every label that is likely; implements `Answerer`.

    Args:
        features: texts -> numbers N×F, as the classifier was fitted with.
        classifier: of the labels.
        labelling: what it was fitted to.
        write: the answer on a text, from the text with its label.
    """

    def __init__(
        self,
        features: Callable[[Sequence[str]], Any],
        classifier: LinearClassifier,
        labelling: Labelling,
        write: Callable[[LabelledText], str],
    ) -> None:
        self._features, self._classifier, self._labelling, self._write = features, classifier, labelling, write

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """What is said of each text, in order, with the logarithm of the probability that it is right."""
        sums = self._classifier.sums(self._features([question.text for question in questions]))
        return [self._say(question, row) for question, row in zip(questions, sums, strict=True)]

    def warm_up(self) -> None:
        """One text, thrown away."""
        self.answer([Question("warm-up", "Hello", ())])

    def _say(self, question: Question, sums: np.ndarray) -> Answer:
        found, logprob = self._labelling.say(question.text, self._classifier.labels, sums)
        return Answer(question.id, self._write(found), (), 0, 0, logprob)


def has_labels(task: Task) -> bool:
    """Whether a text of the task has labels as a whole: exactly one, or any number."""
    return task.one_name or task.any_names


def labelling_of(task: Task) -> Labelling:
    """What a classifier is fitted to, for a task that `has_labels`."""
    return ONE_LABEL if task.one_name else ANY_LABELS


def lacks_labels(maker: LabelMaker) -> Text | None:
    """Why no classifier can be fitted, or None."""
    exam = maker.exam
    if not has_labels(exam.task):
        return catalogued("left_out.no_labels")
    if few := maker.lacks_training():
        return few
    learnt = [*exam.train, *exam.validation]
    if len({one.items for one in learnt}) < _LEAST_LABELS:
        return told("left_out.one_label", label=", ".join(sorted(learnt[0].names)))
    return catalogued("left_out.no_sklearn") if find_spec("sklearn") is None else None


def train(maker: LabelMaker, fit: "FitFeatures", solver: Solver, folder: Path, report: Report) -> "TrainingLog":
    """Fit a linear classifier over the features that `fit` makes of the exam's texts, and write the folder."""
    from assay.training.classifier_training import train_classifier

    exam = maker.exam
    return train_classifier(
        fit, solver, labelling_of(exam.task), exam.train, exam.validation, maker.settings.seed, folder, report
    )
