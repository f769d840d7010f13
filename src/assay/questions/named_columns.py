"""Which columns hold what, as a person says it where no heading tells: "question=What people ask". Knows no file."""

from collections.abc import Sequence

from assay.errors import InputError
from assay.questions.columns import COLUMNS

__all__ = ["parse_named"]


def parse_named(columns: Sequence[str]) -> dict[str, str]:
    """Meaning -> the name of its column.

    Args:
        columns: pieces of the setting `columns`; one without "=" goes on with the name before it, which has a comma.

    Raises:
        InputError: something else than MEANING=NAME, or a meaning that there is not or that comes twice.
    """
    whole: list[str] = []
    for piece in columns:
        if "=" in piece or not whole:
            whole.append(piece)
        else:
            whole[-1] += f", {piece}"
    named: dict[str, str] = {}
    for piece in whole:
        told, _, name = (part.strip() for part in piece.partition("="))
        meaning = COLUMNS.get(told.lower())
        if not meaning or not name:
            known = ", ".join(own for own, meant in COLUMNS.items() if meant == own)
            raise InputError(f'the setting columns takes MEANING=NAME with one of {known}, got "{piece}"')
        if meaning in named:
            raise InputError(f'the setting columns names two columns for {meaning}, "{named[meaning]}" and "{name}"')
        named[meaning] = name
    return named
