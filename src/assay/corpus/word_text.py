"""Word documents (DOCX) to Markdown as Word shows them: numbers, fields, symbols, notes, headers, boxes, changes made.

Text that was deleted or moved away, or is hidden, is put aside with the reason; of a field its result is read. Notes
stand below the paragraph that refers to them, headers once at the beginning and footers once at the end.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from xml.etree.ElementTree import Element

from assay.corpus.document import Exclusion, LeftOut
from assay.corpus.inline import escape, escape_line, raise_text
from assay.corpus.margins import read_margins
from assay.corpus.office_formulas import render_formula
from assay.corpus.sheets import render_table
from assay.corpus.symbols import decode_symbols
from assay.corpus.word_fields import Fields
from assay.corpus.word_numbers import Label, Numbering, value_of
from assay.corpus.word_styles import Style, is_on, parse_styles, style_of
from assay.corpus.xml_parts import BROKEN, opened, package_part, parse_local, related_parts, title_in_metadata

__all__ = ["find_main_part", "read_word"]

_MAIN = "word/document.xml"
_WRAPPERS = frozenset(
    (
        "sdt",
        "sdtContent",
        "customXml",
        "smartTag",
        "ins",
        "moveTo",
        "dir",
        "bdo",
        "hyperlink",
        "fldSimple",
        "r",
        "rubyBase",
    )
)
_GONE = frozenset(("del", "moveFrom", "delText", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "annotationRef"))
_DELETED = ("del", "moveFrom")
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "pgNum": ""}
_PAGE_LABEL = re.compile(r"\W*(?:page|seite|p\.?|第)?\W*\d*\W*(?:页|of|von|/|共)?\W*\d*\W*页?\W*", re.IGNORECASE)
_HARD = "  \n"


@dataclass(frozen=True)
class _Piece:
    """Words within a paragraph, and how they are set."""

    text: str
    is_raised: bool = False
    is_struck: bool = False


@dataclass(frozen=True)
class _Block:
    text: str
    is_item: bool = False


@dataclass
class _Word:
    """What a document says outside of its text, and how far reading has come."""

    styles: dict[str, Style]
    numbering: Numbering
    notes: dict[str, dict[str, Element]]  # by "footnote" or "endnote", by id
    fields: Fields = field(default_factory=Fields)
    boxes: list[Element] = field(default_factory=list)  # to be read after the paragraph
    marks: list[tuple[str, Element]] = field(default_factory=list)  # the notes that it refers to
    carried: str = ""  # of a paragraph whose end was deleted
    told: dict[str, int] = field(default_factory=dict)  # notes so far, by kind
    left_out: list[LeftOut] = field(default_factory=list)
    aside: dict[Exclusion, str] = field(default_factory=dict)  # of this paragraph
    is_note: bool = False

    def blocks(self, parent: Element) -> Iterator[_Block]:
        """The paragraphs and tables in an element, each followed by its boxes and notes."""
        for child in parent:
            if child.tag == "p":
                yield from self._paragraph(child)
            elif child.tag == "tbl":
                yield from self._table(child)
            elif child.tag in ("oMath", "oMathPara"):
                yield _Block(escape(render_formula(child)))
            elif child.tag == "AlternateContent":
                yield from self._alternative(child, self.blocks)
            elif child.tag in _WRAPPERS:
                yield from self.blocks(child)
            yield from self._beside()

    def _alternative(self, element: Element, read: Callable[[Element], Iterable[_Block]]) -> list[_Block]:
        """The first form of something that says anything: the others are for older programs."""
        for form in element:
            found = list(read(form))
            if found or self.boxes:
                return found
        return []

    def _beside(self) -> Iterator[_Block]:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            if box.tag == "textpath":
                yield _Block(escape(box.get("string", "")))
            else:
                yield from self.blocks(box)
        marks, self.marks = self.marks, []
        for mark, note in marks:
            inner = _Word(self.styles, self.numbering, {}, left_out=self.left_out, is_note=True)
            words = " ".join(block.text for block in inner.blocks(note))
            yield _Block(f"[^{mark}]: {words}")

    def _paragraph(self, paragraph: Element) -> Iterator[_Block]:
        properties = paragraph.find("pPr")
        style = style_of(properties, self.styles.get(value_of(properties, "pStyle"), Style()))
        text = self.carried + self._words(paragraph, style)
        self.carried = ""
        mark = properties.find("rPr") if properties is not None else None
        if mark is not None and (mark.find("del") is not None or mark.find("moveFrom") is not None):
            self.carried = text
            return
        label = self._label(style) if not is_on(mark, "vanish") else None  # an empty one counts too
        if text.strip():
            yield _render(text.strip(), style.level if not self.is_note else 0, label)

    def _label(self, style: Style) -> Label | None:
        if not style.list_id or style.list_id == "0":
            return None
        return self.numbering.count(style.list_id, style.list_level or 0)

    def _words(self, element: Element, style: Style) -> str:
        """The words of a paragraph with line breaks as "\\n"; raised ones as powers."""
        pieces = list(self._pieces(element, style))
        self.fields.end_paragraph()
        for reason, aside in self.aside.items():
            self.leave_out(aside, reason)
        self.aside.clear()
        text = ""
        for (is_raised, is_struck), same in groupby(pieces, key=lambda piece: (piece.is_raised, piece.is_struck)):
            words = "".join(piece.text for piece in same)
            if is_raised and text.strip():
                words = raise_text(words) + (" " if words[-1:].isspace() else "")
            text += f"~~{words.strip()}~~ " if is_struck and words.strip() else words
        return text

    def leave_out(self, text: str, reason: Exclusion) -> None:
        """Note what is not read on purpose."""
        if text.strip():
            self.left_out.append(LeftOut(text.strip(), reason))

    def _put_aside(self, text: str, reason: Exclusion) -> None:
        self.aside[reason] = self.aside.get(reason, "") + text

    def _pieces(self, element: Element, style: Style) -> Iterator[_Piece]:
        for child in element:
            if child.tag in _DELETED:
                self._put_aside(_plain(child), "deleted")
            elif child.tag in _GONE:
                if child.tag == "instrText":
                    self.fields.tell(child.text or "")
            elif child.tag == "r":
                yield from self._run(child, style)
            else:
                yield from self._inner(child, style)

    def _run(self, run: Element, style: Style) -> Iterator[_Piece]:
        properties = run.find("rPr")
        own = self.styles.get(value_of(properties, "rStyle"), Style())
        told = is_on(properties, "vanish")
        hidden = (style.is_hidden or own.is_hidden) if told is None else told
        fonts = properties.find("rFonts") if properties is not None else None
        font = (fonts.get("ascii", "") if fonts is not None else "") or own.font or style.font
        is_raised = value_of(properties, "vertAlign") == "superscript"
        is_struck = bool(is_on(properties, "strike") or is_on(properties, "dstrike"))
        for piece in self._pieces(run, style):
            text = decode_symbols(piece.text, font)
            if hidden:
                self._put_aside(text, "hidden")
            else:
                yield _Piece(text, piece.is_raised or is_raised, piece.is_struck or is_struck)

    def _inner(self, child: Element, style: Style) -> Iterator[_Piece]:
        """What an element within a paragraph shows."""
        tag = child.tag
        if tag in ("fldChar", "ffData"):
            yield _Piece(self.fields.step(child))
        elif not self.fields.are_shown:
            if tag in _WRAPPERS:
                list(self._pieces(child, style))
            elif tag == "t":
                self._put_aside(child.text or "", "hidden")
        elif tag == "t":
            yield _Piece(child.text or "")
        elif tag in _SIGNS:
            yield _Piece(_SIGNS[tag])
        elif tag == "sym":
            code = child.get("char", "")
            yield _Piece(decode_symbols(chr(int(code, 16)), child.get("font", "")) if code else "")
        elif tag in ("footnoteReference", "endnoteReference"):
            yield _Piece(self._refer(tag.removesuffix("Reference"), child))
        elif tag == "ruby":
            base, above = ("".join(piece.text for piece in self._pieces(each, style)) for each in _ruby(child))
            yield _Piece(f"{base}({above})" if above else base)
        elif tag in ("oMath", "oMathPara"):
            yield _Piece(render_formula(child))
        elif tag in ("drawing", "pict", "object", "txbxContent", "textpath"):
            self.boxes += _find_boxes(child)
        elif tag == "AlternateContent":
            n_boxes = len(self.boxes)
            for form in child:
                found = list(self._pieces(form, style))
                if found or len(self.boxes) > n_boxes:
                    yield from found
                    return
        elif tag in _WRAPPERS:
            yield from self._pieces(child, style)

    def _refer(self, kind: str, reference: Element) -> str:
        note = self.notes.get(kind, {}).get(reference.get("id", ""))
        if note is None:
            return ""
        self.told[kind] = self.told.get(kind, 0) + 1
        mark = f"{'e' if kind == 'endnote' else ''}{self.told[kind]}"
        self.marks.append((mark, note))
        return f"[^{mark}]"

    def _table(self, table: Element) -> Iterator[_Block]:
        """A table whose merged cells are filled; one of a single column is no table."""
        rows = list(self._rows(table))
        if all(len(row) == 1 for row in rows):
            yield from (_Block(text) for (text,) in rows if text)
        elif rendered := render_table(rows):
            yield _Block(rendered)

    def _rows(self, table: Element) -> Iterator[list[str]]:
        above: list[str] = []
        width = max((sum(map(_span, _cells(row))) for row in _children(table, "tr")), default=0)
        for row in _children(table, "tr"):
            properties = row.find("trPr")
            if properties is not None and (properties.find("del") is not None or is_on(properties, "hidden")):
                self.leave_out(_plain(row), "deleted" if properties.find("del") is not None else "hidden")
                continue
            before = value_of(properties, "gridBefore")
            cells = [""] * (int(before) if before.isdigit() else 0)
            for cell in _cells(row):
                text, span = self._cell(cell, width == 1), _span(cell)
                merged = cell.find("tcPr/vMerge")
                if merged is not None and merged.get("val", "continue") == "continue" and len(cells) < len(above):
                    self.leave_out(text, "hidden")  # what the cell above covers
                    text = above[len(cells)]
                cells += [text] * span if span < width else [text, *[""] * (width - 1)]
            above = cells
            yield cells

    def _cell(self, cell: Element, is_alone: bool) -> str:
        marks, self.marks = self.marks, []
        if is_alone:
            text = join_blocks(self.blocks(cell))
        else:
            held = _Word(self.styles, self.numbering, self.notes, self.fields, is_note=True)
            held.told, held.left_out = self.told, self.left_out
            text = " ".join(held._flat(cell))
            self.marks += held.marks
        self.marks = [*marks, *self.marks]
        return text

    def _flat(self, parent: Element) -> Iterator[str]:
        """The words of a cell; tables in it are rows of words. Boxes and notes are for the table's reader."""
        for child in parent:
            if child.tag == "p":
                yield from (block.text.replace(_HARD, " ") for block in self._paragraph(child))
            elif child.tag == "tr":
                yield " ".join(word for cell in _cells(child) for word in self._flat(cell)) + ";"
            elif child.tag in ("tbl", *_WRAPPERS):
                yield from self._flat(child)
            boxes, self.boxes = self.boxes, []
            for box in boxes:
                yield from self._flat(box)


