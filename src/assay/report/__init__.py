"""From a result to pages, pictures and lines, in any language that has a catalogue.

Knows results as plain values, and layout. Computes no figure, and asks neither parts nor models: what it shows is in
the result, so that it can be rendered when what made it is gone.
"""

from assay.report.grid_svg import render_grid_svg
from assay.report.page import render_report

__all__ = ["render_grid_svg", "render_report"]
