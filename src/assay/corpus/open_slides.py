"""OpenDocument presentations to Markdown, which the parser does not read: titles, lists, tables and speaker notes."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from assay.corpus.document import UnreadableFile
from assay.corpus.inline import escape
from assay.corpus.sheets import render_table
from assay.corpus.slides import Slide
from assay.corpus.xml_parts import BROKEN, each_named, name_of_element, parse_part

__all__ = ["read_open_slides"]

_SPACE = "{{urn:oasis:names:tc:opendocument:xmlns:{}:1.0}}{}"
_CLASS, _VISIBILITY = _SPACE.format("presentation", "class"), _SPACE.format("presentation", "visibility")
_STYLE, _NAME = _SPACE.format("drawing", "style-name"), _SPACE.format("style", "name")


def read_open_slides(data: bytes) -> list[Slide]:
    """The slides of an ODP in the order of the show; their notes stand in their text.

    Raises:
        UnreadableFile: broken, or protected by a password.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UnreadableFile("protected by a password: save a copy without it")
            content = parse_part(archive, "content.xml")
    except BROKEN as error:
        raise UnreadableFile(f"the file is broken or not what its name says ({str(error)[:100]})") from error
    hidden = set(_hidden_styles(content))
    return [
        Slide("\n\n".join(filter(None, _render_slide(slide))), "", slide.get(_STYLE) in hidden)
        for slide in each_named(content, "page")
    ]


def _hidden_styles(content: Element) -> Iterator[str]:
    """The names of the styles of slides that are left out of the show."""
    for style in each_named(content, "style"):
        if any(each.get(_VISIBILITY) == "hidden" for each in each_named(style, "drawing-page-properties")):
            yield style.get(_NAME, "")


def _render_slide(slide: Element) -> Iterator[str]:
    for shape in slide:
        blocks = list(_render(shape, ""))
        yield from [f"# {' '.join(blocks)}"] if blocks and shape.get(_CLASS) == "title" else blocks


def _render(element: Element, indent: str) -> Iterator[str]:
    """The paragraphs, lists and tables in an element, in their order."""
    for child in element:
        name = name_of_element(child)
        if name in ("p", "h"):
            yield escape(_words(child))
        elif name == "list":
            yield "\n".join(_render_list(child, indent))
        elif name == "table":
            rows = [list(each_named(row, "table-cell")) for row in each_named(child, "table-row")]
            yield render_table([[" ".join(map(_words, each_named(cell, "p"))) for cell in row] for row in rows])
        else:
            yield from _render(child, indent)


def _render_list(items: Element, indent: str) -> Iterator[str]:
    for item in items:
        for child in item:
            if name_of_element(child) == "list":
                yield from _render_list(child, f"{indent}  ")
            elif text := escape(_words(child)):
                yield f"{indent}- {text}"


def _words(paragraph: Element) -> str:
    """The text; spaces, tabs and line breaks are elements of their own."""
    text = paragraph.text or ""
    for child in paragraph:
        gap = " " if name_of_element(child) in ("s", "tab", "line-break") else ""
        text += gap + _words(child) + (child.tail or "")
    return text