def read_word(data: bytes) -> tuple[str, str, list[LeftOut]]:
    """The title in the metadata, "" for none, the text as Markdown, and what is not read on purpose.

    Raises:
        UnreadableFile: broken, or no Word document.
    """
    with opened(data) as archive:
        main = find_main_part(archive)
        parts = {kind: target for _, kind, target in related_parts(archive, main)}
        body = parse_local(archive, main).find("body")
        if body is None:
            raise ValueError("no body")
        styles = _optional(archive, parts.get("styles"))
        known = parse_styles(styles) if styles is not None else {}
        numbers = _optional(archive, parts.get("numbering"))
        numbering = (
            Numbering.parse(numbers, lambda id: known.get(id, Style()).list_id) if numbers is not None else Numbering()
        )
        known = {id: _with_level(id, style, numbering) for id, style in known.items()}
        word = _Word(known, numbering, {kind: _notes(archive, parts, kind) for kind in ("footnote", "endnote")})
        heads, feet = (_edges(archive, main, body, word, which) for which in ("header", "footer"))
        text = join_blocks([*heads, *word.blocks(body), *feet])
        _leave_out_notes(word, body)
        margins = read_margins(data, main)
        return title_in_metadata(archive), f"{text}\n\n{margins}".strip(), word.left_out


