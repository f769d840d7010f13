"""Which of some cells may be less steady than a dearer one that is as often right. Knows marks by cell, no texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assay.statistics.clustered import holm
from assay.statistics.inference import N_RESAMPLES
from assay.statistics.repeated import Marks, estimate_steadier
from assay.statistics.sampling import Sampling
from assay.verdict.result import Comparison
from assay.verdict.standing import find_standing, may_be_ahead

__all__ = ["FEWEST", "Repeated", "Steadier", "compare_steadiness"]

FEWEST = 10  # questions that were asked again: of fewer nothing is said
Repeated = Mapping[str, Marks]  # cell -> its marks of the test questions, asked again; NaN: not asked


@dataclass(frozen=True)
class Steadier:
    """A dearer cell and a cheaper one by the share of questions whose mark never turns; positive: the first is
    steadier.

    `may_be`: it is not ruled out that it is so by the margin.
    """

    comparison: Comparison
    may_be: bool


def compare_steadiness(
    cells: Sequence[str],
    repeated: Repeated,
    sampling: Sampling,
    margin: float,
    rng: np.random.Generator,
    n_resamples: int = N_RESAMPLES,
) -> list[Steadier]:
    """Each cell against each dearer one; none where fewer than ten questions were asked again.

    As for right answers: a lead by the margin is ruled out at 5%, by a one-sided test of each pair; the dearer one is
    shown to be steadier by a p-value that is adjusted by Holm over all pairs.

    Args:
        cells: as often right as any other to within the margin, the cheapest first.
        repeated: marks of the cells that were asked again; of others nothing is said.
        sampling: of all test questions.
        margin: a lead that does not matter.
        rng: of the draws.
        n_resamples: the number of draws.
    """
    asked = [cell for cell in cells if cell in repeated]
    pairs = [(dearer, cell) for place, cell in enumerate(asked) for dearer in asked[place + 1 :]]
    leads = [estimate_steadier(repeated[a], repeated[b], sampling, rng, n_resamples) for a, b in pairs]
    adjusted = holm([lead.p for lead in leads])
    return [
        Steadier(
            Comparison(a, b, lead.estimate, lead.p, p_holm, find_standing(lead, p_holm, margin)),
            may_be_ahead(lead, margin),
        )
        for (a, b), lead, p_holm in zip(pairs, leads, adjusted, strict=True)
        if lead.estimate.n >= FEWEST
    ]
