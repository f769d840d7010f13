"""The check of the pages sees what it is there for: each fault, planted alone, is named; a sound page has none."""

from pathlib import Path
from typing import Any

import pytest

from assay.report.figure_table import FigureRow, figure_table
from assay.report.page import templates

_SOUND = '<section id="a"><table><tr><th>Time</th><td>0.79 s</td></tr></table></section>'
_FAULTS = {
    "the page is": '<div style="width:5000px">wide</div>',
    "wider than its box": '<table style="width:50px;table-layout:fixed"><tr><td>unbreakable</td></tr></table>',
    'label over "two"': '<figure><svg width="90"><text y="12">one</text><text x="4" y="12">two</text></svg></figure>',
    "label outside its picture": '<figure><svg width="90"><text x="80" y="12">label</text></svg></figure>',
    "letters of 8.0 pixels": '<p style="font-size:8px">small</p>',
    "contrast 1.": '<p style="color:#ddd">pale</p>',
    "no digit before the point": "<table><tr><td>.79 s</td></tr></table>",
}


def _open(browser: Any, path: Path, body: str, style: str = "") -> None:
    head = f'<meta charset="utf-8"><style>body {{ margin: 8px; font-size: 16px }} {style}</style>'
    path.write_text(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    browser.open(path)


def test_a_sound_page_has_no_fault(browser: Any, tmp_path: Path) -> None:
    _open(browser, tmp_path / "sound.html", _SOUND)
    browser.check_page(tmp_path / "sound.html")


@pytest.mark.parametrize("fault", _FAULTS)
def test_each_fault_is_named(browser: Any, tmp_path: Path, fault: str) -> None:
    _open(browser, tmp_path / "fault.html", _SOUND + _FAULTS[fault])
    with pytest.raises(AssertionError, match=fault):
        browser.check_page(tmp_path / "fault.html")


def test_columns_in_which_nobody_has_anything_are_left_out() -> None:
    table = figure_table("t", ["Cell", "Right", "Money"], [FigureRow(["a", "–", "–"]), FigureRow(["b", "5%", "–"])])
    assert (table.head, [row.cells for row in table.rows]) == (["Cell", "Right"], [["a", "–"], ["b", "5%"]])


def test_a_table_becomes_cards_where_it_lacks_room(browser: Any, tmp_path: Path) -> None:
    head = ["Cell", *(f"Figure {i}" for i in range(11))]
    table = figure_table("t", head, [FigureRow(["a", *map(str, range(11))]), FigureRow(["b", *map(str, range(11))])])
    sheet = templates().get_template("sheet.html").module.sheet(table)
    css = templates().get_template("style.css").render(fonts="sans-serif")
    _open(browser, tmp_path / "table.html", f'<main style="width:100%">{sheet}</main>', css)
    rows = []
    for width in (1280, 360):
        browser.show(width)
        rows.append(
            browser.evaluate(
                "new Set([...document.querySelectorAll('tbody tr:first-child td')].map(td => td.offsetTop)).size"
            )
        )
    assert rows[0] == 1 and rows[1] > 3
    shown = "getComputedStyle(document.querySelector('tbody td'), '::before').content"
    assert browser.evaluate(shown) == '"Figure 0"'
