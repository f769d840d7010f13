"""The wordings that prompts are made of: the package's own, and a file of the user's. Asks no model anything."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from assay.errors import InputError

__all__ = ["Bank", "Wording", "open_bank", "parse_bank"]

_KINDS = ("instruction", "form", "refusal")
_LANGUAGES = ("en", "zh")
_KEYS = ("part", "lang", "reads", "name", "text")
_FILLED = {"instruction": ("form", "refusal"), "form": (), "refusal": ("refusal",)}
_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Wording:
    """One wording of one part of a prompt; in any language, with passages or without, where it does not say."""

    part: str
    name: str
    text: str
    lang: str = ""
    reads: bool | None = None

    def fits(self, part: str, lang: str, reads: bool) -> bool:
        """Whether it can be that part of such a prompt."""
        return self.part == part and self.lang in ("", lang) and self.reads in (None, reads)


@dataclass(frozen=True)
class Bank:
    """The wordings to choose from: the package's own, and those of the user's file before them."""

    usual: tuple[Wording, ...]
    own: tuple[Wording, ...] = ()

    def of(self, part: str, lang: str, reads: bool) -> list[Wording]:
        """The plain wording, then those of the user's file, or the package's own where that has none of this part."""
        usual = [one for one in self.usual if one.fits(part, lang, reads)]
        return usual[:1] + ([one for one in self.own if one.fits(part, lang, reads)] or usual[1:])

    def check(self, lang: str, file: str) -> None:
        """Nothing when the user's file, if there is one, has something to say in the language of the questions.

        Raises:
            InputError: it has not.
        """
        if self.own and not any(one.lang in ("", lang) for one in self.own):
            raise InputError(
                f"prompt_bank: {file} has no wording in the language of the questions: give lines with "
                f'"lang": "{lang}", or leave lang out'
            )

    @property
    def key(self) -> list[list[Any]]:
        """All of it as plain values, for keys."""
        return [[one.part, one.text, one.lang, one.reads] for one in (*self.usual, *self.own)]


def open_bank(file: str = "") -> Bank:
    """The bank, with the wordings of a JSON Lines file of the user's where one is named.

    Raises:
        InputError: the file is not there, or some of its lines cannot be used; all of them, by number.
    """
    if not file:
        return Bank(_built_in())
    path = Path(file)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8 text"
        raise InputError(f"prompt_bank: {path} cannot be read: {reason}") from error
    own = parse_bank(text, str(path))
    if not own:
        raise InputError(
            f"prompt_bank: {path} holds no wording: give one JSON object a line, see docs/guide/prompts.md"
        )
    return Bank(_built_in(), own)


@lru_cache(maxsize=1)
def _built_in() -> tuple[Wording, ...]:
    file = resources.files("assay.prompting").joinpath("bank.jsonl")
    return parse_bank(file.read_text(encoding="utf-8"), "bank.jsonl")


def parse_bank(text: str, name: str) -> tuple[Wording, ...]:
    """The wordings of a file, one a line; empty lines are read past.

    Raises:
        InputError: all that is wrong with it, by line.
    """
    problems: list[str] = []
    seen: dict[tuple[object, ...], int] = {}
    found: list[Wording] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        wrong, row = _read_line(line)
        wording = None if wrong else Wording(row["part"], row["name"] or f"line {number}", *_rest(row))
        if wording is not None:
            first = seen.setdefault((wording.part, wording.lang, wording.reads, wording.text), number)
            wrong = [f"the same as line {first}"] if first != number else []
        problems += [f"  line {number}: {one}" for one in wrong]
        found += [wording] if wording is not None else []
    if problems:
        raise InputError("\n".join([f"{name}: these lines are no wordings of prompts:", *problems]))
    return tuple(found)


def _rest(row: dict[str, Any]) -> tuple[str, str, bool | None]:
    return row["text"].strip(), row["lang"], row["reads"]


def _read_line(line: str) -> tuple[list[str], dict[str, Any]]:
    """What is wrong with a line, and its values with those that it leaves out."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return [f"no JSON: {error.msg} at character {error.pos + 1}"], {}
    if not isinstance(row, dict):
        return ['must be an object such as {"part": "instruction", "text": "…"}'], {}
    told: dict[str, Any] = {"part": "instruction", "lang": "", "reads": None, "name": "", "text": ""} | row
    return [*_unknown(row), *_wrong_values(told)], told


def _unknown(row: dict[str, Any]) -> list[str]:
    told = []
    for key in (key for key in row if key not in _KEYS):
        near = get_close_matches(key, _KEYS, n=1)
        told.append(f'unknown key "{key}"' + (f": did you mean {near[0]}?" if near else f" (of {', '.join(_KEYS)})"))
    return told


def _wrong_values(row: dict[str, Any]) -> list[str]:
    if row["part"] not in _KINDS:
        return [f"part must be {_listed(_KINDS)}, got {row['part']!r}"]
    wrong = [f"{key} must be text, got {row[key]!r}" for key in ("name", "text") if not isinstance(row[key], str)]
    if row["lang"] not in ("", *_LANGUAGES):
        wrong.append(f"lang must be {_listed(_LANGUAGES)}, got {row['lang']!r}")
    if not isinstance(row["reads"], bool | None):
        wrong.append(f"reads must be true or false, got {row['reads']!r}")
    return wrong or _wrong_text(row["part"], row["text"])


def _wrong_text(part: str, text: str) -> list[str]:
    if not text.strip():
        return ["text is empty"]
    filled = [f"{{{one}}}" for one in _FILLED[part]]
    only = f"only {_listed(filled)} is filled in" if filled else "nothing is filled in"
    beside = ", passages and question stand beside it" if part == "instruction" else ""
    holes = dict.fromkeys(hole for hole in _HOLE.findall(text) if hole not in _FILLED[part])
    return [f"got {{{hole}}}, but here {only}{beside}" for hole in holes]


def _listed(names: Sequence[str]) -> str:
    return " or ".join(names)
