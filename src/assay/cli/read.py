"""assay read: what would be read of documents."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.options import Pairs, SpokenLanguage, parse_pairs

if TYPE_CHECKING:
    from assay.corpus.document import LeftOut, Unaccounted
    from assay.corpus.preview import ReadDocument, Reading, ReadPassage

__all__ = ["read"]

_LONGEST = 100  # characters of what is left out


def read(
    docs: Annotated[Path, typer.Argument(help="A document, or a folder of documents.")],
    json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write a page: pictures of a document's pages beside what was read.")
    ] = None,
    lang: SpokenLanguage = None,
    set_: Pairs = None,
) -> None:
    """Show what would be read: passages with heading, page and length, what is left out, and what is in neither."""
    from assay.cli.console import Console
    from assay.corpus.preview import Reading
    from assay.corpus.preview import read as read_documents
    from assay.errors import InputError
    from assay.settings import load_settings

    flags: dict[str, Any] = {"lang": lang} | parse_pairs(set_ or [])
    if json:
        from pydantic import TypeAdapter

        print(TypeAdapter(Reading).dump_json(read_documents(docs, **flags), indent=1).decode())
        return
    spoken_lang = load_settings(flags, environ=os.environ).lang
    if docs.is_dir():
        if html is not None:
            raise InputError(f"--html shows one document, {docs} is a folder: give a file")
        with Console() as console:
            found = read_documents(docs, progress=console, **flags)
        _print_folder(found, spoken_lang)
    else:
        found = read_documents(docs, **flags)
        _show_document(found.documents[0], docs, html, spoken_lang)
    _print_skipped(found, spoken_lang)


def _print_folder(found: "Reading", lang: str) -> None:
    """A line for each document, and the sum."""
    from assay.cli.printing import print_outcome
    from assay.report.outcome import Outcome, Table
    from assay.words import figures, message

    names = ("document", "pages", "passages", "tokens", "left_out", "unaccounted")
    rows = [
        [
            one.path,
            *map(figures.count, (one.n_pages, len(one.passages), one.n_tokens, len(one.left_out))),
            figures.count(one.account.n_lost) if one.account else "",
        ]
        for one in found.documents
    ]
    width = max(len(one.path) for one in found.documents) + 60  # a path that is cut short cannot be used
    total = message(
        "read.total",
        lang,
        documents=figures.count(len(found.documents)),
        passages=figures.count(sum(len(one.passages) for one in found.documents)),
        tokens=figures.count(sum(one.n_tokens for one in found.documents)),
    )
    table = Table([message(f"read.col.{name}", lang) for name in names], rows, n_words=1, width=width)
    print_outcome(Outcome([total], table))


def _show_document(document: "ReadDocument", file: Path, html: Path | None, lang: str) -> None:
    from assay.words import message

    if html is None:
        _print_document(document, lang)
        return
    from assay.bench.whole_files import write_whole
    from assay.corpus.pictures import picture_pages
    from assay.report.reading_page import render_reading

    write_whole(html, render_reading(document, picture_pages(file), lang).encode())
    print(message("read.written", lang, path=html))


def _print_document(document: "ReadDocument", lang: str) -> None:
    from assay.report.account_lines import account_line
    from assay.words import figures, message

    print(
        message(
            "read.document",
            lang,
            path=document.path,
            title=document.title,
            passages=figures.count(len(document.passages)),
            tokens=figures.count(document.n_tokens),
        )
    )
    for number, passage in enumerate(document.passages, start=1):
        print()
        print(message("read.passage", lang, n=number, place=_place(passage, lang), tokens=passage.n_tokens))
        print(passage.text)
    print()
    print(message("read.left_out" if document.left_out else "read.nothing_left_out", lang))
    for one in document.left_out:
        print(f"  {_describe(one, lang)}")
    print()
    print(account_line(document.account, lang))
    for each in document.account.unaccounted if document.account else ():
        print(f"  {_describe_lost(each, lang)}")


def _describe_lost(one: "Unaccounted", lang: str) -> str:
    from assay.words import message

    state = message("read.taken" if one.is_taken else "read.lost", lang)
    parts = (_page(one.page, lang), state, _shorten(" ".join(one.words)), _shorten(one.piece))
    return " | ".join(part for part in parts if part)


def _place(passage: "ReadPassage", lang: str) -> str:
    return "".join(f"{part} | " for part in (_page(passage.page, lang), passage.heading) if part)


def _page(page: int | None, lang: str) -> str:
    from assay.words.page_words import word

    return "" if page is None else word("questions.page", lang, page=page)


def _describe(one: "LeftOut", lang: str) -> str:
    from assay.words import message

    parts = (_page(one.page, lang), message(f"left_out.text.{one.reason}", lang, n=one.n), _shorten(one.text))
    return " | ".join(part for part in parts if part)


def _shorten(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= _LONGEST else f"{whole[:_LONGEST]}…"


def _print_skipped(found: "Reading", lang: str) -> None:
    from assay.words import message

    for file in found.skipped:
        print(message("read.skipped", lang, path=file.path, reason=file.reason))
