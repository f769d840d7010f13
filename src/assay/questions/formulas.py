"""Texts in CSV that a spreadsheet would run: an apostrophe before them has it read them as text."""

import re

__all__ = ["guard_text", "unguard_text"]

_RUN = re.compile(r"'*[=+\-@\t\r]")  # apostrophes too, so that each text has one guarded form
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def guard_text(text: str) -> str:
    """The text of a cell with an apostrophe before it where a spreadsheet would take it for a formula; no number."""
    return f"'{text}" if _RUN.match(text) and not _NUMBER.fullmatch(text) else text


def unguard_text(text: str) -> str:
    """What `guard_text` was given."""
    return text[1:] if text.startswith("'") and _RUN.match(text) else text
