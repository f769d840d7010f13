"""The verbs, listed; and the one table from errors to exit codes."""

import errno
import os
import sys
import traceback
import warnings
from typing import Annotated, NoReturn

import typer

from assay.cli.ask import ask
from assay.cli.clean import clean
from assay.cli.compare import compare
from assay.cli.doctor import doctor
from assay.cli.drill import drill
from assay.cli.export import export
from assay.cli.jobs import jobs
from assay.cli.keys import keys
from assay.cli.label import label
from assay.cli.marks import marks
from assay.cli.models import models
from assay.cli.parts import parts
from assay.cli.questions import questions
from assay.cli.read import read
from assay.cli.run import run
from assay.cli.score import score
from assay.cli.serve import serve
from assay.cli.show import show
from assay.cli.sync import sync
from assay.cli.tag import tag
from assay.cli.watch import watch
from assay.errors import (
    AssayError,
    EngineError,
    ExportRefused,
    InputError,
    MissingExtra,
    NotFound,
    PartError,
    TrainingError,
)
from assay.masking import mask_error
from assay.privacy import hub_closed
from assay.version import __version__

__all__ = ["app", "main"]

_EXIT_CODES: list[tuple[type[AssayError], int]] = [
    (InputError, 2),
    (NotFound, 2),
    (MissingExtra, 3),
    (EngineError, 4),
    (TrainingError, 4),
    (PartError, 4),
    (ExportRefused, 4),
    (AssayError, 1),
]
_INTERRUPTED = 130


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"assay {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="assay",
    help="Prompts, retrieval or fine-tuning? One exam for every way of adapting a language model to your documents.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    suggest_commands=False,  # click suggests itself
    rich_markup_mode=None,
)
for verb in (run, label, ask, serve, tag, score, read, export, show, compare, sync, watch, parts, clean, doctor):
    app.command()(verb)


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Prompts, retrieval or fine-tuning? One exam for every way of adapting a language model to your documents."""


app.add_typer(questions, name="questions")
app.add_typer(drill, name="drill")
app.add_typer(models, name="models")
app.add_typer(marks, name="marks")
app.add_typer(jobs, name="jobs")
app.add_typer(keys, name="keys")


def main() -> None:
    """Run one verb; people's mistakes end in one clear message and an exit code, not in a traceback."""
    _quieten()
    try:
        with hub_closed():
            code = app(standalone_mode=False)  # a verb's own exit code, or that of Ctrl-C
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except AssayError as error:
        _stop(f"Error: {error}", next(code for kind, code in _EXIT_CODES if isinstance(error, kind)))
    except OSError as error:
        _stop(_system_says(error), 1)
    except Exception as error:
        if not hasattr(error, "exit_code"):  # click's own usage errors carry one
            _stop(_unexpected(error), 1)
        error.show()  # type: ignore[attr-defined]
        sys.exit(error.exit_code)
    if code == _INTERRUPTED:
        _stop("Stopped. Nothing is lost: run the same line again to go on.", _INTERRUPTED)
    sys.exit(code or 0)


def _stop(text: str, code: int) -> NoReturn:
    print(text, file=sys.stderr)
    sys.exit(code)


def _system_says(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Error: the disk is full. Make room and run the same line again: what was done is kept."
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM) and error.filename:
        return mask_error(
            f"Error: {error.filename} cannot be used ({error.strerror}): give another place, or allow it."
        )
    return _unexpected(error)


def _unexpected(error: Exception) -> str:
    """A traceback that tells no password."""
    return mask_error("".join(traceback.format_exception(error)).rstrip())


def _quieten() -> None:
    """Keep the libraries' own chatter from between our lines."""
    warnings.filterwarnings("ignore")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("OPENVINO_LOG_LEVEL", "0")
    os.environ.setdefault("LANCE_LOG", "error")
