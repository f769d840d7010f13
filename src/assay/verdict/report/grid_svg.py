"""The grid as a stand-alone SVG picture. Knows no page."""

from assay.grid import BEHAVIOURS
from assay.verdict.report.grid_view import grid_rows, heat_variables
from assay.verdict.report.page import templates
from assay.verdict.report.theme import FONTS, Theme, variables
from assay.verdict.report.words import Lang, word
from assay.verdict.result import RunResult

__all__ = ["render_grid_svg"]


def render_grid_svg(result: RunResult, lang: Lang, theme: Theme) -> str:
    """The heat map as one SVG file of 930 by 520 pixels (652 with four rows), for a README or a slide.

    No script, no reference elsewhere.
    """
    rows = grid_rows(result, lang)
    return (
        templates()
        .get_template("grid.svg")
        .render(
            rows=rows,
            columns=[(word(f"behaviour.{b}", lang), word(f"behaviour.{b}.note", lang)) for b in BEHAVIOURS],
            colours=variables(theme) | heat_variables(rows, theme),
            caption=word("grid.caption", lang),
            base=result.base,
            fonts=FONTS,
            html_lang=lang,
        )
    )
