"""The page Marks: a run's answers marked blind, one at a time, by one key each; several people at once."""

from dataclasses import dataclass
from threading import Lock
from typing import Any, get_args
from urllib.parse import quote as quoted
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.errors import InputError
from assay.marks.kept_marks import Said, load_draws, load_marks
from assay.marks.marking_sheet import SheetRow, sheet_rows
from assay.plain_text import plain_text
from assay.server.pages.coming_in import managed, reading_all
from assay.server.pages.frame import asker_of, back_to, lang_of, render, site_of
from assay.server.pages.runs import find_result
from assay.server.pages.site import Site
from assay.studies.grid.kind import KIND
from assay.studies.marked_runs import draw_marks, find_run, retell_marks, say_mark
from assay.studies.study import finished_studies

__all__ = ["routes"]

_PERSON = "person"
_COOKIE_S = 365 * 86_400
_SAYING = Lock()


@dataclass(frozen=True)
class Sheet:
    """The rows of all draws of a run, and what one person said of them."""

    rows: list[SheetRow]
    said: dict[str, str]
    people: dict[str, int]  # how many rows each has marked

    def next(self, after: str = "") -> SheetRow | None:
        """The first row behind another that is not marked yet; from the start again; None where all are."""
        ids = [row.row for row in self.rows]
        start = ids.index(after) + 1 if after in ids else 0
        return next((row for row in [*self.rows[start:], *self.rows[:start]] if row.row not in self.said), None)


async def marks_page(request: Request) -> Response:
    """The runs that can be marked, and how far their marks are."""
    site = site_of(request)
    listed = await run_in_threadpool(_list, site)
    return render(request, "marks.html", runs=listed)


async def sheet_page(request: Request) -> Response:
    """One answer to be marked."""
    site, run = site_of(request), request.path_params["run"]
    person = _person(request)
    sheet = await run_in_threadpool(_sheet, site, run, person, lang_of(request))
    wanted = request.query_params.get("row", "")
    shown = next((row for row in sheet.rows if row.row == wanted), None)
    shown = shown or sheet.next(request.query_params.get("after", ""))
    place = sheet.rows.index(shown) if shown else 0
    return render(
        request,
        "marking_sheet.html",
        run=run,
        sheet=sheet,
        row=shown,
        place=place,
        person=person,
        before=sheet.rows[place - 1].row if shown and place else "",
        asks_name=not asker_of(request).name,
    )


async def mark(request: Request) -> Response:
    """What a person says of an answer; then the next."""
    form = {name: plain_text(str(value)) for name, value in (await request.form()).items()}
    site, run, row = site_of(request), request.path_params["run"], request.path_params["row"]
    person = asker_of(request).name or form.get("person", "").strip()[:80]
    said = form.get("said", "")
    if said not in get_args(Said):
        raise InputError(f'an answer is marked y, n or u, not "{said[:20]}"')
    await run_in_threadpool(_say, site, run, row, person, said)
    response = back_to(f"/marks/{quoted(run)}?after={quoted(row)}")
    response.set_cookie(_PERSON, quoted(person), max_age=_COOKIE_S, samesite="lax", httponly=True)
    return response


async def draw(request: Request) -> Response:
    """Draw answers to be marked."""
    site, run, lang = site_of(request), request.path_params["run"], lang_of(request)
    n = str((await request.form()).get("n", ""))
    if not (n.isascii() and n.isdigit() and 1 <= int(n) <= 2000):
        raise InputError("between 1 and 2000 answers are drawn at once")
    await run_in_threadpool(find_result, site, run)
    await run_in_threadpool(lambda: draw_marks(run, int(n), out=site.workspace.folder, lang=lang))
    return back_to(f"/marks/{quoted(run)}")


async def tell(request: Request) -> Response:
    """The run's report with what people say."""
    site, run = site_of(request), request.path_params["run"]
    await run_in_threadpool(find_result, site, run)
    await run_in_threadpool(_tell, site, run)
    return back_to(f"/runs/{quoted(run)}")


def routes() -> list[Route]:
    """The runs, and the sheet of each."""
    return [
        Route("/marks", reading_all(marks_page), methods=["GET"]),
        Route("/marks/{run}", reading_all(sheet_page), methods=["GET"]),
        Route("/marks/{run}/draw", managed(draw), methods=["POST"]),
        Route("/marks/{run}/tell", managed(tell), methods=["POST"]),
        Route("/marks/{run}/row/{row}", reading_all(mark), methods=["POST"]),
    ]


def _person(request: Request) -> str:
    return asker_of(request).name or unquote(request.cookies.get(_PERSON, ""))[:80]


def _list(site: Site) -> list[dict[str, Any]]:
    listed = []
    for folder in finished_studies(KIND, site.workspace)[:50]:
        draws = load_draws(folder)
        rows = {row.row for draw in draws for row in draw.rows}
        marked = {mark.row for mark in load_marks(folder)}
        result = find_result(site, folder.name)
        told = {"id": folder.name, "title": result.title, "created": result.created}
        listed.append(told | {"n": len(rows), "n_marked": len(rows & marked)})
    return listed


def _sheet(site: Site, run: str, person: str, lang: str) -> Sheet:
    result = find_result(site, run)
    folder = site.workspace.folder / KIND.folder / run
    rows = [row for draw in load_draws(folder) for row in sheet_rows(draw, result, lang)]
    marks = load_marks(folder)
    people: dict[str, int] = {}
    for one in marks:
        people[one.person] = people.get(one.person, 0) + 1
    return Sheet(rows, {one.row: one.said for one in marks if one.person == person}, people)


def _say(site: Site, run: str, row: str, person: str, said: Any) -> None:
    with _SAYING:
        say_mark(find_run(run, site.workspace.folder, None), row, person, said)


def _tell(site: Site, run: str) -> None:
    with _SAYING:
        retell_marks(find_run(run, site.workspace.folder, None))
