"""Whether an exported model answers like the trained one: the same questions, the same words, the same scoring.

Test questions are never asked: whoever tries formats until one looks well would choose on them.

An export is refused when

- it scores worse than noise explains: the interval of the paired difference (exported minus trained, 95%, clustered by
  source) ends below 0; or
- it loses more than what does not matter (the run's `margin`), whether or not so few questions can prove it: a loss
  that was seen has to be disproved by who wants to serve it; or
- more than a stated share of its answers are other texts. Where the same text is given the score is the same, so this
  also bounds what can be lost on questions like these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from assay.bench.keys import key_of
from assay.bench.progress import Progress
from assay.grid.answering import answer_cell, plan_batches
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.questions import sampling_of
from assay.questions.answer import Answerer
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.scorers.answers import ANSWERS
from assay.scoring.scorer import Scorer
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_difference, estimate_mean
from assay.words import figures, message

__all__ = [
    "ENOUGH",
    "Parity",
    "ask_exported",
    "ask_trained",
    "between",
    "compare",
    "parity_questions",
    "points",
    "why_refused",
]

ENOUGH = 50  # validation questions; with fewer, training questions are asked too
_MOST = 200

points = partial(figures.points, digits=1, signed=False)  # of a share, and of a difference that says which way


@dataclass(frozen=True)
class Parity:
    """Exported against trained on the same questions; a positive difference means that the export is better."""

    n: int
    n_trained_on: int  # of these, questions that were trained on
    trained: Estimate
    exported: Estimate
    difference: Estimate
    differing: float  # share of answers that are not the same text
    engine: str  # what ran the artifact
    questions: list[dict[str, Any]]  # id, and whether trained, exported and the same; no text of the documents


def parity_questions(exam: Exam, seed: int) -> list[Question]:
    """At most 200: the validation questions, and training questions where those are fewer than `ENOUGH`."""
    rng = np.random.default_rng(seed)
    pools = [exam.validation] if len(exam.validation) >= ENOUGH else [exam.validation, exam.train]
    return [pool[i] for pool in pools for i in rng.permutation(len(pool))][:_MOST]


def ask_trained(pipelines: Pipelines, cell: Cell, questions: Sequence[Question], progress: Progress) -> dict[str, str]:
    """Question id -> what the measured cell answers; kept, so that a second export does not ask again."""
    key = key_of(
        parity=pipelines.cell_key(cell),
        corpus=pipelines.search.corpus.sha256,
        asked=[question.id for question in questions],
    )
    name = message("export.trained", pipelines.settings.lang)
    make = partial(pipelines.pipeline, cell)
    answers = answer_cell(name, key, _batches(pipelines, questions), make, pipelines.bench.store, progress)
    pipelines.let_engine_go()
    return {id: answer.text for id, (answer, _) in answers.items()}


def ask_exported(
    pipelines: Pipelines, pipeline: Answerer, questions: Sequence[Question], name: str, progress: Progress
) -> dict[str, str]:
    """Question id -> what an artifact answers, asked in the batches of `ask_trained`."""
    answers: dict[str, str] = {}
    for batch in _batches(pipelines, questions):
        answers |= {answer.question_id: answer.text for answer in pipeline.answer(batch)}
        progress.step(name, len(answers), len(questions))
    return answers


def _batches(pipelines: Pipelines, questions: Sequence[Question]) -> list[list[Question]]:
    return plan_batches(questions, 0, pipelines.settings.answer_batch, pipelines.settings.seed)


def compare(
    questions: Sequence[Question],
    trained: Mapping[str, str],
    exported: Mapping[str, str],
    engine: str,
    seed: int,
    scorer: Scorer = ANSWERS,
    generalise: str = "questions",
) -> Parity:
    """The parity of two sets of answers to the same questions."""
    sampling = sampling_of(questions, generalise)
    right = {
        name: np.array([float(scorer.mark(answers[q.id], q).correct is True) for q in questions])
        for name, answers in (("trained", trained), ("exported", exported))
    }
    same = [trained[q.id] == exported[q.id] for q in questions]
    rows = [
        {"id": q.id, "trained": bool(right["trained"][i]), "exported": bool(right["exported"][i]), "same": same[i]}
        for i, q in enumerate(questions)
    ]
    return Parity(
        n=len(questions),
        n_trained_on=sum(question.split == "train" for question in questions),
        trained=estimate_mean(right["trained"], sampling, np.random.default_rng(seed)),
        exported=estimate_mean(right["exported"], sampling, np.random.default_rng(seed)),
        difference=estimate_difference(
            right["exported"], right["trained"], sampling, np.random.default_rng(seed)
        ).estimate,
        differing=1 - sum(same) / len(same),
        engine=engine,
        questions=rows,
    )


def why_refused(parity: Parity, margin: float, most_differing: float, lang: str) -> list[str]:
    """The reasons to refuse an export, in `lang`; none where it may be served."""
    difference = parity.difference
    reasons = []
    if difference.high is not None and difference.high < 0:
        reasons.append(
            message("export.worse", lang, points=points(-difference.value), between=between(difference, lang))
        )
    elif difference.value < -margin:
        reasons.append(message("export.loses", lang, points=points(-difference.value), margin=points(margin)))
    if parity.differing > most_differing:
        differing, most = points(parity.differing), points(most_differing)
        reasons.append(message("export.differs", lang, differing=differing, most=most))
    return reasons


def between(estimate: Estimate, lang: str) -> str:
    """The interval in points, in brackets; empty where there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return message("export.between", lang, low=points(estimate.low), high=points(estimate.high))
