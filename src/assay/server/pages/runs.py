"""The page Runs: one is started, watched, stopped and taken up; finished studies of every kind with their reports."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from assay.errors import AssayError, InputError, NotFound
from assay.models.known import KNOWN
from assay.questions.splitting import assign_splits
from assay.server.jobs import Jobs, launch_worker
from assay.server.pages.coming_in import managed
from assay.server.pages.frame import asker_of, back_to, lang_of, render, site_of
from assay.server.pages.question_sets import QuestionSets
from assay.server.pages.safety import REPORT_POLICY
from assay.server.pages.site import Site
from assay.settings import load_settings, settings_table
from assay.studies.comparison import compare
from assay.studies.grid.kind import KIND
from assay.studies.known_kinds import list_kinds
from assay.studies.study import Kind, finished_studies
from assay.verdict.result import RunResult
from assay.verdict.stored import load_result
from assay.words import message

__all__ = ["find_result", "routes"]

_NOT_HERE = ("parts", "database", "llama_cpp", "lang", "base", "encoder")  # code and places are the host's to name
_CELLS = ("none/zero-shot", "retrieved/zero-shot", "retrieved/few-shot", "retrieved/tuned", "adaptive")


_LISTED = 50


@dataclass(frozen=True)
class ListedRun:
    """A finished study of the list; `kind` is empty for a run, which alone is asked and compared."""

    id: str
    kind: str
    title: str
    created: str
    base: str
    cell: str
    score: str


async def runs_page(request: Request) -> Response:
    """What is at work, what is finished, and how one is started."""
    return render(request, "runs.html", **await run_in_threadpool(_context, site_of(request), lang_of(request)))


async def start(request: Request) -> Response:
    """A run more: it waits for its turn."""
    form = {name: str(value).strip() for name, value in (await request.form()).items()}
    site, lang = site_of(request), lang_of(request)
    try:
        await run_in_threadpool(_start, site, form, lang, asker_of(request).name)
    except InputError as error:
        context = await run_in_threadpool(_context, site, lang)
        return render(request, "runs.html", 422, **context | {"problem": str(error), "given": _given(form)})
    return back_to("/runs")


async def jobs_part(request: Request) -> Response:
    """How far the jobs are, for a script; a page that shows what is finished looks at it anew."""
    site = site_of(request)
    jobs = await run_in_threadpool(_shown_jobs, site)
    response = render(request, "jobs.html", jobs=jobs)
    if not any(job.is_open for job in jobs):
        response.headers["hx-refresh"] = "true"
    return response


async def jobs_rows(request: Request) -> Response:
    """The last jobs as JSON, the newest first."""
    jobs = await run_in_threadpool(Jobs(site_of(request).database).newest)
    return JSONResponse([asdict(job) for job in jobs])


async def change_job(request: Request) -> Response:
    """Stop one, or take it up where it stopped."""
    site, id = site_of(request), int(request.path_params["job"])
    jobs = Jobs(site.database)
    if request.path_params["what"] == "stop":
        await run_in_threadpool(jobs.stop, id)
    elif request.path_params["what"] == "resume":
        await run_in_threadpool(jobs.resume, id)
        await run_in_threadpool(launch_worker, site.workspace)
    else:
        raise NotFound("a job can be stopped, and resumed")
    return back_to("/runs")


async def run_page(request: Request) -> Response:
    """A study's report inside the page."""
    kind, result = await run_in_threadpool(_find, site_of(request), request.path_params["run"])
    return render(request, "run.html", result=result, is_run=kind is KIND)


async def report(request: Request) -> Response:
    """The report alone, in the language of whoever reads it."""
    kind, result = await run_in_threadpool(_find, site_of(request), request.path_params["run"])
    return _as_report(await run_in_threadpool(kind.render, result, lang_of(request)))


async def comparison_page(request: Request) -> Response:
    """Two runs beside each other."""
    runs = request.query_params.getlist("run")
    if len(runs) != 2:
        raise InputError(message("web.runs.choose_two", lang_of(request)))
    return render(request, "run_comparison.html", runs=runs)


async def comparison(request: Request) -> Response:
    """What turned between two runs, as the page that `assay compare` writes."""
    site, lang = site_of(request), lang_of(request)
    for run in (first := request.path_params["first"], second := request.path_params["second"]):
        await run_in_threadpool(find_result, site, run)
    found = await run_in_threadpool(lambda: compare(first, second, out=site.workspace.folder, lang=lang))
    return _as_report(await run_in_threadpool(found.report.read_text, "utf-8"))


