"""Jobs done by worker processes, each within a limit of time and memory. Knows processes; knows no files.

A worker is a fresh interpreter: no fork, which a process with threads must not make, and none of multiprocessing's,
which would run the caller's main module again.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import IO, Any

from assay.corpus.worker import CLOCK, Deadline, Lost, Task
from assay.errors import AssayError

__all__ = ["Limits", "map_in_workers", "start_worker"]

_MOST_WORKERS = 4
_JOBS_A_WORKER = 2  # fewer are not worth the start of another one
_AHEAD = 64  # results that may wait for a slow one before them
_WATCH_S = 0.1
_BUSY_S = 0.1  # after which those at work have enough to do for another one to start: that takes longer
_OVERHEAD_BYTES = 1_000_000_000  # address space that threads and libraries reserve and do not use
_MEMORY_WORDS = ("memory allocation", "MemoryError", "bad_alloc", "out of memory")


@dataclass(frozen=True)
class Limits:
    """What one job may take: seconds of a core's time, twice as many by the clock, and bytes of memory in use.

    On a busy machine the clock alone would give up on files that are read in no time on a quiet one.
    """

    time_s: float = 60.0
    memory_bytes: int = 2_000_000_000


def map_in_workers(
    function: Callable[[Any], Any], arguments: Sequence[Any], limits: Limits | None = None
) -> Generator[Any, None, None]:
    """The function's result of each argument, in their order; `Lost` where it exceeded a limit or killed its worker.

    `function` stands at the top level of a module. A worker starts when the first result is asked for, and others one
    by one while those at work do not keep up, at most as many as there are cores and at most four; none is left when
    the iterator is closed or ends, Ctrl-C included.

    Raises:
        AssayError: workers cannot be started at all.
    """
    pool = _Pool(function, arguments, limits or Limits())
    try:
        yield from pool.results()
    finally:
        pool.close()


def start_worker(address_space: int, log: IO[bytes] | int) -> tuple[subprocess.Popen[bytes], Connection]:
    """A worker that may reserve so many bytes of addresses and writes its errors to the log; and the pipe to it."""
    pipe, theirs = Pipe()
    code = f"from assay.corpus.worker import serve; serve({theirs.fileno()}, {address_space})"
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=log,
        pass_fds=[theirs.fileno()],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(entry or os.getcwd() for entry in sys.path)},
        start_new_session=True,  # Ctrl-C goes to us alone, and what it starts dies with it
    )
    theirs.close()
    return process, pipe


class _Worker:
    """One process, its pipe, and the job that it is at."""

    def __init__(self, limits: Limits) -> None:
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in stop()
        self.process, self.pipe = start_worker(limits.memory_bytes + _OVERHEAD_BYTES, self.log)
        self.job: int | None = None
        self.deadline = self.core_deadline = float("inf")
        self.begun: float | None = None  # by the clock: when it first said something
        self.n_done = 0

    def take(self, job: int, task: Task) -> None:
        self.job = job
        self.deadline = self.core_deadline = float("inf")  # the first message sets them: starting up does not count
        try:
            self.pipe.send(task)
        except OSError:  # it died while idle: the pipe's end is seen when we wait for it
            return

    def set_deadline(self, time_s: float) -> None:
        self.deadline = time.monotonic() + CLOCK * time_s
        self.core_deadline = self.core_s() + time_s

    def is_late(self) -> bool:
        return time.monotonic() > self.deadline or self.core_s() > self.core_deadline

    def core_s(self) -> float:
        import psutil

        try:
            times = psutil.Process(self.process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(times.user + times.system)

    def memory_bytes(self) -> int:
        import psutil

        try:
            return int(psutil.Process(self.process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def last_words(self) -> str:
        self.log.seek(0)
        return self.log.read()[-2000:].decode(errors="replace").strip()

    def stop(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            self.process.kill()
        self.process.wait()
        self.pipe.close()
        self.log.close()


@dataclass
class _Pool:
    function: Callable[[Any], Any]
    arguments: Sequence[Any]
    limits: Limits
    workers: list[_Worker] = field(default_factory=list)
    waiting: deque[int] = field(default_factory=deque)
    done: dict[int, Any] = field(default_factory=dict)
    last_watch: float = 0.0

    def results(self) -> Iterator[Any]:
        self.waiting.extend(range(len(self.arguments)))
        for job in range(len(self.arguments)):
            while job not in self.done:
                self._hand_out(job + _AHEAD)
                self._collect()
            yield self.done.pop(job)

    def close(self) -> None:
        for worker in self.workers:
            worker.stop()
        self.workers.clear()

    def _hand_out(self, end: int) -> None:
        while self.waiting and self.waiting[0] < end:
            worker = next((worker for worker in self.workers if worker.job is None), None)
            if worker is None:
                if len(self.workers) >= self._n_wanted() or not self._are_busy():
                    return
                worker = _Worker(self.limits)
                self.workers.append(worker)
            job = self.waiting.popleft()
            worker.take(job, Task(self.function, self.arguments[job], self.limits.time_s))

    def _n_wanted(self) -> int:
        n_useful = 1 + (len(self.arguments) - 1) // _JOBS_A_WORKER
        return min(_MOST_WORKERS, _n_cores(), n_useful)

    def _are_busy(self) -> bool:
        """Whether those that were started are at work for a while already."""
        now = time.monotonic()
        return all(one.begun is not None and now - one.begun > _BUSY_S for one in self.workers)

    def _collect(self) -> None:
        """Wait a moment for what workers have to say, then stop those that exceed a limit."""
        busy = {worker.pipe: worker for worker in self.workers if worker.job is not None}
        for pipe in wait(list(busy), timeout=_WATCH_S):
            self._receive(busy[pipe])  # type: ignore[index]
        now = time.monotonic()
        if now - self.last_watch >= _WATCH_S:
            self.last_watch = now
            self._watch()

    def _receive(self, worker: _Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.begun = worker.begun or time.monotonic()
        if isinstance(message, Deadline):
            worker.set_deadline(message.time_s)
            return
        assert worker.job is not None
        self.done[worker.job] = message
        worker.job, worker.n_done = None, worker.n_done + 1

    def _watch(self) -> None:
        for worker in list(self.workers):
            memory = worker.memory_bytes()
            if worker.job is None:
                if memory > self.limits.memory_bytes / 2:  # what earlier jobs left behind is not the next one's fault
                    self._dismiss(worker)
            elif worker.is_late():
                self._lose(worker, "takes too long: its reader was stopped at the time limit")
            elif memory > self.limits.memory_bytes:
                self._lose(worker, f"needs too much memory: at most {self.limits.memory_bytes / 1e9:.1f} GB")

    def _bury(self, worker: _Worker) -> None:
        """A worker died by itself: its job is to blame, or tried again if the worker had done others before."""
        code = worker.process.wait()
        words = worker.last_words()
        if worker.begun is None:
            raise AssayError(f"reading needs worker processes, but they cannot be started: {words[-300:] or code}")
        if worker.n_done and worker.job is not None:
            self.waiting.appendleft(worker.job)
            self._dismiss(worker)
        elif any(word in words for word in _MEMORY_WORDS):
            self._lose(worker, "needs too much memory: its reader ran out of it")
        else:
            self._lose(worker, f"made its reader crash ({_name_of(code)})")

    def _lose(self, worker: _Worker, reason: str) -> None:
        assert worker.job is not None
        self.done[worker.job] = Lost(reason)
        self._dismiss(worker)

    def _dismiss(self, worker: _Worker) -> None:
        worker.stop()
        self.workers.remove(worker)


def _n_cores() -> int:
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _name_of(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
