"""Questions one after the other in the terminal: earlier lines by the arrow keys, commands with a slash."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from assay.cli.replies import source_lines
from assay.errors import AssayError
from assay.serving.measured_run import FinishedRun, Reply
from assay.words import message

__all__ = ["Conversation"]

_MOST_KEPT = 500  # lines


class Conversation:
    """Reads lines until /quit or the end of input.

    Args:
        finished: the run that is asked.
        cell: the cell that answers; None for the recommended one.
        ask: question and cell -> the reply, printed.
        lang: of what is said.
        history: a file in which lines are kept for the next time.
    """

    def __init__(
        self,
        finished: FinishedRun,
        cell: str | None,
        ask: Callable[[str, str | None], Reply],
        lang: str,
        history: Path,
    ) -> None:
        self._finished, self._ask, self._lang, self._history = finished, ask, lang, history
        self._cell = str(finished.find_cell(cell))
        self._last: Reply | None = None

    def hold(self) -> None:
        """Until its end; a question that cannot be answered does not end it."""
        self._say("talk.welcome", cell=self._cell)
        for line in _lines(self._history):
            if line in ("/quit", "/exit"):
                return
            try:
                self._take(line)
            except AssayError as error:
                print(error, file=sys.stderr)

    def _take(self, line: str) -> None:
        command, _, rest = line.partition(" ")
        if command == "/cell":
            self._change_cell(rest.strip())
        elif command == "/sources":
            self._show_sources()
        elif command.startswith("/"):
            self._say("talk.help")
        else:
            self._last = self._ask(line, self._cell)

    def _change_cell(self, name: str) -> None:
        if name:
            self._cell = str(self._finished.served_cell(name))
        there = ", ".join(str(cell) for cell in self._finished.cells.values() if cell.can_be_served)
        self._say("talk.cell", cell=self._cell, cells=there)

    def _show_sources(self) -> None:
        if self._last is None:
            self._say("talk.nothing_asked")
            return
        print("\n".join(source_lines(self._last, self._finished, self._lang)))

    def _say(self, key: str, **values: object) -> None:
        print(message(key, self._lang, **values))


def _lines(history: Path) -> Iterator[str]:
    """What is typed, without empty lines."""
    try:
        import readline
    except ImportError:  # a Python without it: no arrow keys
        readline = None  # type: ignore[assignment]
    if readline is not None:
        with suppress(OSError):
            readline.read_history_file(history)
        readline.set_history_length(_MOST_KEPT)
    try:
        while True:
            line = input("> ").strip()
            if line:
                yield line
    except EOFError:
        print()
    finally:
        if readline is not None:
            with suppress(OSError):
                history.touch(mode=0o600)  # questions are nobody else's
                readline.write_history_file(history)
