from dataclasses import replace
from functools import partial

import pytest

from assay.report.cause_view import cause_rows
from assay.report.cost_view import cost_scatter, cost_table, latency_scatter, volume
from assay.report.difference_view import forest
from assay.report.forgetting_view import adapter_shifts
from assay.report.gap_view import waterfall_bars
from assay.report.grid_view import cell_name, grid_rows
from assay.report.passage_view import mark_quotes, passage_entries, passage_refs
from assay.report.question_view import question_entries
from assay.report.record import record_rows
from assay.statistics.estimate import Estimate
from assay.verdict.result import Comparison, RunResult, WaterfallStep


def _step(name: str, value: float) -> WaterfallStep:
    return WaterfallStep(name, value, Estimate(value, None, None, 100, 10))


def test_grid_has_nine_fields_and_marks_the_verdicts(result: RunResult) -> None:
    fields = [cell for row in grid_rows(result, "en") for cell in row.cells]
    assert [cell.slot for cell in fields] == list(range(9))
    assert [cell.name for cell in fields if cell.mark] == [result.verdict.cell]
    assert [row.is_ceiling for row in grid_rows(result, "en")] == [False, False, True]


def test_grid_says_why_a_cell_was_left_out(small: RunResult) -> None:
    fields = {cell.name: cell for row in grid_rows(small, "en") for cell in row.cells}
    assert fields["retrieved/tuned"].note == "the endpoint cannot be tuned"
    assert fields["retrieved/tuned"].footnote == 2  # after none/tuned, the grid's order
    assert fields["oracle/tuned"].footnote is None


def test_waterfall_bars_hang_together(result: RunResult) -> None:
    # by hand: 5 + 30 + 20 - 10 + 55 = 100; the fourth bar goes back from 55 to 45
    values = {"base": 0.05, "reading": 0.30, "retrieval": 0.20, "behaviour": -0.10, "capability": 0.55}
    steps = [_step(name, value) for name, value in values.items()]
    bars = waterfall_bars(replace(result, diagnosis=replace(result.diagnosis, waterfall=steps)), "en")
    assert [(round(bar.left), round(bar.width)) for bar in bars] == [
        (0, 5),
        (5, 30),
        (35, 20),
        (45, 10),
        (45, 55),
        (0, 100),
    ]
    assert [bar.value for bar in bars] == ["5%", "+30 points", "+20 points", "−10 points", "+55 points", "100%"]
    assert [bar.is_negative for bar in bars] == [False, False, False, True, False, False]


def test_capability_says_when_nothing_was_tuned(result: RunResult) -> None:
    steps = [_step("base", 0.1), _step("reading", 0.2), _step("retrieval", 0.3), _step("capability", 0.4)]
    bars = waterfall_bars(replace(result, diagnosis=replace(result.diagnosis, waterfall=steps)), "en")
    assert "Nothing was tuned" in bars[3].why


def test_causes_count_what_is_not_right(result: RunResult) -> None:
    wrong = sum(cause != "right" for cause in result.diagnosis.cause.values())
    assert sum(row.count for row in cause_rows(result, "en")) == wrong


def test_forest_turns_a_comparison_so_that_the_recommended_cell_stands_first(result: RunResult) -> None:
    theirs = Comparison("none/zero-shot", result.verdict.cell, Estimate(-0.2, -0.3, -0.05, 130, 18), 0.01, 0.02)
    (row,) = forest(replace(result, comparisons=[theirs]), "en", partial(cell_name, result)).rows
    assert (row.value, row.interval) == ("+20 points", "+5 to +30")
    assert row.title.startswith(cell_name(result, result.verdict.cell, "en"))
    # the axis reaches from -30 to +30: +20 stands at (20 + 30) / 60 of it, the bounds at 35/60 and 60/60
    assert row.dot == pytest.approx(500 / 6, abs=0.01)
    assert (row.low, row.high) == (pytest.approx(350 / 6, abs=0.01), 100)
    assert row.is_certain


def test_forest_puts_zero_in_the_middle_of_the_band(result: RunResult) -> None:
    plot = forest(result, "en", partial(cell_name, result))
    assert plot.band_left + plot.band_width / 2 == pytest.approx(50, abs=0.01)
    assert (50.0, "0") in plot.ticks
    assert len(plot.rows) == 5 and len(plot.others) == 10


def test_a_difference_without_interval_is_a_lone_dot(small: RunResult) -> None:
    (row,) = forest(small, "en", partial(cell_name, small)).rows
    assert (row.low, row.high, row.p_holm, row.is_certain) == (None, None, "–", False)


def test_costs_add_preparation_and_answers(result: RunResult) -> None:
    cell = result.cells[0]
    cell = replace(cell, cost=replace(cell.cost, prepare_s=1800, answer_s=0.54))
    table = cost_table(replace(result, cells=[cell]), "en")
    # 1800 s + 10,000 x 0.54 s = 7200 s = 2 h
    assert dict(zip(table.head, table.rows[0].cells, strict=True))["Hours for 10,000"] == "2.00"
    assert volume(result) == 10_000


