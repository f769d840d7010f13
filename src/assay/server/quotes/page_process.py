"""The process that draws pages: a PDF may crash or hang its reader, and takes nothing but this process with it."""

import logging
import subprocess
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, TypeVar

from assay.corpus.pool import start_worker
from assay.corpus.worker import CLOCK, Deadline, Lost, Task
from assay.errors import InputError

__all__ = ["PageProcess"]

_log = logging.getLogger(__name__)
_TIME_S = 20.0  # of a core's time that one page may take
_ADDRESS_SPACE = 3_000_000_000  # bytes
_START_S = 30.0

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class PageProcess:
    """One process that does what it is asked, one after another; begun when first asked, and again after a crash."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def ask(self, function: Callable[[Asked], Given], asked: Asked) -> Given:
        """The function's result; it stands at the top level of a module.

        Raises:
            InputError: it failed, crashed, or took too long; in words that follow "the page".
        """
        with self._one_at_a_time:
            pipe = self._open()
            try:
                pipe.send(Task(function, asked, _TIME_S))
                answer: Given | Lost = self._wait(pipe)
            except (EOFError, OSError) as error:
                self._stop()
                raise InputError("the page cannot be shown: its file made the reader crash") from error
        if isinstance(answer, Lost):
            _log.warning("a page cannot be shown: its file %s", answer.reason)
            said = answer.reason.partition(" (")[0]  # behind it are words of the reader, with places of this machine
            raise InputError(f"the page cannot be shown: its file {said}")
        return answer

    def close(self) -> None:
        """End the process; asked again, another one begins."""
        with self._one_at_a_time:
            self._stop()

    def _wait(self, pipe: Connection) -> Any:
        """What comes after the deadlines that a worker tells."""
        left = _START_S
        while pipe.poll(left):
            answer = pipe.recv()
            if not isinstance(answer, Deadline):
                return answer
            left = CLOCK * answer.time_s
        self._stop()
        return Lost("takes too long to draw")

    def _open(self) -> Connection:
        if self._pipe is None or self._process is None or self._process.poll() is not None:
            self._stop()
            self._process, self._pipe = start_worker(_ADDRESS_SPACE, subprocess.DEVNULL)
        return self._pipe

    def _stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None
