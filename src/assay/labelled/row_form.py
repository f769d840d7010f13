"""How the rows of a file hold the texts of a task: what a task says of its files. Knows no file format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assay.labelled.labelled_text import LabelledText
from assay.questions.columns import parse_text

__all__ = ["RowForm", "Values", "parse_body", "parse_word"]

Values = Mapping[str, Any]  # column, in lower case -> value, of one row; what is null in JSON is left out

_ALIASES = {"sentence": "text"}  # of every task


def parse_body(values: Values, name: str = "text") -> str:
    """A text as it stands: places count from its very beginning, so nothing is cut off.

    Raises:
        ValueError: there is none, it is empty, or no text.
    """
    if name not in values:
        raise ValueError(f"there is no {name}")
    value = values[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"the {name} is empty" if isinstance(value, str) else f"{name} must be text")
    return value


def parse_word(values: Values, name: str) -> str:
    """A name such as a label, spaces counting as one.

    Raises:
        ValueError: there is none, or it is empty.
    """
    if name not in values:
        raise ValueError(f"there is no {name}")
    text = parse_text(values[name])
    if text is None:
        raise ValueError(f"the {name} is empty")
    return " ".join(text.split())


def _nothing_mended(values: Values) -> None:
    return None


def _as_it_is(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return row


@dataclass(frozen=True, kw_only=True)
class RowForm:
    """What the rows of a task are known by, how they are read, and how new ones are written.

    Args:
        known_by: columns of which one is enough to know a row by.
        parse: the text of a row with what is right of it; its id and its split are not looked at. Raises ValueError.
        write: the columns that say what was said of a text; `parse` can read them.
        aliases: other names of its columns -> the name that `parse` asks for.
        gather: a row as it stands in the file -> the same with one column in place of several that mean one.
        parse_new: the text of a row of which nothing is said yet. Raises ValueError.
        new_columns: the columns that such a row needs.
        mended: the key of the message on what `parse` mended in a row, or None.
        least_names: fewer labels or types in a file leave nothing to tell apart.
    """

    known_by: tuple[str, ...]
    parse: Callable[[Values], LabelledText]
    write: Callable[[LabelledText], dict[str, Any]]
    aliases: Mapping[str, str] = field(default_factory=dict)
    gather: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _as_it_is
    parse_new: Callable[[Values], str] = parse_body
    new_columns: tuple[str, ...] = ("text",)
    mended: Callable[[Values], str | None] = _nothing_mended
    least_names: int = 2

    def values(self, row: Mapping[str, Any]) -> Values:
        """What a row holds, under the names that `parse` asks for."""
        named = ((name.strip().lower(), value) for name, value in self.gather(row).items() if value is not None)
        return {self.aliases.get(name, _ALIASES.get(name, name)): value for name, value in named}

    def knows(self, row: Mapping[str, Any]) -> bool:
        """Whether it has one of the columns that a row is known by."""
        values = self.values(row)
        return any(column in values for column in self.known_by)
