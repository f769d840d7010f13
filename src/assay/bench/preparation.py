"""What it takes to make a cell ready. Knows numbers, not how they came about."""

from dataclasses import dataclass

__all__ = ["Preparation"]


@dataclass(frozen=True)
class Preparation:
    """What it took to make a cell ready, once."""

    seconds: float = 0.0
    tokens: int = 0
    peak_mb: float = 0.0

    def __add__(self, other: "Preparation") -> "Preparation":
        peak = max(self.peak_mb, other.peak_mb)
        return Preparation(self.seconds + other.seconds, self.tokens + other.tokens, peak)
