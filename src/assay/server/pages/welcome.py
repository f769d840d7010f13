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
from assay.server.waiting_questions import WaitingQuestions
from assay.studies.grid.kind import KIND
from assay.studies.study import finished_studies

__all__ = ["routes"]


@dataclass(frozen=True)
class Steps:
    """What is there: files to be read, question sets, drafts that wait, and whether a run is at work."""

    n_documents: int
    n_sets: int
    n_waiting: int
    is_running: bool


async def welcome_page(request: Request) -> Response:
    """The way to the first run."""
    site = site_of(request)
    if site.run() is not None:
        return led_to(request, "/ask")
    steps = await run_in_threadpool(_steps, site)
    is_loading = await run_in_threadpool(_is_on_its_way, site)
    problem = site.served.current.problem
    return render(request, "welcome.html", steps=steps, is_loading=is_loading, problem=problem)


async def loading_part(request: Request) -> Response:
    """Asked again and again while a run is loaded; leads on once it is."""
    site = site_of(request)
    response = render(request, "loading.html")
    if site.run() is not None:
        response.headers["hx-redirect"] = "/ask"
    elif not await run_in_threadpool(_is_on_its_way, site):
        response.headers["hx-redirect"] = "/welcome"
    return response


async def running_part(request: Request) -> Response:
    """Asked again and again while the first run is at work; leads on once it is not."""
    site = site_of(request)
    response = render(request, "first_run.html")
    if not (await run_in_threadpool(_steps, site)).is_running:
        response.headers["hx-redirect"] = "/ask"
    return response


def routes() -> list[Route]:
    """The page and the part of it that looks again."""
    return [
        Route("/welcome", entered(welcome_page), methods=["GET"]),
        Route("/welcome/loading", entered(loading_part), methods=["GET"]),
        Route("/welcome/running", entered(running_part), methods=["GET"]),
    ]


def _steps(site: Site) -> Steps:
    files = (file for file in site.documents_folder().rglob("*") if file.suffix.lower() in SUFFIXES)
    is_running = any(job.kind == "run" for job in Jobs(site.database).open())
    n_sets = sum(1 for _ in site.questions_folder().iterdir())
    return Steps(sum(1 for _ in files), n_sets, WaitingQuestions(site.database).count(), is_running)


def _is_on_its_way(site: Site) -> bool:
    """Whether a finished run is about to be served."""
    current = site.served.current
    return current.is_loading or (not current.problem and bool(finished_studies(KIND, site.workspace)))
