"""Workbooks (XLSX) to rows of cells as they are shown: by their number formats, merged cells filled, formulas named.

Knows which sheets, rows and columns are hidden; what is done with them is for the caller to say.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from assay.corpus.inline import raise_text
from assay.corpus.number_formats import BUILT_IN, format_number, format_text, plain_number
from assay.corpus.xml_parts import opened, package_part, parse_local, related_parts, title_in_metadata, unescape_signs

__all__ = ["Sheet", "Workbook", "read_workbook"]

_MAIN = "xl/workbook.xml"
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_FILLED = 100_000  # cells that one merged cell stands for

Cells = dict[tuple[int, int], str]  # row and column, from 0
Area = tuple[int, int, int, int]  # first row and column, last row and column


@dataclass(frozen=True)
class Sheet:
    """One sheet; of hidden rows and columns and of a hidden sheet the cells are apart."""

    name: str
    is_hidden: bool
    rows: tuple[tuple[str, ...], ...]  # from the first one on, empty ones too; none is longer than its last cell
    hidden: tuple[str, ...] = ()  # the words of hidden rows and columns, and numbers whose format shows nothing


@dataclass(frozen=True)
class Workbook:
    """The title in the metadata or "", the sheets in their order, and the part of the archive that lists them."""

    title: str
    sheets: tuple[Sheet, ...]
    main: str


@dataclass(frozen=True)
class _Formats:
    """What the cells of a workbook refer to."""

    strings: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)  # number format by cell style
    is_1904: bool = False


def read_workbook(data: bytes) -> Workbook:
    """The sheets of an XLSX or XLSM file.

    Raises:
        UnreadableFile: broken, or no workbook.
    """
    with opened(data) as archive:
        main = package_part(archive, "officeDocument") or _MAIN
        root = parse_local(archive, main)
        related = {id: (kind, part) for id, kind, part in related_parts(archive, main)}
        parts = {kind: part for kind, part in related.values()}
        properties = root.find("workbookPr")
        is_1904 = properties is not None and properties.get("date1904", "0") in ("1", "true")
        strings = list(_strings(archive, parts.get("sharedStrings")))
        formats = _Formats(strings, list(_codes(archive, parts.get("styles"))), is_1904)
        sheets = []
        for each in root.iter("sheet"):
            kind, part = related.get(each.get("id", ""), ("", ""))
            if kind == "worksheet":
                is_hidden = each.get("state", "visible") != "visible"
                sheets.append(_sheet(each.get("name", ""), is_hidden, parse_local(archive, part), formats))
        return Workbook(title_in_metadata(archive), tuple(sheets), main)


def _strings(archive: zipfile.ZipFile, part: str | None) -> Iterator[str]:
    if part:
        yield from (_rich_text(each) for each in parse_local(archive, part).findall("si"))


def _rich_text(element: Element) -> str:
    """Words of a text with formats in it; how they are pronounced is left out, raised ones are powers."""
    text = ""
    for child in element:
        if child.tag == "t":
            text += child.text or ""
        elif child.tag == "r":
            words = child.findtext("t") or ""
            align = child.find("rPr/vertAlign")
            is_raised = align is not None and align.get("val") == "superscript" and text.strip()
            text += raise_text(words) if is_raised else words
    return unescape_signs(text)


def _codes(archive: zipfile.ZipFile, part: str | None) -> Iterator[str]:
    """The number format of each cell style."""
    root = parse_local(archive, part) if part else None
    if root is None:
        return
    own = {each.get("numFmtId", ""): each.get("formatCode", "") for each in root.iter("numFmt")}
    styles = root.find("cellXfs")
    for style in styles if styles is not None else ():
        key = style.get("numFmtId", "0")
        yield own.get(key) or BUILT_IN.get(int(key) if key.isdigit() else 0, "General")


def _sheet(name: str, is_hidden: bool, root: Element, formats: _Formats) -> Sheet:
    cells: Cells = {}
    hidden_rows: set[int] = set()
    unseen: list[str] = []
    number = -1
    is_filtered = next(root.iter("filterColumn"), None) is not None
    for row in root.iter("row"):
        number = int(row.get("r", "") or number + 2) - 1
        # A row that a filter or a folded group hides is still one of the table.
        if row.get("hidden") in ("1", "true") and not is_filtered and row.get("outlineLevel", "0") == "0":
            hidden_rows.add(number)
        column = -1
        for cell in row.findall("c"):
            place = _PLACE.fullmatch(cell.get("r", ""))
            column = _column(place.group(1)) if place else column + 1
            if text := _shown(cell, formats):
                cells[number, column] = text
            elif (value := cell.findtext("v") or "").strip("0.") and cell.get("t", "n") == "n":
                unseen.append(value)  # its format, such as ";;;", shows nothing
    _fill_merged(cells, [area for each in root.iter("mergeCell") if (area := _area(each.get("ref", "")))])
    hidden_columns = set(_hidden_columns(root))
    gone = [place for place in cells if place[0] in hidden_rows or place[1] in hidden_columns]
    hidden = [cells.pop(place) for place in sorted(gone)] + unseen
    return Sheet(name, is_hidden, tuple(_rows(cells, hidden_rows, hidden_columns)), tuple(hidden))


def _hidden_columns(root: Element) -> Iterator[int]:
    for each in root.iter("col"):
        if each.get("hidden") in ("1", "true") and each.get("outlineLevel", "0") == "0":
            yield from range(int(each.get("min", "1")) - 1, min(int(each.get("max", "1")), 16384))


def _shown(cell: Element, formats: _Formats) -> str:
    """What a cell shows; a formula without a value is named."""
    kind, value, formula = cell.get("t", "n"), cell.findtext("v"), cell.find("f")
    style = cell.get("s", "")
    code = formats.codes[int(style)] if style.isdigit() and int(style) < len(formats.codes) else "General"
    if kind == "inlineStr":
        inline = cell.find("is")
        return format_text(_rich_text(inline), code) if inline is not None else ""
    if value is None or value == "":
        return f"={formula.text}" if formula is not None and formula.text and kind != "str" else ""
    if kind == "s":
        at = int(value)
        return format_text(formats.strings[at], code) if 0 <= at < len(formats.strings) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind in ("str", "e"):
        return unescape_signs(value)
    if kind == "d":
        return value.removesuffix("T00:00:00").replace("T", " ")
    return _number(value, code, formats.is_1904)


def _number(value: str, code: str, is_1904: bool) -> str:
    try:
        number = float(value)
    except ValueError:
        return value
    try:
        return format_number(number, code, is_1904)
    except (ValueError, ArithmeticError, OverflowError, IndexError):
        return plain_number(number)


def _fill_merged(cells: Cells, areas: Sequence[Area]) -> None:
    """Say in each cell of a merged one what it says; a title above the whole table stands once."""
    if not areas:
        return
    filled: dict[int, set[int]] = {}
    for row, column in cells:
        filled.setdefault(row, set()).add(column)
    for top, left, bottom, right in areas:
        text = cells.get((top, left))
        rows, columns = range(top, bottom + 1), range(left, right + 1)
        stands_alone = not any(filled.get(row, set()) - set(columns) for row in rows)
        if not text or stands_alone or len(rows) * len(columns) > _MOST_FILLED:
            continue
        for row in rows:
            for column in columns:
                cells.setdefault((row, column), text)


def _rows(cells: Cells, hidden_rows: Set[int], hidden_columns: Set[int]) -> Iterator[tuple[str, ...]]:
    """The rows from the first on without hidden ones; of more than two empty columns side by side, two are kept."""
    if not cells:
        return
    used, at, last = {}, -1, -1
    for column in sorted({column for _, column in cells}):
        at += min(sum(between not in hidden_columns for between in range(last + 1, column + 1)), 3)
        used[column], last = at, column
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.items():
        by_row.setdefault(row, {})[used[column]] = text
    for number in range(max(by_row) + 1) if max(by_row) < 1_100_000 else sorted(by_row):
        held = by_row.get(number, {})
        if number in hidden_rows:
            continue
        yield tuple(held.get(column, "") for column in range(max(held, default=-1) + 1))


def _area(reference: str) -> Area | None:
    first, _, last = reference.partition(":")
    start, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
    if not start or not end:
        return None
    return int(start.group(2)) - 1, _column(start.group(1)), int(end.group(2)) - 1, _column(end.group(1))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
