"""The page on two runs beside each other as one HTML text. Computes no figure itself."""

from functools import partial

from assay.report.compare_lines import compare_warnings, name_cell, summary_lines
from assay.report.difference_view import cell_forest
from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.page import page_frame, split_label, templates
from assay.report.record import plain_value
from assay.verdict.run_comparison import CellChange, RunComparison, TurnedQuestion
from assay.words import figures, message
from assay.words.page_words import compare_word

__all__ = ["render_comparison"]

_SECTIONS = ("result", "cells", "changed", "turned", "method")
_COLUMNS = (
    "first", "second", "points", "interval", "p_holm", "n", "gained", "lost", "seconds_first", "seconds_second",
)  # fmt: skip


def render_comparison(result: RunComparison, lang: str) -> str:
    """The page as one self-contained HTML text that loads nothing. Deterministic: the same result, the same text."""
    w = partial(compare_word, lang=lang)
    ids = f"{result.first.run_id}, {result.second.run_id}"
    context = page_frame(result.second.title, ids, _SECTIONS, "labels.js", compare_warnings(result, lang), lang) | {
        "result": result,
        "w": w,
        "name": partial(name_cell, result, lang=lang),
        "date": partial(figures.date, lang=lang),
        "headline": _headline(result, lang),
        "lines": [split_label(line) for line in summary_lines(result, lang)],
        "forest": cell_forest(result.cells, result.margin, lang, partial(name_cell, result, lang=lang)),
        "table": _table(result, lang),
        "changes": [
            (
                message(f"compare.group.{group}", lang),
                [(one.name, plain_value(one.before), plain_value(one.after)) for one in found],
            )
            for group, found in result.changes.items()
        ],
        "questions": [(question, _state(question)) for question in result.turned],
    }
    return templates().get_template("compare.html").render(context)


def _headline(result: RunComparison, lang: str) -> str:
    better, worse = (
        compare_word("list.comma", lang).join(
            name_cell(result, change.cell, lang) for change in result.cells if change.certain == sign
        )
        for sign in (1, -1)
    )
    if better and worse:
        return compare_word("headline.mixed", lang, better=better, worse=worse)
    if better or worse:
        return compare_word("headline.better" if better else "headline.worse", lang, cells=better or worse)
    return compare_word("headline.none", lang)


def _table(result: RunComparison, lang: str) -> FigureTable:
    head = [compare_word("col.cell", lang), *(compare_word(f"col.{name}", lang) for name in _COLUMNS)]
    rows = [
        FigureRow(_figures(change, name_cell(result, change.cell, lang), lang), change.cell == result.second.advised)
        for change in result.cells
    ]
    return figure_table(compare_word("cells.table", lang), head, rows)


def _figures(change: CellChange, name: str, lang: str) -> list[str]:
    return [
        name,
        figures.percent(change.first.value),
        figures.percent(change.second.value),
        figures.difference(change.difference.value, lang),
        figures.points_interval(change.difference, lang),
        figures.p_value(change.p_holm),
        figures.count(change.difference.n),
        figures.count(change.gained),
        figures.count(change.lost),
        *(figures.duration(seconds, lang) for seconds in change.answer_s),
    ]


def _state(question: TurnedQuestion) -> str:
    kinds = {turn.is_gain for turn in question.turns}
    return "mixed" if len(kinds) > 1 else "right" if kinds == {True} else "wrong"
