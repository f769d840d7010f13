"""What office files keep beside their text, which the parser leaves out: speaker notes, comments, figures of charts."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assay.corpus.inline import escape
from assay.corpus.sheets import render_table
from assay.corpus.xml_parts import BROKEN, each_named, parse_part, related_parts

__all__ = ["COMMENTS", "read_margins", "render_beside", "sign_comment"]

COMMENTS = "# Comments"  # above what people wrote beside a document

_SLIDES = "ppt/slides/"
_THREADED = re.compile(r"^.*fwlink/\?linkid=870924 Comment: ")  # what newer programs tell older ones


def read_margins(data: bytes, part: str) -> str:
    """The charts and comments of a DOCX or XLSX whose main part is named, "" where there are none or it is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sheets = [target for _, kind, target in related_parts(archive, part) if kind in ("worksheet", "chartsheet")]
            return "\n\n".join(filter(None, (render_beside(archive, each) for each in (part, *sheets))))
    except BROKEN:
        return ""


def render_beside(archive: zipfile.ZipFile, part: str, depth: int = 0) -> str:
    """The charts, diagrams, notes and comments that belong to a part of an office file."""
    renderers = {"chart": _render_chart, "notesSlide": _render_notes, "comments": _render_comments}
    renderers |= {"diagramData": _render_diagram, "drawing": _render_shapes}
    blocks: list[str] = []
    for _, kind, target in related_parts(archive, part):
        if kind not in renderers:
            continue
        try:
            found = list(renderers[kind](parse_part(archive, target)))
        except BROKEN:  # a damaged chart costs no more than itself
            continue
        is_apart = found and kind == "comments" and not part.startswith(_SLIDES)
        blocks += [COMMENTS, *found] if is_apart else found
        if kind == "drawing" and depth == 0:  # the drawing of a sheet, which its charts belong to
            blocks += filter(None, [render_beside(archive, target, depth + 1)])
    return "\n\n".join(blocks)


def _render_chart(chart: Element) -> Iterator[str]:
    """The title, and a table with a column a series."""
    title = next((_text(each) for each in each_named(chart, "title")), "")
    columns: list[dict[str, str]] = []
    labels: dict[str, str] = {}
    for series in each_named(chart, "ser"):
        labels |= _points(series, "cat") or _points(series, "xVal")
        columns.append(_points(series, "val") or _points(series, "yVal"))
    names = [next((_text(each) for each in each_named(series, "tx")), "") for series in each_named(chart, "ser")]
    keys = dict.fromkeys(key for points in (labels, *columns) for key in points)
    if title and not any(columns):
        yield title
    if any(columns):
        rows = [[labels.get(key, key), *(points.get(key, "") for points in columns)] for key in keys]
        yield render_table([[title or "Chart", *names], *rows])


def _render_diagram(diagram: Element) -> Iterator[str]:
    """The words of each box of a diagram, as items of a list."""
    points = (each for each in each_named(diagram, "pt") if each.get("type", "node") in ("node", "asst"))
    words = [" ".join(filter(None, map(_text, each_named(point, "p")))) for point in points]
    if any(words):
        yield "\n".join(f"- {each}" for each in words if each)


def _render_shapes(drawing: Element) -> Iterator[str]:
    """The paragraphs of the boxes of text on a sheet."""
    for body in each_named(drawing, "txBody"):
        yield from filter(None, (_text(paragraph) for paragraph in each_named(body, "p")))


def _points(series: Element, name: str) -> dict[str, str]:
    found = next(each_named(series, name), None)
    return {each.get("idx", ""): _text(each) for each in each_named(found, "pt")} if found is not None else {}


def _render_notes(notes: Element) -> Iterator[str]:
    """The paragraphs of the notes themselves: the slide's picture, number and date stand there too."""
    for shape in each_named(notes, "sp"):
        if any(each.get("type") == "body" for each in each_named(shape, "ph")):
            yield from filter(None, (_text(paragraph) for paragraph in each_named(shape, "p")))


def _render_comments(comments: Element) -> Iterator[str]:
    """Each comment, led by the cell that it is on where it is on one, and by who wrote it and when."""
    authors = [each.text or "" for each in each_named(comments, "author")]
    for comment in (each for name in ("comment", "cm") for each in each_named(comments, name)):
        text = _THREADED.sub("", " ".join(filter(None, map(_text, each_named(comment, "p")))) or _text(comment))
        told = {name.rsplit("}", 1)[-1]: value for name, value in comment.items()}
        number = told.get("authorId", "")
        author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else told.get("author", "")
        if text:
            yield sign_comment(text, author, told.get("date", told.get("dt", "")), told.get("ref", ""))


def sign_comment(text: str, author: str, date: str, place: str = "") -> str:
    """A comment as Markdown behind its place, who wrote it, and the day of an ISO date; each where it is told."""
    named = "" if author.startswith("tc={") else escape(author)  # what newer programs write for older ones
    lead = ", ".join(filter(None, (place, named, date[:10])))
    return f"{lead}: {text}" if lead else text


def _text(element: Element) -> str:
    """The words in it, as Markdown: runs of text, or the value of a chart's point."""
    pieces = [each.text or "" for name in ("t", "text", "v") for each in each_named(element, name)]
    return escape("".join(pieces))
