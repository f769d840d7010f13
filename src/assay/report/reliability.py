"""Probabilities against shares of right answers, as SVG. Knows no HTML."""

from dataclasses import dataclass

from markupsafe import Markup

from assay.report.chart import LEAST_POINTS, quantity, render_svg
from assay.verdict.label_result import LabelResult
from assay.words import figures
from assay.words.page_words import word

__all__ = ["Reliability", "reliabilities"]

_SIZE = 200


@dataclass(frozen=True)
class Reliability:
    """One way's picture (empty with a single bin), its error, and its bins: probability given, share right, texts."""

    name: str
    error: str
    svg: Markup
    rows: list[tuple[str, str, str]]


def reliabilities(result: LabelResult, lang: str) -> list[Reliability]:
    """One entry for each way that tells probabilities, in order."""
    made = []
    for number, way in enumerate(result.ways):
        if way.calibration is None:
            continue
        name = result.way_title(way.way, lang)
        bins = way.calibration.bins
        points = [{"x": 100 * one.confidence, "y": 100 * one.right, "n": one.n} for one in bins]
        label = word("labels.trust.chart", lang, way=name)
        svg = _picture(points, f"trust{number}", label, lang) if len(bins) >= LEAST_POINTS else Markup("")
        rows = [(figures.percent(one.confidence), figures.percent(one.right), figures.count(one.n)) for one in bins]
        made.append(Reliability(name, figures.difference(way.calibration.error, lang, signed=False), svg, rows))
    return made


def _picture(points: list[dict[str, float]], prefix: str, label: str, lang: str) -> Markup:
    scale = {"domain": [0, 100]}
    x = quantity("x", scale=scale, axis={"title": word("labels.trust.said", lang), "tickCount": 5})
    y = quantity("y", scale=scale, axis={"title": word("labels.trust.right", lang), "tickCount": 5})
    ideal = {
        "data": {"values": [{"x": 0, "y": 0}, {"x": 100, "y": 100}]},
        "mark": {"type": "line", "stroke": "var(--muted)", "strokeDash": [4, 4], "strokeWidth": 1},
        "encoding": {"x": x, "y": y},
    }
    line = {
        "data": {"values": points},
        "mark": {"type": "line", "stroke": "var(--accent)", "strokeWidth": 1.5},
        "encoding": {"x": x, "y": y},
    }
    dots = {
        "data": {"values": points},
        "mark": {"type": "circle", "color": "var(--accent)", "opacity": 0.85},
        "encoding": {"x": x, "y": y, "size": quantity("n", scale={"range": [25, 350]}, legend=None)},
    }
    return render_svg([ideal, line, dots], (_SIZE, _SIZE), prefix, label)
