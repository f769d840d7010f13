"""Questions of many people to one engine: a queue with an end, one thread, one continuous batch.

Only this thread makes steps of the run that is served and of its engines. Knows no HTTP and no keys.
"""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import partial
from queue import Empty, Full, Queue, SimpleQueue
from threading import Event, Thread
from typing import TypeVar

from assay.errors import AssayError, InputError
from assay.grid.asked_stepwise import Prompt, Steps
from assay.grid.pipeline import count_prompt_tokens
from assay.models.engine import Begun, Completion, StepwiseEngine
from assay.models.stepwise import as_stepwise
from assay.privacy import hub_closed
from assay.server.current_run import CurrentRun
from assay.server.limits import USUAL, Limits
from assay.server.marked_stream import MarkedStream, marked_text
from assay.serving.asked import Asked, cut_at
from assay.serving.measured_run import FinishedRun, Reply

__all__ = ["Answering", "Busy", "Failed", "Given", "Piece", "Told", "TooSlow"]

_LOOKS_AT_END_S = 0.2
_log = logging.getLogger(__name__)
T = TypeVar("T")


class Busy(AssayError):
    """Too many questions wait already; ask again in a while."""


class TooSlow(AssayError):
    """A question was not answered in time."""


@dataclass(frozen=True)
class Piece:
    """What has come more of an answer: as the model says it, and with marks of its quotes (see `MarkedStream`).

    Either may be empty; of the marked ones, joined, the answer with its marks consists.
    """

    text: str
    marked: str


@dataclass(frozen=True)
class Given:
    """The end of an answer.

    Args:
        reply: the whole of it.
        marked: its text with marks.
        as_of: when the documents that it was given from were synced; None: they are those of the run.
        run_id: of the run that answered.
        question: what was asked.
    """

    reply: Reply
    marked: str
    as_of: str | None
    run_id: str
    question: str


@dataclass(frozen=True)
class Failed:
    """An answer that there will not be."""

    error: Exception


Told = Piece | Given | Failed
Tell = Callable[[Told], None]


@dataclass(eq=False)
class Ticket:
    """A question that was taken in; `cancel` ends it wherever it is, and nothing more is told."""

    asked: Asked
    tell: Tell
    deadline: float
    is_kept: bool = True
    is_cancelled: bool = False
    begun: float = field(default_factory=time.monotonic)

    def cancel(self) -> None:
        """The engine computes no more of it."""
        self.is_cancelled = True


@dataclass(eq=False)
class _InWork:
    """A question whose prompt is in an engine's batch."""

    ticket: Ticket
    run: FinishedRun
    steps: Steps[Reply]
    stream: MarkedStream
    prompt: Prompt
    engine: StepwiseEngine
    begun: Begun
    shown: str = ""


@dataclass
class Seconds:
    """How long something took, so many times."""

    n: int = 0
    total: float = 0.0

    def add(self, seconds: float) -> None:
        """Once more."""
        self.n += 1
        self.total += seconds


@dataclass
class Counts:
    """What was done so far."""

    n_asked: int = 0
    n_answered: int = 0
    n_failed: int = 0
    n_cancelled: int = 0
    n_turned_away: int = 0
    n_prompt_tokens: int = 0
    n_new_tokens: int = 0
    first_piece: Seconds = field(default_factory=Seconds)
    answer: Seconds = field(default_factory=Seconds)

    def lines(self) -> list[str]:
        """As Prometheus reads them."""
        lines = []
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Seconds):
                name = f"assay_{one.name}_seconds"
                lines += [f"# TYPE {name} summary", f"{name}_sum {value.total:.6f}", f"{name}_count {value.n}"]
            else:
                name = f"assay_{one.name.removeprefix('n_')}_total"
                lines += [f"# TYPE {name} counter", f"{name} {value}"]
        return lines


