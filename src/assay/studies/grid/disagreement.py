"""How often two cells disagree, seen on validation questions: what an exam can show depends on it."""

from collections.abc import Sequence

import numpy as np

from assay.grid.answering import answer_beside
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.questions.question import Question
from assay.scoring.scorer import chosen_scorer
from assay.verdict.result import Disagreement

__all__ = ["see_disagreement"]

_LEAST, _MOST = 10, 30  # validation questions


def see_disagreement(cells: Sequence[Cell], pipelines: Pipelines) -> Disagreement | None:
    """The share of validation questions that just one of two cells gets right; None where too few can be asked.

    The two are the last untuned ones of the grid that can be served, which are likely to be close. What they answer is
    kept like any answer. With one made-up question on which they disagree and one on which they do not, so that it is
    never 0.
    """
    asked = pipelines.exam.validation
    pair = [cell for cell in sorted(cells, key=_place) if _is_usual(cell, pipelines)][-2:]
    if len(asked) < _LEAST or len(pair) < 2:
        return None
    s = pipelines.settings
    drawn = np.random.default_rng(s.seed).permutation(len(asked))[:_MOST]
    questions = [asked[place] for place in sorted(drawn)]
    first, second = (_marks(cell, questions, pipelines) for cell in pair)
    n_differing = sum(a != b for a, b in zip(first, second, strict=True))
    return Disagreement((n_differing + 1) / (len(questions) + 2), len(questions))


def _is_usual(cell: Cell, pipelines: Pipelines) -> bool:
    is_plain = cell.can_be_served and not cell.is_tuned and not cell.row.made_of and cell.column.prompt is None
    return is_plain and not pipelines.outside(cell)


def _place(cell: Cell) -> tuple[float, float]:
    return cell.row.place, cell.column.place


def _marks(cell: Cell, questions: Sequence[Question], pipelines: Pipelines) -> list[bool | None]:
    key = f"validation/{pipelines.cell_key(cell)}"
    answers = answer_beside(str(cell), key, questions, lambda: pipelines.pipeline(cell), pipelines.bench)
    scorer = chosen_scorer(pipelines.bench)
    return [scorer.mark(answers[question.id][0].text, question).correct for question in questions]
