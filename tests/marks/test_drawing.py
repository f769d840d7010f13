from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from assay.errors import InputError
from assay.marks.drawing import Draw, chance_of, draw_answers, given_answers, marks_a_cell
from assay.verdict.result import RunResult
from report.sample import sample_result


@pytest.fixture(scope="module")
def result() -> RunResult:
    """130 questions and nine cells; one answer failed."""
    return sample_result()


def draw(result: RunResult, n: int, before: tuple[Draw, ...] = (), seed: int = 0, *cells: str) -> Draw:
    return draw_answers(result, n, cells, before, seed, "2026-01-01T00:00:00+00:00")


def test_answers_that_are_the_same_are_one(result: RunResult) -> None:
    given = given_answers(result)
    scored = sum(one.correct is not None for question in result.questions for one in question.cells)
    assert sum(len(one.cells) for one in given) == scored
    assert len({one.key for one in given}) == len(given) < scored


def test_the_same_seed_draws_the_same(result: RunResult) -> None:
    assert draw(result, 60) == draw(result, 60)
    assert draw(result, 60).rows != draw(result, 60, seed=1).rows


def test_rows_tell_nothing(result: RunResult) -> None:
    rows = draw(result, 200).rows
    assert len({row.row for row in rows}) == 200
    assert all(set(row.row) <= set("bcdfghjklmnpqrstvwxz") for row in rows)
    order = [row.cells[0] for row in rows]
    assert order != sorted(order) and len(set(order[:40])) > 4  # shuffled, not cell by cell


def test_every_stratum_has_its_share(result: RunResult) -> None:
    given = given_answers(result)
    sizes = Counter(one.stratum for one in given)
    drawn = Counter(f"{row.cells[0]}|{'right' if row.scored else 'wrong'}" for row in draw(result, 200).rows)
    for stratum, size in sizes.items():
        assert drawn[stratum] >= 1
        assert abs(drawn[stratum] - 200 * size / len(given)) < 1 or drawn[stratum] == 1


def test_the_chance_that_is_kept_is_the_one_of_being_drawn(result: RunResult) -> None:
    """Over 120 draws, and of a second one on top that takes one cell alone."""
    given = given_answers(result)
    n, seen, told = 120, Counter[int](), Counter[int]()
    places = {one.key: place for place, one in enumerate(given)}
    cell = given[0].cells[0]
    for seed in range(n):
        first = draw(result, 60, (), seed)
        both = [first, draw(result, 60, (first,), seed, cell)]
        for place in (places[row.key] for one in both for row in one.rows):
            seen[place] += 1
        for place, one in enumerate(given):
            told[place] += chance_of(one, both)
    shares = np.array([[seen[place], told[place]] for place in range(len(given))]) / n
    assert abs(shares[:, 0] - shares[:, 1]).max() < 5 * np.sqrt(0.25 / n)
    inside = np.array([cell in one.cells for one in given])
    for some in (inside, ~inside):
        assert shares[some, 0].mean() == pytest.approx(shares[some, 1].mean(), abs=0.01)


def test_another_draw_adds(result: RunResult) -> None:
    first = draw(result, 60)
    second = draw(result, 60, (first,))
    rows = [row.key for one in (first, second) for row in one.rows]
    assert len(set(rows)) == 120
    assert second.number == 2 and not {row.row for row in first.rows} & {row.row for row in second.rows}


def test_all_can_be_drawn_and_then_none_is_left(result: RunResult) -> None:
    every = draw(result, 10**6)
    given = given_answers(result)
    assert len(every.rows) == len(given)
    assert all(chance_of(one, [every]) == 1 for one in given)
    with pytest.raises(InputError, match="none is left"):
        draw(result, 1, (every,))


def test_marks_of_a_cell_are_counted_with_those_it_shares(result: RunResult) -> None:
    told = marks_a_cell([draw(result, 10**6)])
    assert told == {
        one.cell: sum(a.correct is not None for q in result.questions for a in q.cells if a.cell == one.cell)
        for one in sorted(result.cells, key=lambda one: one.cell)
    }


def test_cells_alone(result: RunResult) -> None:
    rows = draw(result, 50, (), 0, "retrieved/tuned", "none/tuned").rows
    assert all({"retrieved/tuned", "none/tuned"} & set(row.cells) for row in rows)
    with pytest.raises(InputError, match="has no cell retrieved/nothing: it has none/zero-shot, "):
        draw(result, 50, (), 0, "retrieved/nothing")


@pytest.mark.parametrize("n", [0, -3])
def test_fewer_than_one_cannot_be_drawn(result: RunResult, n: int) -> None:
    with pytest.raises(InputError, match="give 1 or more"):
        draw(result, n)


@pytest.fixture(scope="module")
def unjudged(result: RunResult) -> RunResult:
    """The answers to every third question are such as the scorer cannot judge."""
    questions = [
        replace(q, cells=[replace(a, correct=None) if i % 3 == 0 and a.text else a for a in q.cells])
        for i, q in enumerate(result.questions)
    ]
    return replace(result, questions=questions)


def test_half_of_a_sheet_cannot_be_judged(unjudged: RunResult) -> None:
    rows = draw(unjudged, 61).rows
    assert sum(row.scored is None for row in rows) == 30
    assert sum(row.scored is None for row in draw(unjudged, 60, (), 0, "retrieved/tuned").rows) == 30
    given = given_answers(unjudged)
    n_unjudged = sum(one.scored is None for one in given)
    whole = draw(unjudged, 2 * n_unjudged + 50)  # more than there are
    assert sum(row.scored is None for row in whole.rows) == n_unjudged and len(whole.rows) == 2 * n_unjudged + 50


def test_the_chances_of_what_cannot_be_judged_are_kept(unjudged: RunResult) -> None:
    drawn = draw(unjudged, 100)
    for is_open in (True, False):
        some = [one for one in given_answers(unjudged) if (one.scored is None) is is_open]
        assert sum(chance_of(one, [drawn]) for one in some) == pytest.approx(50)


def test_a_failed_answer_is_not_drawn(result: RunResult) -> None:
    questions = [replace(q, cells=[replace(a, correct=None, text="") for a in q.cells]) for q in result.questions]
    with pytest.raises(InputError, match="none is left"):
        draw(replace(result, questions=questions), 5)
