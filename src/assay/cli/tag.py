"""assay tag: new texts to a way of labelling that was measured."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.options import PartFiles, SpokenLanguage
from assay.errors import InputError

if TYPE_CHECKING:
    from assay.serving.tagging import FinishedLabels, Tagged
    from assay.serving.text_files import TextFile

__all__ = ["tag"]

_LONGEST = 70  # characters of a text beside what is said of it


def tag(
    texts: Annotated[list[str] | None, typer.Argument(help="Texts to be labelled, or to find entities in.")] = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="Texts: JSONL, JSON, CSV or XLSX with a column text, or .txt with one a line."),
    ] = None,
    target: Annotated[
        Path | None, typer.Option("--to", help="Written, with the columns of --from: .csv or .jsonl; else printed.")
    ] = None,
    cell: Annotated[str | None, typer.Option(help="The way to ask; by default the recommended one.")] = None,
    run: Annotated[str | None, typer.Option(help="Id of the run; by default the newest.")] = None,
    out: Annotated[Path, typer.Option(help="Workspace of the run.")] = Path(".assay"),
    parts: PartFiles = None,
    lang: SpokenLanguage = None,
) -> None:
    """Label texts, or find entities in them, by the very way that was measured."""
    from assay.questions.writing import ROWS, check_target
    from assay.serving.tagging import load_labels
    from assay.serving.text_files import as_file, read_texts
    from assay.settings import load_settings

    settings = load_settings({"lang": lang, "parts": parts}, environ=os.environ)
    if bool(texts) == (source is not None):
        raise InputError('give texts, assay tag "…", or a file of them, assay tag --from FILE, and not both')
    if target is not None:
        check_target(target, ROWS)
    finished = load_labels(run, out=out, lang=settings.lang, parts=settings.parts)
    file = read_texts(source, finished.task.rows) if source is not None else as_file(texts or [])
    if target is not None:
        _write(finished, file, target, cell)
        return
    for one in finished.tag(file.texts, cell):
        print(_line(one, finished))


def _write(finished: "FinishedLabels", file: "TextFile", target: Path, cell: str | None) -> None:
    from assay.cli.console import Console
    from assay.serving.text_files import write_tagged
    from assay.words import message

    with Console() as console:
        tagged = finished.tag(file.texts, cell, console)
    task, lang = finished.task, finished.lang
    write_tagged(file, tagged, task.rows, target)
    way = finished.result.way_title(cell or finished.result.verdict.cell, lang)
    print(message("tag.written", lang, path=target, n=len(tagged), way=way))
    n_none = sum(one.label is None for one in tagged)
    if task.one_name and n_none:
        print(message("tag.unread", lang, n=n_none))


def _line(one: "Tagged", finished: "FinishedLabels") -> str:
    """What is said, its probability and the text, between tabs."""
    from assay.words import message, spoken
    from assay.words.figures import percent

    lang = finished.lang
    found = [
        message("tag.entity", lang, type=e.type, words=" ".join(one.text[e.start : e.end].split()))
        for e in one.entities
    ]
    said = one.label or message("tag.between", lang).join([*one.labels, *found]) or spoken(finished.task.nothing, lang)
    shown = " ".join(one.text.split())
    return f"{said}\t{percent(one.probability)}\t{shown if len(shown) <= _LONGEST else f'{shown[:_LONGEST]}…'}"
