import pytest

from assay.bench.parts import Parts
from assay.errors import InputError
from assay.grid.cell import Cell, all_cells, parse_cell, parse_cells
from assay.grid.column import Column
from assay.grid.naming import name_cell
from assay.grid.row import Row
from assay.studies.grid.shown_grid import show_grid

PARTS = Parts()


def _names(names: str | None) -> list[str]:
    return [str(cell) for cell in parse_cells(names, PARTS)]


def _shown(names: str) -> list[str]:
    return [column.name for column in show_grid(parse_cells(names, PARTS), PARTS)["columns"]]


def test_nine_cells_unless_others_are_named() -> None:
    assert parse_cells(None, PARTS) == all_cells(PARTS)
    assert len(all_cells(PARTS)) == 9
    assert not any("adaptive" in str(cell) for cell in all_cells(PARTS))


def test_a_row_alone_stands_for_its_cells() -> None:
    assert _names("adaptive, none/zero-shot") == [
        "none/zero-shot",
        "adaptive/zero-shot",
        "adaptive/few-shot",
        "adaptive/tuned",
    ]


def test_a_column_alone_stands_for_its_cells() -> None:
    assert _names("tuned-dora") == ["none/tuned-dora", "retrieved/tuned-dora", "oracle/tuned-dora"]


def test_other_ways_of_tuning_are_columns_when_named() -> None:
    named = "retrieved/tuned-dora,none/tuned,retrieved/tuned"
    assert _names(named) == ["none/tuned", "retrieved/tuned", "retrieved/tuned-dora"]
    assert _shown("none/zero-shot") == ["zero-shot", "few-shot", "tuned"]
    assert _shown(named) == ["zero-shot", "few-shot", "tuned", "tuned-dora"]
    row = PARTS.of(Row)["none"]
    columns = PARTS.of(Column)
    assert [name for name in columns if not Cell(row, columns[name]).is_tuned] == ["zero-shot", "few-shot", "prompted"]
    assert not any("tuned-" in str(cell) for cell in all_cells(PARTS))


def test_an_adaptive_cell_is_made_of_two() -> None:
    adaptive, oracle = parse_cell("adaptive/tuned", PARTS), parse_cell("oracle/tuned", PARTS)
    assert [str(part) for part in adaptive.parts] == ["none/tuned", "retrieved/tuned"]
    assert oracle.parts == (oracle,)
    assert (adaptive.can_be_served, oracle.can_be_served) == (True, False)
    assert (adaptive.searches, oracle.searches) == (True, False)


def test_names_that_are_no_cells() -> None:
    with pytest.raises(InputError, match="none, adaptive, retrieved, oracle"):
        parse_cells("long/zero-shot", PARTS)
    with pytest.raises(InputError, match="no cell named"):
        parse_cells(" , ", PARTS)


@pytest.mark.parametrize(
    ("cell", "english", "chinese"),
    [
        ("none/few-shot", "prompt engineering", "提示工程"),
        ("retrieved/tuned", "hybrid: RAG + fine-tuning", "混合：RAG + 微调"),
        ("retrieved/tuned-full", "hybrid: RAG + fine-tuning (all weights)", "混合：RAG + 微调（全部权重）"),
        ("oracle/few-shot", "right page + examples", "正确页 + 示例"),
    ],
)
def test_cells_are_called_by_people_s_words(cell: str, english: str, chinese: str) -> None:
    assert name_cell(parse_cell(cell, PARTS)) == {"en": english, "zh": chinese}
