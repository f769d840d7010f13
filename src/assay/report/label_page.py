"""The report on a label or entity run as one HTML text. Computes no figure itself."""

from functools import partial
from typing import Any

from assay.report.cost_view import Point, Scatter
from assay.report.difference_view import forest
from assay.report.label_lines import label_lines
from assay.report.label_tables import name_table, way_table
from assay.report.learning_view import learning_view
from assay.report.page import frame, split_label, templates
from assay.report.reliability import reliabilities
from assay.report.scatter import drawn_scatters
from assay.verdict.costs import VOLUME, total_cost
from assay.verdict.label_result import LabelResult, WaySummary
from assay.words import figures
from assay.words.page_words import label_word

__all__ = ["render_label_report"]

_SECTIONS = ("verdict", "ways", "differences", "costs", "learning", "trust", "names", "texts", "method")


def render_label_report(result: LabelResult, lang: str) -> str:
    """The report as one self-contained HTML page that loads nothing. Deterministic: the same result, the same text."""
    w = partial(label_word, lang=lang)
    verdict = result.verdict
    sections = [one for one in _SECTIONS if one != "learning" or result.learning]
    context = frame(result, result.run_id, sections, "labels.js", lang) | {
        "w": w,
        "name": partial(result.way_title, lang=lang),
        "headline": w(f"headline.{verdict.kind}", cell=result.way_title(verdict.cell, lang)),
        "date": figures.date(result.created, lang),
        "compared_by": result.say("compared_by", lang),
        "lines": [split_label(line) for line in label_lines(result, lang)],
        "forest": forest(result, lang, result.way_title),
        "scatters": _scatters(result, lang),
        "learning": learning_view(result, lang),
        "trust": reliabilities(result, lang),
        "ways": way_table(result, lang),
        "names": name_table(result, lang),
    }
    return templates().get_template("labels.html").render(context)


def _scatters(result: LabelResult, lang: str) -> list[tuple[Scatter, Any]]:
    latency = {way.way: way.cost.latency_p50_s for way in result.ways}
    is_single = all(seconds is not None for seconds in latency.values())
    seconds = {way.way: latency[way.way] if is_single else way.cost.answer_s for way in result.ways}
    volume = int(result.settings.get("volume", VOLUME))
    hours = {way.way: total_cost(way.cost, volume) / 3600 for way in result.ways}
    w = partial(label_word, lang=lang)
    time_title = w("costs.latency" if is_single else "costs.batched")
    hours_title = w("costs.hours", volume=figures.count(volume))
    made = [
        _scatter(result, w("costs.against_latency"), time_title, seconds, lang),
        _scatter(result, w("costs.against_cost"), hours_title, hours, lang),
    ]
    return drawn_scatters({f"costs{number}": one for number, one in enumerate(made)}, lang)


def _scatter(result: LabelResult, title: str, x_title: str, x: dict[str, Any], lang: str) -> Scatter:
    points = tuple(_point(way, float(x[way.way]), result, lang) for way in result.ways if way.correct.n)
    y_title = f"{result.say('metric', lang)} (%)" if result.decides == "f1" else ""
    return Scatter(title, x_title, points, y_title)


def _point(way: WaySummary, x: float, result: LabelResult, lang: str) -> Point:
    score = way.f1 if result.decides == "f1" else way.correct
    name, is_chosen = result.way_title(way.way, lang), way.way == result.verdict.cell
    return Point(way.way, name, x, score.value, score.low, score.high, is_chosen, way.colour, way.shape)
