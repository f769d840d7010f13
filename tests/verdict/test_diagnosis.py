"""Gaps are held against grids small enough to count by hand."""

import numpy as np
import pytest

from assay.bench.parts import Parts
from assay.grid.cell import Cell, parse_cell
from assay.statistics.sampling import over_documents, over_questions
from assay.verdict.diagnosis import diagnose
from assay.verdict.result import Diagnosis
from assay.verdict.routing import routing_gap

# eight questions on four documents; the last has no evidence
IDS = [f"q{i}" for i in range(8)]
CLUSTERS = ["a", "a", "b", "b", "c", "c", "d", "d"]
BY_DOCUMENT = over_documents(CLUSTERS)
EVIDENCE = np.array([True] * 7 + [False])
GRID = {
    "none/zero-shot": [1, 0, 0, 0, 0, 0, 0, 0],
    "none/tuned": [0, 0, 0, 0, 0, 0, 0, 0],
    "retrieved/zero-shot": [1, 1, 0, 0, 0, 0, 0, 1],
    "retrieved/tuned": [1, 1, 1, 0, 0, 0, np.nan, 0],
    "oracle/zero-shot": [1, 1, 0, 1, 1, 0, 0, 1],
    "oracle/tuned": [1, 1, 1, 1, 0, 0, 1, 1],
}


def cell(name: str) -> Cell:
    return parse_cell(name, Parts())


def diagnosis_of(recommended: str, without: tuple[str, ...] = ()) -> Diagnosis:
    scores = {cell(name): np.array(values, dtype=float) for name, values in GRID.items() if name not in without}
    return diagnose(scores, IDS, BY_DOCUMENT, EVIDENCE, cell(recommended), 0)


def gaps_of(diagnosis: Diagnosis) -> dict[str, float]:
    return {gap.name: gap.estimate.value for gap in diagnosis.gaps}


def test_gaps_by_hand() -> None:
    diagnosis = diagnosis_of("retrieved/tuned")
    # over q0..q6: oracle/tuned 5, none/tuned 0, oracle/zero-shot 4 right of 7
    # retrieval over the six that retrieved/tuned has scored: oracle/tuned 4, retrieved/tuned 3
    gaps = gaps_of(diagnosis)
    assert {name: gap for name, gap in gaps.items() if name != "routing"} == pytest.approx(
        {"knowledge": 5 / 7, "retrieval": 1 / 6, "behaviour": 1 / 7, "capability": 2 / 7}
    )
    assert (diagnosis.n_questions, diagnosis.n_without_evidence) == (7, 1)


def test_waterfall_by_hand_sums_to_one() -> None:
    steps = diagnosis_of("retrieved/tuned").waterfall
    assert [step.name for step in steps] == ["base", "reading", "retrieval", "behaviour", "capability"]
    assert [step.value for step in steps] == pytest.approx([1 / 7, 1 / 7, 2 / 7, 1 / 7, 2 / 7])
    assert sum(step.value for step in steps) == pytest.approx(1.0)


def test_what_retrieval_loses_is_parted_by_what_stood_in_the_prompt() -> None:
    scores = {cell(name): np.array(values, dtype=float) for name, values in GRID.items()}
    read = {cell("retrieved/zero-shot"): np.array([True, True, True, True, False, False, False, False])}
    steps = diagnose(scores, IDS, BY_DOCUMENT, EVIDENCE, cell("retrieved/tuned"), 0, read).waterfall
    # with the right page q3 and q4 turn right: the evidence of q3 stood in the prompt, that of q4 did not
    assert {step.name: step.value for step in steps} == pytest.approx(
        {"base": 1 / 7, "reading": 1 / 7, "finding": 1 / 7, "picking": 1 / 7, "behaviour": 1 / 7, "capability": 2 / 7}
    )


def test_a_tuned_ceiling_below_the_bases_is_no_ceiling() -> None:
    scores = {cell(name): np.array(values, dtype=float) for name, values in GRID.items()}
    scores[cell("oracle/tuned")] = np.array([1, 0, 0, 0, 0, 0, 0, 0], dtype=float)
    diagnosis = diagnose(scores, IDS, BY_DOCUMENT, EVIDENCE, cell("retrieved/zero-shot"), 0)
    # of q0..q6 the base gets q0, q1, q3, q4 right with the page: 3 of 7 are beyond it
    assert gaps_of(diagnosis)["capability"] == pytest.approx(3 / 7)
    assert [step.name for step in diagnosis.waterfall] == ["base", "reading", "retrieval", "capability"]
    assert sum(step.value for step in diagnosis.waterfall) == pytest.approx(1.0)


