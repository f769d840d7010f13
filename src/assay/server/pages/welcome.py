"""Where a workspace without a finished run begins: what is there already, and what comes next."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.corpus.extraction import SUFFIXES
from assay.server.jobs import Jobs
from assay.server.pages.coming_in import entered
from assay.server.pages.frame import led_to, render, site_of
from assay.server.pages.site import Site

__all__ = ["routes"]


@dataclass(frozen=True)
class Steps:
    """What is there: files to be read, question sets, and whether a run is at work."""

    n_documents: int
    n_sets: int
    is_running: bool


async def welcome_page(request: Request) -> Response:
    """The way to the first run."""
    site = site_of(request)
    current = site.served.current
    if site.run() is not None:
        return led_to(request, "/ask")
    steps = await run_in_threadpool(_steps, site)
    return render(request, "welcome.html", steps=steps, is_loading=current.is_loading, problem=current.problem)


async def loading_part(request: Request) -> Response:
    """Asked again and again while a run is loaded; leads on once it is."""
    current = site_of(request).served.current
    response = render(request, "loading.html")
    if not current.is_loading:
        response.headers["hx-redirect"] = "/ask"
    return response


def routes() -> list[Route]:
    """The page and the part of it that looks again."""
    return [
        Route("/welcome", entered(welcome_page), methods=["GET"]),
        Route("/welcome/loading", entered(loading_part), methods=["GET"]),
    ]


def _steps(site: Site) -> Steps:
    files = (file for file in site.documents_folder().rglob("*") if file.suffix.lower() in SUFFIXES)
    is_running = any(job.kind == "run" for job in Jobs(site.database).open())
    return Steps(sum(1 for _ in files), sum(1 for _ in site.questions_folder().iterdir()), is_running)
