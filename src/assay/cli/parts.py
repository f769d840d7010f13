"""assay parts: what rows, columns, tasks, scorers and search steps there are, and where they come from."""

import os
from typing import Annotated, Any

import typer

from assay.cli.options import Language, PartFiles

__all__ = ["parts"]


def parts(
    files: Annotated[list[str] | None, typer.Argument(help="Python files or packages with parts of your own.")] = None,
    named: PartFiles = None,
    lang: Language = None,
) -> None:
    """List the parts that are known, built in or of your own, and where they come from."""
    from assay.bench.parts import load_parts
    from assay.grid.column import Column
    from assay.grid.row import Row
    from assay.retrieval.step import SearchStep
    from assay.scoring.scorer import Scorer
    from assay.settings import load_settings
    from assay.studies.labels.way import Way
    from assay.tasks import Task
    from assay.words import message, spoken

    settings = load_settings({"parts": [*(files or []), *(named or [])] or None, "lang": lang}, environ=os.environ)
    known = load_parts(settings.parts)
    places = {id(one.part): f"{one.file}:{one.line}" for one in known.outside}
    kinds: dict[str, type[Any]] = {
        "row": Row, "column": Column, "step": SearchStep, "scorer": Scorer, "task": Task, "way": Way,
    }  # fmt: skip
    for name, kind in kinds.items():
        print(message(f"parts.{name}", settings.lang))
        for part in known.of(kind).values():
            origin = places.get(id(part)) or message("parts.built_in", settings.lang)
            words = [spoken(text, settings.lang) for text in (part.title, getattr(part, "note", "")) if text]
            print(f"  {part.name:<20} {', '.join(words)}  ({origin})")
