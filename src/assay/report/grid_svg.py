"""The grid as a stand-alone SVG picture. Knows no page."""

from assay.report.grid_view import column_heads, grid_rows, heat_variables
from assay.report.page import templates
from assay.report.theme import FONTS, Theme, variables
from assay.verdict.result import RunResult
from assay.words.page_words import word

__all__ = ["render_grid_svg"]


def render_grid_svg(result: RunResult, lang: str, theme: Theme) -> str:
    """The heat map as one SVG file for a README or a slide, 930 by 520 pixels.

    132 higher with a fourth row, 232 wider a column beyond the third. No script, no reference elsewhere.
    """
    rows = grid_rows(result, lang)
    return (
        templates()
        .get_template("grid.svg")
        .render(
            rows=rows,
            columns=column_heads(result, lang),
            colours=variables(theme) | heat_variables(rows, theme),
            caption=word("grid.caption", lang),
            base=result.base,
            fonts=FONTS,
            html_lang=lang,
        )
    )
