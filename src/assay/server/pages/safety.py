"""What every answer of the pages carries, and which requests are turned away: no page of elsewhere acts for a person.

A form of another site is known by what browsers say of where a request comes from (Sec-Fetch-Site, else Origin), so no
token is needed; a name that is not this server's own (DNS rebinding) is known by its Host.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assay.server.api.asker import is_own_name

__all__ = ["Guard"]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
REPORT_POLICY = "frame-ancestors 'self'"  # a report brings a stricter one of its own: a script by its hash, no address
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_READING = ("GET", "HEAD", "OPTIONS")
_MOST_BYTES = 2_000_000  # of a form
_MOST_UPLOADED = 1_000_000_000  # of the files of one form or request
_UPLOADS = ("/documents/-/upload", "/documents/-/file", "/questions/-/import")


class Guard:
    """Turns away what other sites send in a person's name, and tells browsers to ask nobody else.

    Args:
        app: what answers.
        is_local: whether the server has no keys, so that only names of this machine are its own.
    """

    def __init__(self, app: ASGIApp, is_local: Callable[[], bool]) -> None:
        self._app, self._is_local = app, is_local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        problem = self._problem(scope["method"], Headers(scope=scope))
        if problem:
            await PlainTextResponse(problem, 403)(scope, receive, send)
            return
        most = _MOST_UPLOADED if scope["path"] in _UPLOADS else _MOST_BYTES
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            await PlainTextResponse(_too_large(most), 413)(scope, receive, send)
            return
        n_bytes = 0

        async def receive_counted() -> Message:
            nonlocal n_bytes
            message = await receive()
            n_bytes += len(message.get("body", b""))
            if n_bytes > most:
                raise HTTPException(413, _too_large(most))
            return message

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", POLICY)
                headers.setdefault("cache-control", "no-store")
                headers.update(_HEADERS)
            await send(message)

        await self._app(scope, receive_counted, send_guarded)

    def _problem(self, method: str, headers: Headers) -> str:
        host = headers.get("host", "")
        if self._is_local() and not is_own_name(host):
            return f"this server answers under localhost and 127.0.0.1, not under {host[:100]}\n"
        if method in _READING or _is_from_here(headers, host):
            return ""
        return "this request comes from another site: open the page here and send it again\n"


def _too_large(most: int) -> str:
    return f"this is too large: at most {most / 1e6:,.0f} MB are taken at once\n"


def _is_from_here(headers: Headers, host: str) -> bool:
    """Whether a browser sent it from a page of this server; no browser sends neither header."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host
