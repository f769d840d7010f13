"""The rule is held against simulated exams: how often it errs where the truth is known."""

import numpy as np
import numpy.typing as npt
import pytest

from assay.bench.parts import Parts
from assay.errors import InputError
from assay.grid.cell import Cell, parse_cell
from assay.statistics.estimate import Estimate
from assay.statistics.sampling import over_documents, over_questions
from assay.verdict.diagnosis import diagnose
from assay.verdict.next_action import next_action
from assay.verdict.recommendation import Recommendation, recommend
from assay.verdict.result import Cost, Diagnosis, Gap, GapName, Verdict

Floats = npt.NDArray[np.float64]
CELLS = [
    "none/zero-shot",
    "none/few-shot",
    "none/tuned",
    "retrieved/zero-shot",
    "retrieved/few-shot",
    "retrieved/tuned",
]
DOCUMENTS = np.repeat(np.arange(18), 8)[:130]  # 130 questions on 17 documents
COSTS = {cell: Cost(0.0, 0, 0.0, 0.1 * (i + 1), None, None, 0, 0.0, 0.0) for i, cell in enumerate(CELLS)}


def draw(rng: np.random.Generator, rates: list[float]) -> dict[str, Floats]:
    """Cells that share half their luck per question and most of what is hard about a document."""
    luck, hardness = rng.random(len(DOCUMENTS)), rng.normal(0, 0.1, 18)
    scores = {}
    for cell, rate in zip(CELLS, rates, strict=True):
        by_document = (rate + hardness + rng.normal(0, 0.05, 18))[DOCUMENTS]
        own = np.where(rng.random(len(DOCUMENTS)) < 0.5, luck, rng.random(len(DOCUMENTS)))
        scores[cell] = (own < by_document).astype(float)
    return scores


def as_cells(scores: dict[str, Floats]) -> dict[Cell, Floats]:
    return {parse_cell(name, Parts()): values for name, values in scores.items()}


def judge_all(
    scores: dict[str, Floats],
    rng: np.random.Generator | int = 0,
    margin: float = 0.05,
    documents: npt.NDArray[np.int_] = DOCUMENTS,
    generalise: str = "questions",
) -> Recommendation:
    n = len(next(iter(scores.values())))
    ids, homes = [f"q{i}" for i in range(n)], documents[:n].tolist()
    sampling = over_questions(homes, ids) if generalise == "questions" else over_documents(homes)
    costs = {name: COSTS.get(name, COSTS["none/zero-shot"]) for name in scores}
    evidence = np.zeros(n, dtype=bool)
    cells = as_cells(scores)
    return recommend(
        cells,
        costs,
        sampling,
        lambda cell: diagnose(cells, ids, sampling, evidence, cell, rng),
        margin=margin,
        rng=rng,
        n_resamples=1000,
    )


def judge(
    scores: dict[str, Floats],
    rng: np.random.Generator | int = 0,
    margin: float = 0.05,
    documents: npt.NDArray[np.int_] = DOCUMENTS,
    generalise: str = "questions",
) -> Verdict:
    return judge_all(scores, rng, margin, documents, generalise).verdict


def test_equal_cells_are_rarely_told_apart() -> None:
    rng = np.random.default_rng(2)
    verdicts = [judge(draw(rng, [0.6] * 6), rng) for _ in range(200)]
    dearer = sum(verdict.kind == "decided" and verdict.cell != CELLS[0] for verdict in verdicts)
    assert dearer / len(verdicts) <= 0.06


def test_a_clear_lead_is_found() -> None:
    rng = np.random.default_rng(3)
    verdicts = [judge(draw(rng, [0.4] * 5 + [0.65]), rng) for _ in range(100)]
    found = sum(verdict.kind == "decided" and verdict.cell == CELLS[5] for verdict in verdicts)
    assert found / len(verdicts) >= 0.8


