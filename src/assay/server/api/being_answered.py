"""An answer on its way from the engine's thread to one client, who may go away, be slow, or lose their key."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, Protocol

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.types import Send

from assay.server.answering import Failed, Given, Piece, Told, TooSlow
from assay.server.api.asker import secret_of
from assay.server.api.errors import Gone, NoKey
from assay.server.served import Served, served_by
from assay.serving.asked import Asked

__all__ = ["BeingAnswered", "EventStream", "Shape", "answer_in"]

_LOOKS_AT_KEY_S = 1.0
_ENGINE_IS_STUCK_S = 10.0  # beyond the time in which it tells by itself that it was too slow


class BeingAnswered:
    """A question that was taken in.

    Args:
        served: by what.
        asked: the question.
        secret: the key that it came with; "" without keys. Revoked meanwhile, it ends the answer.

    Raises:
        Busy: too many wait.
        InputError: the question is too long.
    """

    def __init__(self, served: Served, asked: Asked, secret: str) -> None:
        self._served, self._secret = served, secret
        self._told: asyncio.Queue[Told] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def tell(one: Told) -> None:
            with suppress(RuntimeError):  # the loop is closed: nobody listens any more
                loop.call_soon_threadsafe(self._told.put_nowait, one)

        self._ticket = served.answering.submit(asked, tell)
        self._looked = time.monotonic()
        self._latest = self._looked + served.limits.seconds + _ENGINE_IS_STUCK_S

    async def first(self, request: Request) -> Piece | Given:
        """What comes first, so that what fails before has a status of its own. Raises as `whole` does."""
        try:
            return await self._next_for(request)
        except BaseException:
            self._ticket.cancel()
            raise

    async def whole(self, request: Request) -> Given:
        """The end.

        Raises:
            Gone: whoever asked has hung up; the engine stops.
            NoKey: their key was revoked.
            AssayError: what the run or the engine raised.
        """
        try:
            while True:
                one = await self._next_for(request)
                if isinstance(one, Given):
                    return one
        finally:
            self._ticket.cancel()

    async def events(self, first: Piece | Given) -> AsyncIterator[Told]:
        """What comes, from the first on; left early, the engine stops."""
        try:
            one: Told = first
            yield one
            while not isinstance(one, Given | Failed):
                one = await self._next()
                yield one
        finally:
            self._ticket.cancel()

    async def _next_for(self, request: Request) -> Piece | Given:
        """The next, while whoever asked is there."""
        coming = asyncio.ensure_future(self._next())
        leaving = asyncio.ensure_future(_hung_up(request))
        try:
            await asyncio.wait((coming, leaving), return_when=asyncio.FIRST_COMPLETED)
            if not coming.done():
                raise Gone
            one = coming.result()
        finally:
            coming.cancel()
            leaving.cancel()
        if isinstance(one, Failed):
            raise one.error
        return one

    async def _next(self) -> Told:
        while True:
            if self._secret and time.monotonic() - self._looked > _LOOKS_AT_KEY_S:
                self._looked = time.monotonic()
                if not await run_in_threadpool(self._served.keys.still_opens, self._secret):
                    self._ticket.cancel()
                    return Failed(NoKey("the key was revoked or has expired while this was answered"))
            if time.monotonic() > self._latest:
                self._ticket.cancel()
                return Failed(TooSlow("the engine is stuck: nothing came from it in time"))
            with suppress(TimeoutError):
                return await asyncio.wait_for(self._told.get(), _LOOKS_AT_KEY_S)


class Shape(Protocol):
    """How an interface tells an answer."""

    async def whole(self, given: Given) -> dict[str, Any]:
        """All at once."""
        ...

    def events(self, answer: BeingAnswered, first: Piece | Given) -> AsyncIterator[str]:
        """As server-sent events."""
        ...


async def answer_in(shape: Shape, request: Request, asked: Asked, is_streamed: bool) -> Response:
    """The answer to a question in a shape, at once or as it comes. Raises as `BeingAnswered` and its `whole` do."""
    served = served_by(request)
    answer = BeingAnswered(served, asked, secret_of(request))
    if is_streamed:
        first = await answer.first(request)
        return EventStream(shape.events(answer, first), served.limits.seconds)
    return JSONResponse(await shape.whole(await answer.whole(request)))


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


class EventStream(StreamingResponse):
    """Server-sent events to a client that reads them, within a time."""

    media_type = "text/event-stream"

    def __init__(self, content: AsyncIterator[str], seconds: float) -> None:
        super().__init__(content, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self._content, self._seconds = content, seconds

    async def stream_response(self, send: Send) -> None:
        """All events; a client that does not read them is left alone."""
        try:
            async with asyncio.timeout(self._seconds):
                await super().stream_response(send)
        except TimeoutError:
            pass
        finally:
            await self._content.aclose()  # type: ignore[attr-defined]
