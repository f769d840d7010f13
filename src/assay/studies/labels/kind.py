"""Labels as a kind of study: how its results are kept, rendered and printed."""

from assay.report.headlines import label_headline
from assay.report.label_lines import label_lines, label_table
from assay.report.label_page import render_label_report
from assay.report.outcome import Outcome, Table
from assay.studies.study import Kind
from assay.verdict.label_result import LabelResult
from assay.verdict.tables import label_tables
from assay.words import message

__all__ = ["KIND"]


def _describe(result: LabelResult, lang: str) -> Outcome:
    """The table of ways, the verdict, and what serves it."""
    lines = label_lines(result, lang)
    if result.verdict.kind != "none_works":
        lines.append(message("label.next", lang))
    head, rows = label_table(result, lang)
    return Outcome(lines, Table(head, rows, n_words=1, width=100))


KIND = Kind("labels", LabelResult, render_label_report, _describe, label_headline, label_tables)
