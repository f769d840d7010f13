"""A mean with its interval, as plain values. Computes nothing."""

from dataclasses import dataclass

__all__ = ["Estimate"]


@dataclass(frozen=True)
class Estimate:
    """A mean over questions with its interval; no interval (None) with fewer than two clusters."""

    value: float
    low: float | None
    high: float | None
    n: int
    n_clusters: int
