"""Texts labelled by a linear classifier: what all ways that have one share. Knows neither their features nor a way."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from assay.labelled.labelled_text import LabelledSet, LabelledText
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.studies.labels.label_maker import LabelMaker
from assay.tasks import Task
from assay.training.linear_classifier import LinearClassifier
from assay.words import Text, catalogued, told

__all__ = ["ClassifyingPipeline", "has_one_label", "lacks_labels"]

_LEAST_LABELS = 2


class ClassifyingPipeline:
    """The likeliest label of each text; implements `Answerer`.

    Args:
        features: texts -> numbers N×F, as the classifier was fitted with.
        classifier: of the labels.
        write: the answer on a text, from the text with its label.
    """

    def __init__(
        self,
        features: Callable[[Sequence[str]], Any],
        classifier: LinearClassifier,
        write: Callable[[LabelledText], str],
    ) -> None:
        self._features, self._classifier, self._write = features, classifier, write

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One label a text, in order, with the logarithm of its probability."""
        logprobs = self._classifier.logprobs(self._features([question.text for question in questions]))
        return [self._say(question, row) for question, row in zip(questions, logprobs, strict=True)]

    def warm_up(self) -> None:
        """One text, thrown away."""
        self.answer([Question("warm-up", "Hello", ())])

    def _say(self, question: Question, logprobs: np.ndarray) -> Answer:
        best = int(np.argmax(logprobs))
        said = self._write(LabelledText("", question.text, self._classifier.labels[best]))
        return Answer(question.id, said, (), 0, 0, float(logprobs[best]))


def has_one_label(task: Task) -> bool:
    """Whether a text of the task has exactly one label."""
    return task.one_name


def lacks_labels(maker: LabelMaker) -> Text | None:
    """Why no classifier can be fitted, or None."""
    exam = maker.exam
    if not has_one_label(exam.task):
        return catalogued("left_out.not_one_label")
    if few := maker.lacks_training():
        return few
    learnt = LabelledSet("", (*exam.train, *exam.validation), "", "").names
    if len(learnt) < _LEAST_LABELS:
        return told("left_out.one_label", label=", ".join(learnt))
    return catalogued("left_out.no_sklearn") if find_spec("sklearn") is None else None
