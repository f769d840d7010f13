"""Where the sentences of an answer stand, as rows for programs."""

from typing import Any

from fastapi import Request

from assay.server.answering import Given
from assay.server.api.rectangles import add_rectangles
from assay.serving.measured_run import Reply

__all__ = ["citation_rows", "told_of"]


def citation_rows(reply: Reply) -> list[dict[str, Any]]:
    """A row a sentence, in order; `number` is that of its mark in the text, None where no passage supports it."""
    _, quotes = reply.marked()
    numbers = {(quote.passage, quote.quote): number for number, quote in enumerate(quotes, start=1)}
    return [
        {
            "sentence": one.sentence,
            "number": numbers.get((one.passage, one.quote)) if one.passage else None,
            "is_supported": one.passage is not None,
            "document": one.document,
            "page": one.page,
            "quote": one.quote,
            "passage": one.passage,
            "support": one.support,
        }
        for one in reply.citations
    ]


async def told_of(given: Given, request: Request) -> dict[str, Any]:
    """What our answers tell beyond OpenAI's, `citations` and `assay`."""
    reply = given.reply
    assay = {
        "question": given.question,
        "cell": reply.cell,
        "run": given.run_id,
        "as_of": given.as_of,
        "text": reply.text,
        "passages": list(reply.passages),
        "is_declined": reply.is_declined,
        "is_cut": reply.is_cut,
    }
    rows = citation_rows(reply)
    await add_rectangles(request, rows)
    return {"citations": rows, "assay": assay}
