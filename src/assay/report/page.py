"""The report as one HTML text: calls each view and fills the templates. Computes no figure itself."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache, partial
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol

from assay.report.cause_view import canary_lines, cause_rows, effect_rows
from assay.report.cost_view import (
    break_even_lines,
    cost_scatter,
    cost_table,
    latency_scatter,
    legend,
    slow_latency,
    told_cost_table,
)
from assay.report.curves import training_curves
from assay.report.declining_view import declining_line, declining_rows
from assay.report.difference_view import forest
from assay.report.forgetting_view import adapter_shifts, n_general
from assay.report.gap_view import gap_rows, waterfall_bars
from assay.report.grid_view import (
    GridRow,
    cell_name,
    column_heads,
    grid_rows,
    heat_variables,
    left_out_notes,
    measure_table,
    saving_rows,
)
from assay.report.ladder_view import run_rungs, rung_bars
from assay.report.long_view import long_table
from assay.report.marks_lines import marks_lines
from assay.report.marks_view import marks_view
from assay.report.passage_view import passage_entries, passage_refs
from assay.report.prompt_view import prompt_views
from assay.report.question_view import question_entries
from assay.report.record import record_rows
from assay.report.scatter import drawn_scatters
from assay.report.steadiness_view import steady_rows
from assay.report.theme import FONTS, Theme, variables
from assay.verdict.result import RunResult
from assay.words import figures, language_tag, spoken
from assay.words.page_words import has_word, sentence_start, word

if TYPE_CHECKING:
    from jinja2 import Environment


__all__ = ["frame", "page_frame", "render_report", "split_label", "templates"]

SECTIONS = ("verdict", "ladder", "grid", "gaps", "differences", "costs", "retrieval", "questions", "passages", "method")
_LABELLED = re.compile(r"([^:：]{1,24})(?:: |：)(.+)", re.DOTALL)
TERMS = (
    "right", "long", "interval", "cluster", "difference", "margin", "detectable", "oracle", "gap", "cause", "refusal",
    "exact_match", "f1", "retriever", "latency", "cost", "supported", "failed", "unjudged",
)  # fmt: skip


def render_report(result: RunResult, lang: str) -> str:
    """The report as one self-contained HTML page that loads nothing. Deterministic: the same result, the same text.

    Raises:
        InputError: a language that the report has no words for.
    """
    rows = grid_rows(result, lang)
    refs = passage_refs(result, lang)
    people = marks_view(result, lang)
    context = frame(result, result.run_id, _sections(people is not None), "report.js", lang) | {
        "light": _theme(rows, "light"),
        "dark": _theme(rows, "dark"),
        "columns": column_heads(result, lang),
        "rows": rows,
        "notes": left_out_notes(result, lang),
        "measures": measure_table(result, lang),
        "long": long_table(result, lang),
        "retriever_lines": _retriever_lines(result, lang),
        "passages": passage_entries(result, refs),
        "questions": question_entries(result, refs, lang),
        "terms": [(word(f"term.{term}", lang), _term_text(term, result, lang)) for term in _terms(result)],
        "people": people,
        "people_lines": [split_label(line) for line in marks_lines(result, lang)],
    }
    context |= _verdict_context(result, lang) | _section_context(result, lang) | _words_context(result, lang)
    return templates().get_template("report.html").render(context)


def _sections(has_marks: bool) -> list[str]:
    """The sections; that on people's marks stands behind the differences."""
    place = SECTIONS.index("differences") + 1
    return [*SECTIONS[:place], *(["marks"] if has_marks else []), *SECTIONS[place:]]


class Recorded(Protocol):
    """The result of a study, as far as its page's frame shows it."""

    @property
    def title(self) -> str:
        """Of what was asked."""

    @property
    def warnings(self) -> list[str]:
        """What speaks against it."""

    @property
    def settings(self) -> dict[str, Any]:
        """All settings, as plain values."""

    @property
    def provenance(self) -> dict[str, Any]:
        """What it came from."""


def frame(result: Recorded, id: str, sections: Sequence[str], script: str, lang: str) -> dict[str, Any]:
    """The frame of a page on a study, with its record."""
    return page_frame(result.title, id, sections, script, result.warnings, lang) | {
        "result": result,
        "settings": record_rows(result.settings),
        "provenance": record_rows(result.provenance),
    }


