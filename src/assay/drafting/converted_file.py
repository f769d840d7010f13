"""Question sets as training data, and training data as questions, for files as a person gives them."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assay.corpus import detect_language
from assay.errors import InputError
from assay.questions import QuestionSet, Source
from assay.questions.formats import FORMATS
from assay.questions.in_memory import describe_source
from assay.questions.question import Question
from assay.questions.writing import write_examples, write_questions
from assay.scoring.scorer import scorer_of
from assay.settings import load_settings

__all__ = ["TARGETS", "Converted", "convert_file"]

TARGETS = ("questions", "alpaca", "messages", "sharegpt", "prompt-completion")
_SPLITS = ("train", "validation", "test", "all")


@dataclass(frozen=True)
class Converted:
    """What was read and how many questions of it were written."""

    questions: QuestionSet
    n_written: int

    @property
    def is_split(self) -> bool:
        """Whether some question has a split."""
        return any(question.split for question in self.questions.questions)


def convert_file(
    source: Source, file: str | Path, to: str = "questions", split: str | None = None, **settings: Any
) -> Converted:
    """Write questions in a format; what comes in is known by its keys.

    Args:
        source: questions or training data.
        file: written: .jsonl or .json; questions as .csv, .xlsx or .jsonl.
        to: one of TARGETS.
        split: train, validation, test or all; by default train, for questions and where no question has one all.
        **settings: see `assay.settings.Settings`.

    Raises:
        InputError: names, questions or settings that cannot be used; no question of that split.
    """
    if to not in TARGETS:
        raise InputError(f'--to must be one of {", ".join(TARGETS)}, got "{to}"')
    if split is not None and split not in _SPLITS:
        raise InputError(f'--split must be one of {", ".join(_SPLITS)}, got "{split}"')
    s = load_settings(settings, environ=os.environ)
    asked = scorer_of(s).read(source, s.columns)
    is_split = any(question.split for question in asked.questions)
    wanted = split or ("train" if is_split and to != "questions" else "all")
    kept = [question for question in asked.questions if wanted in ("all", question.split or _unsplit(question))]
    if not kept:
        why = "" if is_split else ", since none has a split"
        raise InputError(f"{describe_source(source)}: no question of the split {wanted} to write{why} (--split)")
    if to in FORMATS:
        write_examples(kept, Path(file), to, detect_language(question.text for question in kept))
    else:
        write_questions(kept, Path(file))
    return Converted(asked, len(kept))


def _unsplit(question: Question) -> str:
    """What a question without a split is for, in a file whose others have one: as in a run."""
    return "" if question.origin == "written" else "train"
