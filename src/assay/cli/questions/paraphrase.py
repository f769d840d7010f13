"""assay questions paraphrase: training questions in other words, for a model that is to learn by heart."""

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli.options import Pairs, SpokenLanguage, parse_pairs
from assay.cli.questions.draft import list_dropped

__all__ = ["paraphrase"]


def paraphrase(
    questions: Annotated[Path, typer.Argument(help="The questions: JSONL, JSON, YAML, CSV or XLSX.")],
    file: Annotated[Path, typer.Argument(help="Written, with the questions in it: .csv, .xlsx or .jsonl.")],
    n: Annotated[
        int, typer.Option("-n", "--n", help="Paraphrases of each training question, at most; twelve are tried.")
    ] = 3,
    base: Annotated[
        str | None, typer.Option(help="Model that writes them: a folder, a .gguf file, a hub id, or URL#MODEL.")
    ] = None,
    encoder: Annotated[
        str | None, typer.Option(help="Encoder: a sentence-transformers folder or hub id, or URL#MODEL.")
    ] = None,
    lang: SpokenLanguage = None,
    set_: Pairs = None,
) -> None:
    """Ask the training questions in other words; each must mean the same and be worded differently."""
    from assay.cli.console import Console
    from assay.drafting import paraphrase_file
    from assay.questions.reading_lines import reading_lines
    from assay.questions.writing import TABLES, check_target, write_questions
    from assay.settings import load_settings
    from assay.words import figures, message

    flags: dict[str, Any] = {"base": base, "encoder": encoder, "lang": lang} | parse_pairs(set_ or [])
    said = load_settings(flags, environ=os.environ).lang
    check_target(file, TABLES)
    with Console() as console:
        asked, done = paraphrase_file(questions, n, progress=console, **flags)
    print(
        message(
            "paraphrase.kept",
            said,
            kept=len(done.questions),
            written=done.n_written,
            sources=done.n_sources,
            seconds=figures.duration(done.seconds / max(1, len(done.questions)), said, short=False),
        )
    )
    for line in [*reading_lines(asked.reading, said), *list_dropped(done.dropped, said)]:
        print(line)
    write_questions([*asked.questions, *done.questions], file)
    print(message("paraphrase.written", said, path=file, n=len(asked.questions)))
