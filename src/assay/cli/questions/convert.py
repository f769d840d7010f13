"""assay questions convert: question files to the formats that training tools read, and back."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.options import SpokenLanguage

if TYPE_CHECKING:
    from assay.questions.question import Question

__all__ = ["convert"]

_TO = ("questions", "alpaca", "messages", "sharegpt", "prompt-completion")
_SPLITS = ("train", "validation", "test", "all")


def convert(
    source: Annotated[Path, typer.Argument(help="Questions or training data: JSONL, JSON, YAML, CSV or XLSX.")],
    file: Annotated[Path, typer.Argument(help="Written: .jsonl or .json; questions as .csv, .xlsx or .jsonl.")],
    to: Annotated[str, typer.Option(help=f"One of {', '.join(_TO)}.")] = "questions",
    split: Annotated[
        str | None,
        typer.Option(
            help="train, validation, test or all; by default train, for questions and where no question has one all."
        ),
    ] = None,
    lang: SpokenLanguage = None,
) -> None:
    """Write questions as training data, or training data as questions; what comes in is known by its keys."""
    from assay.corpus import detect_language
    from assay.errors import InputError
    from assay.questions.formats import FORMATS
    from assay.questions.reading_lines import reading_lines
    from assay.questions.writing import write_examples, write_questions
    from assay.scoring.scorer import scorer_of
    from assay.settings import load_settings
    from assay.words import message

    settings = load_settings({"lang": lang}, environ=os.environ)
    said = settings.lang
    if to not in _TO:
        raise InputError(f'--to must be one of {", ".join(_TO)}, got "{to}"')
    if split is not None and split not in _SPLITS:
        raise InputError(f'--split must be one of {", ".join(_SPLITS)}, got "{split}"')
    asked = scorer_of(settings).read(source)
    is_split = any(question.split for question in asked.questions)
    wanted = split or ("train" if is_split and to != "questions" else "all")
    kept = [question for question in asked.questions if wanted in ("all", question.split or _unsplit(question))]
    if not kept:
        why = "" if is_split else ", since none has a split"
        raise InputError(f"{source}: no question of the split {wanted} to write{why} (--split)")
    name = next((name for name in FORMATS if name == to), None)
    if name is None:
        write_questions(kept, file)
    else:
        write_examples(kept, file, name, detect_language(question.text for question in kept))
    print(message("convert.written_as" if name else "convert.written", said, path=file, n=len(kept), name=to))
    if to != "questions" and not is_split:
        print(message("convert.no_splits", said))
    if split is None and len(kept) < len(asked.questions):
        print(message("convert.left_out", said, n=len(asked.questions) - len(kept)))
    for line in reading_lines(asked.reading, said):
        print(line)
    if asked.first_turns:
        print(message("warning.first_turns", said, n=len(asked.first_turns)))


def _unsplit(question: "Question") -> str:
    """What a question without a split is for, in a file whose others have one: as in a run."""
    return "" if question.origin == "written" else "train"
