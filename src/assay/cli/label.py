"""assay label: every way of labelling somebody's texts."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.options import Base, Language, Pairs, parse_pairs
from assay.cli.outcome import print_outcome

if TYPE_CHECKING:
    from assay.labelling.finished import FinishedLabels

__all__ = ["label"]


def label(
    texts: Annotated[
        Path, typer.Argument(help="Texts with labels or entities: JSONL, CSV or XLSX, or a folder with train and test.")
    ],
    base: Base = None,
    encoder: Annotated[
        str | None, typer.Option(help="Encoder: the folder or hub id of a BERT-like sentence encoder.")
    ] = None,
    cells: Annotated[str | None, typer.Option(help='Ways to run, such as "none/zero-shot,none/tuned-encoder".')] = None,
    out: Annotated[Path, typer.Option(help="Workspace; the same line again goes on where it stopped.")] = Path(
        ".assay"
    ),
    lang: Language = None,
    set_: Pairs = None,
) -> None:
    """Put the same texts to every way of labelling them, or of finding entities, and say which to use."""
    flags: dict[str, Any] = {"base": base, "encoder": encoder, "lang": lang} | parse_pairs(set_ or [])
    from assay.cli.console import Console
    from assay.labelling.run import label as run_labels

    with Console() as console:
        finished = run_labels(texts, out=out, cells=cells, progress=console, **flags)
    print_labels(finished)


def print_labels(finished: "FinishedLabels") -> None:
    """The table of ways, the verdict, what serves it, and where the report is."""
    from assay.report.label_lines import label_lines, label_table
    from assay.words import message

    result, lang = finished.result, finished.lang
    lines = label_lines(result, lang)
    if result.verdict.kind != "none_works":
        lines.append(message("label.next", lang))
    print_outcome(label_table(result, lang), lines, finished.report, n_left=1, least_width=100)
