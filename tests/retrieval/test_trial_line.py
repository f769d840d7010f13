from dataclasses import replace

import pytest
from tests.report.sample import FITTED, sample_result

from assay.report import render_report
from assay.retrieval.gain import Gain
from assay.retrieval.steps.in_force import VERSIONS
from assay.retrieval.steps.ranker_fitting import FITTING
from assay.retrieval.steps.reranker_tuning import RERANKER_TUNING
from assay.retrieval.steps.reranking import RERANKING
from assay.statistics.estimate import Estimate
from assay.verdict.result import TriedStep

TRIAL = Gain(False, 0.959, 0.932, Estimate(-0.027, -0.071, 0.015, 30, 30), 30, "likelihood")


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        (
            "en",
            "Search fitted to 96 questions, each judged by a fit without it: a ranker lifts nDCG@10 from 0.702 to "
            "0.755, by +5.3 (80% interval −1.0 to +8.4) points. Kept.",
        ),
        (
            "zh",
            "检索已按 96 道题调整，每道题都由不含该题的模型评判：排序模型把 nDCG@10 从 0.702 提高到 0.755，"
            "变化（百分点）：+5.3（80% 区间：−1.0 至 +8.4）。已采用。",
        ),
    ],
)
def test_says_by_how_much(lang: str, line: str) -> None:
    fitting = Gain(True, 0.702, 0.755, Estimate(0.053, -0.01, 0.084, 96, 90), 96, "ranker")
    assert FITTING.say(fitting, lang) == FITTING.lines(fitting)[lang] == line


def test_says_nothing_of_an_interval_that_is_not_there() -> None:
    fitting = Gain(False, 0.7, 0.7, Estimate(0.0, None, None, 20, 1), 20, "ranker")
    assert "interval" not in FITTING.say(fitting, "en")


def test_says_nothing_where_nothing_was_tried() -> None:
    assert [step.lines(None) for step in (VERSIONS, FITTING, RERANKING)] == [{}, {}, {}]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_has_the_lines(lang: str) -> None:
    result = sample_result()
    assert result.retriever is not None
    more = [TriedStep(step.name, step.lines(TRIAL), kept=False) for step in (RERANKING, RERANKER_TUNING)]
    both = replace(result, retriever=replace(result.retriever, tried=[*result.retriever.tried, *more]))
    page = render_report(both, lang)
    assert RERANKER_TUNING.say(TRIAL, lang) in page
    assert FITTED[lang] in page
    assert RERANKING.say(TRIAL, lang) in page
    assert RERANKING.say(TRIAL, lang) not in render_report(result, lang)


def test_a_line_that_is_not_there_in_a_language_is_said_in_english() -> None:
    result = sample_result()
    assert result.retriever is not None
    outside = TriedStep("newer", {"en": "newer passages first"})
    page = render_report(replace(result, retriever=replace(result.retriever, tried=[outside])), "zh")
    assert "newer passages first" in page


def test_says_by_how_much_a_reranker_lost() -> None:
    assert RERANKING.say(TRIAL, "en") == (
        "Re-ranker likelihood judged on 30 questions: nDCG@10 0.959 before, 0.932 after, −2.7 (80% interval −7.1 to "
        "+1.5) points. It does not win by more than noise, so it was left out."
    )
