"""The page Questions: sets as tables to edit, each row checked as one types; files in and out; drafts asked for."""

import os
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args
from urllib.parse import quote as quoted

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from assay.checking import Finding, check_questions
from assay.drafting.converted_file import convert_file
from assay.errors import InputError, NotFound
from assay.models.known import KNOWN
from assay.plain_text import plain_text
from assay.questions import read_questions
from assay.questions.question import Origin, Question
from assay.questions.reading_lines import reading_lines
from assay.server.jobs import Jobs, launch_worker
from assay.server.pages.coming_in import managed
from assay.server.pages.frame import asker_of, back_to, lang_of, render, site_of
from assay.server.pages.paging import paged
from assay.server.pages.question_sets import QuestionSets
from assay.server.pages.site import Site
from assay.server.waiting_questions import WaitingQuestions, question_row
from assay.settings import load_settings
from assay.words import message

__all__ = ["parse_question", "routes"]

_FORMATS = {
    "csv": ("questions", ".csv"),
    "xlsx": ("questions", ".xlsx"),
    "jsonl": ("questions", ".jsonl"),
    "alpaca": ("alpaca", ".jsonl"),
    "messages": ("messages", ".jsonl"),
    "sharegpt": ("sharegpt", ".jsonl"),
    "prompt-completion": ("prompt-completion", ".jsonl"),
}
_EMPTY = {"question": "", "answers": [], "answerable": True, "document": "", "page": "", "quote": "", "split": ""}
_NEW = "-new"


@dataclass(frozen=True)
class ListedSet:
    """A set of the list; `problem` says why it cannot be read."""

    name: str
    n: int
    splits: Counter[str]
    problem: str


async def sets_page(request: Request) -> Response:
    """What is there, and what waits."""
    site = site_of(request)
    return render(request, "questions.html", **await run_in_threadpool(_context, site))


async def set_page(request: Request) -> Response:
    """A set as a table."""
    site, name = site_of(request), request.path_params["set"]
    asked = await run_in_threadpool(QuestionSets(site.questions_folder()).read, name)
    words = request.query_params.get("find", "").lower().split()
    found = [one for one in asked.questions if all(word in _searched(one) for word in words)]
    page = paged(found, request)
    return render(
        request,
        "question_set.html",
        name=name,
        questions=[(one.id, question_row(one)) for one in page.rows],
        n_all=len(asked.questions),
        find=request.query_params.get("find", ""),
        formats=list(_FORMATS),
        said=[],
        **page.frame(),
    )


async def row_page(request: Request) -> Response:
    """A row to edit; as a part of the table for a script."""
    site, name, id = site_of(request), request.path_params["set"], request.path_params["row"]
    asked = await run_in_threadpool(QuestionSets(site.questions_folder()).read, name)
    row = _EMPTY if id == _NEW else question_row(_find(asked.questions, id))
    template = "question_edit_row.html" if "hx-request" in request.headers else "question_edit.html"
    return render(request, template, name=name, id=id, row=row, problem="")


async def save_row(request: Request) -> Response:
    """Keep a row as it was edited, or a new one."""
    site, name, id = site_of(request), request.path_params["set"], request.path_params["row"]
    form = {key: str(value) for key, value in (await request.form()).items()}
    try:
        kept = await run_in_threadpool(_save, QuestionSets(site.questions_folder()), name, id, form)
    except InputError as error:
        row = _form_row(form)
        return render(request, "question_edit.html", 422, name=name, id=id, row=row, problem=str(error))
    return back_to(f"/questions/{quoted(name)}?page={kept // 50 + 1}#row-{kept}")


async def delete_row(request: Request) -> Response:
    """Take a row out of its set."""
    site, name, id = site_of(request), request.path_params["set"], request.path_params["row"]
    sets = QuestionSets(site.questions_folder())
    await run_in_threadpool(sets.change, name, lambda asked: [one for one in asked if one.id != id])
    return back_to(f"/questions/{quoted(name)}")