def page_frame(
    title: str, id: str, sections: Sequence[str], script: str, warnings: Sequence[str], lang: str
) -> dict[str, Any]:
    """What page.html needs around the content of any page, and what every content uses."""
    code = _asset(script)
    return {
        "title": title,
        "warnings": warnings,
        "id": id,
        "sections": sections,
        "html_lang": language_tag(lang),
        "fonts": FONTS,
        "light": variables("light"),
        "dark": variables("dark"),
        "script": code,
        "script_hash": _hash(code),
        "figures": figures,
    }


@lru_cache(maxsize=1)
def templates() -> "Environment":
    """The package's templates, everything that is filled in escaped, a missing value an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader("assay.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _verdict_context(result: RunResult, lang: str) -> dict[str, Any]:
    from assay.report.lines import generalised, run_warnings, verdict_lines  # brings numpy: not at import

    verdict = result.verdict
    summaries = {summary.cell: summary for summary in result.cells}
    return {
        "headline": _headline(result, lang),
        "about": word(f"verdict.about.{generalised(result.settings)}", lang),
        "winner": summaries.get(verdict.cell) if result.ahead is None else None,
        "warnings": [*result.warnings, *run_warnings(result, lang)],
        "lines": [split_label(line) for line in verdict_lines(result, lang)],
        "rungs": rung_bars(run_rungs(result, lang), lang),
        "undecided": [cell_name(result, name, lang) for name in verdict.undecided],
    }


def _headline(result: RunResult, lang: str) -> str:
    verdict, ahead = result.verdict, result.ahead
    if ahead is not None:
        return spoken(result.words[ahead.cell].use, lang)
    if verdict.kind == "decided":
        return spoken(result.words[verdict.cell].use, lang)
    return word(f"headline.{verdict.kind}", lang, cell=cell_name(result, verdict.cell, lang))


def _terms(result: RunResult) -> list[str]:
    """The terms that the page explains."""
    return [term for term in TERMS if result.has_long or term not in ("long", "unjudged")]


def _term_text(term: str, result: RunResult, lang: str) -> str:
    from assay.report.lines import generalised

    own = f"term.{term}.text.{generalised(result.settings)}"
    return word(own if has_word(own) else f"term.{term}.text", lang)


def _retriever_lines(result: RunResult, lang: str) -> list[str]:
    """What was tried on the retriever and what it brought."""
    return [spoken(step.lines, lang) for step in result.retriever.tried] if result.retriever else []


def split_label(line: str) -> tuple[str, str]:
    """A verdict line's label and its sentence: "What next: tune it" becomes ("What next", "Tune it")."""
    found = _LABELLED.fullmatch(line)
    return (found[1], sentence_start(found[2])) if found else ("", line)


def _section_context(result: RunResult, lang: str) -> dict[str, Any]:
    latency, cost = latency_scatter(result, lang), cost_scatter(result, lang)
    return {
        "bars": waterfall_bars(result, lang),
        "gaps": gap_rows(result, lang),
        "causes": cause_rows(result, lang),
        "effects": effect_rows(result, lang),
        "canary_lines": canary_lines(result, lang),
        "forest": forest(result, lang, partial(cell_name, result)),
        "scatters": drawn_scatters({"latency": latency, "cost": cost}, lang),
        "legend": legend(result, lang),
        "break_even": break_even_lines(result, lang),
        "cost_table": cost_table(result, lang),
        "told_costs": told_cost_table(result, lang),
        "savings": saving_rows(result, lang),
        "steady": steady_rows(result, lang),
        "declining_lines": [split_label(line)[1] for line in declining_line(result, lang)],
        "declining_rows": declining_rows(result.declining),
        "prompts": prompt_views(result, lang),
        "curves": training_curves(result, lang),
        "shifts": adapter_shifts(result, lang),
        "n_general": n_general(result),
        "forgetting_margin": figures.points(result.settings.get("forgetting_margin", 0.1), signed=False),
    }


def _words_context(result: RunResult, lang: str) -> dict[str, Any]:
    """What the templates call: words, and the figures that need a language."""
    return {
        "w": partial(word, lang=lang),
        "known": has_word,
        "name": partial(cell_name, result, lang=lang),
        "interval": partial(figures.interval, lang=lang),
        "duration": partial(figures.duration, lang=lang),
        "slow": partial(slow_latency, lang=lang),
        "date": partial(figures.date, lang=lang),
    }


def _theme(rows: list[GridRow], theme: Theme) -> dict[str, str]:
    return variables(theme) | heat_variables(rows, theme)


def _asset(name: str) -> str:
    """The text of a file beside the templates."""
    return resources.files("assay.report").joinpath("templates", name).read_text("utf-8")


def _hash(script: str) -> str:
    """The script's hash as the page's security policy names it: no other script may run."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
