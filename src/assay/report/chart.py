"""A Vega-Lite chart as SVG text that follows the page's theme. Knows no result.

The charts are written down as Vega-Lite has them, plain values: https://vega.github.io/vega-lite/docs/.
"""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

__all__ = ["LEAST_POINTS", "Spec", "quantity", "render_svg"]

Spec = dict[str, Any]
LEAST_POINTS = 2  # what has fewer is no picture: the table beside it says it

_STYLE: Spec = {  # CSS variables, which the browser resolves for light, dark and print
    "background": "transparent",
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "gridColor": "var(--line)",
        "domainColor": "var(--muted)",
        "tickColor": "var(--muted)",
        "labelColor": "var(--muted)",
        "titleColor": "var(--ink)",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 4,
        "titlePadding": 8,
        "tickSize": 4,
    },
}
_NAMESPACES = re.compile(r' xmlns(?::xlink)?="[^"]*"')
_LABELS = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_SIZE = re.compile(r'^<svg([^>]*?) width="[\d.]+" height="[\d.]+"')
_IDS = re.compile(r'(id="|url\(#)([^")]+)')
_FONT = re.compile(r' font-family="[^"]*"')


def quantity(field: str, **said: Any) -> Spec:
    """How a field of numbers is shown: what else is `said` of its scale and axis, where something is."""
    return {"field": field, "type": "quantitative", **said}


def render_svg(layers: Sequence[Spec], size: tuple[int, int], prefix: str, label: str) -> Markup:
    """The layers as one <svg> for a page: scales with its box, one text alternative, ids that no other chart uses.

    `size` is the width and the height in pixels, axes apart; `label` says what the picture shows. The values belong in
    a table beside it: screen readers skip the marks.
    """
    chart = {"layer": layers, "width": size[0], "height": size[1], "config": _STYLE}
    svg = _IDS.sub(lambda found: f"{found[1]}{prefix}-{found[2]}", _drawn(json.dumps(chart)))
    head = Markup('<svg role="img" aria-label="{}"').format(label)
    return head + Markup(svg.removeprefix("<svg"))


@lru_cache(maxsize=128)  # a page is rendered again and again, and its charts are the slowest of it
def _drawn(chart: str) -> str:
    import vl_convert

    svg = str(vl_convert.vegalite_to_svg(chart))
    svg = _LABELS.sub("", _FONT.sub("", _NAMESPACES.sub("", svg)))
    return _SIZE.sub(r"<svg\1", svg, count=1)
