"""What labels said without looking get right, by hand; and results from before it was told."""

import json
from pathlib import Path

import pytest
from tests.report.test_label_page import make_result

from assay.labelled.labelled_text import LabelledSet, LabelledText
from assay.report.label_lines import label_lines
from assay.report.label_page import render_label_report
from assay.studies.labels.label_exam import LabelExam
from assay.studies.labels.label_judging import weigh_guessing
from assay.tasks import Task
from assay.tasks.entities import ENTITIES
from assay.tasks.labels import LABELS
from assay.verdict.label_result import Guessing, LabelResult
from assay.verdict.stored import load_result, save_result


def _exam(train: str, test: str, task: Task = LABELS) -> LabelExam:
    """A text for each letter, which is its label."""
    learnt = [LabelledText(f"l{n}", f"text {n}", label, split="train") for n, label in enumerate(train)]
    asked = tuple(LabelledText(f"t{n}", f"text {n}", label, split="test") for n, label in enumerate(test))
    return LabelExam("letters", "en", task, LabelledSet(task.name, (*learnt, *asked), "", ""), asked)


def test_the_commonest_label_of_the_training_texts_and_chance() -> None:
    # "a" is 5 of 8 training texts and 2 of 10 test texts; chance 5/8·2/10 + 2/8·7/10 + 1/8·1/10 = 25/80
    found = weigh_guessing(_exam("aaaaabbc", "aabbbbbbbc"))
    assert found == Guessing("a", pytest.approx(0.2), pytest.approx(25 / 80))


def test_a_test_label_that_was_never_learnt_is_never_guessed() -> None:
    assert weigh_guessing(_exam("ab", "zzzz")) == Guessing("a", 0.0, 0.0)


def test_entities_have_no_commonest_label() -> None:
    assert weigh_guessing(_exam("aab", "ab", ENTITIES)) is None


def test_lines_and_page_tell_it_in_both_languages() -> None:
    result = make_result()
    result = LabelResult(**{**vars(result), "guessing": Guessing("complaint", 0.914, 0.84)})
    english, chinese = label_lines(result, "en")[2], label_lines(result, "zh")[2]
    assert english == (
        'Without looking: always saying "complaint" is right in 91%, '
        "guessing by the shares of the training texts in 84%."
    )
    assert "complaint" in chinese and "91%" in chinese and "84%" in chinese
    assert "Without looking" in render_label_report(result, "en")


def test_a_result_from_before_still_opens(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    save_result(make_result(), file)
    kept = json.loads(file.read_text("utf-8"))
    del kept["guessing"], kept["learning"]
    file.write_text(json.dumps(kept))
    result = load_result(LabelResult, file)
    assert result.guessing is None and len(label_lines(result, "en")) == 4
