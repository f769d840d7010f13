"""XLSX and XLSM: what the cells show. The usual formats are made anew here, others as the first reading makes them.

A day of a year counts as its ISO date, a year as four figures, an hour as two.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element

from assay.corpus.conservation.piece import Piece
from assay.corpus.conservation.readings.parts import Parts, drawn_paragraphs, local_name
from assay.corpus.document import Exclusion
from assay.corpus.number_formats import BUILT_IN, format_number
from assay.corpus.xml_parts import unescape_signs

__all__ = ["read"]

_BOOK = "xl/workbook.xml"
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy"}
_BUILT_IN |= {16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss"}
_BUILT_IN |= {
    22: "yyyy-mm-dd h:mm",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "[h]:mm",
}
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_DATE_PART = re.compile(r"(y+|m+|d+|\[?h+\]?|s+(?:\.0+)?|AM/PM|A/P)", re.IGNORECASE)
_DIGITS = re.compile(r"[0#?](?:[0#?,]*[0#?])?(?:\.([0#?]+))?(,*)")
_UNUSUAL = re.compile(r"[/e@#0?<>]|General", re.IGNORECASE)
_THREADED = "[Threaded comment]"


def read(data: bytes) -> list[Piece]:
    """A piece a cell; hidden sheets, rows and columns are excluded."""
    parts = Parts(data)
    book, related = parts.root(_BOOK), parts.related(_BOOK)
    strings = [_words(each) for each in parts.root("xl/sharedStrings.xml")]
    reader = _Cells(strings, _formats(parts.root("xl/styles.xml")), _is_1904(book))
    pieces = []
    for sheet in (each for each in book.iter() if local_name(each) == "sheet"):
        exclusion: Exclusion | None = "hidden" if sheet.get("state", "visible") != "visible" else None
        _, name = next((related[value] for value in sheet.attrib.values() if value in related), ("", ""))
        pieces.append(Piece(sheet.get("name", ""), exclusion))
        pieces += reader.pieces(parts.root(name), exclusion)
        for beside, target in parts.related(name).values():
            pieces += _beside(parts, beside, target, exclusion)
    return pieces


def _beside(parts: Parts, kind: str, name: str, exclusion: Exclusion | None) -> Iterator[Piece]:
    """The comments, text boxes, charts and diagrams of a sheet."""
    if kind in ("comments", "threadedComment"):
        for each in (e for e in parts.root(name).iter() if local_name(e) in ("comment", "threadedComment")):
            text = _words(each)
            yield Piece("" if text.startswith(_THREADED) else text, exclusion)
    elif kind in ("drawing", "chart", "diagramData"):
        yield from (Piece(text, exclusion) for text in drawn_paragraphs(parts.root(name)))
        for inner, target in parts.related(name).values() if kind == "drawing" else ():
            yield from _beside(parts, inner, target, exclusion)


def _words(element: Element) -> str:
    """The text of a string, without the marks of how it is pronounced."""
    if local_name(element) == "rPh":
        return ""
    own = unescape_signs(element.text or "") if local_name(element) in ("t", "text") else ""
    return own + "".join(map(_words, element))


def _is_1904(book: Element) -> bool:
    return any(each.get("date1904") in ("1", "true") for each in book)


def _formats(styles: Element) -> list[str]:
    """The number format of each style of a cell."""
    own = {each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter() if local_name(each) == "numFmt"}
    cells = next((each for each in styles if local_name(each) == "cellXfs"), Element("none"))
    ids = [each.get("numFmtId", "0") for each in cells]
    return [own.get(each) or _BUILT_IN.get(int(each), BUILT_IN.get(int(each), "")) for each in ids]


class _Cells:
    """Reads sheets with the strings and formats of their book."""

    def __init__(self, strings: list[str], formats: list[str], is_1904: bool) -> None:
        self._strings, self._formats, self._is_1904 = strings, formats, is_1904
        self._first_day = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)

    def pieces(self, sheet: Element, exclusion: Exclusion | None) -> Iterator[Piece]:
        """A piece a cell that has a value."""
        hidden = [range(int(c.get("min", 0)), int(c.get("max", 0)) + 1) for c in _hidden(sheet, "col")]
        for row in (each for each in sheet.iter() if local_name(each) == "row"):
            of_row = exclusion or ("hidden" if row.get("hidden") in ("1", "true") else None)
            for cell in row:
                text = self._shown(cell)
                if text:
                    is_off = hidden and any(_column(cell.get("r", "")) in columns for columns in hidden)
                    yield Piece(text, of_row or ("hidden" if is_off else None))

    def _shown(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        value = next((each.text or "" for each in cell if local_name(each) == "v"), "")
        if kind == "inlineStr":
            return _words(cell)
        if kind == "s":
            return self._strings[int(value)] if value else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        style = int(cell.get("s", 0))
        form = self._formats[style] if style < len(self._formats) else ""
        if kind != "n" or not value:
            return self._date(datetime.fromisoformat(value), form) if kind == "d" and value else value
        return self._number(float(value), form)

    def _number(self, value: float, form: str) -> str:
        whole_value, whole_form, sections = value, form, _sections(form)
        is_signed = value < 0
        if len(sections) > 1 and value < 0:
            form, value, is_signed = sections[1], -value, False
        elif len(sections) > 2 and value == 0:
            form = sections[2]
        else:
            form = sections[0]
        literal = _LITERAL.sub(lambda found: found[1] or found[2] or found[3] or "", form)
        codes = _LITERAL.sub("", form)
        if _DATE.search(codes) and "General" not in codes:
            return self._date(self._first_day + timedelta(days=value), codes, value)
        digits = _DIGITS.search(codes)
        if not digits or "0" not in digits[0] or _UNUSUAL.search(_DIGITS.sub("", codes, count=1)):
            return format_number(whole_value, whole_form, self._is_1904)
        exact = Decimal(f"{value:.15g}").scaleb(2 * codes.count("%") - 3 * len(digits[2]))
        shown = str(abs(exact).quantize(Decimal(1).scaleb(-len(digits[1] or "")), ROUND_HALF_UP))
        whole, _, decimals = shown.partition(".")
        least = digits[0].split(".")[0].count("0")
        decimals = decimals.rstrip("0") if "0" not in (digits[1] or "") else decimals
        shown = f"{whole.zfill(least)}{'.' + decimals if decimals else ''}"
        text = _DIGITS.sub(lambda _: shown, literal, count=1)
        return f"-{text.lstrip()}" if is_signed and float(shown) else text

    def _date(self, moment: datetime, form: str, value: float = 0.0) -> str:
        moment = moment + timedelta(milliseconds=500) if not re.search(r"s\.0", form) else moment
        is_noon = re.search(r"AM/PM|A/P", form, re.IGNORECASE) is not None
        codes = [part.lower() for part in _DATE_PART.findall(form)]
        timed = zip(codes, ["", *codes], strict=False)
        parts = [(code, code[0] == "m" and before.strip("[]").startswith("h")) for code, before in timed]
        told = {code[0] for code, is_minute in parts if not is_minute}
        said = []
        if {"m", "d"} <= told:  # a day of the year, however it is written
            month = f"{moment:%B}" if "mmmm" in codes else f"{moment:%b}"
            said.append(moment.date().isoformat() if "y" in told else f"{moment.day} {month}")
            parts = [(code, is_minute) for code, is_minute in parts if is_minute or code[0] not in "ymd"]
        said += [_date_part(code, moment, value, is_noon, is_minute) for code, is_minute in parts]
        return "/".join(said)


def _date_part(code: str, moment: datetime, value: float, is_noon: bool, is_minute: bool) -> str:
    if code.startswith("[h"):
        return str(int(value * 24 + 1e-6))
    if code.startswith("h"):
        return str(moment.hour % 12 or 12) if is_noon else f"{moment:%H}"
    if code.startswith("s"):
        return f"{moment.second:02d}"
    if code in ("am/pm", "a/p"):
        return "AM" if moment.hour < 12 else "PM"
    if code.startswith("y"):
        return f"{moment:%Y}"
    number, short, long = (
        (moment.day, "%a", "%A") if code.startswith("d") else (moment.minute if is_minute else moment.month, "%b", "%B")
    )
    if len(code) <= 2 or is_minute:
        return str(number).zfill(len(code))
    return f"{moment:{long}}" if len(code) > 3 else f"{moment:{short}}"


def _sections(form: str) -> list[str]:
    return re.sub(r'"[^"]*"', lambda found: found.group().replace(";", "\0"), form).split(";")


def _hidden(sheet: Element, name: str) -> Iterator[Element]:
    return (each for each in sheet.iter() if local_name(each) == name and each.get("hidden") in ("1", "true"))


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = 26 * number + ord(letter) - 64
    return number
