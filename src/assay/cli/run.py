"""assay run: the whole grid on somebody's files."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli.options import Base, Encoder, Language, Pairs, parse_pairs

__all__ = ["run"]


def run(
    docs: Annotated[Path, typer.Argument(help="A document or a folder of documents.")],
    questions: Annotated[Path, typer.Argument(help="The questions: JSONL, CSV or XLSX.")],
    base: Base = None,
    encoder: Encoder = None,
    cells: Annotated[
        str | None, typer.Option(help='Cells or rows to run, such as "none/zero-shot,retrieved/tuned,adaptive".')
    ] = None,
    out: Annotated[Path, typer.Option(help="Workspace; the same line again goes on where it stopped.")] = Path(
        ".assay"
    ),
    search: Annotated[
        int | None, typer.Option(help="Tune each tuned cell this often with other settings, and keep the best.")
    ] = None,
    lang: Language = None,
    set_: Pairs = None,
) -> None:
    """Put the same exam to every cell of the grid and say what to do."""
    named = {"base": base, "encoder": encoder, "search": search, "lang": lang}
    flags: dict[str, Any] = named | parse_pairs(set_ or [])
    from assay.cli.console import Console
    from assay.report.lines import forgetting_warnings, verdict_lines
    from assay.studies.grid.run import run as run_exam

    with Console() as console:
        finished = run_exam(docs, questions, out=out, cells=cells, progress=console, **flags)
    print()
    for line in verdict_lines(finished.result, finished.lang) + forgetting_warnings(finished.result, finished.lang):
        print(line)
    print(f"\n{finished.report.resolve()}")
