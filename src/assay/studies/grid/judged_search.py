"""How well the search of a run finds what the test questions need. Asks no model anything but for other wordings."""

from collections.abc import Sequence

from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.questions.exam import Exam
from assay.retrieval import summarise_retrieval
from assay.retrieval.gain import Gain
from assay.retrieval.step import SearchStep
from assay.verdict.result import RetrieverSummary, TriedStep

__all__ = ["judge_search"]

_DEPTH = 10  # how far down


def judge_search(exam: Exam, pipelines: Pipelines, cells: Sequence[Cell]) -> RetrieverSummary | None:
    """How well it finds the evidence of the test questions, and what its steps brought; None where no cell searches."""
    asked = [question for question in exam.test if question.answerable and question.id in exam.gold]
    if not asked or not any(cell.searches for cell in cells):
        return None
    found = pipelines.search.retrieve(asked, _DEPTH)
    ranked = [[passage.id for passage in found[question.id]] for question in asked]
    means = summarise_retrieval(ranked, [exam.gold[question.id] for question in asked])
    recall = {name.removeprefix("recall@"): value for name, value in means.items() if name.startswith("recall@")}
    return RetrieverSummary(
        recall,
        means[f"mrr@{_DEPTH}"],
        len(asked),
        pipelines.search.encoder_name,
        means[f"ndcg@{_DEPTH}"],
        [_tried(step, tried.summary) for step, tried in pipelines.search.tried.items() if step.lines(tried.summary)],
    )


def _tried(step: SearchStep, gain: Gain | None) -> TriedStep:
    lines = step.lines(gain)
    if gain is None:
        return TriedStep(step.name, lines)
    return TriedStep(step.name, lines, gain.kept, gain.before, gain.after, gain.gain, gain.n_questions)
