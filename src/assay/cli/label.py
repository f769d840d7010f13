"""assay label: every way of labelling somebody's texts."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli.options import Base, Language, Pairs, PartFiles, parse_pairs
from assay.cli.printing import print_outcome

__all__ = ["label"]


def label(
    texts: Annotated[
        Path, typer.Argument(help="Texts with labels or entities: JSONL, CSV or XLSX, or a folder with train and test.")
    ],
    task: Annotated[
        str | None,
        typer.Option(help="What is asked: labels, multi-label, entities, a task from outside; else the file tells."),
    ] = None,
    base: Base = None,
    encoder: Annotated[
        str | None, typer.Option(help="Encoder: the folder or hub id of a BERT-like sentence encoder.")
    ] = None,
    cells: Annotated[str | None, typer.Option(help='Ways to run, such as "none/zero-shot,none/tuned-encoder".')] = None,
    out: Annotated[Path, typer.Option(help="Workspace; the same line again goes on where it stopped.")] = Path(
        ".assay"
    ),
    parts: PartFiles = None,
    lang: Language = None,
    set_: Pairs = None,
) -> None:
    """Put the same texts to every way of labelling them, or of finding entities, and say which to use."""
    flags: dict[str, Any] = {"base": base, "encoder": encoder, "lang": lang, "parts": parts} | parse_pairs(set_ or [])
    from assay.cli.console import Console
    from assay.studies.labels.label_study import label as run_labels

    with Console() as console:
        finished = run_labels(texts, task=task, out=out, cells=cells, progress=console, **flags)
    print_outcome(finished.outcome, finished.report)
