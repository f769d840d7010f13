"""The pages as a list of addresses, and the app around them."""

from importlib import resources

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from assay.bench.workspace import Workspace
from assay.server.database import open_tables
from assay.server.pages import ask, coming_in
from assay.server.pages.frame import back_to, stylesheet
from assay.server.pages.safety import Guard
from assay.server.pages.site import Answers, Keys, NoKeys, RunAnswers, Runs, Site

__all__ = ["create_pages", "open_site", "page_routes"]

_TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}
_STATIC = ("app.css", "app.js", "ask.js", "htmx.min.js", "icon.svg")


def open_site(workspace: Workspace, answers: Answers | None = None, keys: Keys | None = None) -> Site:
    """What the pages of a workspace are handed."""
    workspace.create()
    runs = Runs(workspace)
    return Site(workspace, open_tables(workspace.database_url), runs, answers or RunAnswers(runs), keys or NoKeys())


def page_routes() -> list[BaseRoute]:
    """Every page; the app that holds them has the site at `app.state.site`, and a `Guard` before them."""
    return [
        Route("/", start, methods=["GET"]),
        Route("/static/{name}", static, methods=["GET"]),
        *coming_in.routes(),
        *ask.routes(),
    ]


def create_pages(site: Site) -> Starlette:
    """The pages alone, without the interface for programs."""
    app = Starlette(routes=page_routes(), middleware=[Middleware(Guard, is_local=not site.keys.entries())])
    app.state.site = site
    return app


async def start(request: Request) -> Response:
    """Where everybody begins."""
    return back_to("/ask")


async def static(request: Request) -> Response:
    """A file of the app itself."""
    name = request.path_params["name"]
    if name not in _STATIC:
        return Response(status_code=404)
    file = resources.files("assay.server.pages") / "static" / name
    text = stylesheet() if name == "app.css" else file.read_text("utf-8")
    return Response(
        text, media_type=_TYPES[name.rsplit(".", 1)[-1]], headers={"cache-control": "max-age=600"}
    )
