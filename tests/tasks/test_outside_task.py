"""Tasks from outside that are lacking, with scripted replies; what keys depend on."""

from dataclasses import replace
from pathlib import Path

import pytest

from assay.errors import InputError
from assay.models import ScriptedModel
from assay.settings import Settings
from assay.studies.labels.label_exam import build_label_exam
from assay.studies.labels.label_study import label
from assay.tasks import choose_tasks
from assay.tasks.entities import ENTITIES
from assay.tasks.labels import LABELS
from command import call_assay

_PART = """
from dataclasses import replace
from assay.tasks.labels import LABELS, read_label

def read(reply, text, names):
    if "fruit" in reply:
        raise RuntimeError("what a fruit")
    return {reader}(reply, text, names)

KINDS = replace(
    LABELS,
    name="kinds",
    place=3,
    read=read,
    right="kinds right",
    metric={{"en": "F1 of kinds"}},
    announcement="{{asked}} asked",
)
"""


def _part(folder: Path, reader: str = "read_label") -> str:
    (folder / "kinds.py").write_text(_PART.format(reader=reader))
    return str(folder / "kinds.py")


def test_a_task_that_raises_costs_the_way_and_the_run_goes_on(table: Path, tmp_path: Path) -> None:
    """Without examples the reply is about fruit, with them it is the label of the last, never fruit here."""
    rows = table.read_text().replace("fruit", "berry")
    (tmp_path / "texts.csv").write_text(rows)
    model = ScriptedModel(lambda turns: turns[-2].content if len(turns) > 1 else "fruit")
    done = label(
        tmp_path / "texts.csv",
        task="kinds",
        out=tmp_path / "ws",
        cells="none/zero-shot,retrieved/zero-shot",
        model=model,
        parts=[_part(tmp_path)],
        lang="zh",
    )
    assert [way.way for way in done.result.ways] == ["retrieved/zero-shot"]
    assert done.result.left_out["none/zero-shot"].endswith("RuntimeError: what a fruit")
    assert "kinds.py:7" in done.result.left_out["none/zero-shot"]
    assert "kinds right" in done.report.read_text("utf-8")  # English where there is no Chinese
    assert "F1 of kinds" in done.outcome.lines[1]


def test_a_name_that_is_none_is_no_reply(table: Path, tmp_path: Path) -> None:
    part = _part(tmp_path, "(lambda *asked: frozenset(['nut']))")
    model = ScriptedModel(lambda turns: "tool")
    with pytest.raises(InputError, match='read "nut" in a reply, which is none of animal, fruit, tool'):
        label(table, task="kinds", out=tmp_path / "ws", cells="none/zero-shot", model=model, parts=[part])


def test_another_code_is_another_exam(table: Path) -> None:
    keys = set()
    for task in (LABELS, replace(LABELS, code="a"), replace(LABELS, code="b")):
        exam = build_label_exam(table, {task.name: task}, Settings())
        keys |= {exam.key, exam.asked_key, exam.learnt_key}
    assert len(keys) == 9


def test_a_file_and_a_name_that_no_task_knows_are_told(table: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match='unknown task "emotions": choose of labels, entities'):
        choose_tasks("emotions", {"labels": LABELS, "entities": ENTITIES})
    (tmp_path / "x.csv").write_text("text,mood\nhello,good\n")
    for args, said in (
        (["x.csv"], "there is no column label, labels, entities or tokens; it has text, mood"),
        (["x.csv", "--task", "labels"], "row 2: there is no label"),
        (
            [str(table), "--task", "emotions"],
            "choose of labels, multi-label, entities, or name its file (--parts FILE)",
        ),
    ):
        done = call_assay("label", *args, cwd=tmp_path)
        assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
