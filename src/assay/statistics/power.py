"""How small a difference an exam can show, before it is held. Knows numbers of questions, no score."""

from math import sqrt

import numpy as np

from assay.statistics.clustered import TYPICAL_ICC
from assay.statistics.sampling import Sampling

__all__ = ["TYPICAL_DISAGREEMENT", "design_of", "detectable_difference"]

TYPICAL_DISAGREEMENT = 0.3  # of two cells, the share of questions that just one gets right; where nothing was seen


def design_of(sampling: Sampling) -> tuple[int, float]:
    """The degrees of freedom of an exam, and by how much its sampling multiplies the variance of a difference.

    1 for new questions on these documents; for other documents, too, 1 + (questions a document − 1) · `TYPICAL_ICC`.
    """
    layout = sampling.layout(np.ones(len(sampling), dtype=bool))
    if sampling.generalise == "questions" or not layout.n_clusters:
        return layout.degrees_of_freedom, 1.0
    return layout.degrees_of_freedom, 1 + max(0.0, len(sampling) / layout.n_clusters - 1) * TYPICAL_ICC


def detectable_difference(
    n: int,
    degrees_of_freedom: int,
    disagreement: float = TYPICAL_DISAGREEMENT,
    n_comparisons: int = 1,
    design_effect: float = 1.0,
    power: float = 0.8,
    alpha: float = 0.05,
) -> float:
    """The smallest true difference of two cells' shares of right answers that the exam shows; 1 if none.

    The difference per question is −1, 0 or 1, so its variance is the `disagreement` minus the squared difference
    (Miller 2024, "Adding Error Bars to Evals"). The test is that of `stratified_difference`, with its made-up
    questions, at the middle step of Holm's procedure. Its strictest would be right for a cell that leads one and is
    level with all others, its loosest for one that leads all by far.
    """
    if degrees_of_freedom < 1:
        return 1.0
    wanted = _t_quantile(degrees_of_freedom, 1 - alpha / (n_comparisons + 1)) + _t_quantile(degrees_of_freedom, power)
    n_effective = n / design_effect
    low, high = 0.0, 1.0
    for _ in range(40):  # the standard error depends on the difference: halve what holds it
        middle = (low + high) / 2
        if _in_errors(middle, n_effective, disagreement) < wanted:
            low = middle
        else:
            high = middle
    return high


def _in_errors(difference: float, n: float, disagreement: float) -> float:
    """A true difference in standard errors of the test. Cells cannot differ by more than they disagree."""
    total = n + 2
    centre = n * difference / total
    square = (n * max(disagreement, difference) + 2) / total
    return centre / sqrt((square - centre**2) / total)


def _t_quantile(df: int, probability: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))