def test_a_worse_cell_is_rarely_called_as_good() -> None:
    rng = np.random.default_rng(4)
    # the cheapest loses exactly the margin: "not worse by more than the margin" is false
    verdicts = [judge(draw(rng, [0.6, 0.7, 0.7, 0.7, 0.7, 0.7]), rng, margin=0.1) for _ in range(200)]
    wrong = sum(verdict.kind == "decided" and verdict.cell == CELLS[0] for verdict in verdicts)
    assert wrong / len(verdicts) <= 0.05


def test_cheapest_of_equals_is_chosen_when_the_questions_are_many() -> None:
    same = (np.random.default_rng(0).random(130) < 0.7).astype(float)
    verdict = judge({"none/zero-shot": np.zeros(130), "retrieved/zero-shot": same, "retrieved/tuned": same})
    # of equal means the cheaper one is the best; the base model is shown worse
    assert (verdict.kind, verdict.cell, verdict.best) == ("decided", "retrieved/zero-shot", "retrieved/zero-shot")


def test_cheaper_cell_within_the_margin_is_chosen() -> None:
    best = (np.random.default_rng(0).random(130) < 0.7).astype(float)
    nearly = best.copy()
    nearly[np.flatnonzero(best)[0]] = 0.0
    verdict = judge({"retrieved/zero-shot": nearly, "retrieved/tuned": best})
    assert (verdict.kind, verdict.cell, verdict.best) == ("decided", "retrieved/zero-shot", "retrieved/tuned")


def test_open_cells_are_named_with_the_questions_that_would_tell() -> None:
    rng = np.random.default_rng(7)
    scores = draw(rng, [0.1, 0.1, 0.1, 0.62, 0.1, 0.68])
    verdict = judge(scores)
    assert verdict.kind == "cannot_tell"
    assert verdict.cell == verdict.best == "retrieved/tuned"
    assert verdict.undecided == ["retrieved/zero-shot"]
    assert verdict.more_questions is not None and verdict.more_questions % 10 == 0


def test_more_questions_decide() -> None:
    """Exams that cannot tell, held again with as many more questions as they ask for, each in its own share."""
    rng, rates = np.random.default_rng(8), [0.2, 0.2, 0.2, 0.55, 0.2, 0.68]
    decided: list[bool] = []
    while len(decided) < 40:
        first = judge(draw(rng, rates), rng)
        if first.kind != "cannot_tell":
            continue
        assert first.more_questions is not None and 10 <= first.more_questions <= 5000
        n = 130 + first.more_questions
        again = np.resize(DOCUMENTS, n)
        scores = {cell: (rng.random(n) < rate).astype(float) for cell, rate in zip(CELLS, rates, strict=True)}
        decided.append(judge(scores, rng, documents=again).kind == "decided")
    assert np.mean(decided) >= 0.75


def test_one_document_of_many_questions_decides_unless_other_documents_are_meant() -> None:
    rng, home = np.random.default_rng(0), np.zeros(130, dtype=int)
    scores = {"none/zero-shot": (rng.random(130) < 0.2).astype(float), "none/tuned": np.ones(130)}
    assert judge(scores, documents=home).kind == "decided"
    verdict = judge(scores, documents=home, generalise="documents")
    assert (verdict.kind, verdict.undecided, verdict.more_questions) == ("cannot_tell", ["none/zero-shot"], None)


def test_one_question_decides_nothing() -> None:
    verdict = judge({"none/zero-shot": np.zeros(1), "none/tuned": np.ones(1)})
    assert (verdict.kind, verdict.undecided, verdict.more_questions) == ("cannot_tell", ["none/zero-shot"], None)


def test_a_cell_that_left_many_questions_unanswered_is_named_and_decides_only_within_its_bounds() -> None:
    scores = {"none/zero-shot": np.zeros(130), "retrieved/zero-shot": np.ones(130)}
    scores["retrieved/zero-shot"][:10] = np.nan  # right of at least 92%, whatever they were
    verdict = judge(scores)
    assert (verdict.kind, verdict.cell, verdict.unanswered) == (
        "decided",
        "retrieved/zero-shot",
        ["retrieved/zero-shot"],
    )
    scores["none/zero-shot"][:20] = 1
    scores["retrieved/zero-shot"][:120] = np.nan  # all ten right, which is less than the other has if the rest is wrong
    verdict = judge(scores)
    assert (verdict.kind, verdict.undecided, verdict.missing) == (
        "cannot_tell",
        ["none/zero-shot"],
        ["retrieved/zero-shot"],
    )
    assert verdict.more_questions is None  # more of the kind would be unanswered, too
    scores["retrieved/zero-shot"][:] = 1
    scores["retrieved/zero-shot"][:2] = np.nan  # 1.5%: left out, as a few may be
    assert judge(scores).unanswered == []


