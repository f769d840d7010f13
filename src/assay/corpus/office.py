"""Zipped office files made ready for the parser. Knows their parts; knows nothing of what comes out.

The parser shows 12.5% of a workbook as 0.125. That is put right in the XML before it sees it.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable

from assay.corpus.document import UnreadableFile

__all__ = [
    "MAX_UNPACKED_BYTES",
    "check_archive",
    "remove_pictures",
    "spell_percentages",
]

MAX_UNPACKED_BYTES = 500_000_000
_MAX_PARTS = 100_000

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_SLIDE = re.compile(r"ppt/slides/[^/]+\.xml")
_PICTURE = re.compile(rb"<p:pic>.*?</p:pic>|<p:pic [^>]*>.*?</p:pic>", re.DOTALL)

_NUMBER_FORMAT = re.compile(rb'<numFmt\b[^>]*?numFmtId="(\d+)"[^>]*?formatCode="([^"]*)"')
_CELL_FORMATS = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb'<xf\b[^>]*?numFmtId="(\d+)"')
_PERCENT = re.compile(rb"^[#0,?_ ]*0?(?:\.([0#?]+))?[_ \\]*%")
_CELL = re.compile(rb"<c\b([^>]*)>((?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?)<v>([^<]*)</v></c>")
_STYLE = re.compile(rb'\bs="(\d+)"')
_TYPE = re.compile(rb'\bt="(?!n")')


def check_archive(data: bytes) -> None:
    """Nothing for what is no archive or a modest one.

    Raises:
        UnreadableFile: it would unpack to more than `MAX_UNPACKED_BYTES`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
        return  # the parser may make something of it, and says what is wrong if not
    n_bytes = sum(part.file_size for part in parts)
    if n_bytes > MAX_UNPACKED_BYTES or len(parts) > _MAX_PARTS:
        raise UnreadableFile(
            f"too large: {len(data) / 1e6:.1f} MB that unpack to {n_bytes / 1e6:.0f} MB in {len(parts)} parts, "
            f"at most {MAX_UNPACKED_BYTES / 1e6:.0f} MB are read"
        )


def spell_percentages(data: bytes) -> bytes:
    """A workbook whose cells in a percent format hold what they show: the text "12.5%", no longer the number 0.125."""
    decimals = _percent_styles(data)
    return _rewrite(data, _SHEET, lambda xml: _spell(xml, decimals)) if decimals else data


def remove_pictures(data: bytes) -> bytes:
    """A PPTX without its pictures, which the parser fails on where they are linked and not embedded."""
    return _rewrite(data, _SLIDE, lambda xml: _PICTURE.sub(b"", xml))


def _percent_styles(data: bytes) -> dict[bytes, int]:
    """The decimals shown by each cell style that is a percentage."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = archive.read("xl/styles.xml")
    except (KeyError, zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError, zlib.error):
        return {}
    codes = {b"9": b"0%", b"10": b"0.00%"} | {key: code for key, code in _NUMBER_FORMAT.findall(styles)}
    found = _CELL_FORMATS.search(styles)
    decimals = {}
    for index, key in enumerate(_CELL_FORMAT.findall(found.group()) if found else []):
        percent = _PERCENT.match(codes.get(key, b""))
        if percent:
            decimals[str(index).encode()] = len(percent.group(1) or b"")
    return decimals


def _spell(xml: bytes, decimals: dict[bytes, int]) -> bytes:
    def spell_cell(cell: re.Match[bytes]) -> bytes:
        attributes, _, value = cell.groups()
        style = _STYLE.search(attributes)
        if not style or style.group(1) not in decimals or _TYPE.search(attributes):
            return cell.group()
        try:
            shown = f"{float(value):.{decimals[style.group(1)]}%}"
        except ValueError:
            return cell.group()
        kept = attributes.replace(b't="n"', b"")
        return b"<c" + kept + b' t="inlineStr"><is><t>' + shown.encode() + b"</t></is></c>"

    return _CELL.sub(spell_cell, xml)


def _rewrite(data: bytes, names: re.Pattern[str], change: Callable[[bytes], bytes]) -> bytes:
    """The archive with its named parts changed; the same bytes where nothing changes or it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            changed = {}
            for part in archive.infolist():
                if names.fullmatch(part.filename):
                    xml = archive.read(part)
                    if (new := change(xml)) != xml:
                        changed[part.filename] = new
            return _replace_parts(archive, changed) if changed else data
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError, zlib.error):
        return data


def _replace_parts(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for part in archive.infolist():
            content = changed[part.filename] if part.filename in changed else archive.read(part)
            copy.writestr(part.filename, content)
    return target.getvalue()
