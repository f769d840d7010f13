"""What a bootstrap draws. Knows numbers of clusters; knows no score and no interval."""

import numpy as np
import numpy.typing as npt

__all__ = ["draw_counts"]


def draw_counts(rng: np.random.Generator, n_resamples: int, n_clusters: int, n_drawn: int) -> npt.NDArray[np.intp]:
    """How often each of G clusters is drawn in each resample, with replacement: R×G, each row adding up to `n_drawn`.

    The same distribution as a multinomial draw with equal chances, which takes numpy ten times as long.
    """
    drawn = rng.integers(n_clusters, size=(n_resamples, n_drawn)) + n_clusters * np.arange(n_resamples)[:, None]
    return np.bincount(drawn.ravel(), minlength=n_resamples * n_clusters).reshape(n_resamples, n_clusters)
