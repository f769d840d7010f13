"""Two runs beside each other: numbers by hand, from a few questions."""

from dataclasses import replace
from typing import Any

import pytest

from assay.errors import InputError
from assay.verdict.comparing import compare_runs
from assay.verdict.differing import Change, differing
from assay.verdict.result import QuestionView, RunResult
from report.sample import sample_result

RAG = "retrieved/zero-shot"


def with_marks(result: RunResult, marks: dict[str, list[bool | None]], **changes: Any) -> RunResult:
    """The first questions of a run with these marks for these cells, and no other cells."""
    questions: list[QuestionView] = []
    for i in range(len(next(iter(marks.values())))):
        cells = [
            replace(answer, correct=marks[answer.cell][i], text=f"{changes.get('run_id')} {answer.cell}")
            for answer in result.questions[i].cells
            if answer.cell in marks
        ]
        questions.append(replace(result.questions[i], cells=cells))
    kept = [cell for cell in result.cells if cell.cell in marks]
    return replace(result, questions=questions, cells=kept, **changes)


@pytest.fixture(scope="module")
def result() -> RunResult:
    return sample_result(40)


def test_each_cell_is_compared_with_itself_in_pairs(result: RunResult) -> None:
    # 40 questions: 10 right in both, 20 turned right, 2 turned wrong, 7 wrong in both, 1 not scored in the second
    first: list[bool | None] = [True] * 10 + [False] * 20 + [True] * 2 + [False] * 7 + [True]
    second: list[bool | None] = [True] * 10 + [True] * 20 + [False] * 2 + [False] * 7 + [None]
    found = compare_runs(with_marks(result, {RAG: first}, run_id="a"), with_marks(result, {RAG: second}, run_id="b"))
    (cell,) = found.cells
    assert (cell.gained, cell.lost, cell.difference.n) == (20, 2, 39)
    assert cell.first.value == pytest.approx(12 / 39) and cell.second.value == pytest.approx(30 / 39)
    assert cell.difference.value == pytest.approx(18 / 39)
    assert cell.difference.low is not None and cell.difference.low > 0 and cell.certain == 1
    assert len(found.turned) == 22
    turned = found.turned[0]
    assert (turned.id, turned.turns[0].first, turned.turns[0].is_gain) == ("q011", f"a {RAG}", True)


def test_turned_around_the_difference_changes_its_sign_and_nothing_else(result: RunResult) -> None:
    runs = (
        with_marks(result, {RAG: [True] * 10 + [False] * 30}, run_id="a"),
        with_marks(result, {RAG: [True] * 20 + [False] * 20}, run_id="b"),
    )
    there, back = compare_runs(*runs).cells[0], compare_runs(*runs[::-1]).cells[0]
    assert there.difference.value == pytest.approx(10 / 40) == -back.difference.value
    assert (there.gained, there.lost) == (back.lost, back.gained) == (10, 0)
    assert there.certain == -back.certain


def test_p_values_pay_for_the_number_of_cells(result: RunResult) -> None:
    better = [True] * 20 + [False] * 20
    worse = [True] * 12 + [False] * 28
    marks = {"none/zero-shot": worse, "none/few-shot": worse, RAG: worse}
    found = compare_runs(with_marks(result, marks, run_id="a"), with_marks(result, marks | {RAG: better}, run_id="b"))
    by_cell = {cell.cell: cell for cell in found.cells}
    assert by_cell[RAG].p is not None and by_cell[RAG].p_holm == pytest.approx(3 * by_cell[RAG].p)  # of three cells
    assert by_cell["none/zero-shot"].certain == 0 and by_cell["none/zero-shot"].difference.value == 0


def test_only_questions_of_the_same_id_and_text_are_compared(result: RunResult) -> None:
    first = with_marks(result, {RAG: [True] * 10}, run_id="a")
    second = with_marks(result, {RAG: [False] * 12}, run_id="b")
    reworded = [replace(second.questions[0], text="Something else?"), *second.questions[1:]]
    marked = [*reworded[:1], replace(reworded[1], answers=["other"]), *reworded[2:]]
    found = compare_runs(first, replace(second, questions=marked))
    assert (found.n_common, found.n_only_first, found.n_only_second, found.n_reworded) == (9, 0, 2, 1)
    assert found.n_other_answers == 1
    assert found.cells[0].lost == 9


def test_what_cannot_be_compared_is_refused_in_one_sentence(result: RunResult) -> None:
    first = with_marks(result, {RAG: [True] * 5}, run_id="a")
    with pytest.raises(InputError, match="both are run a: name two different runs"):
        compare_runs(first, first)
    others = [replace(question, id=f"x{question.id}") for question in first.questions]
    with pytest.raises(InputError, match="runs a and b have no test question in common"):
        compare_runs(first, replace(first, run_id="b", questions=others))
    with pytest.raises(InputError, match=r"a \(retrieved/zero-shot\) and b \(none/zero-shot\) have no cell in common"):
        compare_runs(first, with_marks(result, {"none/zero-shot": [True] * 5}, run_id="b"))


def test_what_had_changed_is_told_by_group(result: RunResult) -> None:
    first = with_marks(result, {RAG: [True] * 5}, run_id="a")
    second = replace(
        first,
        run_id="b",
        base="other",
        settings=first.settings | {"retrieval": {"k": 5, "mode": "hybrid"}, "lang": "zh"},
        provenance=first.provenance | {"versions": {"torch": "2.10", "lancedb": "0.40"}, "seconds": {"index": 1.0}},
    )
    found = compare_runs(first, second, ({"a.md": "1", "b.md": "2"}, {"b.md": "3", "c.md": "4"}))
    assert found.changes == {
        "weights": [Change("base", "SmolLM2-135M-Instruct", "other")],
        "settings": [Change("retrieval.k", 3, 5)],
        "versions": [Change("torch", "2.9.0", "2.10")],
    }
    assert found.documents is not None
    assert vars(found.documents) == {"added": ["c.md"], "removed": ["a.md"], "changed": ["b.md"]}
    assert compare_runs(first, replace(first, run_id="b")).changes == {}


def test_records_differ_by_dotted_name() -> None:
    assert differing({"a": {"b": 1, "c": 2}}, {"a": {"b": 1, "c": 3}, "d": 4}) == [
        Change("a.c", 2, 3),
        Change("d", None, 4),
    ]
