from dataclasses import replace

import pytest
from tests.report.sample import sample_result

from assay.report import render_report
from assay.report.fitting_line import fitting_line, reranker_tuning_line, reranking_line
from assay.statistics.estimate import Estimate
from assay.verdict.result import RerankerTrial, RetrieverFitting


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
            "即 +5.3（80% 区间：−1.0 至 +8.4） 个百分点。已采用。",
        ),
    ],
)
def test_says_by_how_much(lang: str, line: str) -> None:
    fitting = RetrieverFitting("ranker", 0.702, 0.755, Estimate(0.053, -0.01, 0.084, 96, 90), 96)
    assert fitting_line(fitting, lang) == line


def test_says_nothing_of_an_interval_that_is_not_there() -> None:
    fitting = RetrieverFitting("nothing", 0.7, 0.7, Estimate(0.0, None, None, 20, 1), 20)
    assert "interval" not in fitting_line(fitting, "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_report_has_the_lines(lang: str) -> None:
    result = sample_result()
    assert result.retriever is not None
    assert result.retriever.fitting is not None
    trial = RerankerTrial("likelihood", False, 0.959, 0.932, Estimate(-0.027, -0.071, 0.015, 30, 30), 30)
    both = replace(result, retriever=replace(result.retriever, reranking=trial, reranker_tuning=trial))
    page = render_report(both, lang)
    assert reranker_tuning_line(trial, lang) in page
    assert fitting_line(result.retriever.fitting, lang) in page
    assert reranking_line(trial, lang) in page
    assert reranking_line(trial, lang) not in render_report(result, lang)


def test_says_by_how_much_a_reranker_lost() -> None:
    trial = RerankerTrial("likelihood", False, 0.959, 0.932, Estimate(-0.027, -0.071, 0.015, 30, 30), 30)
    assert reranking_line(trial, "en") == (
        "Re-ranker likelihood judged on 30 questions: nDCG@10 0.959 before, 0.932 after, −2.7 (80% interval −7.1 to "
        "+1.5) points. It does not win by more than noise, so it was left out."
    )
