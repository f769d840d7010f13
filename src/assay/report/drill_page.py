"""The report on a drill as one HTML text. Computes no figure itself."""

from functools import partial

from assay.report.drill_lines import cell_words, drill_lines, drill_table
from assay.report.figure_table import FigureRow, figure_table
from assay.report.page import frame, split_label, templates
from assay.verdict.drill_result import ChangedView, DrillResult
from assay.words import figures, message
from assay.words.page_words import drill_word

__all__ = ["render_drill_report"]

_SECTIONS = ("result", "cells", "changed", "method")
_MARKS = {"new": "right", "old": "wrong", "other": "wrong", "failed": "failed"}


def render_drill_report(result: DrillResult, lang: str) -> str:
    """The report as one self-contained HTML page that loads nothing. Deterministic: the same result, the same text."""
    w = partial(drill_word, lang=lang)
    head, rows = drill_table(result, lang)
    context = frame(result, result.run_id, _SECTIONS, "labels.js", lang) | {
        "w": w,
        "name": partial(cell_words, result, lang=lang),
        "way": lambda way: message(f"way.{way}", lang),
        "said": lambda outcome: message(f"outcome.{outcome}", lang),
        "marks": _MARKS,
        "headline": _headline(result, lang),
        "date": figures.date(result.created, lang),
        "lines": [split_label(line) for line in drill_lines(result, lang)],
        "corrections": figure_table(w("cells.title"), head, [FigureRow(row) for row in rows], n_words=2),
        "questions": [(question, _state(question, result)) for question in result.questions],
    }
    return templates().get_template("drill.html").render(context)


def _headline(result: DrillResult, lang: str) -> str:
    best = result.most_corrected()
    if best is None:
        return drill_word("headline.none", lang)
    cell, one = best
    seconds = figures.duration(one.seconds, lang, short=False)
    return drill_word(
        "headline", lang, cell=cell_words(result, cell, lang), way=message(f"way.{one.way}", lang), seconds=seconds
    )


def _state(question: ChangedView, result: DrillResult) -> str:
    """How the most corrected cell answered; wrong where none is."""
    best = result.most_corrected()
    if best is None:
        return "wrong"
    return next(_MARKS[one.outcome] for one in question.said if (one.cell, one.way) == (best[0], best[1].way))
