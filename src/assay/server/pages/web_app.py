"""The pages as a list of addresses, and the app around them."""

from importlib import resources

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from assay.server.pages import (
    ask_page,
    coming_in,
    documents,
    kept_page,
    marks_page,
    questions,
    queue,
    run_questions,
    runs,
    settings_page,
    welcome,
)
from assay.server.pages.frame import led_to, stylesheet, tell_fault, tell_http
from assay.server.pages.safety import Guard
from assay.server.pages.site import Site
from assay.server.served import Served

__all__ = ["create_pages", "page_routes"]

_TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
_STATIC = ("app.css", "app.js", "ask.js", "documents.js", "marks.js", "queue.js", "htmx.min.js", "icon.svg")


def page_routes() -> list[BaseRoute]:
    """Every page."""
    return [
        Route("/", start, methods=["GET"]),
        Route("/static/{name}", static, methods=["GET"]),
        *coming_in.routes(),
        *welcome.routes(),
        *ask_page.routes(),
        *documents.routes(),
        *marks_page.routes(),
        *queue.routes(),
        *kept_page.routes(),
        *questions.routes(),
        *run_questions.routes(),
        *runs.routes(),
        *settings_page.routes(),
    ]


def create_pages(served: Served) -> Starlette:
    """The pages of a server, to be mounted behind its interface for programs."""
    site = Site(served)
    guard = Middleware(Guard, is_local=lambda: not site.keys.are_needed())
    errors = {HTTPException: tell_http, Exception: tell_fault}
    app = Starlette(routes=page_routes(), middleware=[guard], exception_handlers=errors)
    app.state.site = site
    return app


async def start(request: Request) -> Response:
    """Where everybody begins."""
    return led_to(request, "/ask")


async def static(request: Request) -> Response:
    """A file of the app itself."""
    name = request.path_params["name"]
    if name not in _STATIC:
        return Response(status_code=404)
    file = resources.files("assay.server.pages") / "static" / name
    text = stylesheet() if name == "app.css" else file.read_text("utf-8")
    return Response(text, media_type=_TYPES[name.rsplit(".", 1)[-1]], headers={"cache-control": "max-age=600"})
