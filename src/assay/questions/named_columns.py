"""Which columns hold what, as a person says it where no heading tells: "question=What people ask". Knows no file."""

import re
from collections.abc import Sequence

from assay.errors import InputError
from assay.questions.columns import COLUMNS, meaning_of

__all__ = ["parse_named"]

_EQUALS = re.compile(r"\s*[=＝]\s*")
_COMMA = re.compile(r"，(?=[^，=＝]+[=＝])")  # with a full width, before the next meaning


def parse_named(columns: Sequence[str]) -> dict[str, str]:
    """Meaning -> the name of its column.

    Args:
        columns: pieces of the setting `columns`, each a meaning in English or Chinese and a name; one without "="
            goes on with the name before it, which has a comma.

    Raises:
        InputError: something else than MEANING=NAME, a meaning that there is not, or a meaning or column that comes
            twice.
    """
    whole: list[str] = []
    for piece in (part for told in columns for part in _COMMA.split(told)):
        if _EQUALS.search(piece) or not whole:
            whole.append(piece)
        else:
            whole[-1] += f", {piece}"
    named: dict[str, str] = {}
    for piece in whole:
        told, name = [*_EQUALS.split(piece.strip(), maxsplit=1), ""][:2]
        meaning = meaning_of(told)
        if not meaning or not name:
            known = ", ".join(own for own, meant in COLUMNS.items() if meant == own)
            raise InputError(f'the setting columns takes MEANING=NAME with one of {known}, got "{piece}"')
        if meaning in named:
            raise InputError(f'the setting columns names two columns for {meaning}, "{named[meaning]}" and "{name}"')
        twice = next((other for other, column in named.items() if column.casefold() == name.casefold()), None)
        if twice:
            raise InputError(f'the setting columns names the column "{name}" twice, for {twice} and for {meaning}')
        named[meaning] = name
    return named
