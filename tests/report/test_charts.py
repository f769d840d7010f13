import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from assay.report import render_grid_svg
from assay.report.cost_view import Point, Scatter, latency_scatter
from assay.report.curves import training_curves
from assay.report.scatter import render_scatter
from assay.report.theme import Theme, variables
from assay.verdict.result import RunResult

SVG = "{http://www.w3.org/2000/svg}"


def _texts(svg: str) -> list[str]:
    return [
        "".join(element.itertext()) for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")
    ]


def test_scatter_names_every_cell_and_both_axes(result: RunResult) -> None:
    plot = latency_scatter(result, "en")
    texts = _texts(render_scatter(plot, "x", "en"))
    assert {point.name for point in plot.points} <= set(texts)
    assert {plot.x_title, "Right (%)"} <= set(texts)


def test_scatter_follows_the_theme(result: RunResult) -> None:
    svg = str(render_scatter(latency_scatter(result, "en"), "x", "en"))
    assert "var(--ink)" in svg and "var(--accent)" in svg
    assert '"#' not in svg and "http" not in svg


@pytest.mark.parametrize(("largest", "is_log"), [(9.0, False), (11.0, True)])
def test_scatter_is_logarithmic_beyond_ten_times(largest: float, is_log: bool) -> None:
    points = tuple(
        Point(cell, cell, x, 0.5, None, None, False) for cell, x in (("none/tuned", 1.0), ("none/few-shot", largest))
    )
    texts = _texts(render_scatter(Scatter("t", "seconds", points), "x", "en"))
    assert ("seconds (logarithmic scale)" in texts) is is_log


def test_scatter_takes_a_value_of_zero() -> None:
    points = tuple(Point("none/zero-shot", name, 0.0, 0.0, 0.0, 0.0, True) for name in ("base", "examples"))
    assert {"base", "examples"} <= set(_texts(render_scatter(Scatter("t", "seconds", points), "x", "zh")))


def test_two_charts_share_no_id(result: RunResult) -> None:
    plot = latency_scatter(result, "en")
    ids = [
        element.get("id")
        for prefix in ("one", "two")
        for element in ElementTree.fromstring(render_scatter(plot, prefix, "en")).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("n_cells", [0, 1])
def test_fewer_than_two_points_are_no_picture(result: RunResult, n_cells: int) -> None:
    assert render_scatter(latency_scatter(replace(result, cells=result.cells[:n_cells]), "en"), "x", "en") == ""


def test_curves_draw_each_adapter_and_list_its_checks(result: RunResult) -> None:
    curves = training_curves(result, "en")
    assert [curve.name for curve in curves] == [adapter["name"] for adapter in result.training]
    assert all(curve.svg for curve in curves)
    assert len(curves[0].rows) == 6  # sixty steps, a check every ten


def test_curve_without_steps_or_validation(result: RunResult) -> None:
    bare = replace(result, training=[{"name": "a"}, {"name": "b", "curve": [[1, 0.5, None], [2, float("nan"), None]]}])
    empty, short = training_curves(bare, "en")
    assert empty.svg == "" and empty.rows == []
    assert short.svg == "" and short.rows == [("2", "–", "–")]  # one loss is no curve


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_grid_picture_stands_alone(result: RunResult, theme: Theme) -> None:
    svg = render_grid_svg(result, "en", theme)
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert "var(" not in svg and "<script" not in svg and "href" not in svg
    assert variables(theme)["paper"] in svg
    texts = _texts(svg)
    assert {"RAG", "fine-tuning", "ceiling, never shipped", "★ Recommended"} <= set(texts)
    assert all(f"{round(cell.correct.value * 100)}%" in texts for cell in result.cells)


def test_grid_picture_in_chinese_with_cells_left_out(small: RunResult) -> None:
    texts = _texts(render_grid_svg(small, "zh", "light"))
    assert texts.count("未运行") == 7
