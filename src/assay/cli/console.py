"""Progress on a terminal: lines, and one bar a step with the time left."""

from types import TracebackType
from typing import Any

__all__ = ["Console"]


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
        )
        self._tasks: dict[str, Any] = {}

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
        """Move the bar of a step, opened when it is first named; a finished one says so where there is no terminal."""
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total, note=note)
        was_done = self._bars.tasks[self._tasks[name]].finished
        self._bars.update(self._tasks[name], completed=done, total=total, note=note)
        if done >= total and not was_done and not self._terminal.is_terminal:
            print(f"{name}: {total}/{total} {note}".rstrip(), flush=True)
