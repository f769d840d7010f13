"""Texts cut into sentences and table rows, in English and Chinese. Knows no tokens and no scores."""

import re

__all__ = ["split_sentences"]

_ABBREVIATIONS = ("e.g", "i.e", "Mr", "Mrs", "Ms", "Dr", "No", "approx", "etc", "vs", "Art", "Fig")
_NO_ABBREVIATION = "".join(rf"(?<!\b{re.escape(short)}\.)" for short in _ABBREVIATIONS)
_BREAK = re.compile(
    r"\n+|(?<=[。！？；])|(?<=[.!?])" + _NO_ABBREVIATION + r"[\"')\]”’]*\s+(?=[\"'(“‘\[]?[A-Z0-9\u4e00-\u9fff€$£])"
)
_RULE = re.compile(r"[\s|:+=*_-]*")


def split_sentences(text: str) -> list[str]:
    """The sentences and Markdown table rows of a text, in order, as written; no ruled lines, no blanks."""
    pieces = (piece.strip() for piece in _BREAK.split(text))
    return [piece for piece in pieces if not _RULE.fullmatch(piece)]
