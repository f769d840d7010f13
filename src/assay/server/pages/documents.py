"""The page Documents: what is searched, each as it was read; files brought, taken in, and the way back."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assay.corpus.access import may_read
from assay.corpus.document import Corpus, Document, Passage
from assay.corpus.extraction import SUFFIXES
from assay.corpus.versions import find_versions
from assay.errors import AssayError, NotFound
from assay.server.jobs import Jobs, launch_worker
from assay.server.pages.coming_in import entered, managed
from assay.server.pages.frame import asker_of, back_to, lang_of, manages, render, site_of
from assay.server.pages.passages import passage_html
from assay.server.pages.site import Asker, Site
from assay.server.pages.uploads import MAX_BYTES, place_for, write_upload
from assay.server.quotes.sight import has_pages

__all__ = ["routes"]

_PIECE = 1 << 20


@dataclass(frozen=True)
class ListedDocument:
    """A document of the list; `in_force`: None where it has no other versions."""

    document: Document
    n_passages: int
    in_force: bool | None


async def documents_page(request: Request) -> Response:
    """What is searched, by folder."""
    site, asker = site_of(request), asker_of(request)
    corpus = await run_in_threadpool(site.corpus)
    open_jobs = [job for job in await run_in_threadpool(Jobs(site.database).newest) if job.kind in ("sync", "undo")]
    listed = await run_in_threadpool(_list, corpus, asker) if corpus else []
    words = request.query_params.get("find", "").lower().split()
    found = [one for one in listed if all(word in f"{one.document.id} {one.document.title}".lower() for word in words)]
    return render(
        request,
        "documents.html",
        listed=found,
        n_all=len(listed),
        find=request.query_params.get("find", ""),
        skipped=corpus.skipped if corpus and manages(asker) else (),
        job=open_jobs[0] if open_jobs else None,
        is_part=False,
        folder=site.documents_folder(),
        suffixes=",".join(SUFFIXES),
        problem="",
    )


async def document_page(request: Request) -> Response:
    """A document as it was read, passage by passage."""
    site, asker = site_of(request), asker_of(request)
    document, passages = await run_in_threadpool(_find, site, asker, request.path_params["document"])
    shown = [(passage, passage_html(passage.text)) for passage in passages]
    return render(request, "document.html", document=document, passages=shown, has_pages=has_pages(document.id))


async def upload(request: Request) -> Response:
    """Files by a form."""
    site = site_of(request)
    folder = site.documents_folder()
    problems = []
    async with request.form(max_files=500) as form:
        for file in form.getlist("files"):
            if isinstance(file, UploadFile) and file.filename:
                try:
                    place = place_for(folder, _name(form.get("folder"), file.filename))
                    await write_upload(_pieces(file), place, bool(form.get("replace")))
                except AssayError as error:
                    problems.append(str(error))
    await run_in_threadpool(_add_job, site, "sync", lang_of(request), asker_of(request))
    if problems:
        return render(request, "problem.html", 422, problem="\n".join(problems))
    return back_to("/documents")


async def upload_one(request: Request) -> Response:
    """One file by a script, its bytes as the body: {"name": …, "n_bytes": …}, or {"problem": …}."""
    place = request.query_params.get("name", "")
    try:
        may_replace = request.query_params.get("replace") == "1"
        n = await write_upload(request.stream(), place_for(site_of(request).documents_folder(), place), may_replace)
    except AssayError as error:
        return JSONResponse({"problem": str(error)}, 422)
    return JSONResponse({"name": place, "n_bytes": n})


async def change(request: Request) -> Response:
    """Take in what the folder holds now, or go back to the state before."""
    kind = request.path_params["kind"]
    await run_in_threadpool(_add_job, site_of(request), kind, lang_of(request), asker_of(request))
    return back_to("/documents")


async def job_part(request: Request) -> Response:
    """How far the last sync is, for a script."""
    site = site_of(request)
    job = await run_in_threadpool(Jobs(site.database).one, int(request.path_params["job"]))
    if not job.is_open:
        await run_in_threadpool(site.served.current.refresh)
    return render(request, "sync_job.html", job=job, is_part=True)


def routes() -> list[Route]:
    """The list, its documents and what changes them."""
    return [
        Route("/documents", entered(documents_page), methods=["GET"]),
        Route("/documents/-/upload", managed(upload), methods=["POST"]),
        Route("/documents/-/file", managed(upload_one), methods=["PUT"]),
        Route("/documents/-/{kind:str}", managed(_known(change)), methods=["POST"]),
        Route("/documents/-/job/{job:number}", managed(job_part), methods=["GET"]),
        Route("/documents/{document:path}", entered(document_page), methods=["GET"]),
    ]


def _known(page: Any) -> Any:
    """Of the changes only those that there are."""

    async def answered(request: Request) -> Response:
        if request.path_params["kind"] not in ("sync", "undo"):
            raise NotFound("documents can be synced, and a sync undone")
        response: Response = await page(request)
        return response

    return answered


def _list(corpus: Corpus, asker: Asker) -> list[ListedDocument]:
    n_passages = Counter(passage.document for passage in corpus.passages)
    families = {one.id: family for family in find_versions(corpus).families for one in family}
    versions = find_versions(corpus)
    return [
        ListedDocument(
            document,
            n_passages[document.id],
            document.id in versions.in_force(document.id) if document.id in families else None,
        )
        for document in corpus.documents
        if may_read(document, asker.groups)
    ]


def _find(site: Site, asker: Asker, id: str) -> tuple[Document, list[Passage]]:
    corpus = site.corpus()
    found = [one for one in corpus.documents if one.id == id and may_read(one, asker.groups)] if corpus else []
    if not found or corpus is None:
        raise NotFound(f"there is no document {id[:200]}")
    return found[0], [passage for passage in corpus.passages if passage.document == id]


def _add_job(site: Site, kind: Any, lang: str, asker: Asker) -> None:
    folder: Path = site.documents_folder()
    waiting = [job for job in Jobs(site.database).open() if job.kind == kind and job.state == "waiting"]
    if not waiting or kind == "undo":
        Jobs(site.database).add(kind, folder.name, {"documents": str(folder), "lang": lang}, asker.name)
    launch_worker(site.workspace)


def _name(folder: Any, name: str) -> str:
    below = str(folder or "").strip().strip("/")
    return f"{below}/{name}" if below else name


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(_PIECE):
        yield piece


MOST_UPLOADED = 5 * MAX_BYTES  # by one form