async def check_row(request: Request) -> Response:
    """What is found on a row as it stands in its form, beside all others of its set."""
    site, name, id = site_of(request), request.path_params["set"], request.path_params["row"]
    form = {key: str(value) for key, value in (await request.form()).items()}
    found = await run_in_threadpool(_findings, site, name, id, form, lang_of(request))
    return render(request, "question_findings.html", findings=found)


async def bring(request: Request) -> Response:
    """A file of questions, of whatever form, as a set."""
    site, lang = site_of(request), lang_of(request)
    async with request.form(max_files=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise InputError(message("web.questions.no_file", lang))
        filename, data = file.filename, await file.read()
    name, lines = await run_in_threadpool(_bring, site, filename, data, lang)
    if lines:
        context = await run_in_threadpool(_context, site)
        return render(request, "questions.html", **context | {"said": [f"{name}: {line}" for line in lines]})
    return back_to(f"/questions/{quoted(name)}")


async def export(request: Request) -> Response:
    """A set as a file, as questions or as training data."""
    site, name = site_of(request), request.path_params["set"]
    to, suffix = _FORMATS.get(request.query_params.get("as", ""), ("", ""))
    if not to:
        raise InputError(f"a set is written as one of: {', '.join(_FORMATS)}")
    file = await run_in_threadpool(QuestionSets(site.questions_folder()).file, name)
    data = await run_in_threadpool(_export, file, to, suffix)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quoted(name + suffix)}"}
    return Response(data, media_type="application/octet-stream", headers=headers)


async def delete_set(request: Request) -> Response:
    """Throw a set away."""
    await run_in_threadpool(QuestionSets(site_of(request).questions_folder()).delete, request.path_params["set"])
    return back_to("/questions")


async def draft(request: Request) -> Response:
    """Have questions drafted from the documents: they wait to be accepted."""
    form = {name: str(value).strip() for name, value in (await request.form()).items()}
    site, lang = site_of(request), lang_of(request)
    n = form.get("n", "")
    if not (n.isascii() and n.isdigit() and 1 <= int(n) <= 500):
        raise InputError(message("web.questions.how_many", lang))
    settings = {"lang": lang} | ({"base": form["base"]} if form.get("base") else {})
    load_settings(settings, environ=os.environ)
    manner, documents = form.get("manner", "extractive"), site.documents_folder()
    if manner not in ("extractive", "model"):
        raise InputError(f'questions are worded by rules ("extractive") or by a "model", not by "{manner[:40]}"')
    if await run_in_threadpool(site.corpus) is None and not any(documents.iterdir()):
        raise InputError(message("web.questions.no_documents", lang))
    arguments = {
        "documents": str(documents),
        "n": int(n),
        "manner": manner,
        "set": form.get("set", "")[:61],
        "settings": settings,
    }
    await run_in_threadpool(Jobs(site.database).add, "draft", documents.name, arguments, asker_of(request).name)
    await run_in_threadpool(launch_worker, site.workspace)
    return back_to("/runs")


def parse_question(form: Mapping[str, str], id: str, old: Question | None = None) -> Question:
    """The question of a form, with whatever the form does not show of the one that was there.

    Raises:
        InputError: it is none, in the words of a question file's check.
    """
    row = {name: value for name, value in _form_row(form).items() if value not in ("", [])} | {"id": id}
    (parsed,) = read_questions([row]).questions
    if old is None:
        return parsed
    return replace(
        old,
        text=parsed.text,
        answers=parsed.answers,
        answerable=parsed.answerable,
        evidence=parsed.evidence,
        split=parsed.split,
    )


def routes() -> list[Route]:
    """The sets and their rows."""
    return [
        Route("/questions", managed(sets_page), methods=["GET"]),
        Route("/questions/-/import", managed(bring), methods=["POST"]),
        Route("/questions/-/draft", managed(draft), methods=["POST"]),
        Route("/questions/{set}", managed(set_page), methods=["GET"]),
        Route("/questions/{set}/export", managed(export), methods=["GET"]),
        Route("/questions/{set}/delete", managed(delete_set), methods=["POST"]),
        Route("/questions/{set}/row/{row}", managed(row_page), methods=["GET"]),
        Route("/questions/{set}/row/{row}", managed(save_row), methods=["POST"]),
        Route("/questions/{set}/row/{row}/check", managed(check_row), methods=["POST"]),
        Route("/questions/{set}/row/{row}/delete", managed(delete_row), methods=["POST"]),
    ]


