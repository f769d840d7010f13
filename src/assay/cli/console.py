"""Progress on a terminal: lines, and one bar a step with the time left."""

import time
from types import TracebackType
from typing import Any

__all__ = ["Console"]

_QUIET_S = 30.0  # without a terminal a long step says where it is this often
_ENDED = float("inf")


class Console:
    """Shows a run's progress while it is used as a context; see `Progress`. Without a terminal, lines alone."""

    def __init__(self) -> None:
        from rich.console import Console as Terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
        from rich.progress import TimeRemainingColumn as TimeLeft

        self._terminal = Terminal(highlight=False)
        self._bars = Progress(
            TextColumn("{task.description:<24}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("→"),
            TimeLeft(compact=True),
            TextColumn("{task.fields[note]}"),
            console=self._terminal,
            disable=not self._terminal.is_terminal,
        )
        self._tasks: dict[str, Any] = {}
        self._said_at: dict[str, float] = {}

    def __enter__(self) -> "Console":
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def say(self, line: str) -> None:
        """One line above the bars."""
        self._bars.print(line, markup=False, soft_wrap=True)

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        """Move the bar of a step, opened when it is first named. Without a terminal, say how far it is now and then."""
        if not self._terminal.is_terminal:
            self._tell(name, done, total, note)
            return
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total, note=note)
        self._bars.update(self._tasks[name], completed=done, total=total, note=note)

    def _tell(self, name: str, done: int, total: int, note: str) -> None:
        now = time.monotonic()
        last = self._said_at.setdefault(name, now)
        if last != _ENDED and (done >= total or now - last >= _QUIET_S):
            print(f"{name}: {done}/{total} {note}".rstrip(), flush=True)
            self._said_at[name] = _ENDED if done >= total else now
