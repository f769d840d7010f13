"""The XML inside zipped office files. Knows archives and elements; knows no format."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from assay.corpus.document import UnreadableFile

__all__ = [
    "BROKEN",
    "each_named",
    "name_of_element",
    "opened",
    "package_part",
    "parse_local",
    "parse_part",
    "related_parts",
    "title_in_metadata",
    "unescape_signs",
]

_ESCAPED = re.compile(r"(?:_x[0-9A-Fa-f]{4}_)+")
_CODE = re.compile(r"_x(.{4})_")

# What a damaged archive, or XML that is none, ends with.
BROKEN: tuple[type[Exception], ...] = (KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, OSError)
BROKEN += (RuntimeError, EOFError, zlib.error, ElementTree.ParseError)

_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_OWN_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z_][\w.-]*;")


def parse_part(archive: zipfile.ZipFile, part: str) -> Element:
    """The root of one part; entities of its own, which no office program writes, are left out."""
    xml = archive.read(part)
    if b"<!DOCTYPE" in xml:
        xml = _OWN_ENTITY.sub(b"", _DOCTYPE.sub(b"", xml))
    return ElementTree.fromstring(xml)


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive.

    Raises:
        UnreadableFile: it is broken, or what is read of it in the block is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except UnreadableFile:
        raise
    except BROKEN as error:
        raise UnreadableFile(f"the file is broken or not what its name says ({str(error)[:100]})") from error


def parse_local(archive: zipfile.ZipFile, part: str) -> Element:
    """The root of one part, in which names of elements and attributes stand without their namespaces."""
    root = parse_part(archive, part)
    for element in root.iter():
        element.tag = name_of_element(element)
        if any("}" in name for name in element.attrib):
            element.attrib = {name.rsplit("}", 1)[-1]: value for name, value in element.attrib.items()}
    return root


def related_parts(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and name of the parts that a part of an OOXML file refers to."""
    folder, name = posixpath.split(part)
    references = f"{folder}/_rels/{name}.rels"
    if references not in archive.namelist():
        return
    for each in each_named(parse_part(archive, references), "Relationship"):
        target = posixpath.normpath(posixpath.join(folder, each.get("Target", ""))).lstrip("/")
        if each.get("TargetMode") != "External":
            yield each.get("Id", ""), each.get("Type", "").rsplit("/", 1)[-1], target


def package_part(archive: zipfile.ZipFile, kind: str) -> str:
    """The part that an OOXML file as a whole refers to as of a kind, such as "officeDocument"; "" for none."""
    return next((part for _, of_kind, part in related_parts(archive, "") if of_kind == kind), "")


def title_in_metadata(archive: zipfile.ZipFile) -> str:
    """The title that the metadata of an OOXML file tells; "" for none, or where they are broken."""
    core = package_part(archive, "core-properties")
    try:
        return " ".join((parse_local(archive, core).findtext("title") or "").split()) if core else ""
    except BROKEN:
        return ""


def each_named(element: Element, name: str) -> Iterator[Element]:
    """The elements of this name below one, itself included, in whatever namespace."""
    return (each for each in element.iter() if name_of_element(each) == name)


def name_of_element(element: Element) -> str:
    """Its name without the namespace; "" for a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def unescape_signs(text: str) -> str:
    """Text with the signs that XML cannot hold, written as _x000B_ in slides and sheets; those of control as spaces."""
    return _ESCAPED.sub(_unescape, text) if "_x" in text else text


def _unescape(found: re.Match[str]) -> str:
    units = [int(code, 16) for code in _CODE.findall(found.group())]
    signs = b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace")
    return "".join("\n" if sign in "\v\r\n" else " " if sign < " " else sign for sign in signs)
