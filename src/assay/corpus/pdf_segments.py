"""The text of PDF pages with its places, by pdfium: pieces of lines, and what stands in the fields of forms.

Knows characters, boxes and forms; knows no columns, no tables and no paragraphs. Only the first and the last character
of a word are asked for their boxes: that is what most of the time goes into.
"""

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from assay.corpus.document import UnreadableFile

__all__ = ["HYPHEN", "Box", "PdfFile", "PdfPage", "Segment", "open_pdf"]

HYPHEN = "\ufffe"  # what pdfium puts for the hyphen of a word that is broken at the end of a line
_WORD = re.compile(rf"[^\s{HYPHEN}\x02]+[{HYPHEN}\x02]?|[{HYPHEN}\x02]|\r?\n")
_GAP = 0.9  # of a line's height: from there on a gap parts columns; a space is 0.25
_SPACE = 0.12  # of a line's height: from there on a gap parts words
_RAISED, _SMALLER = 0.15, 0.9  # of the height of its neighbour: a superscript stands higher by this and is smaller
_SUPERSCRIPT = re.compile(r"[-+−]?\d+")
_NO_MEANING = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f]")
_UNREADABLE = 0.3  # of a page's characters without a meaning: its font tells none
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_PROTECTED = "protected by a password: save a copy without it"
_FIELD_PASSWORD = 1 << 13
_HYPHENS = (HYPHEN, "\x02")
_TICKS = ("[x]", "[ ]")


class Box(NamedTuple):
    """In points, in a frame in which the text runs to the right and its upper side is up."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """At least a tenth of a point."""
        return max(self.top - self.bottom, 0.1)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line without a wide gap between them, in the order in which the file draws them."""

    text: str
    box: Box
    is_bold: bool = False
    words: tuple[tuple[str, float, float], ...] = ()  # each with its left and right edge, as far as they are known


@dataclass(frozen=True)
class PdfPage:
    """A page's text, parted by direction (0, 1, 2, 3: quarters that it is turned), in the file's order."""

    number: int
    width: float  # in points, as it is shown
    height: float
    turned: dict[int, list[Segment]]
    is_legible: bool  # False where a font does not tell what its characters mean
    characters: str = (
        ""  # all of them, in the file's order, without their places; values of forms on lines of their own
    )


class PdfFile:
    """An open PDF; close it after use."""

    def __init__(self, raw: Any) -> None:
        self._pdf = raw
        self._has_form = raw.get_formtype() != 0
        if self._has_form:
            raw.init_forms()

    @property
    def title(self) -> str:
        """Of the metadata, or ""."""
        return str(self._pdf.get_metadata_value("Title") or "")

    def pages(self) -> Iterator[PdfPage]:
        """Each page in order; one that is broken is empty."""
        import pypdfium2 as pdfium

        for index in range(len(self._pdf)):
            try:
                page = self._pdf[index]
            except pdfium.PdfiumError:
                yield PdfPage(index + 1, 595.0, 842.0, {}, True)
                continue
            try:
                yield self._read(page, index + 1)
            finally:
                page.close()

    def close(self) -> None:
        """Give the file back."""
        self._pdf.close()

    def _read(self, page: Any, number: int) -> PdfPage:
        import pypdfium2 as pdfium

        width, height = page.get_size()
        try:
            characters = _Characters(page)
        except pdfium.PdfiumError:
            return PdfPage(number, width, height, {}, True)
        turned: dict[int, list[Segment]] = {}
        with characters:
            for quarter, segment in characters.segments():
                turned.setdefault(quarter, []).append(segment)
            is_legible = characters.are_legible()
        values = list(_field_values(page, self._pdf.formenv)) if self._has_form else []
        if values:
            turned.setdefault(0, []).extend(values)
        text = "\n".join([characters.text, *(value.text for value in values if value.text not in _TICKS)])
        return PdfPage(number, width, height, turned, is_legible, text)


