"""`assay serve --canary`: the exam asked again while nobody asks."""

from collections.abc import Callable

from assay.server.exam_again import Standing
from assay.serving.measured_run import load
from server_process import Server, wait_until


def test_the_questions_of_the_exam_are_asked_and_answered_as_then(serve: Callable[..., Server]) -> None:
    watched = serve("--canary", "--canary-every", "0.1")
    wait_until(lambda: watched.counts().get("assay_exam_again_asked", 0) >= 18, 300)
    counts = watched.counts()
    with load(out=watched.workspace) as run:
        correct = next(one for one in run.result.cells if one.cell == run.result.verdict.cell).correct
    assert (counts["assay_exam_again_low"], counts["assay_exam_again_high"]) == (correct.low, correct.high)
    assert correct.low <= counts["assay_exam_again_right"] / counts["assay_exam_again_asked"] <= correct.high
    assert counts["assay_exam_again_has_left"] == 0


def test_a_share_outside_the_interval_is_told_after_twenty_answers() -> None:
    few, right, wrong = (
        Standing("r", "c", 19, 0, 0.5, 0.8),
        Standing("r", "c", 20, 12, 0.5, 0.8),
        Standing("r", "c", 20, 9, 0.5, 0.8),
    )
    assert [one.has_left for one in (few, right, wrong)] == [False, False, True]
    assert "assay_exam_again_has_left 1" in wrong.lines()
