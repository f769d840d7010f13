"""How a run tells what it is doing; the command line and a notebook show it each in their way."""

import html
import logging
import sys
from typing import Any, Protocol

__all__ = ["Logged", "Named", "Notebook", "Progress", "Silent", "usual_progress"]

_LOG = logging.getLogger("assay")


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


class Logged:
    """Tells the logger "assay": lines as INFO, steps as DEBUG; shown where a program has set up logging."""

    def say(self, line: str) -> None:
        """At the level INFO."""
        _LOG.info("%s", line)

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        """At the level DEBUG."""
        _LOG.debug("%s %d/%d %s", name, done, total, note)


class Named:
    """Tells another, with the name of what it is about before each line and step."""

    def __init__(self, name: str, told: Progress) -> None:
        self._name, self._told = name, told

    def say(self, line: str) -> None:
        """The line, named."""
        self._told.say(f"{self._name}: {line}")

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        """The step, named."""
        self._told.step(f"{self._name}, {name}", done, total, note)


class Notebook(Logged):
    """Below a notebook's cell: the lines, and a bar for the step at hand. Logs as well."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._bar = ""
        self._shown: Any = None

    def say(self, line: str) -> None:
        """One more line."""
        super().say(line)
        self._lines.append(line)
        self._show()

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        """The bar, in the place of the one before."""
        super().step(name, done, total, note)
        label = html.escape(f"{name} {done}/{total} {note}")
        self._bar = f'<progress value="{done}" max="{max(total, 1)}"></progress> {label}' if done < total else ""
        self._show()

    def _show(self) -> None:
        from IPython.display import HTML, display

        text = "<br>".join([*map(html.escape, self._lines), *([self._bar] if self._bar else [])])
        if self._shown is None:
            self._shown = display(HTML(text), display_id=True)
        else:
            self._shown.update(HTML(text))


def usual_progress() -> Progress:
    """What is told where nobody says: a notebook's cell in a notebook, else the log."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return Notebook() if type(shell).__name__ == "ZMQInteractiveShell" else Logged()
