"""What the lines of labels say of few texts, of chance and of what was left unanswered."""

from dataclasses import replace

import pytest
from tests.report.test_label_page import make_result

from assay.report.label_lines import label_lines
from assay.verdict.label_result import LabelResult

CHOSEN = "none/tuned-encoder"


def changed(result: LabelResult, **verdict: object) -> LabelResult:
    return replace(result, verdict=replace(result.verdict, **verdict))


def with_chosen(**values: object) -> LabelResult:
    result = make_result()
    return replace(result, ways=[replace(way, **values) if way.way == CHOSEN else way for way in result.ways])


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "no interval: fewer than 5 texts a label"), ("zh", "无区间：每个类别不足 5 条文本")]
)
def test_why_a_macro_f1_has_no_interval_is_said_in_its_place(lang: str, said: str) -> None:
    chosen = next(way for way in make_result().ways if way.way == CHOSEN)
    bare = replace(chosen.f1, low=None, high=None)
    assert said in label_lines(with_chosen(f1=bare), lang)[1]
    assert said not in label_lines(make_result(), lang)[1]


def test_a_calibration_error_stands_beside_what_chance_gives() -> None:
    chosen = next(way for way in make_result().ways if way.way == CHOSEN)
    assert chosen.calibration is not None
    told = label_lines(with_chosen(calibration=replace(chosen.calibration, chance=0.05)), "en")
    assert any("off by 12 points" in line and "chance alone gives 5" in line for line in told)
    assert any(line.endswith("that is right, on average.") for line in label_lines(make_result(), "en"))  # of before


def test_a_way_that_left_texts_unanswered_is_named_with_its_bounds() -> None:
    result = changed(with_chosen(n_failed=25), unanswered=[CHOSEN])
    line = label_lines(result, "en")[1]
    # .9 of 100 texts right: 90 of 125 if the 25 are wrong, 115 of 125 if they are right
    assert "left 25 of 125 texts without an answer" in line
    assert line.endswith("With all of these wrong, 72% would be right; with all of them right, 92%.")


def test_cannot_tell_names_both_ways_and_what_they_cost() -> None:
    result = changed(make_result(), kind="cannot_tell", undecided=["none/tuned"], more_questions=300)
    (first, *_) = label_lines(result, "en")
    assert first.startswith("What to do: cannot tell yet between ")
    assert first.count("to prepare)") == 2 and first.endswith("About 300 more labelled texts would tell.")