def open_pdf(data: bytes) -> PdfFile:
    """The PDF in these bytes.

    Raises:
        UnreadableFile: broken or protected.
    """
    import pypdfium2 as pdfium

    try:
        return PdfFile(pdfium.PdfDocument(data))
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile(_PROTECTED) from error
        raise UnreadableFile(f"the file is broken or not what its name says ({error})"[:160]) from error


class _Characters:
    """The characters of one page, by their places in its text."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self._api = pdfium
        self._textpage = page.get_textpage()
        raw = self._textpage.raw
        self._n = n = pdfium.FPDFText_CountChars(raw)
        units = (ctypes.c_ushort * (n + 1))()
        n_units = max(pdfium.FPDFText_GetText(raw, 0, n, units) - 1, 0)
        text = bytes(units)[: 2 * n_units].decode("utf-16-le", "replace")
        self._is_even = len(text) == n  # then the place in the text is that of the character
        self.text = text
        self._box = pdfium.FS_RECTF()
        self._to_box, self._get_box, self._raw = ctypes.byref(self._box), pdfium.FPDFText_GetLooseCharBox, raw

    def __enter__(self) -> "_Characters":
        return self

    def __exit__(self, *_: object) -> None:
        self._textpage.close()

    def are_legible(self) -> bool:
        """Whether the characters have a meaning, as far as a sample tells."""
        n_unknown = len(_NO_MEANING.findall(self.text))
        if n_unknown > _UNREADABLE * len(self.text):
            return False
        sample = [at for at in range(0, len(self.text), max(len(self.text) // 30, 1)) if not self.text[at].isspace()]
        failed = [at for at in sample if self._api.FPDFText_HasUnicodeMapError(self._textpage.raw, self._at(at)) == 1]
        return len(failed) <= _UNREADABLE * len(sample)

    def segments(self) -> Iterator[tuple[int, Segment]]:
        """Each piece of a line, with the quarters that it is turned."""
        line: list[tuple[str, int, int]] = []  # words with the places of their first and last characters
        for found in _WORD.finditer(self.text):
            word = found.group()
            is_end = word[-1] == "\n"
            if not is_end:
                line.append((word, found.start(), found.end() - 1))
            if is_end or word[-1] in _HYPHENS:
                yield from self._part(line)
                line = []
        yield from self._part(line)

    def _part(self, line: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, Segment]]:
        """A line of the file parted where its words stand far apart."""
        if not line:
            return
        quarter = self._quarter(line[0][1])
        pieces: list[tuple[str, Box]] = []
        before: Box | None = None
        start = line[0][1]
        for word, first, last in line:
            text, box = self._word(word, first, last, quarter, before)
            if pieces and before is not None and _parts(pieces[-1][1], box):
                yield quarter, self._segment(pieces, start)
                pieces, start = [], first
            pieces.append((text, box))
            before = box
        yield quarter, self._segment(pieces, start)

    def _segment(self, pieces: Sequence[tuple[str, Box]], start: int) -> Segment:
        text = pieces[0][0] + "".join(piece if piece.startswith("^") else f" {piece}" for piece, _ in pieces[1:])
        box = Box(
            min(box.left for _, box in pieces),
            pieces[0][1].bottom,
            max(box.right for _, box in pieces),
            pieces[0][1].top,
        )
        words = tuple((piece, box.left, box.right) for piece, box in pieces)
        return Segment(text.replace("\x02", HYPHEN), box, self._is_bold(start), words)

    def _word(self, word: str, first: int, last: int, quarter: int, before: Box | None) -> tuple[str, Box]:
        """A word with its box; a superscript number is parted from what it stands at by a ^."""
        if word[-1] in _HYPHENS and last > first:
            last -= 1
        one = self._place(first, quarter)
        other = self._place(last, quarter) if last > first else one
        if word[-1].isdigit() and _is_raised(other, one):
            word = self._part_superscript(word, first, last, quarter, one)
        elif word[0].isdigit() and _is_raised(one, other):
            n = next((n for n in range(1, last - first) if not word[n].isdigit()), 0)
            word, one = (f"{word[:n]} {word[n:]}" if n else word), other._replace(left=one.left)
        elif before is not None and _SUPERSCRIPT.fullmatch(word) and _is_raised(one, before):
            word, one = f"^{word}", one._replace(bottom=before.bottom, top=before.top)
        left, bottom, right, top = one
        return word, Box(min(left, other[0]), bottom, max(right, other[2]), top)

    def _part_superscript(self, word: str, first: int, last: int, quarter: int, base: Box) -> str:
        at = last
        while at - 1 > first and _is_raised(self._place(at - 1, quarter), base):
            at -= 1
        raised = word[at - first :]
        return f"{word[: at - first]}^{raised}" if _SUPERSCRIPT.fullmatch(raised) else word

    def _place(self, at: int, quarter: int) -> Box:
        box = self._box
        self._get_box(self._raw, at if self._is_even else self._at(at), self._to_box)
        found = Box(box.left, box.bottom, box.right, box.top)
        return _turn(found, quarter) if quarter else found

    def _at(self, at: int) -> int:
        return at if self._is_even else int(self._api.FPDFText_GetCharIndexFromTextIndex(self._textpage.raw, at))

    def _quarter(self, at: int) -> int:
        angle = float(self._api.FPDFText_GetCharAngle(self._textpage.raw, self._at(at)))
        return round(angle / (math.pi / 2)) % 4

    def _is_bold(self, at: int) -> bool:
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        n = self._api.FPDFText_GetFontInfo(self._textpage.raw, self._at(at), name, 128, flags)
        return 0 < n <= 128 and _is_bold_name(name.value)


@cache
def _is_bold_name(name: bytes) -> bool:
    return _BOLD.search(name.decode("latin-1")) is not None


def _parts(before: Box, box: Box) -> bool:
    """Whether the gap between two words of a line parts columns."""
    gap = max(box.left - before.right, before.left - box.right)
    return gap > 0 and gap > _GAP * min(before.height, box.height)


def _is_raised(box: Box, base: Box) -> bool:
    return box.bottom > base.bottom + _RAISED * base.height and box.height < _SMALLER * base.height


def _turn(box: Box, quarter: int) -> Box:
    """The box in the frame of text that is turned by so many quarters."""
    for _ in range(quarter):
        box = Box(-box.top, box.left, -box.bottom, box.right)
    return box


def _field_values(page: Any, form: Any) -> Iterator[Segment]:
    """What was filled into the fields of a form, where they stand; [x] and [ ] for what is ticked or not."""
    import pypdfium2.raw as pdfium

    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        try:
            kind = pdfium.FPDFAnnot_GetFormFieldType(form.raw, note)
            rect = pdfium.FS_RECTF()
            if kind < 0 or not pdfium.FPDFAnnot_GetRect(note, rect):
                continue
            text = _value_of(form, note, kind)
            if text:
                middle, half = (rect.bottom + rect.top) / 2, min(abs(rect.top - rect.bottom) / 2, 6.0)
                yield Segment(text, Box(rect.left, middle - half, rect.right, middle + half))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _value_of(form: Any, note: Any, kind: int) -> str:
    import pypdfium2.raw as pdfium

    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return _TICKS[0 if pdfium.FPDFAnnot_IsChecked(form.raw, note) else 1]
    if kind == pdfium.FPDF_FORMFIELD_PUSHBUTTON:
        return ""
    if pdfium.FPDFAnnot_GetFormFieldFlags(form.raw, note) & _FIELD_PASSWORD:
        return ""
    n_bytes = pdfium.FPDFAnnot_GetFormFieldValue(form.raw, note, None, 0)
    units = (ctypes.c_ushort * (n_bytes // 2 + 1))()
    pdfium.FPDFAnnot_GetFormFieldValue(form.raw, note, units, n_bytes)
    return " ".join(bytes(units)[:n_bytes].decode("utf-16-le", "replace").rstrip("\0").split())
