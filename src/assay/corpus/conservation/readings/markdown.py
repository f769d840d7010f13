"""Markdown: its text without marks. Targets of links, tags, comments and front matter are no words of it."""

import re
from html import unescape

from assay.corpus.conservation.piece import Piece
from assay.corpus.encoding import decode_text

__all__ = ["read"]

# Without the bounds below, a text of opening marks that are never closed would take a day.
_FRONT = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
_FENCED = re.compile(
    r"^ {0,3}(?:>\s?)*(`{3,}|~{3,})[^\n`]*\n(.*?)(?:^ {0,3}(?:>\s?)*\1[`~]*\s*$|\Z)", re.MULTILINE | re.DOTALL
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`)([^`]|[^`].{0,1000}?[^`])\1(?!`)")
_IMAGE = re.compile(r"!\[[^\]]{0,1000}\](?:\([^)]{0,1000}\)|\[[^\]]{0,1000}\])")
_LINK = re.compile(r"\]\((?:[^()\s]|\([^()]{0,200}\)){0,1000}(?:\s+[\"'][^\"']{0,200}[\"'])?\)|\]\[[^\]]{0,200}\]")
_TARGET = re.compile(r"^ {0,3}\[[^\]]+\]:\s+\S+.*$", re.MULTILINE)
_ADDRESS = re.compile(r"<((?:https?://|mailto:)?[^\s<>@:/]{1,200}[@:/][^\s<>]{1,500})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!?[A-Z][^<>]*>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IN_WORD = re.compile(r"(?<=\w)[*]{1,3}(?=\w)|(?<=[^\W_])~~(?=\w)")


def read(data: bytes) -> list[Piece]:
    """A piece a line."""
    text = decode_text(data)
    front = _FRONT.match(text)
    pieces = [Piece(front.group(), "markup")] if front else []
    place = front.end() if front else 0
    for fence in _FENCED.finditer(text, place):
        pieces += _prose(text[place : fence.start()])
        pieces += map(Piece, fence[2].split("\n"))
        place = fence.end()
    return pieces + _prose(text[place:])


def _prose(text: str) -> list[Piece]:
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[2])
        return f"\0{len(kept) - 1}\0"

    end = text.rfind("-->") + 3 if "-->" in text else 0  # what is opened behind it is none, and takes long to search
    comments = [Piece(comment, "markup") for comment in _COMMENT.findall(text[:end])]
    text = _CODE.sub(keep, _COMMENT.sub("", text[:end]) + text[end:])
    text = _TARGET.sub("", _IMAGE.sub(" ", text))
    text = _TAG.sub(" ", _ADDRESS.sub(r" \1 ", _LINK.sub("]", text)))
    text = unescape(_ESCAPE.sub(r"\1", _IN_WORD.sub("", text)))
    text = re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)
    return [*map(Piece, text.split("\n")), *comments]
