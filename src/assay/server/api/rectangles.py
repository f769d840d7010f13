"""Where the quotes of an answer stand on their pages, for programs that show them."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from fastapi import Request

from assay.errors import AssayError
from assay.server.quotes.sight import Sight, has_pages
from assay.server.served import served_by

__all__ = ["add_rectangles"]

_MOST_S = 5.0  # a scan is recognised first; what takes longer is told without


async def add_rectangles(request: Request, rows: Sequence[dict[str, Any]]) -> None:
    """`rectangles` of each citation: shares of the page's width and height from its upper left corner, a line each.

    None where the document has no pages to be shown, its file is gone or another one, or it took too long.
    """
    for row in rows:
        row["rectangles"] = None
    with suppress(TimeoutError):
        async with asyncio.timeout(_MOST_S):
            for row in rows:
                if row["quote"] and row["document"] and has_pages(row["document"]):
                    row["rectangles"] = await asyncio.to_thread(_locate, request, row)


def _locate(request: Request, row: dict[str, Any]) -> list[dict[str, float]] | None:
    run = served_by(request).current.now()
    if run is None:
        return None
    corpus = run.pipelines.search.corpus
    document = next((one for one in corpus.documents if one.id == row["document"]), None)
    passage = corpus.by_id.get(row["passage"])
    if document is None or passage is None:
        return None
    sight: Sight = request.app.state.pages.state.site.sight()
    try:
        return [asdict(box) for box in sight.locate(document, passage, row["quote"]).boxes]
    except AssayError:
        return None
