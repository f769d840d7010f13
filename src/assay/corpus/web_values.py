"""What a web page shows and its tags alone tell: values of forms, powers, formulas, drawings, lines within cells.

Made into words before the parser sees the page, which leaves them out or glues them to what stands before.
"""

import re
from html import escape, unescape
from xml.etree import ElementTree

from assay.corpus.inline import raise_text
from assay.corpus.office_formulas import render_formula

__all__ = ["spell_drawings", "spell_values", "told"]

_ATTRIBUTE = r"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))"
_RAISED = re.compile(r"(\w|[)\]])?<sup\b[^<>]*>((?:(?!</?sup\b).){0,300}?)</sup\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_MATHS = re.compile(r"<(?:\w+:)?math\b.{0,20000}?</(?:\w+:)?math\s*>", re.IGNORECASE | re.DOTALL)
_PREFIX = re.compile(r"(</?)\w+:|\sxmlns(?::\w+)?=\"[^\"]*\"")
_DRAWING = re.compile(r"<svg\b[^<>]*>.{0,1000000}?</svg\s*>", re.IGNORECASE | re.DOTALL)
_DRAWN = re.compile(r"<text\b[^<>]*>(.{0,10000}?)</text\s*>", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"(<img\b[^<>]*>)(?=\w|<\w)", re.IGNORECASE)
_INPUT = re.compile(r"<input\b([^<>]*)>", re.IGNORECASE)
_SHOWN_INPUTS = frozenset(("", "text", "number", "email", "tel", "url", "search", "date", "time", "month", "week"))
_SHOWN_INPUTS |= {"datetime-local"}
_SELECT = re.compile(r"<select\b[^<>]*>(.{0,100000}?)</select\s*>", re.IGNORECASE | re.DOTALL)
_OPTION = re.compile(r"<option\b([^<>]*)>([^<]*)", re.IGNORECASE)
_SELECTED = re.compile(r"\bselected\b", re.IGNORECASE)
_TEXTAREA = re.compile(r"<textarea\b[^<>]*>(.{0,100000}?)</textarea\s*>", re.IGNORECASE | re.DOTALL)
_CELL = re.compile(r"(<t[dh]\b[^<>]*>)(.*?)(?=<t[dhr]\b|</t[dhr]\s*>|</table)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)\s*>", re.IGNORECASE)
_MARKED = re.compile(r"</?(?:ins|mark|u)\b[^<>]*>", re.IGNORECASE)
_LINE_START = re.compile(r"(<p\b[^<>]*>\s*)(#{1,6}\s)", re.IGNORECASE)


def spell_drawings(html: str) -> str:
    """The page with the words of each drawing in its place; a drawing without words is left to the rest."""
    return _DRAWING.sub(_spell_drawing, html) if "<svg" in html.lower() else html


def spell_values(html: str) -> tuple[str, list[str]]:
    """The page with values of its forms, powers as "10^6", formulas in one line, and cells of one line each.

    The choices of its lists that are not chosen come apart: of a list only what is chosen is shown.
    """
    unchosen: list[str] = []
    if "<sup" in html.lower():
        html = _RAISED.sub(_raise, html)
    html = _MARKED.sub("", html)
    html = _MATHS.sub(_spell_formula, html)
    html = _PICTURE.sub(r"\1 ", html)
    html = _INPUT.sub(_spell_input, html)
    html = _SELECT.sub(lambda found: _spell_choice(found, unchosen), html)
    html = _TEXTAREA.sub(lambda box: f"<p>{box.group(1)}</p>" if box.group(1).strip() else "", html)
    html = _CELL.sub(lambda cell: cell.group(1) + _BREAK.sub(" ", cell.group(2)), html)
    return _LINE_START.sub(lambda start: f"{start.group(1)}&#92;{start.group(2)}", html), unchosen


def _raise(found: re.Match[str]) -> str:
    before, inner = found.groups()
    words = unescape(_TAG.sub("", inner))
    return (before or "") + escape(raise_text(words) if before else words, quote=False)


def _spell_formula(found: re.Match[str]) -> str:
    xml = _PREFIX.sub(lambda tag: tag.group(1) or "", found.group())
    try:
        formula = render_formula(ElementTree.fromstring(re.sub(r"&(?!#|amp;|lt;|gt;)\w+;", _unescape, xml)))
    except ElementTree.ParseError:
        return found.group()
    return f" {escape(formula, quote=False)} "


def _spell_drawing(found: re.Match[str]) -> str:
    words = [" ".join(_TAG.sub(" ", text).split()) for text in _DRAWN.findall(found.group())]
    return "".join(f"<p>{text}</p>" for text in words if text) or found.group()


def _unescape(entity: re.Match[str]) -> str:
    return unescape(entity.group())


def told(name: str, attributes: str) -> str:
    """The value of an attribute, as it is written; "" where it has none."""
    found = re.search(_ATTRIBUTE.format(name=name), attributes, re.IGNORECASE)
    return next((value for value in found.groups() if value is not None), "") if found else ""


def _spell_input(found: re.Match[str]) -> str:
    attributes = found.group(1)
    kind = told("type", attributes).lower()
    if kind in ("checkbox", "radio"):
        return "☒ " if re.search(r"\bchecked\b", re.sub(r"=\s*\"[^\"]*\"", "", attributes), re.IGNORECASE) else "☐ "
    return f" {told('value', attributes)} " if kind in _SHOWN_INPUTS else ""


def _spell_choice(found: re.Match[str], unchosen: list[str]) -> str:
    """What is chosen, or everything where nothing is; the others are added to `unchosen`."""
    options = _OPTION.findall(found.group(1))
    chosen = [words.strip() for attributes, words in options if _SELECTED.search(attributes)]
    if chosen:
        unchosen += [unescape(words.strip()) for attributes, words in options if not _SELECTED.search(attributes)]
    return " " + ", ".join(chosen or [words.strip() for _, words in options]) + " "