def _context(site: Site) -> dict[str, Any]:
    sets = QuestionSets(site.questions_folder())
    return {
        "sets": [_list(sets, name) for name in sets.names()],
        "n_kept": site.served.kept.count(),
        "n_waiting": WaitingQuestions(site.database).count(),
        "bases": [name for name, one in KNOWN.items() if one.role == "base" and one.find() is not None],
        "said": [],
    }


def _list(sets: QuestionSets, name: str) -> ListedSet:
    try:
        questions = sets.read(name).questions
    except InputError as error:
        return ListedSet(name, 0, Counter(), str(error))
    return ListedSet(name, len(questions), Counter(one.split for one in questions if one.split), "")


def _find(questions: tuple[Question, ...], id: str) -> Question:
    found = next((one for one in questions if one.id == id), None)
    if found is None:
        raise NotFound(f"this set has no question {id[:80]}")
    return found


def _searched(question: Question) -> str:
    return f"{question.id} {question.text} {' '.join(question.answers)}".lower()


def _form_row(form: Mapping[str, str]) -> dict[str, Any]:
    """A form's columns; answers stand a line each."""
    told = {name: plain_text(form.get(name, "")).strip() for name in ("question", "document", "page", "quote", "split")}
    answers = [line.strip() for line in plain_text(form.get("answers", "")).splitlines() if line.strip()]
    if form.get("origin") in get_args(Origin):
        told["origin"] = form["origin"]
    return told | {"answers": answers, "answerable": form.get("answerable") == "1"}


def _save(sets: QuestionSets, name: str, id: str, form: Mapping[str, str]) -> int:
    """The index of the row that was kept."""
    place = 0

    def change(asked: list[Question]) -> list[Question]:
        nonlocal place
        if id == _NEW:
            place = len(asked)
            return [*asked, parse_question(form, _free_id(asked))]
        place = asked.index(_find(tuple(asked), id))
        return [*asked[:place], parse_question(form, id, asked[place]), *asked[place + 1 :]]

    sets.change(name, change)
    return place


def _free_id(asked: list[Question]) -> str:
    taken = {one.id for one in asked}
    return next(id for n in range(len(asked) + 1, 10**6) if (id := f"q{n:04d}") not in taken)


def _findings(site: Site, name: str, id: str, form: Mapping[str, str], lang: str) -> list[str]:
    asked = list(QuestionSets(site.questions_folder()).read(name).questions)
    old = next((one for one in asked if one.id == id), None)
    try:
        new = parse_question(form, id, old)
    except InputError as error:
        return [str(error).splitlines()[-1].strip()]
    others = [one for one in asked if one.id != id]
    found = check_questions([*others, new], None, 1.0, site.corpus())
    return list(dict.fromkeys(say_finding(one, lang) for one in found if id in (one.question, one.other)))


def say_finding(finding: Finding, lang: str) -> str:
    """What was found, in a sentence."""
    values = dict(finding.values)
    if finding.kind == "personal_data":
        values = {"found": message(f"personal.{values['kind']}", lang, text=values["text"])}
    kind = f"length.{values.pop('what')}" if finding.kind == "length" else finding.kind
    return f"{message(f'kind.{finding.kind}', lang)}: {message(f'finding.{kind}', lang, other=finding.other, **values)}"


def _bring(site: Site, filename: str, data: bytes, lang: str) -> tuple[str, list[str]]:
    sets = QuestionSets(site.questions_folder())
    path = Path(filename)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"questions{path.suffix.lower()[:10]}"
        file.write_bytes(data)
        try:
            asked = read_questions(file)
        except InputError as error:
            raise InputError(str(error).replace(str(file), path.name)) from error
    name = sets.free_name(path.stem)
    sets.write(name, asked.questions)
    return name, reading_lines(asked.reading, lang)


def _export(file: Path, to: str, suffix: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"set{suffix}"
        convert_file(file, target, to, "all")
        return target.read_bytes()
