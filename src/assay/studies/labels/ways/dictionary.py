"""The entities of the labelled texts as a dictionary: the floor for finding them, without a model of anything."""

import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assay.labelled.labelled_text import LabelledText
from assay.models.cache import build_once
from assay.questions.answer import Answer, Answerer
from assay.questions.question import Question
from assay.studies.labels.label_maker import LabelMaker
from assay.studies.labels.way import Report, Tuning, Way
from assay.tasks import Task
from assay.training.entity_dictionary import EntityDictionary, build_dictionary, load_dictionary
from assay.words import Text, catalogued

if TYPE_CHECKING:
    from assay.training import TrainingLog

_VERSION = 1  # part of the key of a dictionary: count up when it is made otherwise


class _LookingUp:
    """The entities that stand in the dictionary; implements `Answerer`."""

    def __init__(self, dictionary: EntityDictionary, task: Task, lang: str) -> None:
        self._dictionary, self._write, self._lang = dictionary, task.write_placed or task.write, lang

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """What stands in each text, in order, with the logarithm of the probability that this is right."""
        return [self._look_up(question) for question in questions]

    def warm_up(self) -> None:
        """Nothing is to be made ready."""

    def _look_up(self, question: Question) -> Answer:
        found = self._dictionary.find(question.text)
        said = self._write(LabelledText("", question.text, entities=found.entities), self._lang)
        logprob = math.log(found.probability) if found.probability else None
        return Answer(question.id, said, (), 0, 0, logprob)


def _fits(task: Task) -> bool:
    """Whether a text of the task holds entities, as far as what can be tagged word by word is one."""
    return task.head is not None and task.head.tags_words


def _build(maker: LabelMaker, way: Way) -> Answerer:
    return _LookingUp(load_dictionary(maker.tuned_folder(way)), maker.exam.task, maker.exam.lang)


def _weights_depend_on(maker: LabelMaker, way: Way) -> dict[str, Any]:
    return {"dictionary": _VERSION}


def _train(maker: LabelMaker, way: Way, folder: Path, report: Report) -> "TrainingLog":
    """From all texts; how sure it is comes from the validation texts, looked up in one that was made without them."""
    from assay.training.training_settings import TrainingLog

    started, exam = time.perf_counter(), maker.exam
    weights = build_dictionary(exam.train).with_probability(exam.validation).weights
    learnt = [*exam.train, *exam.validation]
    made = EntityDictionary(build_dictionary(learnt).types, weights)
    build_once(folder, made.save)
    return TrainingLog(
        method="dictionary", seconds=time.perf_counter() - started, n_examples=len(learnt), best_loss=0.0
    )


def _why_not(maker: LabelMaker) -> Text | None:
    return maker.lacks_training() if _fits(maker.exam.task) else catalogued("left_out.no_entities")


DICTIONARY = Way(
    name="none/dictionary",
    title=catalogued("way.none/dictionary"),
    place=0.1,
    build=_build,
    fits=_fits,
    asks_model=False,
    why_not=_why_not,
    tuning=Tuning(_weights_depend_on, _train),
    learns="cheaply",
    colour="behaviour",
    shape="square",
)
