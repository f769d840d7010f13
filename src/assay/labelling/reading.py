"""A file or a folder of labelled texts to a checked LabelledSet. All that is wrong with it is told at once."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from assay.errors import InputError
from assay.labelling.example import Entity, LabelledSet, LabelledText, Notice
from assay.labelling.spans import join_tokens, parse_spans, parse_tags
from assay.questions.columns import parse_split, parse_text
from assay.questions.question import Split
from assay.questions.rows import Row, RowFile, list_problems, load_rows

__all__ = ["by_meaning", "parse_body", "read_bytes", "read_labelled"]

_SUFFIXES = (".jsonl", ".ndjson", ".csv", ".xlsx")
_COLUMNS = {
    "text": "text", "sentence": "text", "label": "label", "intent": "label", "category": "label",
    "entities": "entities", "spans": "entities", "tokens": "tokens", "tags": "tags", "ner_tags": "tags",
    "split": "split", "id": "id",
}  # fmt: skip


@dataclass
class _Reading:
    """What was read so far, and what is to be told."""

    texts: list[LabelledText] = field(default_factory=list)
    places: list[str] = field(default_factory=list)  # "train.jsonl line 12" of each text
    problems: list[str] = field(default_factory=list)
    mended: list[str] = field(default_factory=list)  # places of inconsistent tags
    kinds: set[str] = field(default_factory=set)


def read_labelled(path: Path) -> LabelledSet:
    """The texts of a JSONL, CSV or XLSX file, or of a folder that holds one, or train, validation and test.

    Raises:
        InputError: there is nothing that can be read, or it holds problems; they are listed with their rows.
    """
    reading, digest = _Reading(), hashlib.sha256()
    for file, split in _find_files(path):
        data = read_bytes(file)
        digest.update(data)
        _read_file(load_rows(file, data), file, split, reading)
    if len(reading.kinds) > 1:
        reading.problems.append("some rows have labels and others entities: give two files")
    reading.problems += _check_duplicates(reading)
    if reading.problems:
        raise InputError(list_problems(path, reading.problems))
    if not reading.texts:
        raise InputError(f"{path} holds no texts: give a column text and a column label, or tokens and tags")
    task = "labels" if reading.kinds == {"label"} else "entities"
    read = LabelledSet(task, tuple(reading.texts), str(path), digest.hexdigest())  # type: ignore[arg-type]
    if len(read.names) < (2 if task == "labels" else 1):
        held = f'"{read.names[0]}" is the only label' if read.names else "it holds no entity"
        raise InputError(f"{path}: there is nothing to tell apart: {held}")
    return replace(read, notices=_notices(read, reading))


def read_bytes(file: Path) -> bytes:
    """What a file of texts holds.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: the texts cannot be opened ({error.strerror or error})") from error


def by_meaning(row: Row) -> dict[str, Any]:
    """The values of a row under our names of their columns: text, label, entities, tokens, tags, split, id."""
    meanings = ((_COLUMNS.get(name.strip().lower()), value) for name, value in row.values.items())
    return {meaning: value for meaning, value in meanings if meaning is not None and value is not None}


def parse_body(value: Any) -> str:
    """A text as it stands: places count from its very beginning, so nothing is cut off.

    Raises:
        ValueError: it is empty, or no text.
    """
    if not isinstance(value, str) or not value.strip():
        raise ValueError("the text is empty" if isinstance(value, str) else "text must be text")
    return value


def _find_files(path: Path) -> list[tuple[Path, Split | None]]:
    """The files to read, each with the split that its name tells."""
    if not path.is_dir():
        return [(path, None)]
    files = sorted(file for file in path.iterdir() if file.suffix.lower() in _SUFFIXES)
    splits = {file: split for file in files if (split := _split_of_name(file.stem))}
    if set(splits.values()) >= {"train", "test"}:
        return list(splits.items())
    if len(files) == 1:
        return [(files[0], None)]
    found = ", ".join(file.name for file in files) or "nothing of the kind"
    raise InputError(
        f"{path}: a folder must hold one file of texts (JSONL, CSV, XLSX), or files named train and test, and perhaps "
        f"validation; it holds {found}"
    )


def _split_of_name(stem: str) -> Split | None:
    try:
        return parse_split(stem)
    except ValueError:
        return None


