"""The content of a web page without the site around it. Knows HTML's marks for the two; knows no other page.

What a site repeats on every page is told by the page's own marks and never by other files: what is read of a file must
depend on nothing but the file, or one page more would change what others hold.
"""

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

__all__ = ["split_site", "strip_site"]

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea)\b[^<>]*(?<!/)>.*?(?:</\1\s*>|\Z)"
    r"|<(/?)([a-z][\w-]*)((?:[\s/][^<>]*)?)>",
    re.IGNORECASE | re.DOTALL,
)
_ROLE = re.compile(r"\brole\s*=\s*[\"']?\s*([a-z]+)", re.IGNORECASE)
_COOKIES = re.compile(
    r"\b(?:id|class)\s*=\s*[\"']?[^\"']*(?:cookie[\w-]*(?:banner|bar|consent|notice|law|dialog)|onetrust)",
    re.IGNORECASE,
)
# What is to be answered is a notice; without that, words on cookies are the content of the page.
_CONTROL = re.compile(
    r"<(?:button|input)\b|\brole\s*=\s*[\"']?button|\bonclick\s*=|\bhref\s*=\s*[\"']?#[\"'\s>]", re.IGNORECASE
)
_OPEN = re.compile(r"\sopen\b", re.IGNORECASE)
_SECTION_TITLE = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_FORM = re.compile(r"</?form\b[^<>]*>", re.IGNORECASE)
_LINK = re.compile(r"<a\b[^<>]*>[^<]*</a\s*>", re.IGNORECASE)
_TITLE = re.compile(r"<h1\b", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W\d_]+")
_DECLARATION = re.compile(r"<![^<>]*>|<\?[^<>]*>")
_LOOKED_AT = 1000  # characters of a tag's attributes

_ROLES = {"navigation": "site", "search": "site", "dialog": "dialog", "alertdialog": "dialog", "main": "main"}
_ROLES |= {"banner": "edge", "contentinfo": "edge", "complementary": "edge"}
_TAGS = {"main": "main", "article": "content", "section": "content", "header": "edge", "footer": "edge"}
_TAGS |= {"aside": "edge", "nav": "site", "search": "site", "dialog": "site"}
_TAGS |= {"svg": "site"}  # a drawing, which the parser writes as base64
_BOXES = frozenset(("div", "section", "aside", "form"))


@dataclass(frozen=True)
class _Region:
    """A marked element; one of the kind "edge" belongs to the site where it stands in no "main" or "content"."""

    kind: str
    start: int
    end: int


def strip_site(html: str) -> str:
    """The page without navigation, search, cookie notices, and headers, footers and asides of the whole page.

    Where the page marks its main content, the rest goes as well, unless the rest has more words that are no links, or
    the title. A page that marks nothing, or has no words but in what would go, stays as it is. Tags of forms go and
    their text stays: some programs put each page as a whole into a form, of which the parser reads nothing.
    """
    return split_site(html)[0]


def split_site(html: str) -> tuple[str, list[str]]:
    """The page as `strip_site` gives it, and the text of each piece that was taken off, without tags."""
    spans = _site_spans(html)
    end, pieces = 0, []
    for start, stop in sorted(spans):
        pieces.append(" ".join(_plain(html[max(start, end) : stop]).split()))
        end = max(end, stop)
    return _FORM.sub("", _cut(html, spans)), [piece for piece in pieces if _NO_LETTERS.sub("", piece)]


def _site_spans(html: str) -> list[tuple[int, int]]:
    """Where the page holds the site around it; spans may overlap."""
    regions = _find_regions(html)
    mains = [region for region in regions if region.kind == "main"]
    around = [(region.start, region.end) for region in _find_site(regions, html)]
    kept = _cut(html, around)
    n_letters = _count_letters(kept)
    if not n_letters:
        return []
    if mains:
        gaps = zip([0, *(main.end for main in mains)], [*(main.start for main in mains), len(html)], strict=True)
        outside = [*gaps, *around]
        inner = _cut(html, outside)
        if 2 * _count_letters(inner) >= n_letters and (_TITLE.search(inner) or not _TITLE.search(kept)):
            return outside
    return around


def _plain(html: str) -> str:
    return unescape(_DECLARATION.sub(" ", _TOKEN.sub(" ", html)))


def _find_regions(html: str) -> list[_Region]:
    """The marked elements that are closed, in order of their starts; main content within main content left out.

    Each tag's name is balanced by itself, so that a missing end of another element does no harm.
    """
    regions: list[_Region] = []
    opened: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for token in _TOKEN.finditer(html):
        _, slash, name, attributes = token.groups()
        if not name or attributes.endswith("/"):
            continue
        stack = opened[name.lower()]
        if not slash:
            stack.append((_kind_of(name.lower(), attributes[:_LOOKED_AT]), token.start()))
        elif stack:
            kind, start = stack.pop()
            if kind:
                regions.append(_Region(kind, start, token.end()))
    return _without_inner_mains(sorted(regions, key=lambda region: region.start))


def _kind_of(name: str, attributes: str) -> str:
    """What an element is marked as: "site", "edge", "cookies", "dialog", "content", "main", or "" for nothing."""
    role = _ROLE.search(attributes)
    if role and role.group(1).lower() in _ROLES:
        return _ROLES[role.group(1).lower()]
    if name in _BOXES and _COOKIES.search(attributes):
        return "cookies"
    if name == "dialog" and _OPEN.search(attributes):
        return "dialog"
    return _TAGS.get(name, "")


def _without_inner_mains(regions: Sequence[_Region]) -> list[_Region]:
    kept, end = [], 0
    for region in regions:
        if region.kind != "main" or region.start >= end:
            kept.append(region)
            end = region.end if region.kind == "main" else end
    return kept


def _find_site(regions: Sequence[_Region], html: str) -> Iterator[_Region]:
    """The regions that belong to the site: none that holds main content or all titles of the page."""
    mains = [region.start for region in regions if region.kind == "main"]
    titles = [title.start() for title in _TITLE.finditer(html)]
    content_end = 0  # of the content that reaches furthest so far
    for region in regions:
        if region.kind in ("main", "content"):
            content_end = max(content_end, region.end)
        elif not _is_content(region, html) and (region.kind != "edge" or region.end > content_end):
            has_all_titles = titles and region.start <= titles[0] and titles[-1] < region.end
            if not has_all_titles and bisect(mains, region.start) == bisect(mains, region.end):
                yield region


def _is_content(region: _Region, html: str) -> bool:
    """Whether words on cookies are a section of the page, or a dialog holds most of its text."""
    inner = html[region.start : region.end]
    if region.kind == "cookies":
        return _SECTION_TITLE.search(inner) is not None and not _CONTROL.search(inner)
    return region.kind == "dialog" and 2 * _count_letters(inner) > _count_letters(html)


def _cut(html: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text without the spans, which may overlap; a line end in the place of each."""
    kept, place = [], 0
    for start, end in sorted(spans):
        kept.append(html[place : max(start, place)])
        place = max(end, place)
    return "\n".join([*kept, html[place:]])


def _count_letters(html: str) -> int:
    """Letters of the text that is no link."""
    return len(_NO_LETTERS.sub("", _TOKEN.sub(" ", _LINK.sub(" ", html))))
