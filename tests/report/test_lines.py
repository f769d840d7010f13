import dataclasses
import re
from typing import Any

import pytest

from assay.bench.parts import Parts
from assay.grid.cell import all_cells
from assay.report.lines import verdict_lines
from assay.statistics.estimate import Estimate
from assay.studies.grid.shown_grid import show_grid
from assay.verdict.result import (
    BreakEven,
    CellSummary,
    Comparison,
    Cost,
    Diagnosis,
    Gap,
    NextAction,
    RunResult,
    Verdict,
)

RETRIEVAL = Gap("retrieval", "oracle/tuned", "retrieved/tuned", Estimate(0.18, 0.1, 0.26, 100, 18))
CAPABILITY = Gap("capability", "all right", "oracle/tuned", Estimate(0.3, 0.22, 0.39, 100, 18))
ROUTING = Gap("routing", "best cell per question", "retrieved/tuned", Estimate(0.4, -0.1, 0.5, 100, 18))


def summary(cell: str, value: float, prepare_s: float, answer_s: float) -> CellSummary:
    cost = Cost(prepare_s, 0, 0.0, answer_s, None, None, 0, 0.0, 0.0)
    estimate = Estimate(value, value - 0.08, value + 0.08, 130, 18)
    return CellSummary(cell, estimate, None, None, 0.0, 0.0, 0.0, 0, cost)


CELLS = [
    summary("none/zero-shot", 0.004, 0, 0.05),
    summary("retrieved/few-shot", 0.5, 0, 0.4),
    summary("retrieved/tuned", 0.62, 355, 0.15),
    summary("oracle/tuned", 0.9, 355, 0.15),
]
VERDICT = Verdict(
    "decided",
    "retrieved/tuned",
    "retrieved/tuned",
    0.05,
    [],
    None,
    NextAction("bigger_model", "capability", CAPABILITY.estimate),
    [BreakEven("retrieved/tuned", "retrieved/few-shot", 1420)],
)


def result(**changes: Any) -> RunResult:
    verdict = dataclasses.replace(VERDICT, **changes.pop("verdict", {}))
    values: dict[str, Any] = {
        "run_id": "r",
        "created": "2025-01-01T00:00:00+00:00",
        "title": "docs",
        "base": "m",
        "engine": "e",
        "counts": {},
        "detectable_difference": 0.1,
        "skipped_files": [],
        "left_out": {},
        "warnings": [],
        "cells": CELLS,
        "comparisons": [
            Comparison("retrieved/tuned", "retrieved/few-shot", Estimate(0.12, 0.05, 0.19, 130, 18), 0.001, 0.002)
        ],
        "retriever": None,
        "diagnosis": Diagnosis(
            [RETRIEVAL, CAPABILITY, ROUTING], [], 100, 30, {}, ["capability", "retrieval", "routing"]
        ),
        "verdict": verdict,
        "questions": [],
        "passages": {},
        "training": [],
        "settings": {"volume": 10_000, "generalise": "questions"},
        **show_grid(all_cells(Parts()), Parts()),
    }
    return RunResult(**(values | changes))


def test_decided_in_english() -> None:
    assert verdict_lines(result(), "en") == [
        "What to do: use hybrid: RAG + fine-tuning.",
        "How sure: hybrid: RAG + fine-tuning answers 62% of 130 questions right (95% interval 54% to 70%). "
        "RAG + examples: 12 points fewer (interval 5 to 19). Intervals are about new questions on these documents.",
        "Why answers fail: 30 points capability (too hard for this model even with the right page), "
        "18 points retrieval (the right page is not found, or lost among others).",
        "What next: try a bigger base model. At most 30 points to be won there (interval 22 to 39).",
        "What it costs: 5.9 minutes to prepare once, 0.15 s an answer. "
        "It costs less than RAG + examples from 1,420 answers on.",
    ]


def test_decided_in_chinese() -> None:
    assert verdict_lines(result(), "zh") == [
        "怎么做：采用“混合：RAG + 微调”。",
        "把握多大：“混合：RAG + 微调”在 130 道题中答对 62%（95% 区间为 54% 至 70%）。"
        "“RAG + 示例”：少 12 个百分点（区间为 5 至 19）。区间针对的是：就这些文档提出新的问题。",
        "为什么答错：能力占 30 个百分点（即使给出正确页面，对这个模型仍然太难）；"
        "检索占 18 个百分点（正确的页面没有找到，或被其他页面淹没）。",
        "下一步：换用更大的基础模型。最多可再提高 30 个百分点（区间为 22 至 39）。",
        "成本：一次性准备 5.9 分钟，每个回答 0.15 秒。从第 1,420 个回答起，它比“RAG + 示例”更省。",
    ]


