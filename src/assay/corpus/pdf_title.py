"""What a PDF is called: its metadata, its first heading and its file name compared. Knows words, no layout."""

import re
from collections.abc import Sequence

from assay.corpus.language import CJK
from assay.corpus.parsing import told_title

__all__ = ["name_pdf"]

_WORD = re.compile(rf"[^\W_{CJK}]{{3,}}|[{CJK}]")
_HEADING = re.compile(r"^#{1,6}\s+(.+)$", re.MULTILINE)
_BEGINNING = 4000  # characters of the first pages
_SHARED = 0.5  # of a title's words must stand elsewhere for it to be this document's


def name_pdf(stem: str, told: str, pages: Sequence[str]) -> str:
    """The title of a PDF, or "" for its file's name.

    The title that the metadata tells counts if the document or its file's name says it too: programs keep the title of
    the template, or of the last document. Else its first heading counts if the file's name says it too.

    Args:
        stem: of the file's name.
        told: by the metadata.
        pages: as Markdown.
    """
    beginning = "\n".join(pages[:3])[:_BEGINNING]
    title = told_title(told)
    if title and _is_said(title, f"{stem} {beginning}"):
        return title
    heading = _HEADING.search(beginning)
    first = re.sub(r"\\(.)", r"\1", heading.group(1)).strip() if heading else ""
    return first if first and len(first) > len(stem) and _is_said(stem, first) else ""


def _is_said(title: str, text: str) -> bool:
    words, known = set(_WORD.findall(title.casefold())), set(_WORD.findall(text.casefold()))
    return not words or len(words & known) >= _SHARED * len(words)
