"""assay questions check: what is wrong with a question file, and a copy without it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assay.cli.options import Encoder, Pairs, SpokenLanguage, parse_pairs

if TYPE_CHECKING:
    from assay.checking import Finding
    from assay.questions import QuestionSet

__all__ = ["check"]

_SHOWN = 20  # of each kind
_LONGEST = 70  # characters of a question


def check(
    file: Annotated[Path, typer.Argument(help="The questions: JSONL, JSON, YAML, CSV or XLSX.")],
    docs: Annotated[Path | None, typer.Option(help="The documents, to look up the evidence in them.")] = None,
    clean: Annotated[
        Path | None, typer.Option(help="Write a copy without what is wrong, and beside it what was removed and why.")
    ] = None,
    encoder: Encoder = None,
    lang: SpokenLanguage = None,
    set_: Pairs = None,
) -> None:
    """Look for doubles across splits, contradictions, missing evidence, personal data, odd lengths and languages."""
    from assay.drafting.checked_file import check_file
    from assay.questions.reading_lines import reading_lines
    from assay.questions.writing import TABLES, check_target
    from assay.settings import load_settings
    from assay.words import message

    flags: dict[str, Any] = {"encoder": encoder, "lang": lang} | parse_pairs(set_ or [])
    settings = load_settings(flags, environ=os.environ)
    if clean is not None:
        check_target(clean, TABLES)
        check_target(_beside(clean), TABLES)
    done = check_file(file, docs, **flags)
    asked, findings = done.questions, done.findings
    if done.words_only is not None:
        print(done.words_only)
    n = len(asked.questions)
    if findings:
        print(message("check.found", settings.lang, n=n, found=len(findings)))
    else:
        print(message("check.nothing", settings.lang, n=n))
    for line in [*reading_lines(asked.reading, settings.lang), *_describe(asked, findings, settings.lang)]:
        print(line)
    if clean is not None:
        for line in _write_clean(asked, findings, clean, settings.lang):
            print(line)


def _describe(asked: "QuestionSet", findings: list["Finding"], lang: str) -> list[str]:
    """By kind, at most twenty of each."""
    from assay.words import message

    texts = {question.id: question.text for question in asked.questions}
    lines = []
    for kind in dict.fromkeys(finding.kind for finding in findings):
        same = [finding for finding in findings if finding.kind == kind]
        lines.append(f"{len(same)} {message(f'kind.{kind}', lang)}")
        lines += [f"  {one.question}: {_say(one, lang)} | {_short(texts[one.question])}" for one in same[:_SHOWN]]
        if len(same) > _SHOWN:
            lines.append(message("check.more", lang, n=len(same) - _SHOWN))
    return lines


def _write_clean(asked: "QuestionSet", findings: list["Finding"], clean: Path, lang: str) -> list[str]:
    from assay.checking import REMOVED
    from assay.questions.writing import write_questions
    from assay.words import message

    reasons: dict[str, list[str]] = {}
    for finding in findings:
        if finding.kind in REMOVED:
            reasons.setdefault(finding.question, []).append(_say(finding, lang))
    kept = [question for question in asked.questions if question.id not in reasons]
    removed = [question for question in asked.questions if question.id in reasons]
    write_questions(kept, clean)
    write_questions(removed, _beside(clean), {id: "; ".join(said) for id, said in reasons.items()})
    said = message("check.clean", lang, path=clean, kept=len(kept), removed=len(removed), removed_path=_beside(clean))
    stays = dict.fromkeys(message(f"kind.{one.kind}", lang) for one in findings if one.kind not in REMOVED)
    return [said, *([message("check.stays", lang, kinds=message("list.comma", lang).join(stays))] if stays else [])]


def _beside(clean: Path) -> Path:
    """Where what was removed is written."""
    return clean.with_name(f"{clean.stem}.removed{clean.suffix}")


def _say(finding: "Finding", lang: str) -> str:
    from assay.words import message

    values = {name: _short(value) for name, value in finding.values.items()}
    if finding.kind == "personal_data":
        values = {"found": message(f"personal.{values['kind']}", lang, text=values["text"])}
    kind = f"length.{values.pop('what')}" if finding.kind == "length" else finding.kind
    return message(f"finding.{kind}", lang, other=finding.other, **values)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 3] + "..."
