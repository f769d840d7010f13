"""What counts as changed, and as the new way."""

from dataclasses import replace

import pytest

from assay.bench.parts import Parts
from assay.grid.cell import all_cells, parse_cell
from assay.questions.question import Evidence, Question, QuestionSet
from assay.studies.drill.changes import after_change, check_changes, may_have_changed
from assay.studies.drill.drill_judging import outcome
from assay.studies.drill.ways import ways_of

_WEEK = Question("week", "How long is a week?", ("35 hours",), evidence=Evidence("a.md", None, "has 35 hours"))
_CHANGED = replace(_WEEK, new_answers=("30 hours",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("30 hours.", "new"),
        ("It is 35 hours.", "old"),
        ("28 hours", "other"),
        ("35 hours or 30 hours", "other"),
        ("I don't know.", "other"),
        (None, "failed"),
    ],
)
def test_outcomes(text: str | None, found: str) -> None:
    (new,) = after_change(QuestionSet((_CHANGED,), "q.csv", "")).questions
    assert outcome(text, _CHANGED, new) == found


def test_a_question_without_an_answer_may_get_one() -> None:
    old = Question("day", "When is the party?", (), answerable=False, new_answers=("9 May",))
    asked = QuestionSet((old,), "q.csv", "")
    check_changes(asked)
    (new,) = after_change(asked).questions
    assert [outcome(text, old, new) for text in ("I don't know.", "On 9 May")] == ["old", "new"]


def test_a_forgotten_paraphrase_is_found() -> None:
    paraphrase = replace(_WEEK, id="again", text="How many hours has a week?", origin="paraphrased")
    other = replace(_WEEK, id="lunch", answers=("EUR 4",))  # the same sentence, another fact
    assert may_have_changed((_CHANGED, paraphrase, other)) == ["again"]


def test_every_cell_in_service_has_a_way_that_renews_what_it_was_taught() -> None:
    last = {str(cell): ways_of(cell)[-1] for cell in all_cells(Parts()) if cell.can_be_served}
    assert last == {
        "none/zero-shot": "nothing",
        "none/few-shot": "examples",
        "none/tuned": "retrain",
        "retrieved/zero-shot": "sync",
        "retrieved/few-shot": "sync+examples",
        "retrieved/tuned": "sync+retrain",
    }
    assert ways_of(parse_cell("adaptive/tuned-dora", Parts())) == ("sync", "sync+retrain")
