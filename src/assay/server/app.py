"""The app: what is served, whose it is, and how it begins and ends. Each interface is a router of its own."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import Match, Mount
from starlette.types import Scope

from assay.bench.workspace import Workspace
from assay.server.answering import Answering
from assay.server.api import add_api
from assay.server.current_run import CurrentRun
from assay.server.database import open_tables
from assay.server.exam_again import ExamAgain
from assay.server.jobs import Jobs, launch_worker
from assay.server.kept_answers import KeptAnswers
from assay.server.keys import Keys
from assay.server.limits import USUAL, Limits
from assay.server.pages.web_app import create_pages
from assay.server.served import Served
from assay.version import __version__

__all__ = ["create_app"]

_FOR_PROGRAMS = ("/health", "/ready", "/metrics", "/openapi.json")


def create_app(
    workspace: Workspace,
    *,
    run_id: str | None = None,
    parts: tuple[str, ...] = (),
    limits: Limits = USUAL,
    lang: str = "en",
    canary_s: float | None = None,
    kept_days: int = 0,
) -> FastAPI:
    """The app over a workspace; what it serves is loaded once it runs, in the background.

    Args:
        workspace: whose newest run is served; one without a finished run has an app, too.
        run_id: of the run, or the first letters; None: the newest, also one that is finished later.
        parts: where the run's parts from outside are.
        limits: how much is taken in.
        lang: of the marks in answers.
        canary_s: every how many seconds a question of the exam is asked again while nobody asks; None: never.
        kept_days: for how many days questions and answers are kept; 0: they are not.

    Raises:
        InputError: the workspace cannot be written to.
    """
    tables = open_tables(workspace)
    current = CurrentRun(workspace, run_id, parts)
    kept = KeptAnswers(tables, kept_days)
    answering = Answering(current, limits, lang, kept.keep)
    again = None if canary_s is None else ExamAgain(answering, canary_s)
    served = Served(workspace, current, answering, Keys(tables), tables, limits, kept, again)
    app = FastAPI(title="Assay", version=__version__, lifespan=_running, docs_url=None, redoc_url=None)
    app.state.served = served
    add_api(app)
    app.state.pages = create_pages(served)
    app.router.routes.append(_Pages("/", app.state.pages))
    return app


class _Pages(Mount):
    """Everything that is not for programs, whose errors are told in another shape."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As of `Mount`."""
        is_for_programs = scope["path"].startswith("/v1/") or scope["path"] in _FOR_PROGRAMS
        return (Match.NONE, {}) if is_for_programs else super().matches(scope)


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    served: Served = app.state.served
    threading.Thread(target=served.current.open, name="assay-open", daemon=True).start()
    served.kept.open()
    served.answering.open()
    if Jobs(served.database).open():  # what a server before this one was told to do
        launch_worker(served.workspace)
    if served.exam_again:
        served.exam_again.open()
    yield
    if served.exam_again:
        served.exam_again.close()
    served.current.close()
    await run_in_threadpool(served.answering.close)
    await run_in_threadpool(served.kept.close)
    app.state.pages.state.site.drawing.close()
    served.database.dispose()
