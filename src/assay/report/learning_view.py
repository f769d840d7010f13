"""What each way scored by the number of texts it learnt from: lines, a table and a picture as SVG. Knows no HTML."""

import math
from dataclasses import dataclass

from markupsafe import Markup

from assay.report.chart import Spec, quantity, render_svg
from assay.report.cost_view import SIGNS
from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.verdict.label_result import LabelResult, LearningCurve, WaySummary
from assay.words import figures, message, spoken
from assay.words.page_words import label_word

__all__ = ["LearningView", "learning_line", "learning_view"]

_SIZE = (420, 240)
_DASHES = ([1, 0], [5, 3], [2, 2], [8, 3, 2, 3])
_BESIDE = 1.15  # how far the axis goes beyond the fewest and the most texts


@dataclass(frozen=True)
class LearningView:
    """The picture and its values."""

    svg: Markup
    legend: list[tuple[str, str, str]]  # colour by its name in the theme, sign and title of each way
    table: FigureTable


def learning_line(result: LabelResult, lang: str) -> list[str]:
    """What more texts would bring the advised way, or the best of those that have a curve, or why that is not told.

    Nothing where no curve was to be drawn.
    """
    curve = max(result.learning, key=lambda one: (one.way == result.verdict.cell, _last(one)), default=None)
    if curve is None:
        return [_no_curve(result, lang)] if result.no_curve else []
    told = {"way": result.way_title(curve.way, lang), "more": figures.count(curve.more)}
    shown = figures.points_interval(curve.gain, lang)
    if not _is_shown(curve):
        return [message("label.more_texts_unclear", lang, **told, interval=shown)]
    if curve.few_a_name:
        return [message("label.more_texts_least", lang, **told, points=figures.points(curve.gain.low, signed=False))]
    points = figures.points(curve.gain.value, signed=False)
    return [message("label.more_texts", lang, **told, points=points, interval=shown)]


def learning_view(result: LabelResult, lang: str) -> LearningView | None:
    """None without curves."""
    if not result.learning:
        return None
    legend = [
        (way.colour, SIGNS.get(way.shape, "✚"), result.way_title(way.way, lang))
        for way in (_way(curve, result) for curve in result.learning)
    ]
    return LearningView(_chart(result, lang), legend, _table(result, lang))


def _no_curve(result: LabelResult, lang: str) -> str:
    """Why it is not told, of the advised way or else of the first."""
    way = next((way for way in result.no_curve if way == result.verdict.cell), next(iter(result.no_curve)))
    reason = spoken(result.no_curve[way], lang)
    return message("label.more_texts_untold", lang, way=result.way_title(way, lang), reason=reason)


def _last(curve: LearningCurve) -> float:
    return curve.points[-1].score.value


def _table(result: LabelResult, lang: str) -> FigureTable:
    first = result.learning[0]
    sizes = [label_word("learning.n", lang, n=figures.count(point.n)) for point in first.points]
    more = label_word("learning.gain", lang, more=figures.count(first.more))
    head = [label_word("col.way", lang), *sizes, more, label_word("col.interval", lang)]
    rows = [FigureRow(_figures(curve, result, lang), curve.way == result.verdict.cell) for curve in result.learning]
    return figure_table(label_word("learning.title", lang), head, rows)


def _figures(curve: LearningCurve, result: LabelResult, lang: str) -> list[str]:
    scores = [f"{figures.percent(one.score.value)} ({figures.interval(one.score, lang)})" for one in curve.points]
    return [result.way_title(curve.way, lang), *scores, *_gain(curve, lang)]


def _gain(curve: LearningCurve, lang: str) -> tuple[str, str]:
    """How much, and the interval of that."""
    interval = figures.points_interval(curve.gain, lang)
    if not _is_shown(curve):
        return label_word("learning.unclear", lang), interval
    if curve.few_a_name:
        return label_word("learning.least", lang, points=figures.points(curve.gain.low)), ""
    return figures.difference(curve.gain.value, lang), interval


def _is_shown(curve: LearningCurve) -> bool:
    """Whether there is a gain with the whole interval, as it is rounded for people."""
    return curve.gain.low is not None and round(100 * curve.gain.low) > 0


def _chart(result: LabelResult, lang: str) -> Markup:
    sizes = [point.n for point in result.learning[0].points]
    ends = [min(sizes) / _BESIDE, max(sizes) * _BESIDE]
    x = quantity(
        "n",
        scale={"type": "log", "domain": ends, "nice": False},
        axis={"title": label_word("learning.x", lang), "values": sizes, "format": ",d", "grid": False},
    )
    metric = result.say("metric" if result.decides == "f1" else "right", lang)
    axis = {"title": f"{metric} (%)", "labelExpr": "round(datum.value * 100)", "tickCount": 5}
    scale = {"domain": list(_shares(result)), "nice": False, "zero": False}
    y = {field: quantity(field, scale=scale, axis=axis) for field in ("share", "low")}
    layers = [layer for number, curve in enumerate(result.learning) for layer in _line(curve, number, result, x, y)]
    return render_svg(layers, _SIZE, "learning", label_word("learning.title", lang))


def _shares(result: LabelResult) -> tuple[float, float]:
    """The ends of the axis of scores, whole tens of points around all intervals."""
    scores = [point.score for curve in result.learning for point in curve.points]
    ends = [end for score in scores for end in (score.value, score.low, score.high) if end is not None]
    low, high = math.floor(10 * min(ends)) / 10, math.ceil(10 * max(ends)) / 10
    return max(low, 0.0), min(max(high, low + 0.1), 1.0)


def _line(curve: LearningCurve, number: int, result: LabelResult, x: Spec, y: dict[str, Spec]) -> list[Spec]:
    """The scores with their intervals; lines of the same colour differ by their dashes, points by their shape."""
    way = _way(curve, result)
    rows = [
        {"n": one.n, "share": one.score.value, "low": one.score.low, "high": one.score.high} for one in curve.points
    ]
    told, data, colour = [row for row in rows if row["low"] is not None], {"values": rows}, f"var(--{way.colour})"
    dash = _DASHES[number % len(_DASHES)]
    return [
        {
            "data": {"values": told},
            "mark": {"type": "rule", "stroke": colour, "strokeWidth": 1.5, "opacity": 0.6},
            "encoding": {"x": x, "y": y["low"], "y2": {"field": "high"}},
        },
        {
            "data": data,
            "mark": {"type": "line", "stroke": colour, "strokeWidth": 1.5, "strokeDash": dash},
            "encoding": {"x": x, "y": y["share"]},
        },
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "fill": colour, "shape": way.shape},
            "encoding": {"x": x, "y": y["share"]},
        },
    ]


def _way(curve: LearningCurve, result: LabelResult) -> WaySummary:
    return next(one for one in result.ways if one.way == curve.way)
