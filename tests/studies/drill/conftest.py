"""A tiny company whose documents change: two working weeks, one of a training question, and a lunch that is dropped."""

import json
import shutil
from pathlib import Path

import pytest

_HOURS = {"osk": ("35", "30"), "bruma": ("38", "33")}  # the first is trained on, the second is asked in the test


@pytest.fixture
def change(company: tuple[Path, Path]) -> tuple[Path, Path, Path]:
    """Questions with new answers, the documents before, and the documents after."""
    return write_change(*company)


@pytest.fixture(scope="module")
def shared_change(shared_company: tuple[Path, Path]) -> tuple[Path, Path, Path]:
    """See `change`; one for a module, not to be written to."""
    return write_change(*shared_company)


def write_change(documents: Path, questions: Path) -> tuple[Path, Path, Path]:
    """See `change`."""
    after = documents.with_name("after")
    shutil.copytree(documents, after)
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    for town, (old, new) in _HOURS.items():
        file = after / f"{town}.md"
        file.write_text(file.read_text().replace(f"{old} hours", f"{new} hours"))
        next(row for row in rows if row["answers"] == [f"{old} hours"])["new_answer"] = [f"{new} hours", new]
    noctua = after / "noctua.md"
    noctua.write_text(noctua.read_text().split("## Lunch")[0])
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return questions, documents, after
