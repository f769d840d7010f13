"""Options that several verbs take, with one text of help each."""

from typing import Annotated

import typer

from assay.errors import InputError

__all__ = ["Base", "Encoder", "Language", "Pairs", "SpokenLanguage", "parse_pairs"]

Base = Annotated[
    str | None, typer.Option(help="Base model: a folder, a .gguf file, a hub id, or URL#MODEL of an endpoint.")
]
Encoder = Annotated[
    str | None, typer.Option(help="Encoder: a sentence-transformers folder or hub id, URL#MODEL, or none.")
]
Language = Annotated[str | None, typer.Option(help="Language of the report: en or zh.")]
SpokenLanguage = Annotated[str | None, typer.Option(help="Language of what is printed: en or zh.")]
Pairs = Annotated[list[str] | None, typer.Option("--set", help="Any setting, as name=value; repeat at will.")]


def parse_pairs(pairs: list[str]) -> dict[str, str]:
    """Names and values of name=value pairs.

    Raises:
        InputError: a pair without "=".
    """
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise InputError(f"--set takes name=value, got {', '.join(wrong)}")
    return dict(pair.split("=", 1) for pair in pairs)
