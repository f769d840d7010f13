"""The sheet of answers to be marked as one HTML text: a page that works alone, and saves a file of marks.

Tells neither cell nor the scorer's mark: it is given neither.
"""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

from assay.marks.marked_files import FORM
from assay.marks.marking_sheet import SheetRow
from assay.report.page import page_frame, templates
from assay.words import message

__all__ = ["render_marking_page"]

_SPOKEN = ("position", "done", "progress", "name_first", "no_store", "saved", "said.y", "said.n", "said.u", "open")


def render_marking_page(rows: Sequence[SheetRow], run: str, draw: int, lang: str) -> str:
    """The page. It loads nothing, keeps marks in the browser that they are made in, and sends nothing."""
    w = partial(_word, lang=lang)
    context = page_frame(w("title"), run, (), "marking.js", [], lang) | {
        "w": w,
        "n": len(rows),
        "data": {
            "form": FORM,
            "run": run,
            "draw": draw,
            "rows": [asdict(row) for row in rows],
            "words": {name: _pattern(name, lang) for name in _SPOKEN},
        },
    }
    return templates().get_template("marking.html").render(context)


def _word(name: str, lang: str, **values: object) -> str:
    return message(f"sheet.{name}", lang, **values)


def _pattern(name: str, lang: str) -> str:
    """A sentence whose figures the page's script fills in, where # and ## stand."""
    return _word(name, lang, n="#", of="##")
