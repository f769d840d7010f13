"""What of a study can be done, and what it can show: said before any time is spent."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

__all__ = ["Plan"]

C = TypeVar("C")


@dataclass(frozen=True)
class Plan(Generic[C]):
    """The cells to run, those left out with the reason, the smallest difference to be seen, and warnings."""

    cells: tuple[C, ...]
    left_out: dict[str, str]
    detectable_difference: float
    warnings: list[str] = field(default_factory=list)
