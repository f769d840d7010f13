"""Statistics are held against simulated exams whose truth is known, hand calculations and published figures."""

import math

import numpy as np
import numpy.typing as npt
import pytest

from assay.statistics.clustered import clustered_mean, holm, paired_difference

Floats = npt.NDArray[np.float64]


def draw_clusters(rng: np.random.Generator, n_clusters: int, size: int) -> npt.NDArray[np.intp]:
    """The cluster of each question; sizes vary around `size`."""
    return np.repeat(np.arange(n_clusters), 1 + rng.poisson(size - 1, n_clusters))


def draw_rates(rng: np.random.Generator, mean: float, icc: float, n_clusters: int) -> Floats:
    """Shares of right answers per cluster: beta-distributed; two questions of one cluster correlate by `icc`."""
    k = 1 / icc - 1
    return rng.beta(mean * k, (1 - mean) * k, n_clusters)


def draw_pair(
    rng: np.random.Generator, clusters: npt.NDArray[np.intp], rate: float, lead: float, icc: float
) -> tuple[Floats, Floats]:
    """Two cells whose answers share luck on 60% of the questions; the first leads by `lead`."""
    n, n_clusters = len(clusters), int(clusters.max()) + 1
    luck = rng.random(n)
    other = np.where(rng.random(n) < 0.6, luck, rng.random(n))
    a = luck < draw_rates(rng, rate + lead, icc, n_clusters)[clusters]
    b = other < draw_rates(rng, rate, icc, n_clusters)[clusters]
    return a.astype(float), b.astype(float)


def covers(low: float | None, high: float | None, truth: float) -> bool:
    assert low is not None and high is not None
    return low <= truth <= high


@pytest.mark.parametrize(("n_clusters", "size"), [(8, 12), (15, 8), (40, 4)])
@pytest.mark.parametrize("rate", [0.03, 0.4, 0.9])
def test_mean_intervals_cover_the_truth(n_clusters: int, size: int, rate: float) -> None:
    rng = np.random.default_rng(n_clusters)
    hits, n_exams = 0, 250
    for _ in range(n_exams):
        clusters = draw_clusters(rng, n_clusters, size)
        values = (rng.random(len(clusters)) < draw_rates(rng, rate, 0.1, n_clusters)[clusters]).astype(float)
        estimate = clustered_mean(values, clusters, rng, n_resamples=600)
        hits += covers(estimate.low, estimate.high, rate)
    assert hits / n_exams >= 0.92


@pytest.mark.parametrize(("n_clusters", "size"), [(8, 12), (15, 8), (40, 4)])
@pytest.mark.parametrize("lead", [0.0, 0.15])
def test_paired_intervals_cover_and_reject_rightly(n_clusters: int, size: int, lead: float) -> None:
    rng = np.random.default_rng(100 + n_clusters)
    hits, rejected, n_exams = 0, 0, 300
    for _ in range(n_exams):
        clusters = draw_clusters(rng, n_clusters, size)
        a, b = draw_pair(rng, clusters, 0.4, lead, icc=0.1)
        estimate, p = paired_difference(a, b, clusters, rng, n_resamples=600)
        hits += covers(estimate.low, estimate.high, lead)
        rejected += p is not None and p < 0.05
    assert hits / n_exams >= 0.92
    if lead == 0:
        assert rejected / n_exams <= 0.07


def test_interval_and_p_value_agree() -> None:
    rng = np.random.default_rng(5)
    disagreements = 0
    for _ in range(200):
        clusters = draw_clusters(rng, 15, 6)
        estimate, p = paired_difference(*draw_pair(rng, clusters, 0.4, 0.12, 0.05), clusters, rng, n_resamples=600)
        assert estimate.low is not None and estimate.high is not None and p is not None
        disagreements += (estimate.low > 0 or estimate.high < 0) != (p < 0.05)
    assert disagreements <= 4  # quantiles interpolate between draws, counts do not


def test_holm_keeps_the_familywise_error() -> None:
    rng = np.random.default_rng(9)
    any_rejected, n_exams = 0, 300
    for _ in range(n_exams):
        clusters = draw_clusters(rng, 18, 7)
        reference, _ = draw_pair(rng, clusters, 0.4, 0.0, 0.1)
        others = [draw_pair(rng, clusters, 0.4, 0.0, 0.1)[0] for _ in range(4)]
        p_values = [paired_difference(reference, other, clusters, rng, n_resamples=500)[1] for other in others]
        any_rejected += any(p is not None and p < 0.05 for p in holm(p_values))
    assert any_rejected / n_exams <= 0.06


def test_holm_by_hand() -> None:
    # sorted .01 .02 .03 .04 -> 4*.01, 3*.02, 2*.03, 1*.04 -> .04 .06 .06 .06 (never below the one before)
    assert holm([0.03, None, 0.01, 0.04, 0.02]) == pytest.approx([0.06, None, 0.04, 0.06, 0.06])
    assert holm([0.9, 0.6]) == [1.0, 1.0]
    assert holm([]) == []


def test_missing_scores_are_left_out_never_wrong() -> None:
    rng = np.random.default_rng(0)
    clusters = ["a", "a", "b", "b", "c"]
    estimate = clustered_mean([1.0, math.nan, 0.0, 1.0, math.nan], clusters, rng)
    assert (estimate.value, estimate.n, estimate.n_clusters) == (pytest.approx(2 / 3), 3, 2)
    difference, _ = paired_difference([1.0, 1.0, math.nan, 0.0, 1.0], [0.0, math.nan, 1.0, 0.0, 1.0], clusters, rng)
    assert (difference.value, difference.n) == (pytest.approx(1 / 3), 3)


def test_one_cluster_or_no_score_gives_no_interval() -> None:
    rng = np.random.default_rng(0)
    alone = clustered_mean([1.0, 0.0], ["a", "a"], rng)
    assert (alone.value, alone.low, alone.high, alone.n_clusters) == (0.5, None, None, 1)
    nothing = clustered_mean([math.nan], ["a"], rng)
    assert math.isnan(nothing.value) and nothing.n == 0
    assert paired_difference([1.0, 0.0], [0.0, 0.0], ["a", "a"], rng)[1] is None


def test_unanimous_answers_are_not_certainty() -> None:
    rng = np.random.default_rng(0)
    few, many = [clustered_mean(np.ones(n), list(range(10)) * (n // 10), rng) for n in (20, 200)]
    assert few.high == many.high == 1.0
    assert few.low is not None and many.low is not None
    # exact binomial lower ends are .025^(1/20) = .832 and .025^(1/200) = .982; clustering takes some of it away
    assert 0.6 < few.low < 0.832 and 0.9 < many.low < 0.982
    same, p = paired_difference(np.ones(20), np.ones(20), list(range(10)) * 2, rng)
    assert p == 1.0 and same.value == 0.0
    assert same.low is not None and same.high is not None and same.low < -0.05 and same.high > 0.05


def test_same_seed_same_interval_and_labels_of_any_kind() -> None:
    values = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0]
    first = clustered_mean(values, ["a", "b", "c", "a", "b", "c"], np.random.default_rng(4))
    assert first == clustered_mean(values, [7, (1, 2), "z", 7, (1, 2), "z"], np.random.default_rng(4))


def test_labels_must_match_scores() -> None:
    with pytest.raises(ValueError, match="one label a score"):
        clustered_mean([1.0, 0.0], ["a"], np.random.default_rng(0))
