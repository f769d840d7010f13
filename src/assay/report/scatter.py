"""A scatter plot of quality against another measure, as SVG. Knows no HTML."""

import math
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from assay.report.chart import LEAST_POINTS, Spec, quantity, render_svg
from assay.report.cost_view import Point, Scatter
from assay.report.label_places import Box, place_labels
from assay.words.page_words import word

__all__ = ["drawn_scatters", "render_scatter"]

_WIDTH, _HEIGHT = 310, 240
_LOG_FROM = 10.0  # times between the smallest and the largest value


def render_scatter(scatter: Scatter, prefix: str, lang: str) -> Markup:
    """The plot; empty with fewer than two points. Logarithmic when the values differ by more than ten times."""
    if len(scatter.points) < LEAST_POINTS:
        return Markup("")
    is_log = _is_log(scatter.points)
    domain = _domain(scatter.points, is_log)
    top = _top(scatter.points)
    rows = _rows(scatter.points, domain, top, is_log)
    x_title = f"{scatter.x_title} ({word('costs.log', lang)})" if is_log else scatter.x_title
    layers = _layers(
        rows, _x_axis(domain, is_log, x_title), _y_axis(top, scatter.y_title or word("costs.quality", lang))
    )
    return render_svg(layers, (_WIDTH, _HEIGHT), prefix, f"{scatter.title}. {x_title}.")


def drawn_scatters(scatters: Mapping[str, Scatter], lang: str) -> list[tuple[Scatter, Markup]]:
    """The plots that show something, by the prefix of their ids; what has fewer than two points is left out."""
    drawn = [(one, render_scatter(one, prefix, lang)) for prefix, one in scatters.items()]
    return [(one, svg) for one, svg in drawn if svg]


def _layers(rows: list[dict[str, Any]], x: Spec, low: Spec) -> list[Spec]:
    data, share = {"values": rows}, quantity("share")
    colour = {"field": "colour", "type": "nominal", "scale": None}
    spans = {
        "data": data,
        "mark": {"type": "rule", "strokeWidth": 1.5, "opacity": 0.6},
        "encoding": {"x": x, "y": low, "y2": {"field": "high"}, "color": colour},
    }
    rings = {
        "data": data,
        "transform": [{"filter": "datum.ring"}],
        "mark": {"type": "point", "size": 340, "stroke": "var(--ink)", "strokeWidth": 1.5, "opacity": 1},
        "encoding": {"x": x, "y": share},
    }
    shape = {"field": "shape", "type": "nominal", "scale": None}
    dots = {
        "data": data,
        "mark": {"type": "point", "filled": True, "size": 95, "opacity": 1},
        "encoding": {"x": x, "y": share, "color": colour, "shape": shape},
    }
    return [*(_leader(row) for row in rows if row["leader"]), spans, rings, dots, *(_text(row, x) for row in rows)]


def _leader(row: dict[str, Any]) -> Spec:
    """A line from the point to its label, where that stands further away."""
    return {
        "data": {"values": [row]},
        "mark": {"type": "rule", "stroke": "var(--muted)", "strokeWidth": 1, "strokeDash": [2, 2]},
        "encoding": {end: {"value": place} for end, place in row["leader"].items()},
    }


def _text(row: dict[str, Any], x: Spec) -> Spec:
    """The name of a point, where its place was found."""
    weight = 500 if row["ring"] else 400
    place = {"dx": row["dx"], "dy": row["dy"], "align": row["align"]}
    return {
        "data": {"values": [row]},
        "mark": {"type": "text", **place, "fontSize": 12, "fill": "var(--ink)", "fontWeight": weight},
        "encoding": {"x": x, "y": quantity("share"), "text": {"field": "name", "type": "nominal"}},
    }


def _x_axis(domain: tuple[float, float], is_log: bool, title: str) -> Spec:
    axis: Spec = {
        "title": title,
        "tickCount": 5,
        "format": "~r" if is_log else "~g",
        "labelOverlap": True,
        "grid": True,
    }
    if is_log:
        axis["values"] = _log_ticks(domain)
    return quantity("x", scale={"type": "log" if is_log else "linear", "domain": domain, "nice": False}, axis=axis)


def _y_axis(top: float, title: str) -> Spec:
    axis = {"title": title, "labelExpr": "round(datum.value * 100)", "tickCount": 5}
    return quantity("low", scale={"domain": [0, top], "nice": False}, axis=axis)


def _rows(points: tuple[Point, ...], domain: tuple[float, float], top: float, is_log: bool) -> list[dict[str, Any]]:
    order = sorted(points, key=lambda point: not point.is_recommended)
    pixels = [(_pixel(point.x, domain, is_log), (1 - point.share / top) * _HEIGHT) for point in order]
    whiskers = [_whisker(point, x, top) for point, (x, _) in zip(order, pixels, strict=True)]
    spots = place_labels(pixels, [point.name for point in order], _WIDTH, _HEIGHT, obstacles=whiskers)
    rows = []
    for point, spot, (x, y) in zip(order, spots, pixels, strict=True):
        rows.append(
            {
                "x": point.x,
                "share": point.share,
                "name": point.name,
                "ring": point.is_recommended,
                "low": point.share if point.low is None else point.low,
                "high": point.share if point.high is None else point.high,
                "shape": point.shape,
                "colour": f"var(--{point.colour})",
                "dx": spot.dx,
                "dy": spot.dy,
                "align": spot.align,
                "leader": {"x": x, "y": y, "x2": spot.leader[0], "y2": spot.leader[1]} if spot.leader else {},
            }
        )
    return rows


def _whisker(point: Point, x: float, top: float) -> Box:
    low, high = (point.share if bound is None else bound for bound in (point.low, point.high))
    return Box(x - 1.5, (1 - high / top) * _HEIGHT, x + 1.5, (1 - low / top) * _HEIGHT)


def _is_log(points: tuple[Point, ...]) -> bool:
    smallest = min(point.x for point in points)
    return smallest > 0 and max(point.x for point in points) > _LOG_FROM * smallest


def _domain(points: tuple[Point, ...], is_log: bool) -> tuple[float, float]:
    smallest, largest = min(point.x for point in points), max(point.x for point in points)
    if is_log:
        return smallest / 1.6, largest * 1.6
    return 0.0, (largest or 1.0) * 1.12


def _top(points: tuple[Point, ...]) -> float:
    """The end of the quality axis: the next ten points above everything, at most 100."""
    largest = max(max(point.share, point.high or 0.0) for point in points)
    return min(max(math.ceil(largest * 10 + 0.2) / 10, 0.2), 1.0)


def _pixel(x: float, domain: tuple[float, float], is_log: bool) -> float:
    low, high = (math.log(edge) for edge in domain) if is_log else domain
    return ((math.log(x) if is_log else x) - low) / (high - low) * _WIDTH


def _log_ticks(domain: tuple[float, float]) -> list[float]:
    """1, 2 and 5 times the powers of ten inside the domain."""
    powers = range(math.floor(math.log10(domain[0])), math.ceil(math.log10(domain[1])) + 1)
    ticks = [round(factor * 10.0**power, 12) for power in powers for factor in (1, 2, 5)]
    return [tick for tick in ticks if domain[0] <= tick <= domain[1]]
