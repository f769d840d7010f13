"""assay run: the whole grid on somebody's files."""

from pathlib import Path
from typing import Annotated, Any

import typer

from assay.errors import InputError

__all__ = ["run"]


def run(
    docs: Annotated[Path, typer.Argument(help="A document or a folder of documents.")],
    questions: Annotated[Path, typer.Argument(help="The questions: JSONL, CSV or XLSX.")],
    base: Annotated[
        str | None, typer.Option(help="Base model: a folder, a .gguf file, a hub id, or URL#MODEL of an endpoint.")
    ] = None,
    encoder: Annotated[
        str | None,
        typer.Option(help="Encoder: a sentence-transformers folder or hub id, URL#MODEL, or none."),
    ] = None,
    cells: Annotated[
        str | None, typer.Option(help='Cells or rows to run, such as "none/zero-shot,retrieved/tuned,adaptive".')
    ] = None,
    out: Annotated[Path, typer.Option(help="Workspace; the same line again goes on where it stopped.")] = Path(
        ".assay"
    ),
    search: Annotated[
        int | None, typer.Option(help="Tune each tuned cell this often with other settings, and keep the best.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the report: en or zh.")] = None,
    set_: Annotated[list[str] | None, typer.Option("--set", help="Any setting, as name=value; repeat at will.")] = None,
) -> None:
    """Put the same exam to every cell of the grid and say what to do."""
    named = {"base": base, "encoder": encoder, "search": search, "lang": lang}
    flags: dict[str, Any] = named | parse_pairs(set_ or [])
    from assay.cli.console import Console
    from assay.experiment.run import run as run_exam
    from assay.verdict.lines import forgetting_warnings, verdict_lines

    with Console() as console:
        finished = run_exam(docs, questions, out=out, cells=cells, progress=console, **flags)
    print()
    for line in verdict_lines(finished.result, finished.lang) + forgetting_warnings(finished.result, finished.lang):
        print(line)
    print(f"\n{finished.report.resolve()}")


def parse_pairs(pairs: list[str]) -> dict[str, str]:
    """Names and values of name=value pairs.

    Raises:
        InputError: a pair without "=".
    """
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise InputError(f"--set takes name=value, got {', '.join(wrong)}")
    return dict(pair.split("=", 1) for pair in pairs)
