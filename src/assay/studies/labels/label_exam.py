"""The exam of a label or entity task: texts read, checked, split and drawn. The same for every way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from assay.bench.kept_files import read_kept
from assay.bench.keys import key_of
from assay.bench.whole_files import write_whole
from assay.corpus import detect_language
from assay.labelled.label_splits import assign_splits, draw_test, near_duplicates
from assay.labelled.labelled_files import read_labelled
from assay.labelled.labelled_text import LabelledSet, LabelledText
from assay.questions.question import Question
from assay.settings import Settings
from assay.statistics.sampling import Sampling, over_questions
from assay.tasks import Task

__all__ = ["LabelExam", "as_question", "build_label_exam", "load_label_exam", "save_label_exam"]


@dataclass(frozen=True)
class LabelExam:
    """What every way is asked, and what it may learn from."""

    title: str
    lang: str  # of the texts: "en" or "zh"
    task: Task
    labelled: LabelledSet  # every text with a split
    test: tuple[LabelledText, ...]  # those of the test's that are asked, in file order

    @property
    def train(self) -> tuple[LabelledText, ...]:
        """The texts to learn from, in file order."""
        return self.labelled.of_split("train")

    @property
    def validation(self) -> tuple[LabelledText, ...]:
        """The texts to check the learning on, in file order."""
        return self.labelled.of_split("validation")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What can be said: what the task names, or else what train and validation hold, in alphabetical order."""
        return self.task.names or LabelledSet("", (*self.train, *self.validation), "", "").names

    @cached_property
    def clusters(self) -> list[int]:
        """Near-duplicates among the test texts are one cluster; every other text is one of its own."""
        group = {place: number for number, places in enumerate(near_duplicates(self.test)) for place in places}
        return [group[place] for place in range(len(self.test))]

    @cached_property
    def sampling(self) -> Sampling:
        """New texts of the same kind, near-duplicates together."""
        return over_questions([None] * len(self.test), self.clusters)

    @cached_property
    def learnt_key(self) -> str:
        """Changes with anything that may be learnt from."""
        return key_of(task=self.task.key, train=_rows(self.train), validation=_rows(self.validation), lang=self.lang)

    @cached_property
    def asked_key(self) -> str:
        """Changes with anything that an answer depends on: all but the labels of the test."""
        return key_of(learnt=self.learnt_key, test=[[one.id, one.text] for one in self.test])

    @cached_property
    def key(self) -> str:
        """Changes with anything that a result depends on."""
        return key_of(learnt=self.learnt_key, test=_rows(self.test))


def build_label_exam(path: Path, tasks: Mapping[str, Task], settings: Settings) -> LabelExam:
    """Read, split and draw; of one of these tasks, by name and in order.

    Raises:
        InputError: problems in the file or the folder, all together.
    """
    read = read_labelled(path, {name: task.rows for name, task in tasks.items()})
    split = assign_splits(read, settings.seed, settings.test_share, settings.validation_share)
    lang = detect_language([one.text for one in split.texts])
    test = draw_test(split, settings.test_texts, settings.seed)
    return LabelExam(_title(path.resolve()), lang, tasks[read.task], split, test)


def save_label_exam(exam: LabelExam, path: Path) -> None:
    """Keep an exam, so that the ways of a finished run can be asked again."""
    write_whole(path, to_json({"title": exam.title, "lang": exam.lang, "labelled": exam.labelled, "test": exam.test}))


def load_label_exam(path: Path, task: Task) -> LabelExam:
    """The exam of a task that `save_label_exam` kept. Raises NotFound where it is gone or damaged."""
    with read_kept(path) as data:
        kept = from_json(data)
        test = TypeAdapter(tuple[LabelledText, ...]).validate_python(kept["test"])
        labelled = TypeAdapter(LabelledSet).validate_python(kept["labelled"])
        return LabelExam(kept["title"], kept["lang"], task, labelled, test)


def as_question(text: LabelledText) -> Question:
    """What a way is told of a text: neither its label nor its entities."""
    return Question(text.id, text.text, ())


def _title(path: Path) -> str:
    return path.name if path.is_dir() else path.stem


def _rows(texts: Sequence[LabelledText]) -> list[list[object]]:
    return [
        [one.id, one.text, list(one.labels) or one.label, [[e.start, e.end, e.type] for e in one.entities]]
        for one in texts
    ]
