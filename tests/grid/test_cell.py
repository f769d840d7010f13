import pytest

from assay.errors import InputError
from assay.grid.cell import BEHAVIOURS, Cell, all_cells, parse_cells, shown_columns


def test_nine_cells_unless_others_are_named() -> None:
    assert parse_cells(None) == all_cells()
    assert len(all_cells()) == 9
    assert not any(cell.context == "adaptive" for cell in all_cells())


def test_a_context_alone_stands_for_its_row() -> None:
    assert [str(cell) for cell in parse_cells("adaptive, none/zero-shot")] == [
        "none/zero-shot",
        "adaptive/zero-shot",
        "adaptive/few-shot",
        "adaptive/tuned",
    ]


def test_other_ways_of_tuning_are_columns_when_named() -> None:
    named = "retrieved/tuned-dora,none/tuned,retrieved/tuned"
    assert [str(cell) for cell in parse_cells(named)] == ["none/tuned", "retrieved/tuned", "retrieved/tuned-dora"]
    assert shown_columns(["none/zero-shot"]) == ("zero-shot", "few-shot", "tuned")
    assert shown_columns(named.split(",")) == ("zero-shot", "few-shot", "tuned", "tuned-dora")
    assert [name for name in BEHAVIOURS if not Cell("none", name).is_tuned] == ["zero-shot", "few-shot"]
    assert not any(cell.behaviour.startswith("tuned-") for cell in all_cells())


def test_an_adaptive_cell_is_made_of_two() -> None:
    assert [str(part) for part in Cell("adaptive", "tuned").parts] == ["none/tuned", "retrieved/tuned"]
    assert Cell("oracle", "tuned").parts == (Cell("oracle", "tuned"),)
    assert Cell("adaptive", "tuned").can_be_served


def test_names_that_are_no_cells() -> None:
    with pytest.raises(InputError, match="none, adaptive, retrieved, oracle"):
        parse_cells("long/zero-shot")
    with pytest.raises(InputError, match="no cell named"):
        parse_cells(" , ")