def test_too_little_right_is_said() -> None:
    rng = np.random.default_rng(1)
    verdict = judge(draw(rng, [0.02, 0.02, 0.02, 0.1, 0.1, 0.25]))
    assert verdict.kind == "none_works"


def test_what_gets_hardly_anything_right_is_never_advised_however_few_the_documents() -> None:
    """An interval from two documents reaches far up; what does not work is not advised for that."""
    rng = np.random.default_rng(1)
    for documents in (1, 2):
        scores = {"none/zero-shot": np.zeros(12), "retrieved/zero-shot": (rng.random(12) < 0.2).astype(float)}
        assert judge(scores, documents=np.arange(12) % documents).kind == "none_works"


def test_oracle_is_never_served() -> None:
    a = np.ones(130)
    verdict = judge({"none/zero-shot": a, "retrieved/zero-shot": np.zeros(130), "oracle/tuned": np.ones(130)})
    assert verdict.cell == "none/zero-shot"
    with pytest.raises(InputError, match="can be served"):
        judge({"oracle/tuned": np.ones(130)})


def test_comparisons_are_of_the_best_with_each_other_cell() -> None:
    scores = draw(np.random.default_rng(0), [0.1, 0.1, 0.1, 0.3, 0.3, 0.7]) | {"oracle/tuned": np.ones(130)}
    found = judge_all(scores)
    assert [(c.a, c.b) for c in found.comparisons] == [("retrieved/tuned", cell) for cell in CELLS[:5]]
    assert all(c.p is not None and c.p_holm is not None and c.p_holm >= c.p for c in found.comparisons)
    assert {c.standing for c in found.comparisons} == {"better"}
    assert found == judge_all(scores)


def gap(name: GapName, value: float, low: float = 0.01) -> Gap:
    return Gap(name, "u", "l", Estimate(value, low, value + 0.1, 50, 10))


@pytest.mark.parametrize(
    ("recommended", "gaps", "action"),
    [
        ("retrieved/tuned", [gap("retrieval", 0.2), gap("capability", 0.1)], "improve_retrieval"),
        ("retrieved/tuned", [gap("retrieval", 0.1), gap("capability", 0.3)], "bigger_model"),
        ("retrieved/tuned", [gap("behaviour", 0.5), gap("capability", 0.3)], "bigger_model"),
        ("retrieved/zero-shot", [gap("behaviour", 0.5), gap("capability", 0.3)], "tune"),
        ("none/tuned", [gap("knowledge", 0.5), gap("retrieval", 0.9)], "improve_retrieval"),
        ("retrieved/tuned", [gap("routing", 0.5, low=-0.1), gap("capability", 0.3)], "bigger_model"),
        ("retrieved/tuned", [gap("routing", 0.5, low=0.1), gap("capability", 0.3)], "route"),
        ("retrieved/tuned", [gap("retrieval", 0.01)], "none"),
        ("retrieved/tuned", [], "none"),
    ],
)
def test_next_action_is_against_the_largest_gap(recommended: str, gaps: list[Gap], action: str) -> None:
    diagnosis = Diagnosis(gaps, [], 50, 5, {})
    assert next_action(diagnosis, parse_cell(recommended, Parts()), False).action == action


def test_next_action_without_gaps() -> None:
    cell = parse_cell("retrieved/tuned", Parts())
    assert next_action(Diagnosis([], [], 50, 0, {}), cell, True).action == "more_questions"
    assert next_action(Diagnosis([], [], 0, 50, {}), cell, True).action == "add_documents"
