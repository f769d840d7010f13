"""The other side of the pool: does jobs until the pipe closes. Knows its own limits; knows no files."""

import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

__all__ = ["CLOCK", "Deadline", "Lost", "Task", "allow_more_time", "serve"]

_GRACE_S = 5.0  # after the pool's own time limit, for the case that the pool is gone
CLOCK = 2.0  # seconds by the clock that a second of a core's time may take
_pipe: Connection | None = None  # of this process, if it is a worker


@dataclass(frozen=True)
class Lost:
    """A job without a result, and why, in words that follow "the file"."""

    reason: str


@dataclass(frozen=True)
class Task:
    """What the pool sends: a function of a module's top level, its argument, and the seconds that it may take."""

    function: Callable[[Any], Any]
    argument: Any
    time_s: float


@dataclass(frozen=True)
class Deadline:
    """What a worker sends before the result: from now on it may take so many seconds, as `Limits` counts them."""

    time_s: float


def serve(handle: int, address_space: int) -> None:
    """Do one task after another that comes through the pipe `handle`; returns when its other end is closed."""
    global _pipe
    _pipe = Connection(handle)
    _limit_address_space(address_space)
    while True:
        try:
            task: Task = _pipe.recv()
        except EOFError:
            return
        allow_more_time(task.time_s)
        result = _perform(task)
        _stop_at(0)
        _pipe.send(result)


def allow_more_time(time_s: float) -> None:
    """Move the present job's deadline to `time_s` from now; without effect outside a worker."""
    if _pipe is not None:
        _stop_at(CLOCK * time_s + _GRACE_S)
        _pipe.send(Deadline(time_s))


def _perform(task: Task) -> Any:
    try:
        return task.function(task.argument)
    except MemoryError:
        return Lost("needs too much memory")
    except Exception as error:
        return Lost(f"made the reader fail ({type(error).__name__}: {str(error)[:100]})")


def _stop_at(time_s: float) -> None:
    # The alarm's default action ends the process even while it hangs in foreign code; 0 turns it off.
    signal.setitimer(signal.ITIMER_REAL, time_s)


def _limit_address_space(n_bytes: int) -> None:
    import resource

    if sys.platform == "linux":  # elsewhere the limit is not kept, and the pool's watch must do
        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))