def find_main_part(archive: zipfile.ZipFile) -> str:
    """The name of the part that holds the text."""
    return package_part(archive, "officeDocument") or _MAIN


def join_blocks(blocks: Iterable[_Block]) -> str:
    """Blocks as Markdown: an empty line between them, none between items of a list."""
    text, was_item = "", False
    for block in blocks:
        if block.text:
            text += ("\n" if was_item and block.is_item else "\n\n" if text else "") + block.text
            was_item = block.is_item
    return text


def _render(text: str, level: int, label: Label | None) -> _Block:
    if level:
        shown = f"{label.text}{' ' if label.has_gap else ''}" if label and not label.is_bullet else ""
        return _Block(f"{'#' * min(level, 6)} {escape_line(shown + text)}")
    lines = [line for line in text.split("\n") if line.strip()]
    if label is None:
        return _Block(_HARD.join(map(escape, lines)))
    words = _HARD.join(map(escape_line, lines))
    is_item = label.is_bullet or re.fullmatch(r"\d{1,3}[.)]", label.text) is not None
    mark = label.text if is_item else escape_line(label.text)
    indent = "  " * label.level if is_item else ""
    return _Block(f"{indent}{mark}{' ' if label.has_gap or is_item else ''}{words}", is_item)


def _with_level(id: str, style: Style, numbering: Numbering) -> Style:
    """A style whose place in its list the list tells."""
    if not style.list_id or style.list_level is not None:
        return style
    return Style(style.level, style.list_id, numbering.level_of_style(style.list_id, id), style.is_hidden, style.font)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, those in wrappers too."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, name)