def test_cannot_tell_is_said_plainly() -> None:
    verdict = {"kind": "cannot_tell", "undecided": ["none/tuned", "retrieved/few-shot"], "more_questions": 350}
    english, chinese = verdict_lines(result(verdict=verdict), "en")[0], verdict_lines(result(verdict=verdict), "zh")[0]
    assert english == (
        "What to do: cannot tell yet between fine-tuning, RAG + examples (0.40 s an answer, nothing to prepare) and "
        "hybrid: RAG + fine-tuning (0.15 s an answer, 5.9 minutes to prepare). Best guess: hybrid: RAG + fine-tuning. "
        "About 350 more questions would tell."
    )
    assert chinese == (
        "怎么做：在“微调”、“RAG + 示例”（每个回答 0.40 秒，无需准备）和“混合：RAG + 微调”（每个回答 0.15 秒，"
        "一次性准备 5.9 分钟）之间尚不能断定。目前的最佳猜测：“混合：RAG + 微调”。大约再有 350 道题就能断定。"
    )
    most = result(verdict=verdict | {"more_questions": 5000})
    assert "More than 5,000" in verdict_lines(most, "en")[0]
    assert "More questions" in verdict_lines(result(verdict=verdict | {"more_questions": None}), "en")[0]


def test_what_the_intervals_are_about_is_said_and_of_old_results_too() -> None:
    verdict = {"kind": "cannot_tell", "undecided": ["retrieved/few-shot"], "more_questions": None}
    wide, old = ({"generalise": "documents"}, {})
    for settings in (wide, old):
        lines = verdict_lines(result(verdict=verdict, settings=settings), "en")
        assert "Questions about more documents would tell." in lines[0]
        assert lines[1].endswith("Intervals are about questions on other documents, too.")


def test_a_cell_that_left_questions_unanswered_is_named_with_its_bounds() -> None:
    failed = dataclasses.replace(CELLS[1], n_failed=40, bounds=(0.35, 0.66))
    verdict = {"kind": "cannot_tell", "undecided": ["retrieved/few-shot"], "unanswered": ["retrieved/few-shot"]}
    lines = verdict_lines(result(cells=[CELLS[0], failed, *CELLS[2:]], verdict=verdict), "en")
    assert "First see to it that what has no mark gets one" in lines[0]
    assert lines[1].startswith("Unmarked: 40 of 0 questions to RAG + examples have no mark, for want of an answer or")
    assert lines[1].endswith("is 35% if these are all wrong, 66% if they are all right.")


def test_none_works_and_cheaper_than_the_best() -> None:
    assert "none of these" in verdict_lines(result(verdict={"kind": "none_works"}), "en")[0]
    cheaper = verdict_lines(result(verdict={"cell": "retrieved/few-shot"}), "en")
    assert cheaper[0].endswith("as good to within 5 points.")
    assert "Hybrid: RAG + fine-tuning: 12 points more (interval 5 to 19)" in cheaper[1]
    assert cheaper[4].endswith("From 1,420 answers on, hybrid: RAG + fine-tuning costs less.")


def test_what_was_not_measured_is_said() -> None:
    bare = result(
        diagnosis=Diagnosis([], [], 0, 130, {}),
        comparisons=[],
        cells=CELLS[2:3],
        verdict={"next_action": NextAction("none", None, None), "break_even": []},
    )
    lines = verdict_lines(bare, "en")
    assert lines[1].count(".") == 2 and "not known" in lines[2]
    assert lines[3] == "What next: nothing: no change promises a gain worth the work."


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", ["decided", "cannot_tell", "none_works"])
@pytest.mark.parametrize("cell", ["none/zero-shot", "retrieved/few-shot", "retrieved/tuned"])
def test_always_five_lines_without_holes(kind: str, cell: str, lang: str) -> None:
    lines = verdict_lines(result(verdict={"kind": kind, "cell": cell, "undecided": ["none/tuned"]}), lang)
    assert len(lines) == 5
    assert all(line and "\n" not in line and not re.search(r"[{}]|None|nan", line) for line in lines)
