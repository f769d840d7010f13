"""The drill as a kind of study: how its results are kept, rendered and printed."""

from assay.report.drill_lines import drill_lines, drill_table
from assay.report.drill_page import render_drill_report
from assay.report.headlines import drill_headline
from assay.report.outcome import Outcome, Table
from assay.studies.study import Kind
from assay.verdict.drill_result import DrillResult
from assay.verdict.tables import drill_tables

__all__ = ["KIND"]


def _describe(result: DrillResult, lang: str) -> Outcome:
    return Outcome(drill_lines(result, lang), Table(*drill_table(result, lang), n_words=2, width=150, wraps=True))


KIND = Kind("drills", DrillResult, render_drill_report, _describe, drill_headline, drill_tables)
