"""OpenDocument text and tables (ODT, ODS) to Markdown as their programs show them.

Deleted and hidden text is put aside with the reason; notes stand below the paragraph that refers to them, headers once
at the beginning and footers once at the end.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from assay.corpus.document import Exclusion, LeftOut, UnreadableFile
from assay.corpus.inline import escape, escape_cell, escape_line, raise_text
from assay.corpus.margins import COMMENTS, sign_comment
from assay.corpus.office_formulas import render_formula
from assay.corpus.open_styles import OpenStyle, Outline, parse_lists, parse_styles
from assay.corpus.sheets import render_table
from assay.corpus.xml_parts import BROKEN, opened, parse_local

__all__ = ["OpenSheet", "read_open_sheets", "read_open_text", "write_words"]

_GAPS = {"s": " ", "tab": " ", "line-break": "\n"}
_SILENT_NAMES = (
    "tracked-changes annotation note-citation forms sequence-decls variable-decls user-field-decls hidden-text"
)
_SILENT = frozenset(f"{_SILENT_NAMES} soft-page-break change change-start change-end bookmark desc title".split())
_PAGE_LABEL = re.compile(r"\W*(?:page|seite|第)?\W*\d*\W*(?:页|of|von|/|共)?\W*\d*\W*页?\W*", re.IGNORECASE)
_HARD = "  \n"
_MOST_REPEATED = 1000  # rows or columns that say the same
_MOST_CELLS = 5_000_000

Inner = Callable[[Element], str | None]  # what an element within a paragraph shows; None: its own words


@dataclass(frozen=True)
class OpenSheet:
    """A sheet with its cells as they are shown, its hidden rows and columns apart, and its comments."""

    name: str
    is_hidden: bool
    rows: list[list[str]]
    hidden: list[str]
    comments: list[str]


@dataclass
class _Open:
    """What a document says outside of its text, and how far reading has come."""

    archive: zipfile.ZipFile
    styles: dict[str, OpenStyle]
    lists: dict[str, Outline]
    by_id: dict[str, Outline] = field(default_factory=dict)
    notes: list[tuple[str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, text: str, reason: Exclusion) -> None:
        """Note what is not read on purpose."""
        if text.strip():
            self.left_out.append(LeftOut(text.strip(), reason))

    def blocks(self, parent: Iterable[Element], level: int = 0) -> Iterator[str]:
        """The paragraphs, lists and tables in an element, each followed by its boxes and notes."""
        for child in parent:
            if child.tag in _SILENT:
                self.leave_out(_plain(child) if child.tag == "tracked-changes" else "", "deleted")
                continue
            if child.tag in ("p", "h"):
                yield from self._paragraph(child)
            elif child.tag == "list":
                yield "\n".join(self._list(child, level + 1, self._outline(child)))
            elif child.tag == "table":
                yield from self._table(child)
            elif child.tag == "section" and child.get("display") == "none":
                self.leave_out(_plain(child), "hidden")
            else:
                yield from self.blocks(child, level)
            yield from self._beside()

    def _beside(self) -> Iterator[str]:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            yield from self.blocks(box)
        notes, self.notes = self.notes, []
        for mark, note in notes:
            yield f"[^{mark}]: {' '.join(self.blocks(note))}"

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        lines = [line for line in self.words(paragraph).split("\n") if line.strip()]
        number = ""
        if self.styles.get(paragraph.get("style-name", ""), OpenStyle()).is_hidden:
            self.leave_out("\n".join(lines), "hidden")
            return
        if paragraph.tag == "h":
            number = self._number_heading(paragraph) if lines else ""
        if not lines:
            return
        if paragraph.tag == "h":
            level = _number(paragraph.get("outline-level"), 1)
            yield f"{'#' * min(level, 6)} {escape_line(' '.join([number, *lines]))}"
        elif self._is_title(paragraph):
            yield f"# {escape_line(' '.join(lines))}"
        else:
            yield _HARD.join(map(escape, lines))

    def _is_title(self, paragraph: Element) -> bool:
        return paragraph.get("style-name", "") == "Title"

    def _number_heading(self, heading: Element) -> str:
        level, start = heading.get("outline-level", "1"), heading.get("start-value", "")
        if heading.get("is-list-header") == "true" or "" not in self.lists:
            return ""
        own = self.styles.get(heading.get("style-name", ""), OpenStyle()).list_style
        outline = self.lists[""] if not own or own not in self.lists else self.lists[own]
        restart = int(start) if start.isdigit() and heading.get("restart-numbering") == "true" else None
        return outline.count(int(level) if level.isdigit() else 1, restart).strip()

    def _outline(self, element: Element, outer: Outline | None = None) -> Outline:
        """How a list is numbered: anew, unless it goes on with another one."""
        name = element.get("style-name", "")
        levels = self.lists[name].levels if name in self.lists else outer.levels if outer else {}
        before = self.by_id.get(element.get("continue-list", ""))
        if before is None and element.get("continue-numbering") == "true":
            before = self.by_id.get(f"style {name}")
        outline = outer if outer is not None else Outline(levels, dict(before.counts) if before else {})
        self.by_id[element.get("id", "")] = self.by_id[f"style {name}"] = outline
        return outline

    def _list(self, items: Element, level: int, outline: Outline) -> Iterator[str]:
        indent = "  " * (level - 1)
        for item in items:
            start = item.get("start-value", "")
            is_first, is_header = True, item.tag == "list-header"
            for child in item:
                if child.tag == "list":
                    name = child.get("style-name", "")
                    own = Outline(self.lists[name].levels, outline.counts) if name in self.lists else outline
                    yield from self._list(child, level + 1, own)
                elif child.tag in ("p", "h"):
                    words = " ".join(self.words(child).split())
                    number = ""
                    if is_first and not is_header:
                        number = outline.count(level, int(start) if start.isdigit() else None)
                        is_first = False
                    if words:
                        yield self._item(child, words, number, indent, level)
                else:
                    yield from (f"\n{block}\n" for block in self.blocks([child], level))
                yield from (f"\n{block}\n" for block in self._beside())

    def _item(self, paragraph: Element, words: str, number: str, indent: str, level: int) -> str:
        if paragraph.tag == "h":
            return f"\n{'#' * min(level, 6)} {escape_line(f'{number} {words}')}\n"
        is_listed = re.fullmatch(r"\d{1,3}[.)]", number.strip()) is not None or not number
        mark = number.strip() or "-"
        return f"{indent}{mark} {escape_line(words)}" if is_listed else f"\n{escape_line(mark)} {escape_line(words)}\n"

    def words(self, element: Element, is_raised: bool = False) -> str:
        """The text of a paragraph, line breaks as "\\n"; what stands in its boxes and notes is put aside."""
        return write_words(element, self.styles, self._inner, is_raised)

    def _inner(self, child: Element) -> str | None:
        """What an element that is no plain text shows; None where its own words do."""
        if child.tag == "note":
            body, citation = child.find("note-body"), child.find("note-citation")
            mark = "".join(citation.itertext()).strip() if citation is not None else ""
            mark = mark or str(len(self.notes) + 1)
            if body is not None:
                self.notes.append((mark, body))
            return f"[^{mark}]"
        if child.tag == "annotation":
            words = escape(" ".join(" ".join(self.words(each).split()) for each in child.iter("p")))
            author, date = (child.findtext(name, "") for name in ("creator", "date"))
            self.comments += [sign_comment(words, author, date)] if words else []
            return ""
        if child.tag in ("frame", "custom-shape", "text-box", "rect", "ellipse", "line", "g"):
            formula = self._formula(child)
            if not formula:
                self.boxes.append(child)
            return formula
        style = self.styles.get(child.get("style-name", ""), OpenStyle())
        if child.tag == "hidden-text" or (child.tag in ("span", "a") and style.is_hidden):
            self.leave_out("".join(child.itertext()), "hidden")
            return ""
        if child.tag == "ruby":
            above = "".join("".join(each.itertext()) for each in child.iter("ruby-text"))
            base = "".join(self.words(each) for each in child.iter("ruby-base"))
            return f"{base}({above})" if above else base
        return None

    def _formula(self, frame: Element) -> str:
        for each in frame.iter("object"):
            maths = next(each.iter("math"), None)
            part = f"{each.get('href', '').removeprefix('./')}/content.xml"
            if maths is None and part in self.archive.namelist():
                root = parse_local(self.archive, part)
                maths = root if root.tag == "math" else None
            if maths is not None:
                return render_formula(maths)
        return ""

    def _table(self, table: Element) -> Iterator[str]:
        rows, hidden = self.cells(table)
        self.leave_out("\n".join(hidden), "hidden")
        rows = [row for row in rows if any(row)]
        if all(len(row) == 1 for row in rows):
            yield from (text for (text,) in rows)
        elif rendered := render_table(rows):
            yield rendered

    def cells(self, table: Element) -> tuple[list[list[str]], list[str]]:
        """The cells of a table, merged ones filled, and the words of its hidden rows and columns."""
        hidden_columns = [column for column, is_hidden in enumerate(self._columns(table)) if is_hidden]
        rows: list[list[str]] = []
        hidden: list[str] = []
        open_spans: dict[int, tuple[int, str]] = {}  # by column: for how many rows more, and what is said
        n_cells, n_blank = 0, 0
        for row in _rows_of(table):
            cells = self._row(row, open_spans)
            if row.get("visibility") == "collapse":
                hidden += filter(None, cells)
                continue
            hidden += [cells[at] for at in hidden_columns if at < len(cells) and cells[at]]
            shown = [cell for at, cell in enumerate(cells) if at not in hidden_columns]
            n_times = min(_number(row.get("number-rows-repeated"), 1), _MOST_REPEATED)
            if not any(shown):
                n_blank += n_times
                continue
            rows += [[]] if n_blank and rows else []
            n_blank = 0
            n_cells += n_times * len(shown)
            rows += [shown] * (n_times if n_cells < _MOST_CELLS else 1)
        return rows, hidden

    def _columns(self, table: Element) -> Iterator[bool]:
        """Whether each column is hidden."""
        for column in _found(table, "table-column", ("table-columns", "table-header-columns", "table-column-group")):
            yield from [column.get("visibility") == "collapse"] * min(
                _number(column.get("number-columns-repeated"), 1), 16384
            )

    def _row(self, row: Element, open_spans: dict[int, tuple[int, str]]) -> list[str]:
        cells: list[str] = []
        gap = 0  # empty cells so far that nothing follows
        found = [cell for cell in row if cell.tag in ("table-cell", "covered-table-cell")]
        is_title = sum(1 for cell in found if cell.tag == "table-cell" and next(cell.iter("p"), None) is not None) == 1
        for cell in found:
            n_times = min(_number(cell.get("number-columns-repeated"), 1), 16384)
            if cell.tag == "covered-table-cell":
                for _ in range(n_times if n_times <= _MOST_REPEATED else 0):
                    n_left, text = open_spans.get(len(cells) + gap, (0, ""))
                    if n_left:
                        open_spans[len(cells) + gap] = (n_left - 1, text)
                    cells, gap = ([*cells, *[""] * gap, text], 0) if n_left and text else (cells, gap + 1)
                continue
            text = self._cell(cell)
            if not text:
                gap += n_times
                continue
            cells += [""] * gap + [text]
            gap = 0
            self._open_spans(cell, len(cells) - 1, text, is_title, open_spans)
            cells += [text] * (min(n_times, _MOST_REPEATED) - 1)
        return cells

    def _open_spans(
        self, cell: Element, at: int, text: str, is_title: bool, open_spans: dict[int, tuple[int, str]]
    ) -> None:
        """Note where a merged cell covers others: in this row, and in those below it."""
        width, height = _number(cell.get("number-columns-spanned"), 1), _number(cell.get("number-rows-spanned"), 1)
        for column in range(at, at + min(width, _MOST_REPEATED)):
            n_covered = height - 1 if column == at or is_title else height
            open_spans[column] = (0 if is_title and height == 1 else n_covered, text)

    def _cell(self, cell: Element) -> str:
        """The words of a cell in one line, as Markdown; a value without words as it stands."""
        notes, self.notes = self.notes, []
        boxes, self.boxes = self.boxes, []
        words = " ".join(filter(None, (" ".join(text.split()) for text in self._flat(cell))))
        if not words and cell.get("value-type") and not any(each.tag == "p" for each in cell.iter()):
            words = (
                cell.get("string-value") or cell.get("date-value") or cell.get("time-value") or cell.get("value") or ""
            )
        if not words and cell.get("formula"):
            words = f"={cell.get('formula', '').partition(':=')[2] or cell.get('formula', '').lstrip('=')}"
        self.notes = notes + self.notes
        self.boxes = boxes + self.boxes
        return escape_cell(words)

    def _flat(self, parent: Element) -> Iterator[str]:
        for child in parent:
            if child.tag == "annotation":
                self._inner(child)
            elif child.tag in ("p", "h"):
                yield self.words(child)
            elif child.tag == "table-row":
                yield " ".join(self._flat(child)) + ";"
            elif child.tag not in _SILENT:
                yield from self._flat(child)


def write_words(
    element: Element, styles: dict[str, OpenStyle], inner: Inner | None = None, is_raised: bool = False
) -> str:
    """The words of a paragraph of OpenDocument: spaces, tabs and line breaks are elements of their own."""
    pieces: list[tuple[str, bool]] = []
    _collect(element, styles, inner, is_raised, pieces)
    text, raised = "", ""
    for words, is_up in [*pieces, ("", False)]:
        if is_up:
            raised += words
            continue
        if raised:
            text += raise_text(raised) if text.strip() else raised
            raised = ""
        text += words
    return text


def _collect(
    element: Element, styles: dict[str, OpenStyle], inner: Inner | None, is_raised: bool, pieces: list[tuple[str, bool]]
) -> None:
    # Spaces and ends of lines of the file itself count as one space.
    pieces.append((re.sub(r"\s+", " ", element.text or ""), is_raised))
    for child in element:
        style = styles.get(child.get("style-name", ""), OpenStyle()) if child.tag in ("span", "a") else OpenStyle()
        told = inner(child) if inner else None
        if told is not None:
            pieces.append((told, False))
        elif child.tag in _GAPS:
            pieces.append((_GAPS[child.tag], is_raised))
        elif child.tag not in _SILENT and not style.is_hidden:
            _collect(child, styles, inner, is_raised or style.is_raised, pieces)
        pieces.append((re.sub(r"\s+", " ", child.tail or ""), is_raised))


def read_open_text(data: bytes) -> tuple[str, str, list[LeftOut]]:
    """The title in the metadata or "", the text of an ODT as Markdown, and what is not read on purpose.

    Raises:
        UnreadableFile: broken, or protected by a password.
    """
    with opened(data) as archive:
        document, content, styles = _load(archive)
        body = next(content.iter("text"), content)
        heads, feet = (_edges(document, styles, which) for which in ("header", "footer"))
        text = "\n\n".join(filter(None, [*heads, *_tidy(document.blocks(body)), *feet]))
        comments = [COMMENTS, *document.comments] if document.comments else []
        return _title(archive), "\n\n".join([text, *comments]), document.left_out


def read_open_sheets(data: bytes) -> tuple[str, list[OpenSheet]]:
    """The title in the metadata or "", and the sheets of an ODS in their order; cells are Markdown but for bars.

    Raises:
        UnreadableFile: broken, or protected by a password.
    """
    with opened(data) as archive:
        document, content, _ = _load(archive)
        sheets = []
        for table in next(content.iter("spreadsheet"), content).findall("table"):
            rows, hidden = document.cells(table)
            is_hidden = document.styles.get(table.get("style-name", ""), OpenStyle()).is_hidden
            boxes = [block for shape in table.iter("shapes") for block in document.blocks(shape)]
            comments, document.comments = [*boxes, *document.comments], []
            sheets.append(OpenSheet(table.get("name", ""), is_hidden, rows, hidden, comments))
        return _title(archive), sheets


def _load(archive: zipfile.ZipFile) -> tuple[_Open, Element, Element]:
    names = archive.namelist()
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableFile("protected by a password: save a copy without it")
    content = parse_local(archive, "content.xml")
    styles = parse_local(archive, "styles.xml") if "styles.xml" in names else Element("styles")
    roots = [styles, content]
    lists = {name: Outline(levels) for name, levels in parse_lists(roots).items()}
    return _Open(archive, parse_styles(roots), lists), content, styles


def _plain(element: Element) -> str:
    """The words of its paragraphs, one a line."""
    return "\n".join("".join(each.itertext()) for each in element.iter() if each.tag in ("p", "h"))


def _tidy(blocks: Iterable[str]) -> Iterator[str]:
    yield from (re.sub(r"\n{3,}", "\n\n", block).strip("\n") for block in blocks)


def _edges(document: _Open, styles: Element, which: str) -> list[str]:
    """The headers or footers of pages, each text once; page numbers alone are none."""
    found: dict[str, None] = {}
    for page in styles.iter("master-page"):
        for edge in (each for each in page if each.tag in (which, f"{which}-first", f"{which}-left")):
            if edge.get("display") == "false":
                document.leave_out(_plain(edge), "hidden")
                continue
            for text in document.blocks(edge):
                if _PAGE_LABEL.fullmatch(text):
                    document.leave_out(text, "repeated")
                else:
                    found[text] = None
    return list(found)


def _title(archive: zipfile.ZipFile) -> str:
    try:
        return " ".join((next(parse_local(archive, "meta.xml").iter("title"), Element("title")).text or "").split())
    except BROKEN:
        return ""


def _rows_of(table: Element) -> Iterator[Element]:
    yield from _found(table, "table-row", ("table-rows", "table-header-rows", "table-row-group"))


def _found(parent: Element, name: str, groups: tuple[str, ...]) -> Iterator[Element]:
    """The children of a name, those in groups too."""
    for child in parent:
        if child.tag == name:
            yield child
        elif child.tag in groups:
            yield from _found(child, name, groups)


def _number(text: str | None, default: int) -> int:
    return max(int(text), 1) if text and text.isdigit() else default
