"""Which column of a question file holds what: ours by name, others by meaning. A doubt is told, not settled."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assay.questions.answer_types import type_named
from assay.questions.columns import COLUMNS, is_empty, is_own, meaning_of
from assay.questions.question import Reading
from assay.questions.rows import RowFile

__all__ = ["Matched", "match_columns"]

_SAID = {"question": "the question", "answers": "the accepted answers", "new_answer": "the new answers"}
_CERTAIN = ("question", "answers")  # of these, our own name is no proof: "answer" may be what a system said
_NEAR = 0.82  # of difflib, from which on a name is rather one of ours, misspelt
_SHORTEST = 4  # letters of a name that can be misspelt
_SHOWN = 12


@dataclass(frozen=True)
class Matched:
    """Meaning -> the columns that hold it, further columns under their own lower-case names; what is to be told."""

    columns: dict[str, list[str]]
    taken: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    named: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]

    @property
    def reading(self) -> Reading:
        """What is said of it when a run is announced."""
        return Reading("", self.taken, self.unused, self.named)


def match_columns(file: RowFile, extra: Sequence[str] = (), named: Mapping[str, str] = MappingProxyType({})) -> Matched:
    """The columns of a file by meaning.

    Args:
        file: the rows.
        extra: further columns that are asked for by name.
        named: meaning -> its column, where a person says so, in whatever case: no other is taken for it.
    """
    wanted = {name.lower() for name in extra}
    by_column = {_there(file, column): meaning for meaning, column in named.items()}
    columns: dict[str, list[str]] = {}
    unused, problems, misspelt = [], _unknown(file, named), set()
    for name in file.columns:
        lower = name.strip().lower()
        meaning = by_column.get(name) or (lower if lower in wanted else meaning_of(name))
        if meaning in named and by_column.get(name) != meaning:
            unused.append(name)
        elif meaning:
            columns.setdefault(meaning, []).append(name)
        elif meaning is None:
            near = _near(lower)
            if near:
                misspelt.add(COLUMNS[near])
                problems.append(f'{_place(file, name)}: unknown column "{name}": did you mean "{near}"?')
            else:
                unused.append(name)
    if "type" in columns and "type" not in wanted and not _names_types(file, columns["type"]):
        del columns["type"]  # of the question, as other tools have it: "multi-hop"
    for meaning in [meaning for meaning in columns if meaning not in wanted]:
        columns[meaning], past, clash = _settled(file, meaning, columns[meaning])
        unused += past
        problems += clash
    problems += _missing(file, {*columns, *misspelt, *named}, named)
    held = [(name, m) for m in columns if m not in wanted for name in columns[m]]
    taken = tuple((name, m) for name, m in held if m not in named and not is_own(name))
    told = tuple((name, m) for name, m in held if m in named)
    return Matched(columns, taken, tuple(name for name in file.columns if name in unused), told, tuple(problems))


def _there(file: RowFile, column: str) -> str | None:
    """The column of a file that is meant by a name: written so, or else but for its case; None where there is none."""
    written = {name.strip().casefold(): name for name in reversed(file.columns)}
    return written.get(column.casefold()) if column not in file.columns else column


def _unknown(file: RowFile, named: Mapping[str, str]) -> list[str]:
    """The named columns that the file has not."""
    return [
        f'{_place(file)}: there is no column "{column}", which the setting columns takes for {meaning} '
        f"(there are {_listed(file)})"
        for meaning, column in named.items()
        if _there(file, column) is None
    ]


def _listed(file: RowFile) -> str:
    return ", ".join(file.columns[:_SHOWN]) + (", …" if len(file.columns) > _SHOWN else "")


def _settled(file: RowFile, meaning: str, names: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The columns that hold a meaning, those that are read past, and what is wrong.

    Several are fine where no row fills more than one of them; and else one of our own name goes before others.
    """
    both = next((r for r in file.rows if sum(not is_empty(r.values.get(name)) for name in names) > 1), None)
    if both is None:
        return names, [], []
    own = [name for name in names if is_own(name)]
    if len(own) == 1 and meaning not in _CERTAIN:
        return own, [name for name in names if name not in own], []
    listed = " and ".join(f'"{name}"' for name in names)
    what = _SAID.get(meaning, f"the {meaning}")
    clash = (
        f"{_place(file, names[0])}: the columns {listed} could each be {what}: rename or remove all but one, or name "
        f"it: --set columns={meaning}=NAME"
    )
    return names, [], [clash]


def _names_types(file: RowFile, names: Sequence[str]) -> bool:
    """Whether some cell of the columns names a type of answers."""
    return any(type_named(str(row.values.get(name) or "")) for row in file.rows for name in names)


def _missing(file: RowFile, columns: set[str], named: Mapping[str, str]) -> list[str]:
    """That there is no column of questions, or none that says what is right, and how to name them."""
    enough = {"question": {"question"}, "answers": {"answers", "answerable"}}
    missing = [meaning for meaning in enough if file.rows and not enough[meaning] & columns]
    pairs = [*(f"{meaning}={name}" for meaning, name in named.items()), *(f"{meaning}=NAME" for meaning in missing)]
    way_out = ",".join(pairs) if not named else f'"{",".join(pairs)}"'
    return [
        f'{_place(file)}: there is no column for {_SAID[meaning]}: call one "{meaning}" '
        f"(there are {_listed(file)}), or name it: --set columns={way_out}"
        for meaning in missing
    ]


def _near(name: str) -> str | None:
    known = [own for own, meaning in COLUMNS.items() if meaning and len(own) >= _SHORTEST]
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)), None)


def _place(file: RowFile, name: str | None = None) -> str:
    """Where a column is met first: the row of headings, or the first row that has it."""
    if file.is_table:
        return f"{file.unit} 1"
    number = next((row.number for row in file.rows if name is None or name in row.values), 1)
    return f"{file.unit} {number}"
