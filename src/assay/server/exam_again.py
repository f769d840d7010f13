"""Whether what is served still answers as in the exam: its questions, asked again now and then while nobody asks.

Knows no page; who wants to hear of it reads `told`, the log or /metrics.
"""

import logging
import random
from collections import deque
from dataclasses import dataclass, replace
from threading import Event, Thread

from assay.errors import AssayError
from assay.questions.question import Question
from assay.scoring.scorer import chosen_scorer
from assay.server.answering import Answering, Busy, Given
from assay.serving.asked import Asked
from assay.serving.measured_run import FinishedRun

__all__ = ["ExamAgain", "Standing"]

_EVERY_S = 60.0
_LEAST = 20  # answers before anything is said
_MOST = 100  # of the latest are counted
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """How the recommended cell does now, beside its interval in the exam.

    Args:
        run_id: of the run.
        cell: which one is asked.
        n: questions asked again, the latest 100 of them.
        n_right: and answered right.
        low: the interval of the exam, as a share.
        high: its other end.
    """

    run_id: str
    cell: str
    n: int
    n_right: int
    low: float
    high: float

    @property
    def has_left(self) -> bool:
        """Whether the share of right answers is outside the interval, after twenty at least."""
        return self.n >= _LEAST and not self.low <= self.n_right / self.n <= self.high

    def lines(self) -> list[str]:
        """As Prometheus reads them."""
        values = {"asked": self.n, "right": self.n_right, "low": self.low, "high": self.high}
        values["has_left"] = int(self.has_left)
        return [
            line
            for name, value in values.items()
            for line in (f"# TYPE assay_exam_again_{name} gauge", f"assay_exam_again_{name} {value}")
        ]


class ExamAgain:
    """Asks the questions of the exam in a shuffled order, one at a time, as anybody asks.

    Args:
        answering: what answers; it is asked only while nobody waits and nothing is being answered.
        every_s: seconds from one question to the next.
    """

    def __init__(self, answering: Answering, every_s: float = _EVERY_S) -> None:
        self._answering, self._every_s = answering, every_s
        self._closed = Event()
        self._marks: deque[bool] = deque(maxlen=_MOST)
        self._left: list[Question] = []
        self.told: Standing | None = None

    def open(self) -> None:
        """Begin."""
        Thread(target=self._go_on, name="assay-exam-again", daemon=True).start()

    def close(self) -> None:
        """Ask nothing more."""
        self._closed.set()

    def _go_on(self) -> None:
        while not self._closed.wait(self._every_s):
            run = self._answering.current.now()
            if run is None or self._answering.n_waiting or self._answering.n_in_work:
                continue
            try:
                self._ask(run)
            except Busy:
                continue
            except AssayError as error:
                _log.warning("the exam cannot be asked again: %s", error)

    def _ask(self, run: FinishedRun) -> None:
        if self.told is None or self.told.run_id != run.result.run_id:
            self._begin_anew(run)
        question = self._next(run)
        if question is None or self.told is None:
            return
        asked = Asked(question.text, self.told.cell, question.groups)
        reply = next(one for one in self._answering.stream(asked, is_kept=False) if isinstance(one, Given)).reply
        is_right = chosen_scorer(run.pipelines.bench).mark(reply.text, question).correct
        if is_right is None:
            return  # words cannot tell
        self._marks.append(is_right)
        before, self.told = self.told, replace(self.told, n=len(self._marks), n_right=sum(self._marks))
        if self.told.has_left and not before.has_left:
            share = self.told.n_right / self.told.n
            _log.warning(
                "of the exam's questions asked again %s answers %.0f%% right, in the exam it were %.0f%% to %.0f%%",
                self.told.cell, 100 * share, 100 * self.told.low, 100 * self.told.high,
            )  # fmt: skip

    def _begin_anew(self, run: FinishedRun) -> None:
        cell = run.result.verdict.cell
        correct = next(one for one in run.result.cells if one.cell == cell).correct
        self._marks.clear()
        self._left = []
        low, high = 0.0 if correct.low is None else correct.low, 1.0 if correct.high is None else correct.high
        self.told = Standing(run.result.run_id, cell, 0, 0, low, high)

    def _next(self, run: FinishedRun) -> Question | None:
        """The questions of the test, each once before any is asked twice."""
        if not self._left:
            self._left = [one for one in run.pipelines.exam.test if one.only is None]
            random.shuffle(self._left)
        return self._left.pop() if self._left else None
