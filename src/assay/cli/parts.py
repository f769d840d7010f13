"""assay parts: what rows, columns, tasks, scorers and search steps there are, and where they come from."""

from typing import Annotated

import typer

from assay.cli.options import Language, PartFiles, spoken_language

__all__ = ["parts"]


def parts(
    files: Annotated[list[str] | None, typer.Argument(help="Python files or packages with parts of your own.")] = None,
    named: PartFiles = None,
    lang: Language = None,
) -> None:
    """List the parts that are known, built in or of your own, and where they come from."""
    from assay.studies.known_parts import known_parts
    from assay.words import message, spoken

    lang = spoken_language(lang)
    by_kind, known = known_parts([*(files or []), *(named or [])])
    places = {id(one.part): f"{one.file}:{one.line}" for one in known.outside}
    for kind, found in by_kind.items():
        print(message(f"parts.{kind}", lang))
        for part in found:
            origin = places.get(id(part)) or message("parts.built_in", lang)
            texts = (getattr(part, "title", ""), getattr(part, "note", ""))
            print(f"  {part.name:<20} {', '.join(spoken(text, lang) for text in texts if text)}  ({origin})")