class Answering:
    """Takes questions in, as many as the limits have it, and tells of each what comes.

    Args:
        current: the run that is served.
        limits: how much is taken in.
        lang: of the marks of unsupported sentences.
        keep: is handed every answer that somebody was given, in the engine's thread.
    """

    def __init__(
        self,
        current: CurrentRun,
        limits: Limits = USUAL,
        lang: str = "en",
        keep: Callable[[Given], None] = lambda given: None,
    ) -> None:
        self.current, self.limits, self.lang, self._keep = current, limits, lang, keep
        self.counts = Counts()
        self._waiting: Queue[Ticket] = Queue(limits.n_waiting)
        self._errands: Queue[Callable[[], None]] = Queue(limits.n_waiting)
        self._has_come = Event()
        self._in_work: list[_InWork] = []
        self._closing = Event()
        self._thread = Thread(target=self._work, name="assay-engine", daemon=True)

    def open(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self, seconds: float = 30.0) -> None:
        """Take in nothing more, and end what was begun; after so many seconds what is not answered fails."""
        self._closing.set()
        self._thread.join(seconds)

    @property
    def n_waiting(self) -> int:
        """Questions that wait for a place in the batch."""
        return self._waiting.qsize()

    @property
    def n_in_work(self) -> int:
        """Questions in the batch."""
        return len(self._in_work)

    def submit(self, asked: Asked, tell: Tell, is_kept: bool = True) -> Ticket:
        """Take a question in; `tell` is called from the engine's thread: pieces, then what ends them, once.

        A question that is not kept is none of anybody's: its answer is handed to nobody else.

        Raises:
            Busy: too many wait, or the server is about to end.
            InputError: the question is too long.
        """
        if len(asked.text) > self.limits.n_characters:
            raise InputError(
                f"the question has {len(asked.text):,} characters; at most {self.limits.n_characters:,} are read"
            )
        ticket = Ticket(asked, tell, time.monotonic() + self.limits.seconds, is_kept)
        self._put(self._waiting, ticket)
        self.counts.n_asked += 1
        return ticket

    def do(self, function: Callable[[], T]) -> "Future[T]":
        """What a function gives that uses the run's encoder or database, called between two steps, before what waits.

        Raises:
            Busy: as of `submit`.
        """
        future: Future[T] = Future()

        def work() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(function())
                except Exception as error:
                    future.set_exception(error)

        self._put(self._errands, work)
        return future

    def stream(self, asked: Asked, is_kept: bool = True) -> Iterator[Piece | Given]:
        """The pieces of an answer as they come, at last the whole; left early, the engine stops.

        Raises:
            Busy: too many wait.
            AssayError: whatever `FinishedRun.ask` raises.
        """
        told: SimpleQueue[Told] = SimpleQueue()
        ticket = self.submit(asked, told.put, is_kept)
        try:
            while True:
                one = told.get()
                if isinstance(one, Failed):
                    raise one.error
                yield one
                if isinstance(one, Given):
                    return
        finally:
            ticket.cancel()

    def _put(self, queue: Queue[T], one: T) -> None:
        if self._closing.is_set():
            raise Busy("the server is about to end: ask again when it is back")
        try:
            queue.put_nowait(one)
        except Full:
            self.counts.n_turned_away += 1
            raise Busy(f"{self.limits.n_waiting} questions wait already: ask again in a while") from None
        self._has_come.set()

    def _work(self) -> None:
        with hub_closed():
            while self._in_work or not self._closing.is_set() or not self._is_idle():
                self._take_in()
                for engine in {id(one.engine): one.engine for one in self._in_work}.values():
                    self._step(engine)
                for one in list(self._in_work):
                    self._go_on(one)

    def _take_in(self) -> None:
        """All errands, and of what waits as much as there is room for; an idle engine waits for the first of it."""
        if not self._in_work and self._is_idle():
            self._has_come.wait(_LOOKS_AT_END_S)
            self._has_come.clear()
        with suppress(Empty):
            while True:
                self._errands.get_nowait()()
        with suppress(Empty):
            while len(self._in_work) < self.limits.n_at_once:
                self._begin(self._waiting.get_nowait())

    def _is_idle(self) -> bool:
        return self._waiting.empty() and self._errands.empty()

    def _begin(self, ticket: Ticket) -> None:
        if self._is_ended(ticket):
            return
        try:
            run = self.current.needed()
            steps = run.begin(ticket.asked)
        except Exception as error:
            self._fail(ticket, error)
            return
        self._advance(ticket, run, steps)

    def _advance(
        self,
        ticket: Ticket,
        run: FinishedRun,
        steps: Steps[Reply],
        done: Completion | None = None,
        stream: MarkedStream | None = None,
    ) -> None:
        """To the next prompt, or to the end."""
        try:
            prompt = next(steps) if done is None else steps.send(done)
            engine = self._as_stepwise(prompt)
            _check_length(prompt, engine)
            begun = engine.begin(prompt.conversation, prompt.max_new_tokens)
        except StopIteration as end:
            self._give(ticket, run, end.value, stream or MarkedStream(lambda text: (), self.lang))
        except Exception as error:
            self._fail(ticket, error)
        else:
            cite = partial(run.cite, passages=prompt.passages, question=ticket.asked.text)
            self._in_work.append(_InWork(ticket, run, steps, MarkedStream(cite, self.lang), prompt, engine, begun))

    def _as_stepwise(self, prompt: Prompt) -> StepwiseEngine:
        """One for an engine, as long as somebody's answer comes from it."""
        used = next((one.engine for one in self._in_work if one.prompt.engine is prompt.engine), None)
        return used or as_stepwise(prompt.engine)

    def _step(self, engine: StepwiseEngine) -> None:
        try:
            engine.step()
        except Exception as error:
            for one in [one for one in self._in_work if one.engine is engine]:
                self._drop(one)
                self._fail(one.ticket, error)

    def _go_on(self, one: _InWork) -> None:
        if self._is_ended(one.ticket):
            self._drop(one)
            return
        try:
            done = one.begun.read()
            is_over = one.begun.is_done
            if one.prompt.is_last and one.prompt.is_as_written:
                text = cut_at(done.text, one.ticket.asked.stop)
                is_over = is_over or text != done.text
                self._show(one, text)
        except Exception as error:
            self._drop(one)
            self._fail(one.ticket, error)
            return
        if is_over:
            self._drop(one)
            self._advance(one.ticket, one.run, one.steps, done, one.stream)

    def _show(self, one: _InWork, text: str) -> None:
        if len(text) > len(one.shown) and text.startswith(one.shown):
            if not one.shown:
                self.counts.first_piece.add(time.monotonic() - one.ticket.begun)
            new, one.shown = text[len(one.shown) :], text
            one.ticket.tell(Piece(new, one.stream.feed(text)))

    def _give(self, ticket: Ticket, run: FinishedRun, reply: Reply, stream: MarkedStream) -> None:
        try:
            rest = stream.end(reply.text, reply.citations)
            given = Given(
                reply,
                marked_text(reply.text, reply.citations, self.lang),
                run.as_of,
                run.result.run_id,
                ticket.asked.text,
            )
        except Exception as error:
            self._fail(ticket, error)
            return
        self.counts.n_answered += 1
        self.counts.answer.add(time.monotonic() - ticket.begun)
        self.counts.n_prompt_tokens += reply.n_prompt_tokens
        self.counts.n_new_tokens += reply.n_new_tokens
        if rest:
            ticket.tell(Piece("", rest))
        ticket.tell(given)
        if ticket.is_kept:
            self._keep(given)

    def _is_ended(self, ticket: Ticket) -> bool:
        """Whether nobody waits for it any more."""
        if ticket.is_cancelled:
            self.counts.n_cancelled += 1
            return True
        if time.monotonic() > ticket.deadline:
            self._fail(ticket, TooSlow(f"the question was not answered within {self.limits.seconds:g} s"))
            return True
        return False

    def _drop(self, one: _InWork) -> None:
        self._in_work.remove(one)
        with suppress(Exception):
            one.begun.cancel()
            if not any(other.engine is one.engine for other in self._in_work):
                one.engine.step()  # lets go of its memory

    def _fail(self, ticket: Ticket, error: Exception) -> None:
        self.counts.n_failed += 1
        if not isinstance(error, AssayError):
            _log.error("a question failed", exc_info=error)
        ticket.tell(Failed(error))


def _check_length(prompt: Prompt, engine: StepwiseEngine) -> None:
    n_tokens = count_prompt_tokens(engine, prompt.conversation) + prompt.max_new_tokens
    if n_tokens > engine.window:
        raise InputError(
            f"the question is too long: with its answer it takes {n_tokens:,} of the {engine.window:,} tokens that the "
            "model reads"
        )
