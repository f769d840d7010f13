"""The loss of one adapter's training by step, as SVG. Knows no HTML."""

import math
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assay.report.chart import LEAST_POINTS, Spec, quantity, render_svg
from assay.training.notes import training_notes
from assay.verdict.result import RunResult
from assay.words import figures
from assay.words.page_words import word

__all__ = ["Curve", "training_curves"]

_WIDTH, _HEIGHT = 310, 190
_MOST_POINTS = 400  # more do not show in a picture of this width


@dataclass(frozen=True)
class Curve:
    """One adapter's training: what was done, the picture (empty with fewer than two steps) and the last values."""

    name: str
    meta: str
    svg: Markup
    notes: list[str]
    rows: list[tuple[str, str, str]]  # step, training loss, validation loss: the picture as a table


def training_curves(result: RunResult, lang: str) -> list[Curve]:
    """One entry for each adapter, in order."""
    return [_curve(i, adapter, lang) for i, adapter in enumerate(result.training)]


def _curve(i: int, adapter: dict[str, Any], lang: str) -> Curve:
    name = str(adapter.get("name", i + 1))
    points = [_loss_point(point) for point in adapter.get("curve", [])]
    meta = word(
        "training.meta",
        lang,
        examples=figures.count(adapter.get("n_examples")),
        epochs=figures.decimal(adapter.get("epochs"), 0),
        seconds=figures.duration(adapter.get("seconds"), lang),
        rate=figures.rate(adapter.get("learning_rate")),
        seed=figures.count(adapter.get("seed")),
    )
    label = word("training.curve", lang, name=name)
    drawn = len([point for point in points if point[1] is not None]) >= LEAST_POINTS
    svg = _picture(_thin(points), f"curve{i}", label, lang) if drawn else Markup("")
    checked = [point for point in points if point[2] is not None] or points[-1:]
    rows = [
        (figures.count(step), figures.decimal(train), figures.decimal(held_out)) for step, train, held_out in checked
    ]
    return Curve(name, meta, svg, training_notes(adapter, lang), rows)


def _loss_point(point: list[Any]) -> tuple[float, float | None, float | None]:
    step, train, held_out = ([*point, None, None])[:3]
    return float(step), _finite(train), _finite(held_out)


def _finite(value: Any) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _thin(points: list[tuple[float, float | None, float | None]]) -> list[tuple[float, float | None, float | None]]:
    """Every k-th point, and each one with a validation loss."""
    every = math.ceil(len(points) / _MOST_POINTS)
    return [point for i, point in enumerate(points) if i % every == 0 or point[2] is not None]


def _picture(points: list[tuple[float, float | None, float | None]], prefix: str, label: str, lang: str) -> Markup:
    train = [{"step": step, "loss": loss} for step, loss, _ in points if loss is not None]
    held_out = [{"step": step, "loss": loss} for step, _, loss in points if loss is not None]
    axis = {"title": word("training.step", lang), "grid": False, "tickCount": 5}
    x = quantity("step", axis=axis, scale={"zero": False})
    y = quantity("loss", axis={"title": word("training.loss", lang), "tickCount": 5}, scale={"zero": True})
    line: Spec = {"type": "line", "stroke": "var(--base)", "strokeWidth": 1.5}
    checks: Spec = {
        "type": "line",
        "stroke": "var(--accent)",
        "strokeWidth": 2,
        "strokeDash": [5, 3],
        "point": {"fill": "var(--accent)", "size": 36},
    }
    layers = [
        {"data": {"values": values}, "mark": mark, "encoding": {"x": x, "y": y}}
        for values, mark in ((train, line), (held_out, checks))
    ]
    return render_svg(layers, (_WIDTH, _HEIGHT), prefix, label)
