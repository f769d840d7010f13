"""What was lost, counted by hand, and what is said about it."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from assay.report.lines import run_warnings
from assay.statistics.estimate import Estimate
from assay.verdict.forgetting import ProbeMarks, find_loss, judge_probes, judge_reading
from assay.verdict.result import Forgetting, ProbeOutcome, ProbePart


def _marks(before: str, after: str, languages: str, categories: str) -> ProbeMarks:
    right = [np.array([char == "1" for char in text]) for text in (before, after)]
    return ProbeMarks(*right, ["en" if char == "e" else "zh" for char in languages], list(categories))


def test_counts_by_hand() -> None:
    #        before  after: of 6 English 5 -> 2, three lost and none gained; of 2 Chinese 1 -> 1, one lost, one gained
    marks = _marks("11111010", "10000101", "eeeeeezz", "aabbccab")
    outcome = judge_probes("general", marks, margin=0.1, seed=0)
    english, chinese = outcome.languages
    assert (english.name, english.before, english.after) == ("en", pytest.approx(5 / 6), pytest.approx(2 / 6))
    assert (chinese.name, chinese.before, chinese.after) == ("zh", 0.5, 0.5)
    assert (outcome.n_lost, outcome.n_gained) == (5, 2)
    assert outcome.judged.loss.value == pytest.approx(3 / 8)  # 6 of 8 before, 3 of 8 after
    assert outcome.judged.loss.n_clusters == 3
    assert [(part.name, part.loss.n) for part in outcome.categories] == [("a", 3), ("b", 3), ("c", 2)]
    assert sum(part.loss.value * part.loss.n for part in outcome.categories) == pytest.approx(3)


def test_a_language_that_the_base_model_does_not_know_is_not_judged() -> None:
    before, after = "1" * 6 + "0" * 4, "1" * 6 + "0" * 4
    outcome = judge_probes("general", _marks(before, after, "e" * 6 + "z" * 4, "abcabcabca"), 0.1, 0)
    assert (outcome.judged.name, outcome.judged.loss.n) == ("en", 6)
    assert outcome.judged.before == 1.0
    assert [part.name for part in outcome.languages] == ["en", "zh"]


def test_nothing_known_before_is_nothing_to_lose() -> None:
    outcome = judge_probes("general", _marks("0000010000", "0000000000", "e" * 10, "aabbccddee"), 0.1, 0)
    assert outcome.finding == "nothing_to_lose"
    assert outcome.judged.loss.n == 10


@pytest.mark.parametrize(
    ("value", "low", "high", "finding"),
    [
        (0.3, 0.2, 0.4, "lost"),
        (0.1, 0.01, 0.2, "lost"),
        (0.1, 0.0, 0.2, "may_have_lost"),
        (0.3, -0.1, 0.5, "may_have_lost"),
        (0.3, None, None, "may_have_lost"),
        (0.05, 0.02, 0.08, "kept"),  # a loss, but a small one
        (0.0, -0.05, 0.05, "kept"),
        (-0.2, -0.3, -0.1, "kept"),
        (0.05, -0.1, 0.2, "not_shown"),
        (0.0, None, None, "not_shown"),
    ],
)
def test_findings(value: float, low: float | None, high: float | None, finding: str) -> None:
    assert find_loss(Estimate(value, low, high, 70, 10), 0.1) == finding


def test_a_model_that_is_the_same_is_rarely_warned_of() -> None:
    """Answers that flip by chance, as a model a little moved gives them: no loss on average, 10% flips each way."""
    rng = np.random.default_rng(5)
    findings = []
    for _ in range(200):
        before = rng.random(70) < 0.5
        flips = rng.random(70) < 0.1
        marks = ProbeMarks(before, before ^ flips, ["en"] * 70, [str(i // 7) for i in range(70)])
        findings.append(judge_probes("general", marks, 0.1, 0).finding)
    assert findings.count("lost") <= 0.025 * len(findings)
    assert findings.count("lost") + findings.count("may_have_lost") <= 0.1 * len(findings)


def test_a_model_that_forgot_a_third_is_warned_of() -> None:
    rng = np.random.default_rng(6)
    findings = []
    for _ in range(100):
        before = rng.random(70) < 0.5
        marks = ProbeMarks(before, before & (rng.random(70) < 0.5), ["en"] * 70, [str(i // 7) for i in range(70)])
        findings.append(judge_probes("general", marks, 0.1, 0).finding)
    assert findings.count("lost") >= 90


@pytest.mark.parametrize(("recited", "finding"), [(0, "nothing_to_lose"), (2, "nothing_to_lose"), (15, "recites")])
def test_a_base_model_that_hardly_reads_can_be_made_to_recite(recited: int, finding: str) -> None:
    nobody = np.zeros(40, dtype=bool)
    marks = ProbeMarks(nobody, nobody, ["en"] * 40, [str(i // 2) for i in range(40)])
    outcome = judge_reading(marks, (nobody, np.arange(40) < recited), 0.1, 0)
    assert (outcome.finding, outcome.remembered) == (finding, (0.0, recited / 40))


def test_reciting_is_said() -> None:
    assert _warnings("en", kind="reading", finding="recites", remembered=(0.0, 0.375)) == [
        "Hybrid: RAG + fine-tuning recites instead of reading: in spite of a passage that says otherwise, it gives the "
        "answer that it learnt to 38% of the questions, the base model to 0%."
    ]


_LOSS = Estimate(0.26, 0.12, 0.4, 70, 10)
_OUTCOME = ProbeOutcome("general", "lost", ProbePart("en", 0.47, 0.21, _LOSS), [], [], 20, 2)


def _warnings(lang: str, **changes: object) -> list[str]:
    forgetting = Forgetting("with passages", ["retrieved/tuned"], None, [replace(_OUTCOME, **changes)], [])
    run = SimpleNamespace(
        judge=None, findings=[], forgetting=[forgetting], words={}, cells=[], questions=[], long_answers={}
    )
    return run_warnings(run, lang)  # type: ignore[arg-type]


def test_a_loss_is_said_in_both_languages() -> None:
    assert _warnings("en") == [
        "Hybrid: RAG + fine-tuning has forgotten something: of general questions it gets 21% right, the base model "
        "47%, 26 points more (interval 12 to 40)."
    ]
    assert _warnings("zh") == [
        "“混合：RAG + 微调”有所遗忘：一般常识题答对 21%，比基础模型的 47% 低 26 个百分点（区间为 12 至 40）。"
    ]


def test_what_is_not_sure_is_said_so() -> None:
    (line,) = _warnings("en", finding="may_have_lost", kind="reading")
    assert line.startswith("Hybrid: RAG + fine-tuning may read less than before: it follows 21% of the passages")
    assert line.endswith("too few to be sure.")


@pytest.mark.parametrize("finding", ["kept", "not_shown", "nothing_to_lose"])
def test_no_loss_is_no_warning(finding: str) -> None:
    assert _warnings("en", finding=finding) == []
