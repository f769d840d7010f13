"""Marks within a line of Markdown: taken off what is Markdown, put before what is not. Knows no blocks.

What stands in code, formulas and behind a backslash is set aside first and put back last: no other mark is read there.
"""

import re
from html import unescape

__all__ = ["CODE_SPAN", "escape", "escape_cell", "escape_line", "plain_inline", "raise_text", "strip_invisible"]

# Without the bounds below, a text of opening marks that are never closed would take a day.
CODE_SPAN = r"(?<![`\\])(?P<ticks>`+)(?!`)(?P<code>(?:(?!\n[ \t]*\n).){1,2000}?)(?<!`)(?P=ticks)(?!`)"
_SET_ASIDE = re.compile(
    rf"{CODE_SPAN}"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~•])"
    r"|<(?:mailto:)?(?P<address>(?:https?|ftp|tel):[^\s<>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>"
    r"|(?<![\w$])(?P<formula>\$\$(?=[^$]).{1,2000}?\$\$|\$(?=[^\s$])[^$\n]{0,500}(?<=[^\s\\])\$)(?![\d$])",
    re.DOTALL,
)
_KEPT_AT = 0x100000  # a plane of private use: nothing else stands there
_KEPT = re.compile("[\U00100000-\U0010fffd]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ATTRIBUTES = r"(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=`]+))?)*\s*/?"
_TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-zA-Z][\w.-]*)(?P<attributes>{_ATTRIBUTES})>")
_RAISED = re.compile(r"<sup(?:\s[^<>]*)?>([^<>]{0,200})</sup\s*>", re.IGNORECASE)
_GAP_NAMES = (
    "address article aside blockquote body br button caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr legend li main nav ol optgroup option p pre section select summary "
    "table tbody td textarea tfoot th thead title tr ul"
)
_INLINE_NAMES = (
    "a abbr acronym audio b bdi bdo big canvas cite code data del dfn em embed font i iframe img input ins kbd label "
    "link map mark meta meter nobr object output picture progress q rp rt ruby s samp script small source span strike "
    "strong style sub sup svg template time track tt u var video wbr"
)
_GAPS, _INLINE_TAGS = frozenset(_GAP_NAMES.split()), frozenset(_INLINE_NAMES.split())
_IMAGE = re.compile(r"!\[([^\]]{0,1000})\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_WORDS_OF_LINK = r"((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,1000}?)"
_ADDRESS_OF_LINK = r"(?:<[^<>\n]*>|[^()\s]*(?:\([^()]*\)[^()\s]*)*)"
_LINK = re.compile(rf"\[{_WORDS_OF_LINK}\]\(\s*{_ADDRESS_OF_LINK}(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)")
_STRONG = re.compile(r"(\*\*|(?<!\w)__)(?=\S)(.{1,1000}?)(?<=\S)\1(?!\1)", re.DOTALL)
_EMPHASIS = re.compile(r"(?<!\*)\*(?=[^\s*])([^*]{1,1000}?)(?<=\S)\*(?!\*)")
_UNDERSCORED = re.compile(r"(?<![\w_])_(?=[^\s_])([^_]{1,1000}?)(?<=[^\s_])_(?![\w_])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
_RAISED_ENDINGS = "st nd rd th er re e ème nde a o º ª tm sm ® ©"  # raised by custom: no power and no mark
_ENDINGS = frozenset(_RAISED_ENDINGS.split())
_SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_<>#|[]$"})
_SPECIAL_IN_CELLS = {sign: mark for sign, mark in _SPECIAL.items() if sign != ord("|")}
_SPECIAL_AT_START = re.compile(r"[+•=~]|-(?!\s)")
_LIST_MARK = re.compile(r"(?:-(?=\s)|(?<=\d)[.)](?=\s))")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and the like


def plain_inline(text: str) -> str:
    """The text without inline Markdown and HTML tags, with single spaces; its lines stay lines.

    `<name>` of no HTML element is a word, as in calls of programs; a word that is in italics in part is one word.
    """
    kept: list[str] = []
    text = _SET_ASIDE.sub(lambda found: _set_aside(found, kept), text)
    text = _COMMENT.sub("", text)
    text = _RAISED.sub(lambda found: raise_text(found.group(1)), text)
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub(lambda tag: _plain_tag(tag, text), text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(_plain_emphasis, text)
    text = _UNDERSCORED.sub(r"\1", text)
    text = _ENTITY.sub(lambda entity: unescape(entity.group()), text)
    if kept:
        text = _KEPT.sub(lambda sign: kept[ord(sign.group()) - _KEPT_AT], text)
    text = strip_invisible(text)
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def escape(text: str) -> str:
    """Words of a paragraph as Markdown that reads just so, with single spaces; what looks like a list mark is none."""
    line = escape_line(text)
    mark = _LIST_MARK.search(line[:5])
    is_list = mark is not None and (mark.start() == 0 or line[: mark.start()].isdigit())
    return f"{line[: mark.start()]}\\{line[mark.start() :]}" if is_list and mark else line


def escape_line(text: str) -> str:
    """A line of plain text as Markdown that reads just so; "- " and "1. " go on being marks of lists."""
    words = _escape(text, _SPECIAL)
    return f"\\{words}" if _SPECIAL_AT_START.match(words) else words


def escape_cell(text: str) -> str:
    """Words of a cell as Markdown that reads just so; bars are for who renders the table."""
    return _escape(text, _SPECIAL_IN_CELLS)


def _escape(text: str, special: dict[int, str]) -> str:
    words = " ".join(strip_invisible(text).split()).translate(special)
    return _ENTITY.sub(r"\\\g<0>", words) if "&" in words else words


def raise_text(text: str) -> str:
    """Raised words within a line: powers and marks of notes as "^6", endings of ordinals and the like as they are."""
    words = " ".join(text.split())
    if not words or words.lower() in _ENDINGS or words.startswith(("[", "^")):
        return words
    return f"^{words}" if re.fullmatch(r"[-+−]?\w+|\W", words) else f"^({words})"


def strip_invisible(text: str) -> str:
    """The text without signs that no reader sees; hyphens that keep a word on its line are plain ones."""
    return _INVISIBLE.sub("", text).replace("\u2011", "-")


def _set_aside(found: re.Match[str], kept: list[str]) -> str:
    if len(kept) > 0xFFFD:
        return found.group()
    code = found.group("code")
    if code is not None:
        words = code.replace("\n", " ")
        is_padded = words.startswith(" ") and words.endswith(" ") and words.strip()
        kept.append(words[1:-1] if is_padded else words)
    else:
        kept.append(found.group("escaped") or found.group("address") or found.group())
    return chr(_KEPT_AT + len(kept) - 1)


def _plain_tag(tag: re.Match[str], text: str) -> str:
    name = tag.group("name")
    if name.lower() in _GAPS:
        return " "
    is_component = name[0].isupper() and text.strip() == tag.group()  # alone on its line, as in pages of programs
    is_known = name.lower() in _INLINE_TAGS or tag.group("end") or tag.group("attributes").strip() or is_component
    return "" if is_known else tag.group()


def _plain_emphasis(found: re.Match[str]) -> str:
    """What is emphasised; where it stands in the midst of a word it has to be of letters, or 2*3*4 would be 234."""
    text, inner = found.string, found.group(1)
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    is_within = before.isalnum() and after.isalnum()
    return found.group() if is_within and not _TWO_LETTERS.search(inner) else inner
