"""An Altair chart as SVG text that follows the page's theme. Knows no result."""

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    import altair as alt

__all__ = ["LEAST_POINTS", "render_svg", "style"]

LEAST_POINTS = 2  # what has fewer is no picture: the table beside it says it

_NAMESPACES = re.compile(r' xmlns(?::xlink)?="[^"]*"')
_LABELS = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_SIZE = re.compile(r'^<svg([^>]*?) width="[\d.]+" height="[\d.]+"')
_IDS = re.compile(r'(id="|url\(#)([^")]+)')
_FONT = re.compile(r' font-family="[^"]*"')


def style(chart: "alt.LayerChart") -> "alt.LayerChart":
    """The chart in the page's colours: CSS variables, which the browser resolves for light, dark and print."""
    styled: alt.LayerChart = (
        chart.configure(background="transparent", font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            gridColor="var(--line)",
            domainColor="var(--muted)",
            tickColor="var(--muted)",
            labelColor="var(--muted)",
            titleColor="var(--ink)",
            labelFontSize=12,
            titleFontSize=12,
            titleFontWeight="normal",
            labelPadding=4,
            titlePadding=8,
            tickSize=4,
        )
    )
    return styled


def render_svg(chart: "alt.LayerChart", prefix: str, label: str) -> Markup:
    """The chart as one <svg> for a page: scales with its box, one text alternative, ids that no other chart uses.

    `label` says what the picture shows. The values belong in a table beside it: screen readers skip the marks.
    """
    import vl_convert

    svg = str(vl_convert.vegalite_to_svg(chart.to_dict()))
    svg = _LABELS.sub("", _FONT.sub("", _NAMESPACES.sub("", svg)))
    svg = _IDS.sub(lambda found: f"{found[1]}{prefix}-{found[2]}", svg)
    svg = _SIZE.sub(r"<svg\1", svg, count=1)
    head = Markup('<svg role="img" aria-label="{}"').format(label)
    return head + Markup(svg.removeprefix("<svg"))