def routes() -> list[Route]:
    """The list, one run, two of them, and jobs."""
    return [
        Route("/runs", managed(runs_page), methods=["GET"]),
        Route("/runs", managed(start), methods=["POST"]),
        Route("/runs/-/jobs", managed(jobs_part), methods=["GET"]),
        Route("/runs/-/jobs.json", managed(jobs_rows), methods=["GET"]),
        Route("/runs/-/jobs/{job:number}/{what}", managed(change_job), methods=["POST"]),
        Route("/runs/-/compare", managed(comparison_page), methods=["GET"]),
        Route("/runs/-/compare/{first}/{second}", managed(comparison), methods=["GET"]),
        Route("/runs/{run}", managed(run_page), methods=["GET"]),
        Route("/runs/{run}/report", managed(report), methods=["GET"]),
    ]


def find_result(site: Site, run: str) -> RunResult:
    """A finished run of the workspace.

    Raises:
        NotFound: there is none of that id.
    """
    folder = next((one for one in finished_studies(KIND, site.workspace) if one.name == run), None)
    if folder is None:
        raise NotFound(f"there is no run {run[:40]} here")
    return load_result(RunResult, folder / "result.json")


def _find(site: Site, id: str) -> tuple[Kind[Any], Any]:
    """A finished study of any kind; raises NotFound where there is none of that id."""
    for kind in list_kinds():
        for folder in finished_studies(kind, site.workspace):
            if folder.name == id:
                return kind, load_result(kind.result, folder / "result.json")
    raise NotFound(f"there is no run {id[:40]} here")


def _as_report(html: str) -> Response:
    return HTMLResponse(html, headers={"content-security-policy": REPORT_POLICY})


def _shown_jobs(site: Site) -> list[Any]:
    """What is open, and what ended last, the newest first."""
    jobs = Jobs(site.database).newest()
    return [job for job in jobs if job.is_open] + [job for job in jobs if not job.is_open][:3]


def _context(site: Site, lang: str) -> dict[str, Any]:
    jobs = _shown_jobs(site)
    return {
        "jobs": jobs,
        "has_open": any(job.is_open for job in jobs),
        "runs": (runs := _list_runs(site, lang)),
        "can_compare": sum(not one.kind for one in runs) > 1,
        "sets": QuestionSets(site.questions_folder()).names(),
        "bases": [name for name, one in KNOWN.items() if one.role == "base" and one.find() is not None],
        "encoders": ["auto", "none", *(n for n, one in KNOWN.items() if one.role == "encoder" and one.find())],
        "cells": _CELLS,
        "settings": [one for one in settings_table() if one[0] not in _NOT_HERE],
        "documents": site.documents_folder(),
        "problem": "",
        "given": _given({}),
    }


def _given(form: Mapping[str, str]) -> dict[str, str]:
    """What a form holds, empty where it holds nothing."""
    return dict.fromkeys(("questions", "base", "encoder", "cells", *(name for name, _, _ in settings_table())), "") | {
        **form
    }


def _list_runs(site: Site, lang: str) -> list[ListedRun]:
    """The newest of every kind."""
    listed = []
    for kind in list_kinds():
        name = "" if kind is KIND else message(f"show.{kind.folder}", lang)
        for folder in finished_studies(kind, site.workspace)[:_LISTED]:
            try:
                one = load_result(kind.result, folder / "result.json")
            except AssayError:
                continue  # damaged, or of another format
            told = kind.headline(one, lang)
            listed.append(ListedRun(one.run_id, name, one.title, one.created, one.model, *told))
    return sorted(listed, key=lambda one: one.created, reverse=True)[:_LISTED]


def _start(site: Site, form: Mapping[str, str], lang: str, owner: str) -> None:
    """Check what can be checked at once, and let the run wait for its turn."""
    sets = QuestionSets(site.questions_folder())
    chosen = form.get("questions", "")
    if chosen not in sets.names():
        raise InputError(message("web.runs.no_set", lang))
    assign_splits(replace(sets.read(chosen), path=chosen), seed=0)  # what no run could be asked is said at once
    allowed = {name for name, _, _ in settings_table() if name not in _NOT_HERE} | {"base", "encoder"}
    settings = {name: value for name, value in form.items() if name in allowed and value} | {"lang": lang}
    load_settings(settings, environ=os.environ)
    arguments = {
        "documents": str(site.documents_folder()),
        "questions": str(_kept_copy(sets.file(chosen), site)),
        "cells": form.get("cells", ""),
        "settings": settings,
    }
    Jobs(site.database).add("run", chosen, arguments, owner)
    launch_worker(site.workspace)


def _kept_copy(file: Path, site: Site) -> Path:
    """The set as it is now: whoever edits it meanwhile does not change the run that waits."""
    import hashlib

    from assay.bench.whole_files import write_whole

    data = file.read_bytes()
    folder = site.workspace.folder.resolve() / "asked"
    folder.mkdir(exist_ok=True)
    copy = folder / f"{file.stem}-{hashlib.sha256(data).hexdigest()[:12]}{file.suffix}"
    write_whole(copy, data)
    return copy
