"""Zipped office files for the second readings: their parts, and the words of drawings and charts."""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from assay.corpus.xml_parts import unescape_signs

__all__ = ["Parts", "drawn_paragraphs", "local_name"]

_LABELS = ("cat", "xVal")
_MOST_BYTES = 100_000_000  # unpacked, of one part


class Parts:
    """The XML parts of an archive."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = self._archive.namelist()

    def root(self, name: str) -> Element:
        """The root of a part; an empty element where there is none.

        Raises:
            ValueError: it is too large to be read twice.
        """
        if name not in self.names:
            return Element("none")
        if self._archive.getinfo(name).file_size > _MOST_BYTES:
            raise ValueError(name)
        return ElementTree.fromstring(self._archive.read(name))

    def raw(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._archive.read(name)

    def matching(self, pattern: str) -> list[str]:
        """The names of the parts that a regular expression fits as a whole, by their numbers."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: [int(n) for n in re.findall(r"\d+", name)])

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """The parts that a part refers to: id -> (kind, name)."""
        folder, _, own = name.rpartition("/")
        found = {}
        for each in self.root(f"{folder}/_rels/{own}.rels"):
            target = each.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
            found[each.get("Id", "")] = each.get("Type", "").rsplit("/", 1)[-1], path
        return found


def local_name(element: Element) -> str:
    """Without the namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def drawn_paragraphs(root: Element) -> Iterator[str]:
    """The paragraphs of DrawingML and the values of charts; what is there for older programs (Fallback) left out.

    The labels that all series of a chart share come once.
    """
    names = [local_name(child) for child in root]
    for at, (name, child) in enumerate(zip(names, root, strict=True)):
        if name == "Fallback":
            continue
        if name == "p":
            yield "".join(_drawn_text(child))
        elif "chart" in str(child.tag) and name in ("v", "f"):
            yield (child.text or "") if name == "v" else ""
        elif name == "ser" and "ser" in names[:at]:
            yield from (text for each in child if local_name(each) not in _LABELS for text in drawn_paragraphs(each))
        else:
            yield from drawn_paragraphs(child)


def _drawn_text(paragraph: Element) -> Iterator[str]:
    raised = False
    for child in paragraph.iter():
        name = local_name(child)
        if name == "rPr":
            raised = int(child.get("baseline") or 0) > 0
        elif name == "t":
            yield f"{'^' if raised else ''}{unescape_signs(child.text or '')}"
        elif name in ("br", "tab"):
            yield " "
        elif name == "r":
            raised = False
        elif name == "fld" and child.get("type") == "slidenum":
            return


def _joined(folder: str, target: str) -> str:
    steps: list[str] = []
    for step in f"{folder}/{target}".split("/"):
        steps = steps[:-1] if step == ".." else [*steps, step] if step not in ("", ".") else steps
    return "/".join(steps)
