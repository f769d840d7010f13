"""The page Ask: a conversation with the measured cell, its sources, and the page of a source beside it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote as quoted

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from assay.corpus.access import may_read
from assay.corpus.document import Corpus, Document, Passage
from assay.errors import AssayError, InputError, NotFound
from assay.plain_text import plain_text
from assay.server.answering import Failed, Given, Piece
from assay.server.api.being_answered import BeingAnswered
from assay.server.pages.coming_in import entered
from assay.server.pages.frame import asker_of, back_to, lang_of, led_to, render, site_of
from assay.server.pages.kept_turns import Turn, Turns
from assay.server.pages.passages import passage_html
from assay.server.pages.site import Asker, Site
from assay.server.pages.trust import Trust, trust_in
from assay.server.quotes.boxes import Box
from assay.server.quotes.sight import has_pages
from assay.server.waiting_questions import WaitingQuestions, answered_row
from assay.serving.asked import Asked
from assay.serving.follow_up import stand_alone
from assay.serving.measured_run import Citation, FinishedRun
from assay.serving.quoted_place import place_of
from assay.words import message

__all__ = ["routes"]

_LONGEST = 4000  # characters of a question
_WIDTH = 1400  # pixels of a page beside an answer


@dataclass(frozen=True)
class ShownTurn:
    """A turn as the page shows it: pieces with the number of their source, 0 where none supports them."""

    turn: Turn
    pieces: list[Any]
    sources: list[Citation]
    trust: Trust | None

    def as_text(self, lang: str) -> str:
        """The answer with its sources, to be copied."""
        said = "".join(one.text + (f" [{one.mark}]" if one.mark else "") for one in self.pieces)
        listed = [
            f"[{n}] {message('reply.quote', lang, place=place_of(one.document, one.page, lang), quote=one.quote)}"
            for n, one in enumerate(self.sources, start=1)
        ]
        return "\n".join([said, "", *listed]).strip()


@dataclass(frozen=True)
class ShownSource:
    """A source as it is shown beside its answer; `boxes` are empty where the page is not drawn."""

    document: Document
    passage: Passage
    quote: str
    image: str  # address of the page's image; "" where the document has none that can be shown
    boxes: tuple[Box, ...]
    ratio: float
    around: list[tuple[Passage, Any]]  # the passages of its section, as HTML
    problem: str


async def ask_page(request: Request) -> Response:
    """A conversation, or the beginning of one; with ?turn= and ?source= the page of a source."""
    site, asker = site_of(request), asker_of(request)
    run = site.run()
    if run is None:
        return led_to(request, "/welcome")
    context = await run_in_threadpool(_conversation, site, run, asker, request.path_params.get("conversation", ""))
    turn, number = request.query_params.get("turn"), request.query_params.get("source")
    shown = None
    if turn and number:
        shown = await run_in_threadpool(_find_source, site, asker, _number(turn), _number(number))
    return render(request, "ask.html", **context, source=shown, question="")


async def ask(request: Request) -> Response:
    """A question by a form: the conversation with the answer in it."""
    text, asked, conversation = await _asked(request)
    site, asker = site_of(request), asker_of(request)
    given = await BeingAnswered(site.served, asked, "").whole(request)
    turn = await run_in_threadpool(_keep, site, asker, text, conversation, given)
    return back_to(f"/ask/{turn.conversation}#turn-{turn.id}")


async def ask_streaming(request: Request) -> Response:
    """A question by a script: lines of JSON, pieces of the answer and at last the turn as HTML."""
    text, asked, conversation = await _asked(request)
    site, asker = site_of(request), asker_of(request)
    answer = BeingAnswered(site.served, asked, "")
    first = await answer.first(request)

    async def lines() -> AsyncIterator[str]:
        async for one in answer.events(first):
            if isinstance(one, Piece):
                yield _line(text=one.text)
            elif isinstance(one, Failed):
                yield _line(problem=str(one.error))
            else:
                turn = await run_in_threadpool(_keep, site, asker, text, conversation, one)
                shown = await run_in_threadpool(_show, site, turn)
                part = render(request, "turn.html", one=shown, conversation=turn.conversation)
                yield _line(html=bytes(part.body).decode(), conversation=turn.conversation, turn=turn.id)

    return StreamingResponse(lines(), media_type="application/x-ndjson")


async def source_part(request: Request) -> Response:
    """A source beside its answer, for a script."""
    site, asker = site_of(request), asker_of(request)
    turn, number = int(request.path_params["turn"]), int(request.path_params["number"])
    shown = await run_in_threadpool(_find_source, site, asker, turn, number)
    return render(request, "source.html", source=shown)


async def page_image(request: Request) -> Response:
    """A page of a document as an image, for whoever may read it."""
    site, asker = site_of(request), asker_of(request)
    document = await run_in_threadpool(_readable, site, asker, request.path_params["document"])
    if not has_pages(document.id):
        raise NotFound(f"{document.id[:200]} has no pages that can be shown: its text is on the page Documents")
    page = _number(request.query_params.get("page", "1"))
    drawn = await run_in_threadpool(site.sight().draw, document, max(1, page), _WIDTH)
    return Response(drawn.image, media_type="image/webp", headers={"cache-control": "private, max-age=3600"})


async def judge(request: Request) -> Response:
    """What somebody thinks of an answer."""
    form = await request.form()
    site, asker, id = site_of(request), asker_of(request), int(request.path_params["turn"])
    opinion, reason = str(form.get("opinion", "")), plain_text(str(form.get("reason", "")))[:_LONGEST]
    if opinion not in ("up", "down", ""):
        raise InputError(f'an opinion is "up" or "down", not "{opinion[:20]}"')
    turns = Turns(site.database)
    await run_in_threadpool(turns.judge, id, asker.name, opinion, reason)
    turn = await run_in_threadpool(turns.one, id, asker.name)
    await run_in_threadpool(_pass_on, site, turn)
    if "hx-request" in request.headers:
        return render(request, "opinion.html", turn=turn)
    return back_to(f"/ask/{turn.conversation}#turn-{turn.id}")


def routes() -> list[Route]:
    """The page, its parts and the images of pages."""
    return [
        Route("/ask", entered(ask_page), methods=["GET"]),
        Route("/ask", entered(ask), methods=["POST"]),
        Route("/ask/stream", entered(ask_streaming), methods=["POST"]),
        Route("/ask/opinion/{turn:number}", entered(judge), methods=["POST"]),
        Route("/ask/source/{turn:number}/{number:number}", entered(source_part), methods=["GET"]),
        Route("/ask/{conversation}", entered(ask_page), methods=["GET"]),
        Route("/page/{document:path}", entered(page_image), methods=["GET"]),
    ]


async def _asked(request: Request) -> tuple[str, Asked, str]:
    """What was typed, what is asked of it, and in which conversation."""
    form = await request.form()
    text = plain_text(str(form.get("question", ""))).strip()
    lang = lang_of(request)
    if not text:
        raise InputError(message("web.ask.empty", lang))
    if len(text) > _LONGEST:
        raise InputError(message("web.ask.too_long", lang, n=len(text), most=_LONGEST))
    cell, conversation = str(form.get("cell", "")) or None, str(form.get("conversation", ""))[:40]
    site, asker = site_of(request), asker_of(request)
    before = await run_in_threadpool(Turns(site.database).of, conversation, asker.name) if conversation else []
    alone = stand_alone(text, [turn.question for turn in before])
    return text, Asked(alone, cell, asker.groups), conversation


def _keep(site: Site, asker: Asker, text: str, conversation: str, given: Given) -> Turn:
    turns = Turns(site.database)
    if conversation and not turns.of(conversation, asker.name):
        conversation = ""  # somebody else's, or none
    return turns.add(conversation, asker.name, text, given)


def _pass_on(site: Site, turn: Turn) -> None:
    """What people think of an answer waits, as a question, for somebody who accepts it."""
    waiting, about = WaitingQuestions(site.database), f"turn {turn.id}"
    if not turn.opinion:
        waiting.drop_feedback(about)
        return
    reply = turn.reply
    row = answered_row(turn.question, reply)
    if turn.opinion == "down":
        row |= {"answers": [], "answerable": True, "document": "", "page": "", "quote": ""}
    waiting.put_feedback(about, row, "\n".join(part for part in (turn.reason, f"→ {reply.text}") if part))


def _conversation(site: Site, run: FinishedRun, asker: Asker, name: str) -> dict[str, Any]:
    turns = Turns(site.database)
    shown = [_show(site, turn) for turn in turns.of(name, asker.name)] if name else []
    if name and not shown:
        raise NotFound("this conversation is not kept here: begin another one")
    cells = [name for name, cell in run.cells.items() if cell.can_be_served]
    return {
        "turns": shown,
        "conversation": name,
        "earlier": turns.newest(asker.name),
        "cells": cells,
        "chosen": shown[-1].turn.reply.cell if shown else run.result.verdict.cell,
        "recommended": run.result.verdict.cell,
        "title": run.result.title,
        "as_of": run.as_of,
        "kept_days": site.served.kept.days,
    }


def _show(site: Site, turn: Turn) -> ShownTurn:
    pieces, sources = turn.reply.marked()
    run = site.run()
    trust = trust_in(turn.reply, run.result) if run is not None and run.result.run_id == turn.run else None
    return ShownTurn(turn, pieces, sources, trust)


def _find_source(site: Site, asker: Asker, turn_id: int, number: int) -> ShownSource:
    turn = Turns(site.database).one(turn_id, asker.name)
    _, sources = turn.reply.marked()
    if not 1 <= number <= len(sources):
        raise NotFound(f"this answer has no source {number}")
    cited, corpus = sources[number - 1], site.needed_corpus()
    document = _readable(site, asker, cited.document or "")
    passage = corpus.by_id.get(cited.passage or "")
    if passage is None:
        raise NotFound(f"{document.id} has changed since this was answered: ask again")
    return show_source(site, corpus, document, passage, cited.quote or "")


def show_source(site: Site, corpus: Corpus, document: Document, passage: Passage, quote: str) -> ShownSource:
    """A quote on its page where that can be drawn, else in its section."""
    image, boxes, ratio, problem = "", tuple[Box, ...](), 1.0, ""
    if has_pages(document.id):
        try:
            located = site.sight().locate(document, passage, quote)
            boxes, ratio = located.boxes, located.ratio
            image = f"/page/{quoted(document.id)}?page={passage.page or 1}&v={document.sha256[:12]}"
        except AssayError as error:
            problem = str(error)
    section = [] if image else _section(corpus, passage)
    around = [(one, passage_html(one.text, quote if one.id == passage.id else "")) for one in section or [passage]]
    return ShownSource(document, passage, quote, image, boxes, ratio, around, problem)


def _section(corpus: Corpus, passage: Passage) -> list[Passage]:
    """The passages under the same heading, the passage and at most two on either side of it."""
    same = [one for one in corpus.passages if (one.document, one.heading) == (passage.document, passage.heading)]
    at = next(index for index, one in enumerate(same) if one.id == passage.id)
    return same[max(0, at - 2) : at + 3]


def _readable(site: Site, asker: Asker, id: str) -> Document:
    """A document that the asker may read; one that they may not is not there for them."""
    found = next((one for one in site.needed_corpus().documents if one.id == id and may_read(one, asker.groups)), None)
    if found is None:
        raise NotFound(f"there is no document {id[:200]}")
    return found


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise InputError(f'"{text[:20]}" is no number')
    return int(text)


def _line(**values: Any) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n"
