"""What an exam can show: against simulated exams and a published figure."""

import numpy as np
import pytest

from assay.statistics.clustered import holm
from assay.statistics.inference import estimate_difference
from assay.statistics.power import design_of, detectable_difference
from assay.statistics.sampling import over_documents, over_questions


@pytest.mark.parametrize(("n", "disagreement"), [(130, 0.3), (130, 0.5), (300, 0.2)])
@pytest.mark.parametrize(("n_level", "n_led"), [(0, 1), (4, 1), (0, 5), (2, 3)])
def test_the_difference_is_found_about_as_often_as_promised(
    n: int, disagreement: float, n_level: int, n_led: int
) -> None:
    """A cell that leads some others by it and is level with the rest: Holm is milder to the first."""
    rng, sampling = np.random.default_rng(3), over_questions([place % 10 for place in range(n)], range(n))
    df, effect = design_of(sampling)
    lead = detectable_difference(n, df, disagreement, n_level + n_led, effect)
    won = (disagreement + lead) / 2  # lead = won − lost, disagreement = won + lost
    even = disagreement / 2
    found, n_exams = 0, 500
    for _ in range(n_exams):
        chances = [*[[won, disagreement - won]] * n_led, *[[even, even]] * n_level]
        drawn = [rng.choice([1.0, -1.0, 0.0], size=n, p=[*chance, 1 - disagreement]) for chance in chances]
        p = holm([estimate_difference(one, np.zeros(n), sampling, rng).p for one in drawn])[0]
        found += p is not None and p < 0.05
    assert 0.69 <= found / n_exams <= 0.91


def test_it_is_near_that_of_miller_2024() -> None:
    # n = 100, variance 1/9 of a difference: √(7.849 / 9 / 100) = .093; t quantiles and made-up questions add a tenth
    assert detectable_difference(100, 99, 1 / 9 + 0.093**2) == pytest.approx(0.093, rel=0.12)


def test_it_stays_a_share_and_costs_what_it_should() -> None:
    assert detectable_difference(1, 0) == 1.0
    assert 0.3 < detectable_difference(6, 1) <= 1.0
    usual = detectable_difference(200, 190)
    assert detectable_difference(200, 190, n_comparisons=5) > usual
    assert detectable_difference(200, 190, design_effect=1.45) > usual
    assert detectable_difference(200, 190, disagreement=0.1) < usual


def test_documents_cost_only_where_they_are_what_is_drawn() -> None:
    documents = [place % 10 for place in range(100)]
    assert design_of(over_questions(documents, range(100))) == (90, 1.0)
    assert design_of(over_documents(documents)) == (9, pytest.approx(1.45))  # 1 + 9 · .05
    assert design_of(over_documents(["one"] * 100))[0] == 0