def test_what_was_not_run_is_left_out() -> None:
    untuned = diagnosis_of("retrieved/zero-shot", without=("oracle/tuned",))
    # capability falls back on the best oracle cell, oracle/zero-shot: 3 of 7 wrong
    assert gaps_of(untuned)["capability"] == pytest.approx(3 / 7)
    assert "behaviour" not in gaps_of(untuned)
    assert [step.name for step in untuned.waterfall] == ["base", "reading", "retrieval", "capability"]
    assert sum(step.value for step in untuned.waterfall) == pytest.approx(1.0)
    no_oracle = diagnosis_of("retrieved/tuned", without=("oracle/tuned", "oracle/zero-shot"))
    assert set(gaps_of(no_oracle)) == {"routing"} and no_oracle.waterfall == []


def test_negative_gaps_are_reported() -> None:
    rag = cell("retrieved/zero-shot")
    scores = {rag: np.ones(4), cell("oracle/zero-shot"): np.array([1.0, 0, 1, 0])}
    diagnosis = diagnose(scores, IDS[:4], over_documents(CLUSTERS[:4]), np.ones(4, dtype=bool), rag, 0)
    assert gaps_of(diagnosis)["retrieval"] == -0.5


def test_no_evidence_at_all() -> None:
    scores = {cell(name): np.array(values, dtype=float) for name, values in GRID.items()}
    diagnosis = diagnose(scores, IDS, BY_DOCUMENT, np.zeros(8, dtype=bool), cell("retrieved/tuned"), 0)
    assert (diagnosis.gaps, diagnosis.waterfall, diagnosis.n_questions) == ([], [], 0)


def test_luck_alone_does_not_speak_for_routing() -> None:
    rng = np.random.default_rng(1)
    clusters = np.repeat(np.arange(20), 8)
    sampling = over_questions(clusters.tolist(), range(160))
    spoken = 0
    for _ in range(60):
        scores = {cell(name): (rng.random(160) < 0.5).astype(float) for name in ("none/tuned", "retrieved/tuned")}
        gap = routing_gap(scores, sampling, rng)
        assert gap is not None and gap.estimate.low is not None
        assert gap.estimate.value > 0.15  # the naive figure: expected 1/4 − what the better one leads by
        spoken += gap.estimate.low > 0
    assert spoken <= 3  # one-sided 2.5%


def test_a_real_split_by_document_speaks_for_routing() -> None:
    clusters = np.repeat(np.arange(20), 8)
    sampling = over_questions(clusters.tolist(), range(160))
    first = (clusters < 12).astype(float)
    parts = {cell("none/tuned"): first, cell("retrieved/tuned"): 1 - first}
    gap = routing_gap(parts, sampling, np.random.default_rng(0))
    assert gap is not None and gap.estimate.value == 0.4  # all right by choosing, 12 of 20 documents without
    assert gap.estimate.low is not None and gap.estimate.low > 0.1


def test_routing_needs_two_cells_to_serve() -> None:
    rng = np.random.default_rng(0)
    scores = {cell("none/tuned"): np.ones(4), cell("oracle/tuned"): np.ones(4)}
    assert routing_gap(scores, over_documents(CLUSTERS[:4]), rng) is None


def test_an_adaptive_winner_has_its_own_retrieval_gap() -> None:
    adaptive = {cell("adaptive/tuned"): np.array([1, 0, 1, 0, 0, 0, 1, 0], dtype=float)}
    scores = {cell(name): np.array(values, dtype=float) for name, values in GRID.items()} | adaptive
    diagnosis = diagnose(scores, IDS, BY_DOCUMENT, EVIDENCE, cell("adaptive/tuned"), 0)
    # over q0..q6: oracle/tuned 5 right of 7, adaptive/tuned 3; q1 and q3 are right with the right page
    gaps = {gap.name: gap for gap in diagnosis.gaps}
    assert (gaps["retrieval"].lower, gaps["retrieval"].estimate.value) == ("adaptive/tuned", pytest.approx(2 / 7))
    assert gaps["knowledge"].lower == "none/tuned"
    assert [step.value for step in diagnosis.waterfall] == pytest.approx(
        [step.value for step in diagnosis_of("retrieved/tuned").waterfall]
    )


def test_the_best_of_equal_ceilings_is_not_flattered() -> None:
    """Two ceilings that get half right: the better of them on 40 questions gets more by luck, and the gap says 50%."""
    rng = np.random.default_rng(3)
    names = ("oracle/zero-shot", "oracle/few-shot")
    sampling, gaps = over_questions([None] * 40, range(40)), []
    for _ in range(200):
        right = [(rng.random(40) < 0.5).astype(float) for _ in names]
        scores = {cell(name): values for name, values in zip(names, right, strict=True)}
        found = diagnose(scores, [str(i) for i in range(40)], sampling, np.ones(40, dtype=bool), cell(names[0]), rng)
        gaps.append(gaps_of(found)["capability"])
    assert abs(np.mean(gaps) - 0.5) < 0.03  # the best of two on the same questions: .456