def _cells(row: Element) -> list[Element]:
    return list(_children(row, "tc"))


def _span(cell: Element) -> int:
    span = value_of(cell.find("tcPr"), "gridSpan")
    return min(max(int(span), 1), 1000) if span.isdigit() else 1


def _ruby(element: Element) -> tuple[Element, Element]:
    base, above = element.find("rubyBase"), element.find("rt")
    return (base if base is not None else Element("r")), (above if above is not None else Element("r"))


def _find_boxes(element: Element) -> list[Element]:
    """The outermost boxes of text in a drawing."""
    if element.tag == "txbxContent" or (element.tag == "textpath" and element.get("string")):
        return [element]
    if element.tag == "AlternateContent":
        return next((found for form in element if (found := _find_boxes(form))), [])
    return [box for child in element for box in _find_boxes(child)]


def _optional(archive: zipfile.ZipFile, part: str | None) -> Element | None:
    """A part that a document may do without: a broken one costs no more than itself."""
    try:
        return parse_local(archive, part) if part else None
    except BROKEN:
        return None


def _notes(archive: zipfile.ZipFile, parts: dict[str, str], kind: str) -> dict[str, Element]:
    root = _optional(archive, parts.get(f"{kind}s"))
    return {each.get("id", ""): each for each in root.iter(kind)} if root is not None else {}


def _leave_out_notes(word: _Word, body: Element) -> None:
    """Notes that nothing refers to are on no page."""
    for kind, notes in word.notes.items():
        used = {each.get("id", "") for each in body.iter(f"{kind}Reference")}
        for id, note in notes.items():
            word.leave_out(_plain(note) if id not in used else "", "hidden")


def _plain(element: Element) -> str:
    """All words in it, deleted ones as well, paragraphs in lines."""
    signs = {"p": "\n", "tab": " ", "br": " "}
    return "".join(
        each.text or "" if each.tag in ("t", "delText") else signs.get(each.tag, "") for each in element.iter()
    ).strip("\n")


def _edges(archive: zipfile.ZipFile, main: str, body: Element, word: _Word, which: str) -> list[_Block]:
    """The headers or footers that are shown, each text once; page numbers alone are none."""
    targets = {id: target for id, _, target in related_parts(archive, main)}
    settings = _optional(archive, next((t for _, kind, t in related_parts(archive, main) if kind == "settings"), None))
    is_mirrored = is_on(settings, "evenAndOddHeaders")
    blocks: dict[str, _Block] = {}
    for section in body.iter("sectPr"):
        shown = ["default", *(["first"] if is_on(section, "titlePg") else []), *(["even"] if is_mirrored else [])]
        for reference in section.findall(f"{which}Reference"):
            root = _optional(archive, targets.get(reference.get("id", "")))
            if root is None:
                continue
            if reference.get("type", "default") not in shown:
                word.leave_out(_plain(root), "hidden")
                continue
            for block in _Word(word.styles, Numbering(), {}, left_out=word.left_out, is_note=True).blocks(root):
                if _PAGE_LABEL.fullmatch(block.text):
                    word.leave_out(block.text, "repeated")
                else:
                    blocks[block.text] = block
    return list(blocks.values())
