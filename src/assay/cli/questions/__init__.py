"""assay questions: drafted, paraphrased, checked, converted. One file a verb."""

import typer

from assay.cli.questions.check import check
from assay.cli.questions.convert import convert
from assay.cli.questions.draft import draft
from assay.cli.questions.paraphrase import paraphrase

__all__ = ["questions"]

questions = typer.Typer(
    help="Draft questions from documents, check them, convert them.",
    no_args_is_help=True,
    rich_markup_mode=None,
    suggest_commands=False,
)
for verb in (draft, paraphrase, check, convert):
    questions.command()(verb)
