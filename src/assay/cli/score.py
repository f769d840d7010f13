"""assay score: a file of answers, marked."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli.options import Pairs, PartFiles, SpokenLanguage, parse_pairs

__all__ = ["score"]


def score(
    questions: Annotated[Path, typer.Argument(help="The questions: JSONL, JSON, CSV or XLSX.")],
    answers: Annotated[Path, typer.Argument(help="What was answered, with columns id or question, and answer.")],
    split: Annotated[
        str | None,
        typer.Option(help="What is marked: train, validation, test or all; else the test, or all without splits."),
    ] = None,
    target: Annotated[
        Path | None, typer.Option("--to", help="Write every question with its marks: .csv or .jsonl.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    parts: PartFiles = None,
    lang: SpokenLanguage = None,
    set_: Pairs = None,
) -> None:
    """Mark a file of answers, whoever gave them: right, exact match, F1 and refusals, with intervals."""
    from assay.cli.printing import print_outcome
    from assay.questions.writing import ROWS, check_target, write_rows
    from assay.report.outcome import Outcome
    from assay.report.score_lines import score_lines, score_rows, score_table
    from assay.scoring.scored_answers import ScoredAnswers
    from assay.scoring.scored_answers import score as score_file
    from assay.settings import load_settings
    from assay.words import message

    flags: dict[str, Any] = {"lang": lang, "parts": parts} | parse_pairs(set_ or [])
    spoken_lang = load_settings(flags, environ=os.environ).lang
    if target is not None:
        check_target(target, ROWS)
    scored = score_file(questions, answers, split=split, **flags)
    if target is not None:
        columns, rows = score_rows(scored, spoken_lang)
        write_rows(rows, columns, target)
    if json:
        from pydantic import TypeAdapter

        print(TypeAdapter(ScoredAnswers).dump_json(scored, indent=1).decode())
        return
    lines = score_lines(scored, spoken_lang)
    if target is not None:
        lines.append(message("score.written", spoken_lang, path=target, n=len(scored.answers)))
    print_outcome(Outcome(lines, score_table(scored, spoken_lang)))
