"""The report of a run as one HTML page, and the grid as a picture."""

from assay.report.grid_svg import render_grid_svg
from assay.report.page import render_report

__all__ = ["render_grid_svg", "render_report"]
