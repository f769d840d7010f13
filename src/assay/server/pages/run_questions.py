"""Any question of a run across all its cells: what each answered and read, how it was marked, and the cause."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.errors import NotFound
from assay.report.passage_view import passage_entries, passage_refs
from assay.report.question_view import question_entries
from assay.server.pages.coming_in import managed
from assay.server.pages.frame import lang_of, render, site_of
from assay.server.pages.paging import paged
from assay.server.pages.runs import find_result

__all__ = ["routes"]


async def questions_page(request: Request) -> Response:
    """All of a run's questions, those that are sought."""
    lang, sought = lang_of(request), request.query_params
    result = await run_in_threadpool(find_result, site_of(request), request.path_params["run"])
    entries = await run_in_threadpool(question_entries, result, passage_refs(result, lang), lang)
    words, state = sought.get("find", "").lower().split(), sought.get("state", "")
    found = [one for one in entries if all(word in one.text.lower() for word in words) and state in ("", one.state)]
    page = paged(found, request)
    return render(
        request,
        "run_questions.html",
        result=result,
        entries=page.rows,
        n_all=len(entries),
        find=sought.get("find", ""),
        state=state,
        **page.frame(),
    )


async def question_page(request: Request) -> Response:
    """One question."""
    lang, id = lang_of(request), request.path_params["question"]
    result = await run_in_threadpool(find_result, site_of(request), request.path_params["run"])
    refs = passage_refs(result, lang)
    found = next((one for one in question_entries(result, refs, lang) if one.id == id), None)
    if found is None:
        raise NotFound(f"run {result.run_id} has no question {id[:80]}")
    named = {ref.anchor for row in found.rows for reading in row.readings for ref, _ in reading.passages}
    entries = await run_in_threadpool(passage_entries, result, refs)
    texts = {one.anchor: one.text for one in entries if one.anchor in named}
    return render(request, "run_question.html", result=result, one=found, texts={"": ""} | texts)


def routes() -> list[Route]:
    """The list and each of it."""
    return [
        Route("/runs/{run}/questions", managed(questions_page), methods=["GET"]),
        Route("/runs/{run}/questions/{question:path}", managed(question_page), methods=["GET"]),
    ]
