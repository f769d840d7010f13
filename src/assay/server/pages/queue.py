"""Questions that wait, one at a time: accepted as they stand or corrected, thrown away, or passed over."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.errors import InputError
from assay.questions.question import Question
from assay.server.pages.coming_in import managed
from assay.server.pages.frame import back_to, lang_of, render, site_of
from assay.server.pages.question_sets import QuestionSets
from assay.server.pages.questions import parse_question
from assay.server.pages.site import Site
from assay.server.waiting_questions import WaitingQuestions
from assay.words import message

__all__ = ["routes"]


async def queue_page(request: Request) -> Response:
    """The next one."""
    after = request.query_params.get("after", "0")
    return await _page(request, int(after) if after.isascii() and after.isdigit() and len(after) < 12 else 0)


async def decide(request: Request) -> Response:
    """Accept one, or throw it away; then the next."""
    site, id, lang = site_of(request), int(request.path_params["waiting"]), lang_of(request)
    form = {name: str(value) for name, value in (await request.form()).items()}
    waiting = WaitingQuestions(site.database)
    if form.get("decision") == "discard":
        await run_in_threadpool(waiting.take, id)
    elif form.get("decision") in ("accept", "test"):
        if form["decision"] == "test":
            form["split"] = "test"
        try:
            await run_in_threadpool(_accept, site, id, form, lang)
        except InputError as error:
            return await _page(request, id - 1, str(error), 422, form)
    else:
        raise InputError("a question that waits is accepted or thrown away")
    return back_to(f"/questions/-/queue?after={id}")


def routes() -> list[Route]:
    """The queue; its addresses come before those of sets."""
    return [
        Route("/questions/-/queue", managed(queue_page), methods=["GET"]),
        Route("/questions/-/queue/{waiting:number}", managed(decide), methods=["POST"]),
    ]


async def _page(
    request: Request, after: int, problem: str = "", status: int = 200, form: Mapping[str, str] | None = None
) -> Response:
    site = site_of(request)
    waiting = WaitingQuestions(site.database)
    one = await run_in_threadpool(waiting.next, after)
    if one is None and after:
        one = await run_in_threadpool(waiting.next)
    row = dict(one.row) if one else {}
    if one and form is not None:
        row |= {name: value for name, value in form.items() if name in row}
        row["answers"] = form.get("answers", "").splitlines()
        row["answerable"] = form.get("answerable") == "1"
    if one and one.source != "draft" and not row.get("split"):
        row["split"] = "train"  # what people said and asked is learnt from; it is no new test unless somebody says so
    sets = QuestionSets(site.questions_folder()).names()
    n = await run_in_threadpool(waiting.count)
    return render(request, "queue.html", status, one=one, row=row, sets=sets, n=n, problem=problem)


def _accept(site: Site, id: int, form: Mapping[str, str], lang: str) -> None:
    sets, waiting = QuestionSets(site.questions_folder()), WaitingQuestions(site.database)
    one = waiting.one(id)
    name = form.get("set", "").strip()
    if not name:
        raise InputError(message("web.queue.name_a_set", lang))

    def add(asked: list[Question]) -> list[Question]:
        taken = {each.id for each in asked}
        new = next(new for n in range(len(asked) + 1, 10**6) if (new := f"q{n:04d}") not in taken)
        return [*asked, parse_question({**form, "origin": str(one.row.get("origin", ""))}, new)]

    sets.change(name, add, may_begin=True)
    waiting.take(id)
