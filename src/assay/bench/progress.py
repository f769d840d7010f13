"""How a run tells what it is doing; the command line and a notebook show it each in their way."""

from typing import Protocol

__all__ = ["Progress", "Silent"]


class Progress(Protocol):
    """Told lines to show and steps done. A step name seen for the first time opens a new bar."""

    def say(self, line: str) -> None:
        """A line for people."""

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        """So much of a step is done."""


class Silent:
    """Shows nothing."""

    def say(self, line: str) -> None:
        """Nothing."""

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        """Nothing."""
