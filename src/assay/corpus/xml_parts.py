"""The XML inside zipped office files. Knows archives and elements; knows no format."""

import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

__all__ = ["BROKEN", "each_named", "name_of_element", "parse_part"]

# What a damaged archive, or XML that is none, ends with.
BROKEN: tuple[type[Exception], ...] = (KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, OSError)
BROKEN += (RuntimeError, EOFError, zlib.error, ElementTree.ParseError)


def parse_part(archive: zipfile.ZipFile, part: str) -> Element:
    """The root of one part; entities from outside are never read."""
    return ElementTree.fromstring(archive.read(part))


def each_named(element: Element, name: str) -> Iterator[Element]:
    """The elements of this name below one, itself included, in whatever namespace."""
    return (each for each in element.iter() if name_of_element(each) == name)


def name_of_element(element: Element) -> str:
    """Its name without the namespace; "" for a comment."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
