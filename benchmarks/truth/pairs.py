"""How far marks of short answers agree with people's, on the pairs beside this file: by half, language and kind."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from simulated_exams import Row, met, percent

from assay.questions.question import Evidence, Question
from assay.scoring import score_answer

SETS = ("usual3", "usual2", "usual", "siblings", "short")  # the first is the one that nobody has read
HALVES = ("open", "held")
AGREEMENT = {"usual3": 0.94, "usual2": 0.94, "usual": 0.94, "siblings": 0.95, "short": 0.95}  # of each set
# how often a wrong answer may be right
WRONGLY_RIGHT = {"usual3": 0.01, "usual2": 0.01, "usual": 0.01, "siblings": 0.02, "short": 0.02}
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def section(quick: bool) -> Iterator[Row]:
    """Each file by half and language, then every kind of it; `quick` leaves the kinds out."""
    for name in _names():
        for half in HALVES:
            for lang in ("en", "zh"):
                rows = [row for row in _rows(name) if row["half"] == half and _language(row) == lang]
                if rows:
                    yield _told(name, f"{name}, {half}, {lang}", rows)
    for name in _names() if not quick else ():
        for kind, _ in Counter(row["kind"] for row in _rows(name)).most_common():
            yield _told(name, f"{name}, {kind}", [row for row in _rows(name) if row["kind"] == kind])


def _names() -> list[str]:
    """The files of each set that lie beside this one: usual3_en of usual3; siblings has both languages."""
    here = Path(__file__).parent
    return [
        path.stem
        for name in SETS
        for path in sorted(here.glob(f"{name}.jsonl")) + sorted(here.glob(f"{name}_??.jsonl"))
    ]


@cache
def _rows(name: str) -> Sequence[dict]:
    text = Path(__file__).with_name(f"{name}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _language(row: dict) -> str:
    return "zh" if _CHINESE.search(row["question"]) else "en"


def _marked(row: dict) -> bool:
    """Whether the answer is marked right, where the question has its evidence as quote."""
    evidence = Evidence(quote=row["evidence"]) if row["evidence"] else None
    accepted = tuple(row["accepted"])
    question = Question(row["id"], row["question"], accepted, answerable=bool(accepted), evidence=evidence)
    return score_answer(row["answer"], question).correct is True


def _told(name: str, setting: str, rows: Sequence[dict]) -> Row:
    marks = [(_marked(row), row["right"]) for row in rows]
    agree = sum(mark == right for mark, right in marks)
    wrongly_right = sum(mark and not right for mark, right in marks)
    wrongly_wrong = len(rows) - agree - wrongly_right
    told = f"{percent(agree / len(rows))}, wrongly right {wrongly_right}, wrongly wrong {wrongly_wrong}"
    least, most = (goals[name.split("_")[0]] for goals in (AGREEMENT, WRONGLY_RIGHT))
    is_met = agree >= least * len(rows) and wrongly_right <= most * len(rows)
    return f"{setting}: {len(rows)}", told, f"{least:.0%}, wrongly right at most {most:.0%}", met(is_met)
