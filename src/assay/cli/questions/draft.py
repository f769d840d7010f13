"""assay questions draft: question-answer-evidence drafts from documents, for a person to edit."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from assay.cli.options import Encoder, Pairs, SpokenLanguage, parse_pairs

__all__ = ["draft", "list_dropped"]


def draft(
    docs: Annotated[Path, typer.Argument(help="A document or a folder of documents.")],
    file: Annotated[Path, typer.Argument(help="Written: .csv, .xlsx or .jsonl.")] = Path("drafts.csv"),
    n: Annotated[int, typer.Option("-n", help="How many drafts.")] = 40,
    unanswerable: Annotated[float, typer.Option(help="Share of them that the documents do not answer.")] = 0.2,
    beside: Annotated[
        Path | None, typer.Option(help="Your own questions: nothing that they ask is drafted again.")
    ] = None,
    manner: Annotated[
        str, typer.Option(help="Who words the questions: the model, or rules, which need none: extractive.")
    ] = "model",
    base: Annotated[
        str | None, typer.Option(help="Model that drafts: a folder, a .gguf file, a hub id, or URL#MODEL.")
    ] = None,
    encoder: Encoder = None,
    out: Annotated[Path, typer.Option(help="Workspace, for what was read and encoded.")] = Path(".assay"),
    lang: SpokenLanguage = None,
    set_: Pairs = None,
) -> None:
    """Draft questions with answers and evidence; each must be answered from its passage, and not without it."""
    from assay.cli.console import Console
    from assay.drafting import draft_from_files
    from assay.drafting.manner import manner_of
    from assay.questions.writing import TABLES, check_target, write_questions
    from assay.settings import load_settings
    from assay.words import figures, message

    flags: dict[str, Any] = {"base": base, "encoder": encoder, "lang": lang} | parse_pairs(set_ or [])
    said = load_settings(flags, environ=os.environ).lang
    check_target(file, TABLES)
    with Console() as console:
        drafts = draft_from_files(
            docs, n, unanswerable=unanswerable, beside=beside, manner=manner, out=out, progress=console, **flags
        )
    kept = drafts.questions
    print(
        message(
            "draft.kept",
            said,
            kept=len(kept),
            tried=drafts.n_drafted,
            unanswerable=drafts.n_unanswerable,
            documents=len({question.evidence.document for question in kept if question.evidence}),
            seconds=figures.duration(drafts.seconds / max(1, len(kept)), said, short=False),
        )
    )
    print("\n".join(list_dropped(drafts.dropped, said)))
    if len(kept) < n:
        print(message("draft.fewer" if manner_of(manner).needs_model else "draft.no_more", said, wanted=n))
    if kept:
        write_questions(kept, file, drafts.notes)
    print(message("draft.written" if kept else "draft.none", said, path=file))


def list_dropped(dropped: Mapping[str, int], lang: str) -> list[str]:
    """Why drafts were thrown away, the most frequent reason first; no line where none was."""
    from assay.words import message

    reasons = [
        f"{count} {message(f'drop.{reason}', lang)}"
        for reason, count in sorted(dropped.items(), key=lambda item: -item[1])
        if count
    ]
    return [message("data.dropped", lang, reasons=message("list.clause", lang).join(reasons))] if reasons else []
