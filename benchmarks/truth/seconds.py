"""What each part of a run costs beside the exam itself, in seconds of processor time: the example company.

One run with every part off that a setting turns off, then the same line with all of them on: the answers of the exam
are kept, so that the second run takes what the parts take. Of parts without a setting it is what they take in the first
run. Seconds are those of this process and its children, as the clock tells little on a shared machine.
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from simulated_exams import Row

import assay
from assay.questions.question import Evidence, Question
from assay.scoring import score_answer
from assay.studies.grid import explaining, grid_result, grid_study

COMPANY = Path(__file__).parents[2] / "examples" / "skerrivald"
CELLS = "none/zero-shot,retrieved/zero-shot,oracle/zero-shot"
OFF = {"first_check": "off", "interventions": 0, "decline": "off"}
ON = {"repeats": 1, "paraphrases": 1}
PARTS: dict[str, tuple[Any, str, str]] = {
    "marks and citations": (grid_result, "_mark_all", "no setting"),
    "first check, eight easy questions": (grid_study, "check_reading", "first_check"),
    "known questions (canary)": (grid_study, "hold_canary", "first_check"),
    "two cells on validation questions": (grid_study, "see_disagreement", "no setting"),
    "check of the question set": (grid_study, "check_exam", "no setting"),
    "asked again to find causes": (explaining, "ask_changed", "interventions"),
    "when to decline": (grid_result, "judge_declining", "decline"),
    "steadiness, once in other batches and once in other words": (grid_result, "ask_again", "repeats, paraphrases"),
}


def section(quick: bool) -> Iterator[Row]:
    """The exam alone, each part, and long answers' claims by the thousand."""
    with tempfile.TemporaryDirectory() as folder:
        rows = _rows(24 if quick else None)
        n = sum(row["split"] == "test" for row in rows)
        before = _spent()
        without = _watched(lambda: _run(rows, Path(folder), OFF))
        alone = _spent() - before - sum(without.values())
        yield f"the exam alone, {n} questions, three cells", f"{alone:.0f} s", "", "-"
        beside = _watched(lambda: _run(rows, Path(folder), ON))
    for name, (_, _, setting) in PARTS.items():
        took = (without if setting == "no setting" else beside).get(name, 0.0)
        yield f"{name} ({setting})", f"{took:.1f} s", "", "-"
    yield "claims of 1,000 long answers (no setting)", f"{_claims():.1f} s", "", "-"


def _rows(most: int | None) -> list[dict[str, Any]]:
    """The questions of the company; at most so many of each split."""
    rows = [json.loads(line) for line in (COMPANY / "questions.jsonl").read_text("utf-8").splitlines()]
    splits = ("train", "validation", "test")
    return [row for split in splits for row in [row for row in rows if row["split"] == split][:most]]


def _run(rows: list[dict[str, Any]], folder: Path, settings: dict[str, Any]) -> None:
    file = folder / "questions.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assay.run(COMPANY / "documents", file, out=folder / "workspace", cells=CELLS, **settings)


def _spent() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _watched(run: Callable[[], None]) -> dict[str, float]:
    """What each part took in a run, by its name."""
    took: dict[str, float] = {}
    for name, (module, function, _) in PARTS.items():
        setattr(module, function, _watch(getattr(module, function), name, took))
    try:
        run()
    finally:
        for module, function, _ in PARTS.values():
            setattr(module, function, getattr(module, function).__wrapped__)
    return took


def _watch(function: Callable[..., Any], name: str, took: dict[str, float]) -> Callable[..., Any]:
    def watched(*args: Any, **named: Any) -> Any:
        before = _spent()
        try:
            return function(*args, **named)
        finally:
            took[name] = took.get(name, 0.0) + _spent() - before

    watched.__wrapped__ = function  # type: ignore[attr-defined]
    return watched


def _claims() -> float:
    """Seconds for a thousand answers of a sentence or more: the hard pairs of both languages, scaled."""
    files = [Path(__file__).with_name(f"sentences_{lang}.jsonl") for lang in ("en", "zh")]
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    pairs = [
        (row["answer"], Question("", row["question"], (row["reference"],), evidence=Evidence(quote=row["evidence"])))
        for row in rows
    ]
    before = _spent()
    for answer, question in pairs:
        score_answer(answer, question)
    return 1000 * (_spent() - before) / len(pairs)
