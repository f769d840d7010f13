"""Bodies of requests, no longer than is read. Knows nothing of what is in them."""

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["LimitedBodies"]

_PATH = "/v1/"


class LimitedBodies:
    """Turns away a longer body of the interface for programs, whether its head says so or not, and a packed one."""

    def __init__(self, app: ASGIApp, n_bytes: int) -> None:
        self._app, self._most = app, n_bytes
        self._too_long = f"the body is longer than {n_bytes:,} bytes: send less"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or not scope["path"].startswith(_PATH):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        packed = headers.get("content-encoding", "identity")
        if packed.lower() != "identity":
            sentence = f"Content-Encoding {packed[:40]} is not read: send the body as it is"
            await self._refuse(scope, receive, send, 415, sentence)
            return
        told = headers.get("content-length", "0")
        if told.isdigit() and int(told) > self._most:
            await self._refuse(scope, receive, send, 413, self._too_long)
            return
        read: list[Message] = []
        n_bytes, more = 0, True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return  # whoever asked is gone
            n_bytes += len(message.get("body", b""))
            if n_bytes > self._most:
                await self._refuse(scope, receive, send, 413, self._too_long)
                return
            read.append(message)
            more = message.get("more_body", False)

        async def replay() -> Message:
            return read.pop(0) if read else await receive()

        await self._app(scope, replay, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
        error = {"message": sentence, "type": "invalid_request_error", "param": None, "code": None}
        await JSONResponse({"error": error}, status, {"Connection": "close"})(scope, receive, send)
