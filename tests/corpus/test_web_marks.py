"""What a web page's tags say beside its words: cells over several rows, numbers of lists, words of drawings."""

from pathlib import Path

import pytest

from assay.corpus import build_corpus
from assay.corpus.web_lists import spell_list_numbers
from assay.corpus.web_tables import fill_spans


def lines(tmp_path: Path, body: str) -> list[str]:
    (tmp_path / "a.html").write_text(f"<html><body>{body}<p>End.</p></body></html>", "utf-8")
    text = build_corpus(tmp_path).documents[0].pages[0].text
    found = (" ".join(line.strip().strip("|").split()) for line in text.splitlines())
    return [line for line in found if line and not set(line) <= set("| -")]


def test_what_covers_a_cell_is_said_in_it(tmp_path: Path) -> None:
    table = (
        "<table><tr><td colspan=3>Allowances of 2024<tr><th rowspan=2>Grade<th colspan=2>Euros"
        '<tr><th>Day<th>Night<tr><td rowspan="2">A</td><td>10</td><td>15</td></tr><tr><td>11<td>16</table>'
    )
    read = "\n".join(lines(tmp_path, table))
    for row in ("Grade | Euros | Euros", "Grade | Day | Night", "A | 10 | 15", "A | 11 | 16"):
        assert row in read
    assert read.count("Allowances of 2024") == 1


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td>a<td rowspan=0>b<tr><td>c<tr><td>d", ["a b", "c b", "d b"]),  # down to the end
        ("<tr><td rowspan=2>a<td>b<td rowspan=2>c<tr><td>d", ["a b c", "a d c"]),
        ("<tr><td rowspan=3 colspan=2>a<td>b<tr><td>c<tr><td>d", ["a a b", "a a c", "a a d"]),
        ("<tr><td colspan=x>a<td rowspan=-1>b<tr><td>c", ["a b", "c"]),
    ],
)
def test_cells_stand_below_their_heads(table: str, rows: list[str]) -> None:
    filled = fill_spans(f"<table>{table}</table>")
    found = [" ".join(row.replace("<td>", " ").replace("</td>", "").split()) for row in filled.split("<tr>")[1:]]
    assert [row.removesuffix("</table>").strip() for row in found] == rows


def test_a_table_of_absurd_spans_stays_as_it_is() -> None:
    table = "<table>" + "<tr><td colspan=1000 rowspan=1000>x" * 200 + "</table>"
    assert fill_spans(table) == table


@pytest.mark.parametrize(
    ("listed", "read"),
    [
        ("<ol type=a start=3><li>x<li>y</ol>", ["c. x", "d. y"]),
        ('<ol type="I"><li><p>x</p><li>y<ol type=i><li>z</ol></ol>', ["I. x", "II. y", "i. z"]),
        ("<ol reversed><li>x<li>y<li>z</ol>", ["3. x", "2. y", "1. z"]),
        ("<ol><li value=7>x<li>y</ol>", ["7. x", "8. y"]),
        ('<ol style="list-style-type: upper-alpha"><li>x</ol>', ["A. x"]),
        ("<ol start=4><li>x<li>y</ol>", ["4. x", "5. y"]),
        ("<ol start=0 reversed><li>x<li>y</ol>", ["0. x", "-1. y"]),
    ],
)
def test_items_have_the_numbers_that_are_shown(tmp_path: Path, listed: str, read: list[str]) -> None:
    assert lines(tmp_path, listed)[: len(read)] == read


def test_lists_that_are_counted_as_usual_are_left_to_the_parser() -> None:
    usual = "<ol><li>x</li><li>y<ul><li>z</ul></li></ol>"
    assert spell_list_numbers(usual) == usual
    assert usual in spell_list_numbers(f"<ol type=a><li>q</ol>{usual}")


def test_the_words_of_a_drawing_and_of_a_picture_stand_apart(tmp_path: Path) -> None:
    read = lines(
        tmp_path, '<svg><title>icon</title><text x=1>Sales <tspan>2023</tspan></text></svg><img alt="Plan"><b>B</b>'
    )
    assert read[0] == "Sales 2023"
    assert read[1].startswith("![Plan](<>) ")