def test_money_is_shown_only_where_every_cell_has_a_price(result: RunResult) -> None:
    priced = replace(
        result, cells=[replace(c, cost=replace(c.cost, money_per_1000=0.5 + i)) for i, c in enumerate(result.cells)]
    )
    first = cost_scatter(priced, "en").points[0]
    # the base model needs no preparation: 10,000 answers at 0.5 a thousand
    assert first.x == pytest.approx(5)
    assert "Money" in cost_scatter(priced, "en").x_title
    assert "Money" not in cost_scatter(result, "en").x_title


def test_latency_falls_back_on_batches(small: RunResult) -> None:
    plot = latency_scatter(small, "en")
    assert [point.x for point in plot.points] == [cell.cost.answer_s for cell in small.cells]
    assert "batched" in plot.x_title


def test_oracle_cells_are_in_no_scatter(result: RunResult) -> None:
    assert len(latency_scatter(result, "en").points) == 6


def test_marks_every_quote_once_whatever_the_line_breaks() -> None:
    text = "Leave is 25\ndays. Notice <b>two</b> weeks. Leave is 25 days."
    marked = mark_quotes(text, {"Leave is 25 days.", "25 days. Notice", ""})
    assert marked == "<mark>Leave is 25\ndays. Notice</mark> &lt;b&gt;two&lt;/b&gt; weeks. Leave is 25 days."


def test_a_quote_that_is_not_there_marks_nothing() -> None:
    assert mark_quotes("a < b", {"c"}) == "a &lt; b"


def test_passage_whose_text_was_not_stored_gets_no_link(result: RunResult) -> None:
    bare = replace(result, passages={})
    refs = passage_refs(bare, "en")
    assert {ref.anchor for ref in refs.values()} == {""}
    assert passage_entries(bare, refs) == []


def test_question_rows_say_once_what_a_whole_row_read(result: RunResult) -> None:
    entry = question_entries(result, passage_refs(result, "en"), "en")[3]
    retrieved = entry.rows[1]
    assert len(retrieved.answers) == 3
    (reading,) = retrieved.readings
    assert reading.who == "" and len(reading.passages) == 3


def test_small_grid_has_one_square_a_cell(result: RunResult) -> None:
    for entry in question_entries(result, passage_refs(result, "en"), "en"):
        squares = [path.count("M") for path in (entry.filled, entry.hollow, entry.dots)]
        assert squares == [entry.outcomes.count(letter) for letter in "10-"]
        assert sum(squares) == 9


def test_record_is_flat() -> None:
    record = {
        "lora": {"rank": 16, "lr": 0.001},
        "files": ["a", "b"],
        "gpu": None,
        "empty": {},
        "started": 1_796_000_000.5,
    }
    assert record_rows(record) == [
        ("lora.rank", "16"),
        ("lora.lr", "0.001"),
        ("files", "a, b"),
        ("gpu", "–"),
        ("empty", "–"),
        ("started", "2026-11-30 00:53 UTC"),
    ]


def test_sentences_are_marked_with_the_numbers_of_their_quotes(result: RunResult) -> None:
    question = question_entries(result, passage_refs(result, "en"), "en")[3]
    (answer,) = [a for row in question.rows for a in row.answers if a.is_recommended]
    assert [piece.mark for piece in answer.pieces] == [1, 0]
    assert "".join(piece.text for piece in answer.pieces) == answer.text
    assert len(answer.quotes) == 1 and answer.has_unsupported
    closed_book = next(a for a in question.rows[0].answers)
    assert [piece.mark for piece in closed_book.pieces] == [None] and not closed_book.has_unsupported


def test_a_loss_is_a_change_below_zero_and_a_gain_one_above(result: RunResult) -> None:
    shift = adapter_shifts(result, "en")[0]
    gain, english, chinese, own, reading = shift.rows
    assert (gain.value, gain.interval) == ("+26 points", "+17 to +35")
    # from 47% to 17%: the line is drawn between the two, whichever comes first
    assert (english.before, english.after, english.value, english.interval) == (
        "47%", "17%", "−30 points", "−42 to −18",
    )  # fmt: skip
    assert (english.left, english.width, english.start, english.end) == (17, 30, 47, 17)
    assert [row.is_certain for row in (gain, english, chinese, own, reading)] == [True, True, False, False, False]
    assert (chinese.note, reading.note) == ("70 probes", "40 probes")
    assert [row.cells[-1] for row in shift.categories.rows] == ["−30 points"] * 4


def test_a_finding_says_what_it_rests_on(result: RunResult) -> None:
    first, second, third, remembered = adapter_shifts(result, "en")[0].remarks
    assert first.startswith("General questions (English): a loss beyond the threshold is shown. 21 went from right")
    assert second.startswith("Your own probes: no more than the threshold was lost")
    assert third.startswith("Passages that contradict what was learnt: the loss is beyond the threshold, but it may be")
    assert "to 20% of these questions; by the base model, which learnt none of it, to 0%" in remembered
