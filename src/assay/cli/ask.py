"""assay ask: questions to a cell of a finished run."""

import os
import sys
from collections.abc import Iterator
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assay.cli.options import PartFiles, SpokenLanguage, spoken_language
from assay.errors import InputError
from assay.plain_text import plain_text

if TYPE_CHECKING:
    from assay.serving.measured_run import FinishedRun, Reply

__all__ = ["ask"]

_HISTORY = "ask_history"  # in the workspace


def ask(
    question: Annotated[
        str | None,
        typer.Argument(
            help="What you want to know; - reads questions from standard input, a line each.",
            show_default="a conversation",
        ),
    ] = None,
    cell: Annotated[str | None, typer.Option(help="The cell to ask; by default the recommended one.")] = None,
    run: Annotated[str | None, typer.Option(help="Id of the run; by default the newest.")] = None,
    groups: Annotated[
        str | None, typer.Option(help="Groups of the asker, such as hr,managers: answered from what they may read.")
    ] = None,
    only: Annotated[
        str | None, typer.Option(help='Search only in documents of these paths, such as "policies/*" or "*.pdf".')
    ] = None,
    cache: Annotated[
        float | None,
        typer.Option(help="Give a kept answer to a question at least so alike, such as 0.9; 0: never (answer_cache)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a question, on a line.")] = False,
    server: Annotated[
        str | None, typer.Option(help="Ask what assay serve serves at this address, such as http://127.0.0.1:8000.")
    ] = None,
    key: Annotated[
        str,
        typer.Option(envvar="ASSAY_KEY", help="Key for it, as assay keys add told it.", show_default=False),
    ] = "",
    lang: SpokenLanguage = None,
    parts: PartFiles = None,
    out: Annotated[Path, typer.Option(help="Workspace of the run.")] = Path(".assay"),
) -> None:
    """Ask the very cell that was measured; answers name file, page and quote. Without a question: a talk."""
    if server is not None:
        if run is not None or groups is not None or cache:
            raise InputError("a server's run is its own, and its key says who asks: leave out --run, --groups, --cache")
        _ask_server(server, key, question, cell, only, as_json, lang)
        return
    from assay.serving.measured_run import load
    from assay.settings import load_settings

    settings = load_settings({"answer_cache": cache, "lang": lang}, environ=os.environ)
    finished = load(run, out=out, parts=parts or ())
    spoken = lang or finished.lang
    answer = partial(_answer, finished, groups, only, settings.answer_cache, spoken, as_json)
    if question is None and sys.stdin.isatty():
        from assay.cli.conversation import Conversation

        Conversation(finished, cell, answer, spoken, out / _HISTORY).hold()
        return
    if question not in (None, "-"):
        answer(question or "", cell)
        return
    for one in _from_input():
        if not as_json:
            print(f"> {one}")  # which answer is to which question
        answer(one, cell)


def _ask_server(
    address: str, key: str, question: str | None, cell: str | None, only: str | None, as_json: bool, lang: str | None
) -> None:
    from assay.serving.asked_elsewhere import ServedElsewhere

    served, spoken = ServedElsewhere(address, key), spoken_language(lang)
    for one in _from_input() if question in (None, "-") else [question or ""]:
        told = served.ask(plain_text(one), cell, only)
        _print(one, told.reply, told.as_of, spoken, as_json)


def _from_input() -> Iterator[str]:
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a byte that is no text is no reason to leave the rest unanswered
    return (line.strip() for line in sys.stdin if line.strip())


def _answer(
    finished: "FinishedRun",
    groups: str | None,
    only: str | None,
    cache: float,
    lang: str,
    as_json: bool,
    question: str,
    cell: str | None,
) -> "Reply":
    question = plain_text(question)
    reply = finished.ask(question, cell=cell, groups=groups, only=only, cache=cache)
    _print(question, reply, finished.as_of, lang, as_json)
    return reply


def _print(question: str, reply: "Reply", as_of: str | None, lang: str, as_json: bool) -> None:
    from assay.cli.replies import reply_json, reply_lines

    if as_json:
        print(reply_json(question, reply, as_of), flush=True)
    else:
        print("\n".join(reply_lines(reply, as_of, lang)), flush=True)
