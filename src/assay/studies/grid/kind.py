"""The grid as a kind of study: how its results are kept, rendered and printed."""

from assay.report import render_report
from assay.report.headlines import grid_headline
from assay.report.ladder_view import ladder_table, run_rungs
from assay.report.lines import run_warnings, verdict_lines
from assay.report.outcome import Outcome
from assay.studies.study import Kind
from assay.verdict.result import RunResult
from assay.verdict.tables import run_tables

__all__ = ["KIND"]


def _describe(result: RunResult, lang: str) -> Outcome:
    """The ladder, the verdict, and what it warns of."""
    return Outcome(
        verdict_lines(result, lang) + run_warnings(result, lang), ladder_table(run_rungs(result, lang), lang)
    )


KIND = Kind("runs", RunResult, render_report, _describe, grid_headline, run_tables)
