"""What people asked, where that is kept: each a candidate that somebody proposes for a set, or throws away."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.errors import InputError
from assay.server.pages.coming_in import managed
from assay.server.pages.frame import back_to, lang_of, render, site_of
from assay.server.pages.paging import paged
from assay.words import message

__all__ = ["routes"]


async def kept_page(request: Request) -> Response:
    """The candidates, the latest first."""
    kept = site_of(request).served.kept
    page = paged(await run_in_threadpool(kept.newest), request)
    return render(request, "kept.html", answers=page.rows, days=kept.days, **page.frame())


async def decide(request: Request) -> Response:
    """Propose one for a set, or throw it away: then it is kept here no more."""
    kept, id = site_of(request).served.kept, int(request.path_params["answer"])
    decision = str((await request.form()).get("decision", ""))
    if decision == "propose":
        await run_in_threadpool(kept.propose, id, message("web.kept.note", lang_of(request)))
    elif decision == "discard":
        await run_in_threadpool(kept.forget, id)
    else:
        raise InputError("what was asked is proposed for a set or thrown away")
    return back_to("/questions/-/asked")


async def forget_all(request: Request) -> Response:
    """Throw everything away."""
    await run_in_threadpool(site_of(request).served.kept.forget)
    return back_to("/questions")


def routes() -> list[Route]:
    """The page and its forms; its addresses come before those of sets."""
    return [
        Route("/questions/-/asked", managed(kept_page), methods=["GET"]),
        Route("/questions/-/asked/all", managed(forget_all), methods=["POST"]),
        Route("/questions/-/asked/{answer:number}", managed(decide), methods=["POST"]),
    ]
