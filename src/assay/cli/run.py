"""assay run: the whole grid on somebody's files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.options import Bases, Encoder, Language, Pairs, PartFiles, parse_files, parse_pairs

if TYPE_CHECKING:
    from assay.studies.study import Finished

__all__ = ["run"]


def run(
    docs: Annotated[Path, typer.Argument(help="A document or a folder of documents.")],
    questions: Annotated[Path, typer.Argument(help="The questions: JSONL, JSON, YAML, CSV or XLSX.")],
    base: Bases = None,
    encoder: Encoder = None,
    cells: Annotated[
        str | None, typer.Option(help='Cells or rows to run, such as "none/zero-shot,retrieved/tuned,adaptive".')
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(help="NAME=FILE: what another system answered to the questions, to stand beside the cells."),
    ] = None,
    out: Annotated[Path, typer.Option(help="Workspace; the same line again goes on where it stopped.")] = Path(
        ".assay"
    ),
    search: Annotated[
        int | None, typer.Option(help="Tune each tuned cell this often with other settings, and keep the best.")
    ] = None,
    repeats: Annotated[
        int | None, typer.Option(help="Ask a sample of the test again this often: how steady is each cell?")
    ] = None,
    paraphrases: Annotated[int | None, typer.Option(help="And in so many other wordings.")] = None,
    parts: PartFiles = None,
    lang: Language = None,
    set_: Pairs = None,
) -> None:
    """Put the same exam to every cell of the grid and say what to do."""
    several = base if base and len(base) > 1 else []
    named = {
        "base": base[0] if base and not several else None,
        "encoder": encoder,
        "search": search,
        "repeats": repeats,
        "paraphrases": paraphrases,
        "lang": lang,
        "parts": parts,
    }
    flags: dict[str, Any] = named | parse_pairs(set_ or [])
    others = parse_files(answers or [], "--answers")
    from assay.cli.console import Console
    from assay.cli.printing import print_outcome

    asked: dict[str, Any] = {"out": out, "cells": cells, "answers": others}
    with Console() as console:
        if several:
            from assay.studies.bases.several_grids import run_several

            chosen, grids = run_several(docs, questions, several, progress=console, **asked, **flags)
            finished: list[Finished[Any]] = [*grids, chosen]
            titles = [*(one.base for one in chosen.result.grids), ""]
        else:
            from assay.studies.grid.grid_study import run as run_exam

            finished, titles = [run_exam(docs, questions, progress=console, **asked, **flags)], [""]
    for title, one in zip(titles, finished, strict=True):
        print_outcome(one.outcome, one.report, title)
