"""When a judge is used, and for what; and whether corrected shares hold the truth beside unjudged answers."""

from types import ModuleType

import numpy as np
import pytest

from assay.marks.drawing import GivenAnswer
from assay.marks.judging import Foretold, foretell
from assay.verdict.judge_said import JudgedAnswer, JudgeSaid
from marks.test_correcting import load_truth

A = "retrieved/zero-shot"


def exams() -> ModuleType:
    """The exams of known truth of benchmarks/truth/judged_marks.py."""
    return load_truth("judged_marks")


def said(answers: list[tuple[str, str, float]]) -> JudgeSaid:
    judged = [JudgedAnswer(*one) for one in answers]
    return JudgeSaid("tiny", False, len(judged), 0, 0, [], 1.0, 10, None, judged)


def weighed(
    counts: tuple[int, int, int, int],
    by_scorer: tuple[int, int, int, int] = (0, 0, 0, 0),
    n_unmarked: int = 20,
    weight_of_false_wrong: float = 1.0,
) -> Foretold:
    """Marked answers: both say right, the judge alone, people alone, neither; and the same of the scorer's."""
    answers, labels, weights, opinions = [], {}, {}, []
    table = [(True, True), (True, False), (False, True), (False, False)]
    for (marked, right), n in zip(table, counts, strict=True):
        for _ in range(n):
            place = len(answers)
            answers.append(GivenAnswer(place, f"q{place}", "text", (A,), None))
            labels[place] = right
            weights[place] = weight_of_false_wrong if right and not marked else 1.0
            opinions.append((f"q{place}", "text", 0.9 if marked else 0.2))
    for (scored, right), n in zip(table, by_scorer, strict=True):
        for _ in range(n):
            place = len(answers)
            answers.append(GivenAnswer(place, f"q{place}", "text", (A,), scored))
            labels[place], weights[place] = right, 1.0
    for _ in range(n_unmarked):
        place = len(answers)
        answers.append(GivenAnswer(place, f"q{place}", "text", (A,), None))
        opinions.append((f"q{place}", "text", 0.9))
    return foretell(answers, labels, weights, said(opinions))


@pytest.mark.parametrize(
    ("counts", "use"),
    [
        ((30, 2, 2, 25), "few"),  # 59 marks
        ((30, 3, 3, 24), "in_use"),  # kappa .8
        ((36, 9, 9, 26), "grey"),  # .54
        ((26, 14, 14, 26), "low_kappa"),  # .3
        ((60, 0, 0, 0), "low_kappa"),  # nothing to tell apart
    ],
)
def test_what_it_is_used_for_goes_by_kappa_on_sixty_marks(counts: tuple[int, int, int, int], use: str) -> None:
    standing = weighed(counts).standing
    assert standing is not None and standing.use == use
    assert (standing.n_marks, standing.n_left) == (sum(counts), 20)


def test_kappa_and_agreement_are_those_of_the_table() -> None:
    standing = weighed((30, 3, 3, 24)).standing
    assert standing is not None and standing.agreement is not None and standing.kappa is not None
    assert standing.agreement.value == pytest.approx(54 / 60) and standing.majority == pytest.approx(33 / 60)
    chance = (33 / 60) ** 2 + (27 / 60) ** 2
    assert standing.kappa.value == pytest.approx((0.9 - chance) / (1 - chance))


def test_it_is_off_where_calling_all_alike_agrees_as_often() -> None:
    standing = weighed((81, 0, 6, 13), weight_of_false_wrong=3.0).standing
    assert standing is not None and standing.kappa is not None and standing.kappa.value > 0.4
    assert standing.use == "majority" and standing.is_off


def test_it_is_off_where_the_scorer_alone_agrees_better() -> None:
    standing = weighed((36, 16, 2, 12), by_scorer=(79, 12, 154, 19)).standing
    assert standing is not None and standing.kappa is not None and standing.kappa.value > 0.4
    assert standing.kappa_alone is not None and standing.kappa_with is not None
    assert standing.use == "scorer" and standing.kappa_with < standing.kappa_alone


def test_what_stands_for_the_scorers_mark() -> None:
    """Of an answer that nobody has marked and the judge calls right."""
    off, grey, used = (weighed(one) for one in ((26, 14, 14, 26), (36, 9, 9, 26), (30, 3, 3, 24)))
    by_use = [found.marks[max(found.marks)] for found in (off, grey, used)]
    assert by_use[0] == pytest.approx(0.5, abs=0.03)  # the share of right ones
    assert by_use[1] == pytest.approx(36 / 45, abs=0.05)  # refitted, where it said .9
    assert by_use[2] == 1.0
    assert set(off.classes.values()) == set(grey.classes.values()) == {"unjudged"}
    assert set(used.classes.values()) == {"judged right", "judged wrong"}


def test_without_a_judge_the_share_of_right_ones_stands() -> None:
    answers = [GivenAnswer(i, f"q{i}", "text", (A,), None) for i in range(12)]
    found = foretell(answers, {i: i % 4 > 0 for i in range(8)}, dict.fromkeys(range(8), 1.0), None)
    assert found.standing is None and len(found.marks) == 12
    assert found.marks[11] == pytest.approx(0.7, abs=0.05)  # (6 + 1) / (8 + 2), about


@pytest.mark.parametrize("number", [3, 4, 5])
def test_corrected_shares_hold_the_truth_whatever_the_judge_is_worth(number: int) -> None:
    """130 marks; a judge that knows nothing, something, nearly all. 400 exams each are in benchmarks/truth.py."""
    setting, rng = exams().SETTINGS[number], np.random.default_rng([17, number])
    found = [exams().simulate(setting, rng) for _ in range(30)]
    uses = {one.judge.use for one in found}
    assert uses <= [{"low_kappa"}, {"low_kappa", "grey", "in_use"}, {"in_use"}][number - 3]
    assert all(cell.n_unjudged > 0 for one in found for cell in one.cells)
    assert (np.mean([exams().held(one) for one in found], axis=0) >= 0.83).all()
