"""assay questions convert: question files to the formats that training tools read, and back."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli.options import Pairs, SpokenLanguage, parse_pairs

__all__ = ["convert"]


def convert(
    source: Annotated[Path, typer.Argument(help="Questions or training data: JSONL, JSON, YAML, CSV or XLSX.")],
    file: Annotated[Path, typer.Argument(help="Written: .jsonl or .json; questions as .csv, .xlsx or .jsonl.")],
    to: Annotated[
        str, typer.Option(help="One of questions, alpaca, messages, sharegpt, prompt-completion.")
    ] = "questions",
    split: Annotated[
        str | None,
        typer.Option(
            help="train, validation, test or all; by default train, for questions and where no question has one all."
        ),
    ] = None,
    lang: SpokenLanguage = None,
    set_: Pairs = None,
) -> None:
    """Write questions as training data, or training data as questions; what comes in is known by its keys."""
    from assay.drafting.converted_file import convert_file
    from assay.questions.reading_lines import reading_lines
    from assay.settings import load_settings
    from assay.words import message

    flags: dict[str, Any] = {"lang": lang} | parse_pairs(set_ or [])
    said = load_settings(flags, environ=os.environ).lang
    done = convert_file(source, file, to, split, **flags)
    asked, n = done.questions, done.n_written
    is_training = to != "questions"
    print(message("convert.written_as" if is_training else "convert.written", said, path=file, n=n, name=to))
    if is_training and not done.is_split:
        print(message("convert.no_splits", said))
    if split is None and n < len(asked.questions):
        print(message("convert.left_out", said, n=len(asked.questions) - n))
    for line in reading_lines(asked.reading, said):
        print(line)
    if asked.n_left_out:
        print(message("warning.left_out_rows", said, n=asked.n_left_out))
    if asked.first_turns:
        print(message("warning.first_turns", said, n=len(asked.first_turns)))
