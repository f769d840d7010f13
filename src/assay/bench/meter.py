"""What a piece of work takes: seconds, peak memory, and the tokens that it counts itself."""

import threading
import time
from types import TracebackType

from assay.bench.preparation import Preparation

__all__ = ["Meter"]

_EVERY_S = 0.1


class Meter:
    """Measures the block it is used around: `seconds`, and `peak_mb`, the process's highest resident memory in it.

    The block itself says its `tokens`, and by `told_s` its seconds where it went on from a process that was killed.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.peak_mb = 0.0
        self.tokens = 0
        self.told_s: float | None = None
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Meter":
        self._started = time.perf_counter()
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.seconds = time.perf_counter() - self._started
        self._stop.set()
        self._watcher.join()

    @property
    def cost(self) -> Preparation:
        """All three."""
        return Preparation(self.seconds if self.told_s is None else self.told_s, self.tokens, self.peak_mb)

    def _watch(self) -> None:
        import psutil

        process = psutil.Process()
        while True:
            self.peak_mb = max(self.peak_mb, process.memory_info().rss / 2**20)
            if self._stop.wait(_EVERY_S):
                return
