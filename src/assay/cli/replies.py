"""What is printed of an answer: for people, and as JSON."""

import json
from dataclasses import asdict

from assay.serving.measured_run import FinishedRun, Reply
from assay.serving.quoted_place import place_of
from assay.words import message

__all__ = ["reply_json", "reply_lines", "source_lines"]


def reply_lines(reply: Reply, as_of: str | None, lang: str) -> list[str]:
    """The answer with the number of the quote behind each sentence, the quotes, and what there is to say of it."""
    pieces, quotes = reply.marked()
    marks = {None: "", 0: message("reply.unsupported_sentence", lang)}
    lines = ["".join(piece.text + marks.get(piece.mark, f" [{piece.mark}]") for piece in pieces)]
    for number, one in enumerate(quotes, start=1):
        place = place_of(one.document, one.page, lang)
        lines.append(f"  [{number}] {message('reply.quote', lang, place=place, quote=one.quote)}")
    notes = {
        "reply.declined": reply.is_declined,
        "reply.cut": reply.is_cut,
        "reply.unsupported": not reply.citations and not reply.is_declined,
        "reply.from_cache": reply.from_cache,
        "reply.as_of": as_of,
    }
    return lines + [f"  ({message(key, lang, time=as_of)})" for key, is_so in notes.items() if is_so]


def source_lines(reply: Reply, finished: FinishedRun, lang: str) -> list[str]:
    """The passages that the model read for an answer, as it read them."""
    passages = finished.passages(reply)
    if not passages:
        return [message("reply.no_sources", lang)]
    lines = []
    for number, passage in enumerate(passages, start=1):
        heading = f" · {passage.heading}" if passage.heading else ""
        lines += [f"({number}) {place_of(passage.document, passage.page, lang)}{heading}", f"    {passage.text}"]
    return lines


def reply_json(question: str, reply: Reply, as_of: str | None) -> str:
    """One line."""
    return json.dumps({"question": question, **asdict(reply), "as_of": as_of}, ensure_ascii=False)
