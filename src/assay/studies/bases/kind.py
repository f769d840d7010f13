"""Bases as a kind of study: how its results are kept, rendered and printed."""

from assay.report.base_lines import base_lines, base_rungs, base_table
from assay.report.base_page import render_base_report
from assay.report.headlines import base_headline
from assay.report.ladder_view import ladder_table
from assay.report.outcome import Outcome, Table
from assay.studies.study import Kind
from assay.verdict.base_result import BaseResult
from assay.verdict.tables import base_tables

__all__ = ["KIND"]


def _describe(result: BaseResult, lang: str) -> Outcome:
    head, rows = base_table(result, lang)
    table = Table(head, rows, n_words=1, width=120)
    return Outcome([*base_lines(result, lang), *result.warnings], table, ladder_table(base_rungs(result, lang), lang))


KIND = Kind("bases", BaseResult, render_base_report, _describe, base_headline, base_tables)
