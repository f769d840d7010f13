"""What was read of one document as a page: each of its pages beside the passages, exclusions and lost words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from assay.corpus.conservation.compared_words import find_words
from assay.corpus.document import LeftOut, Unaccounted
from assay.corpus.preview import ReadDocument, ReadPassage
from assay.report.account_lines import account_line
from assay.report.page import templates
from assay.report.theme import FONTS, variables
from assay.words import figures, language_tag, message
from assay.words.page_words import word

__all__ = ["render_reading"]

_PIECE = re.compile(r"\S+")


@dataclass
class _Sheet:
    """What stands on one page."""

    number: int | None
    picture: str = ""
    passages: list[ReadPassage] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    lost: list[tuple[Unaccounted, list[tuple[str, bool]]]] = field(default_factory=list)


def render_reading(document: ReadDocument, pictures: Iterable[tuple[int | None, str]], lang: str) -> str:
    """One HTML page that needs nothing else.

    Args:
        document: as read.
        pictures: the number of each page and the address of its picture; may be empty.
        lang: of the words around.
    """
    sheets = {number: _Sheet(number, picture) for number, picture in pictures}

    def sheet(number: int | None) -> _Sheet:
        return sheets.setdefault(number, _Sheet(number))

    for passage in document.passages:
        sheet(passage.page).passages.append(passage)
    for one in document.left_out:
        sheet(one.page).left_out.append(one)
    for each in document.account.unaccounted if document.account else ():
        sheet(each.page).lost.append((each, _mark(each)))
    in_order = sorted(sheets.values(), key=lambda one: (one.number is None, one.number or 0))
    return (
        templates()
        .get_template("reading.html")
        .render(
            document=document,
            sheets=in_order,
            account=account_line(document.account, lang),
            m=partial(message, lang=lang),
            w=lambda key, **values: word(key, lang, **values),
            figures=figures,
            fonts=FONTS,
            light=variables("light"),
            dark=variables("dark"),
            html_lang=language_tag(lang),
        )
    )


def _mark(one: Unaccounted) -> list[tuple[str, bool]]:
    """The piece in parts, and which of them have words that are missing."""
    lost = set(one.words)
    return [(part, any(each in lost for each in find_words(part))) for part in _PIECE.findall(one.piece)]
