"""Slides (PPTX) to Markdown in the order of the show: titles, numbered lists, tables; notes and charts last."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from assay.corpus.document import LeftOut
from assay.corpus.inline import escape, escape_cell, escape_line, raise_text
from assay.corpus.list_numbers import spell_number
from assay.corpus.margins import render_beside
from assay.corpus.office_formulas import render_formula
from assay.corpus.sheets import render_table
from assay.corpus.symbols import decode_symbols
from assay.corpus.xml_parts import (
    BROKEN,
    opened,
    package_part,
    parse_local,
    related_parts,
    title_in_metadata,
    unescape_signs,
)

__all__ = ["Slide", "read_slides"]

_MAIN = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
_ITEMS = ("body", "obj", "")  # placeholders whose paragraphs are items unless they say otherwise
_HARD = "  \n"
_NUMBERS = (
    ("alphaLc", "lowerLetter"), ("alphaUc", "upperLetter"), ("romanLc", "lowerRoman"), ("romanUc", "upperRoman"),
    ("circleNum", "decimalEnclosedCircle"), ("ea1", "chineseCounting"), ("arabic", "decimal"),
)  # fmt: skip


@dataclass(frozen=True)
class Slide:
    """What a slide shows, and what stands beside it: charts, notes, comments; `left_out` is not shown on it."""

    text: str
    beside: str
    is_hidden: bool
    left_out: tuple[LeftOut, ...] = ()


def read_slides(data: bytes) -> tuple[str, list[Slide]]:
    """The title in the metadata or "", and the slides in the order of the show.

    A slide that was deleted from the show may still be in the archive and is not read; a broken one is empty.

    Raises:
        UnreadableFile: broken, or no presentation.
    """
    with opened(data) as archive:
        main = package_part(archive, "officeDocument") or _MAIN
        targets = {id: part for id, kind, part in related_parts(archive, main) if kind == "slide"}
        order = parse_local(archive, main).find("sldIdLst")
        names = [_slide_id(each) for each in order] if order is not None else []
        return title_in_metadata(archive), [_read(archive, targets[name]) for name in names if name in targets]


def _slide_id(element: Element) -> str:
    """The reference to a slide: it stands beside a number of the same local name."""
    return next((value for value in element.attrib.values() if not value.isdigit()), "")


def _read(archive: zipfile.ZipFile, part: str) -> Slide:
    try:
        root = parse_local(archive, part)
    except BROKEN:
        return Slide("", "", False)
    tree = root.find("cSld/spTree")
    blocks = list(_shapes(tree)) if tree is not None else []
    blocks.sort(key=lambda block: not block.startswith("## "))  # the title may lie above all and stand last
    left_out = tuple(_left_out(tree)) if tree is not None else ()
    return Slide("\n\n".join(blocks), render_beside(archive, part), root.get("show") in ("0", "false"), left_out)


def _shapes(tree: Element) -> Iterator[str]:
    """The blocks of the shapes in their order."""
    for shape in tree:
        if _is_hidden(shape):
            continue
        if shape.tag in ("sp", "cxnSp"):
            yield from _shape(shape)
        elif shape.tag == "graphicFrame":
            yield from (render_table(list(_rows(table))) for table in shape.iter("tbl"))
        elif shape.tag == "grpSp":
            yield from _shapes(shape)
        elif shape.tag == "AlternateContent":
            found: list[str] = []
            for form in shape:
                found = found or list(_shapes(form))
            yield from found


def _is_hidden(shape: Element) -> bool:
    about = next(shape.iter("cNvPr"), None)
    return about is not None and shape.tag != "grpSp" and about.get("hidden") in ("1", "true")


def _left_out(tree: Element) -> Iterator[LeftOut]:
    """The words of hidden shapes and of covered cells, and the numbers of slides."""
    for shape in tree.iter():
        place = next(shape.iter("ph"), None) if shape.tag == "sp" else None
        is_number = place is not None and place.get("type") == "sldNum"
        is_hidden = shape.tag in ("sp", "cxnSp", "graphicFrame", "pic") and _is_hidden(shape)
        is_covered = shape.tag == "tc" and bool(shape.get("vMerge") or shape.get("hMerge"))
        words = "\n".join(map(_words, shape.iter("p"))) if is_number or is_hidden or is_covered else ""
        if words.strip():
            yield LeftOut(words.strip(), "repeated" if is_number else "hidden")


def _shape(shape: Element) -> Iterator[str]:
    place = next(shape.iter("ph"), None)
    kind = place.get("type", "") if place is not None else "text"
    body = shape.find("txBody")
    if body is None or kind == "sldNum":
        return
    if kind in _TITLES:
        words = " ".join(" ".join(_words(paragraph).split()) for paragraph in body.findall("p")).strip()
        if words:
            yield f"## {escape_line(words)}"
        return
    yield from _paragraphs(body, kind in _ITEMS)


def _paragraphs(body: Element, are_items: bool) -> Iterator[str]:
    """Paragraphs, each a block, and lists, each one block."""
    items: list[str] = []
    counts: dict[int, int] = {}
    several = sum(bool(_words(paragraph).strip()) for paragraph in body.findall("p")) > 1
    for paragraph in body.findall("p"):
        lines = [line for line in _words(paragraph).split("\n") if line.strip()]
        if not lines:
            continue
        mark, level = _mark(paragraph, are_items and several, counts)
        if mark:
            items.append("  " * level + f"{mark} " + _HARD.join(map(escape_line, lines)))
            continue
        if items:
            yield "\n".join(items)
            items = []
        yield _HARD.join(map(escape, lines))
    if items:
        yield "\n".join(items)


def _mark(paragraph: Element, is_item: bool, counts: dict[int, int]) -> tuple[str, int]:
    """What stands before a paragraph, "" for nothing, and its level from 0."""
    properties = paragraph.find("pPr")
    level_told = properties.get("lvl", "0") if properties is not None else "0"
    level = int(level_told) if level_told.isdigit() else 0
    numbers = properties.find("buAutoNum") if properties is not None else None
    for deeper in [other for other in counts if other > level or (other == level and numbers is None)]:
        del counts[deeper]
    if properties is not None and properties.find("buNone") is not None:
        return "", level
    if numbers is None:
        has_sign = properties is not None and properties.find("buChar") is not None
        return ("-" if is_item or has_sign or level else ""), level
    start = numbers.get("startAt", "1")
    counts[level] = counts.get(level, (int(start) if start.isdigit() else 1) - 1) + 1
    kind = numbers.get("type", "arabicPeriod")
    spelled = spell_number(counts[level], next((ours for name, ours in _NUMBERS if kind.startswith(name)), "decimal"))
    shown = f"({spelled})" if kind.endswith("ParenBoth") else f"{spelled})" if kind.endswith("ParenR") else spelled
    shown += "." if kind.endswith("Period") else ""
    return (shown if re.fullmatch(r"\d{1,3}[.)]", shown) else f"- {escape_line(shown)}"), level


def _rows(table: Element) -> Iterator[list[str]]:
    """The cells, merged ones filled; one over the whole width stands once."""
    above: list[str] = []
    for row in table.findall("tr"):
        cells: list[str] = []
        found = row.findall("tc")
        for cell in found:
            body = cell.find("txBody")
            text = " ".join(" ".join(_words(each).split()) for each in body.findall("p")) if body is not None else ""
            if cell.get("vMerge") in ("1", "true") and len(cells) < len(above):
                text = above[len(cells)]
            elif cell.get("hMerge") in ("1", "true") and cells and found[0].get("gridSpan") != str(len(found)):
                text = cells[-1]
            cells.append(text if cell.get("vMerge") or cell.get("hMerge") else escape_cell(text))
        above = cells
        yield cells


def _words(paragraph: Element) -> str:
    """The text of a paragraph; runs stand side by side as they are, line breaks are "\\n"."""
    text = ""
    raised = ""
    for child in [*paragraph, Element("end")]:
        words, is_raised = _run(child)
        if is_raised and (text.strip() or raised):
            raised += words
            continue
        if raised and (words or child.tag == "end"):
            text, raised = text + raise_text(raised), ""
        text += words
    return text


def _run(child: Element) -> tuple[str, bool]:
    if child.tag == "br":
        return "\n", False
    if child.tag in ("r", "fld") and child.get("type") != "slidenum":
        properties = child.find("rPr")
        baseline = properties.get("baseline", "0") if properties is not None else "0"
        font = properties.find("sym") if properties is not None else None
        words = decode_symbols(
            unescape_signs(child.findtext("t") or ""), font.get("typeface", "") if font is not None else ""
        )
        return words.replace("\v", "\n"), baseline.rstrip("%").isdigit() and int(baseline.rstrip("%")) > 0
    maths = next((each for each in child.iter() if each.tag in ("oMath", "oMathPara")), None)
    return (render_formula(maths), False) if maths is not None and child.tag != "pPr" else ("", False)