def _read_file(file: RowFile, path: Path, split: Split | None, reading: _Reading) -> None:
    reading.problems += [f"{path.name} {problem}" for problem in file.problems]
    meanings = {_COLUMNS.get(name.strip().lower()) for name in file.columns}
    if file.rows and not meanings & {"label", "entities", "tokens"}:
        held = ", ".join(file.columns)
        reading.problems.append(f"{path.name}: there is no column label, entities or tokens; it has {held}")
        return
    for row in file.rows:
        place = f"{path.name} {file.unit} {row.number}"
        try:
            text = _parse_row(row, f"t{len(reading.texts) + 1:05d}", place, reading)
        except ValueError as error:
            reading.problems.append(f"{place}: {error}")
            continue
        reading.texts.append(replace(text, split=split or text.split))
        reading.places.append(place)


def _parse_row(row: Row, default_id: str, place: str, reading: _Reading) -> LabelledText:
    """One text.

    Raises:
        ValueError: something of it is missing or wrong.
    """
    values = by_meaning(row)
    split = parse_split(values["split"]) if values.get("split") else None
    id_ = parse_text(values.get("id")) or default_id
    if "tokens" in values:
        reading.kinds.add("entities")
        text, entities = _parse_tokens(values, place, reading)
        return LabelledText(id_, text, entities=entities, split=split)
    text = _need(values, "text")
    if "entities" in values:
        reading.kinds.add("entities")
        return LabelledText(id_, text, entities=parse_spans(values["entities"], text), split=split)
    reading.kinds.add("label")
    return LabelledText(id_, text, " ".join(_need(values, "label").split()), split=split)


def _need(values: dict[str, Any], name: str) -> str:
    if name not in values:
        raise ValueError(f"there is no {name}: give text and label, text and entities, or tokens and tags")
    if name == "text":
        return parse_body(values[name])
    text = parse_text(values[name])
    if text is None:
        raise ValueError(f"the {name} is empty")
    return text


def _parse_tokens(values: dict[str, Any], place: str, reading: _Reading) -> tuple[str, tuple[Entity, ...]]:
    tokens, tags = values["tokens"], values.get("tags")
    if not isinstance(tokens, list) or not isinstance(tags, list):
        raise ValueError("tokens and tags must be two lists")
    if len(tokens) != len(tags):
        raise ValueError(f"{len(tokens)} tokens but {len(tags)} tags")
    if not all(isinstance(one, str) and one.strip() for one in tokens):
        raise ValueError("a token is empty or no text" if tokens else "the text is empty")
    if not all(isinstance(one, str) for one in tags):
        raise ValueError("tags must be text such as B-person, not numbers")
    text, places = join_tokens(tokens)
    if not text:
        raise ValueError("the text is empty")
    entities, n_mended = parse_tags(tags, places)
    if n_mended:
        reading.mended.append(place)
    return text, entities


def _check_duplicates(reading: _Reading) -> list[str]:
    first: dict[str, int] = {}
    problems = []
    for number, one in enumerate(reading.texts):
        earlier = first.setdefault(one.id, number)
        if earlier != number:
            problems.append(f'{reading.places[number]}: the id "{one.id}" is also that of {reading.places[earlier]}')
    return problems


def _notices(read: LabelledSet, reading: _Reading) -> tuple[Notice, ...]:
    """Mended tags, names that may be one, and contradictions."""
    by_text: dict[str, dict[object, str]] = defaultdict(dict)
    for one, place in zip(read.texts, reading.places, strict=True):
        by_text[" ".join(one.text.split())].setdefault(one.label or one.entities, place)
    unlike = tuple(" / ".join(places.values()) for places in by_text.values() if len(places) > 1)
    notices = [Notice("notice.mended_tags", tuple(reading.mended))] if reading.mended else []
    notices += [Notice("notice.alike_names", tuple(alike)) for alike in _alike(read.names)]
    return (*notices, *([Notice("notice.unlike_labels", unlike)] if unlike else []))


def _alike(names: Sequence[str]) -> list[list[str]]:
    groups = defaultdict(list)
    for name in names:
        groups["".join(filter(str.isalnum, name.casefold()))].append(f'"{name}"')
    return [group for key, group in groups.items() if len(group) > 1 and key]
