"""Options that several verbs take, with one text of help each."""

import os
from typing import Annotated

import typer

from assay.errors import InputError
from assay.words import languages

__all__ = [
    "LANGUAGES",
    "Base",
    "Bases",
    "Encoder",
    "Language",
    "Pairs",
    "PartFiles",
    "SpokenLanguage",
    "parse_files",
    "parse_pairs",
    "spoken_language",
]

LANGUAGES = " or ".join(languages())
Base = Annotated[
    str | None, typer.Option(help="Base model: a folder, a .gguf file, a hub id, or URL#MODEL of an endpoint.")
]
Bases = Annotated[
    list[str] | None,
    typer.Option(
        "--base",
        help="Base model: a folder, a .gguf file, a hub id, or URL#MODEL of an endpoint; NAME@4bit keeps its weights "
        "in 4 bits. Given twice or more: they are compared first, on validation questions.",
    ),
]
Encoder = Annotated[
    str | None, typer.Option(help="Encoder: a sentence-transformers folder or hub id, URL#MODEL, or none.")
]
Language = Annotated[str | None, typer.Option(help=f"Language of the report: {LANGUAGES}.")]
SpokenLanguage = Annotated[str | None, typer.Option(help=f"Language of what is printed: {LANGUAGES}.")]
PartFiles = Annotated[
    list[str] | None,
    typer.Option("--parts", help="A Python file with parts of your own, or an installed package's name for its parts."),
]
Pairs = Annotated[list[str] | None, typer.Option("--set", help="Any setting, as name=value; repeat at will.")]


def spoken_language(lang: str | None) -> str:
    """The language of what is printed: as typed, else as assay.toml and the environment have it.

    Raises:
        InputError: there is no such language, or a setting that is none.
    """
    from assay.settings import load_settings

    return load_settings({"lang": lang}, environ=os.environ).lang


def parse_pairs(pairs: list[str]) -> dict[str, str]:
    """Names and values of name=value pairs.

    Raises:
        InputError: a pair without "=".
    """
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise InputError(f"--set takes name=value, got {', '.join(wrong)}")
    return dict(pair.split("=", 1) for pair in pairs)


def parse_files(pairs: list[str], option: str) -> dict[str, str]:
    """Names and files of NAME=FILE pairs.

    Raises:
        InputError: a pair without "=" or without a file, or a name that comes twice.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name, _, file = (part.strip() for part in pair.partition("="))
        if not name or not file:
            raise InputError(f"{option} takes NAME=FILE, such as bot=answers.jsonl, got {pair}")
        if name in found:
            raise InputError(f"{option} names {name} twice: give each system its own name")
        found[name] = file
    return found
