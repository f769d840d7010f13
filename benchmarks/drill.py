"""Seconds to correct 30 changed facts, cell by cell: python benchmarks/drill.py --out WORKSPACE [--set NAME=VALUE]

Changes 30 facts of the example company by rule, half of them asked in training and half in the test: an answer is
exchanged for another of its kind (`assay.probes`) in the one line of the document that holds it, and the document is
rendered again. Then runs the drill and prints the table for drill.md. Stopped, the same line goes on.
"""

import argparse
import csv
import importlib.util
import json
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from company import COMPANY, read_questions

from assay.cli.console import Console
from assay.cli.options import parse_pairs
from assay.corpus.document import Passage
from assay.probes.contradiction import contradict
from assay.questions.question import Evidence, Question
from assay.report.drill_lines import drill_lines, drill_table
from assay.scoring import score_answer
from assay.studies.drill.drill_study import drill_update
from assay.verdict.drill_result import DrillResult

SOURCES = COMPANY / "sources"
_CELLS = "none/zero-shot,none/tuned,retrieved/zero-shot,retrieved/tuned"
_OF_EACH = 15  # facts asked in training, and as many asked in the test

Row = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path(".assay-drill"))
    parser.add_argument("--cells", default=_CELLS)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="any setting of a run")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    questions, old, new = change_facts(options.out / "changed", np.random.default_rng(0))
    settings: dict[str, Any] = parse_pairs(options.set)
    with Console() as console:
        done = drill_update(questions, old, new, out=options.out, cells=options.cells, progress=console, **settings)
    print(render(done.result))


def change_facts(folder: Path, rng: np.random.Generator) -> tuple[Path, Path, Path]:
    """The questions with their new answers, the documents as they are, and the changed documents."""
    render_script = _load_render()
    company = render_script.load_company(SOURCES)
    with (SOURCES / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["document"]: row for row in csv.DictReader(file) if row["source"].endswith(".md")}
    texts = {document: render_script.fill_source(row, SOURCES).splitlines() for document, row in rows.items()}
    asked = read_questions()
    changed = _exchange(asked, texts, rng)
    new = folder / "documents"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(COMPANY / "documents", new)
    for document in {row["document"] for row in asked if row["id"] in changed}:
        text = render_script.parse_text("\n".join(texts[document]), company)
        (new / document).write_bytes(render_script.RENDERERS[Path(document).suffix](text))
    written = [row | {"new_answer": changed.get(row["id"], [])} for row in asked]
    questions = folder / "questions.jsonl"
    questions.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in written), encoding="utf-8")
    return questions, COMPANY / "documents", new


def _exchange(asked: Sequence[Row], texts: dict[str, list[str]], rng: np.random.Generator) -> dict[str, list[str]]:
    """Question id -> new answers; the lines of `texts` are changed. No line changes twice, and no other question's."""
    changed: dict[str, list[str]] = {}
    wanted = {"train": _OF_EACH, "test": _OF_EACH}
    touched: set[tuple[str, int]] = set()
    for place in rng.permutation(len(asked)):
        row = asked[place]
        lines = texts.get(row["document"], [])
        number = _line_of(row, lines)
        if not wanted.get(row["split"]) or number is None or (row["document"], number) in touched:
            continue
        line = Passage("line", row["document"], None, "", lines[number])
        probe = contradict(_question(row), line, rng)
        if probe is None or probe.passage is None or not _spares(probe.passage.text, row, number, asked, lines):
            continue
        lines[number] = probe.passage.text
        touched.add((row["document"], number))
        wanted[row["split"]] -= 1
        changed[row["id"]] = list(probe.question.answers)
    if any(wanted.values()):
        raise SystemExit(f"too few facts can be exchanged: {wanted} are missing")
    return changed


def _spares(text: str, row: Row, number: int, asked: Sequence[Row], lines: Sequence[str]) -> bool:
    """Whether every other question that rests on this line is still answered by it."""
    return all(
        score_answer(text, _question(other)).reason in ("contains_answer", "equal_number", "contradicted")
        for other in asked
        if other["id"] != row["id"] and other["document"] == row["document"] and _line_of(other, lines) == number
    )


def _line_of(row: Row, lines: Sequence[str]) -> int | None:
    """The one line of a document's text that holds a question's quote."""
    quote = _plain(row["quote"] or "")
    found = [number for number, line in enumerate(lines) if quote and quote in _plain(line)]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[|\\]", " ", text).split())


def _question(row: Row) -> Question:
    evidence = Evidence(row["document"], None, row["quote"])
    return Question(row["id"], row["question"], tuple(row["answers"]), row["answerable"], evidence)


def _load_render() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_render", COMPANY.parent / "render.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def render(result: DrillResult) -> str:
    head, rows = drill_table(result, "en")
    lines = [f"{result.base}, {result.engine}; {result.created[:10]}.", ""]
    lines += ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, "", *(f"- {line}" for line in drill_lines(result, "en")), *result.warnings])


if __name__ == "__main__":
    main()
