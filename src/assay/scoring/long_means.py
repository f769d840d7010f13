"""The figures of long accepted answers over many questions. Knows scores, no texts."""

from collections.abc import Sequence

import numpy as np

from assay.questions.question import Question
from assay.scoring.correctness import Score
from assay.scoring.long_scores import LongAnswers, has_long_answer
from assay.statistics.clustered import clustered_mean
from assay.statistics.estimate import Estimate

__all__ = ["summarise_long"]


def summarise_long(
    questions: Sequence[Question], scores: Sequence[Score | None], clusters: Sequence[object], seed: int
) -> LongAnswers | None:
    """The figures over some questions and their scores, in the same order; None where nothing long is accepted."""
    found = [
        (score, cluster)
        for question, score, cluster in zip(questions, scores, clusters, strict=True)
        if score is not None and has_long_answer(question)
    ]
    if not found:
        return None
    groups = [cluster for _, cluster in found]

    def mean(values: Sequence[float | None]) -> Estimate:
        known = [np.nan if value is None else value for value in values]
        return clustered_mean(known, groups, np.random.default_rng(seed))

    return LongAnswers(
        n=len(found),
        n_unjudged=sum(score.correct is None for score, _ in found),
        complete=mean([score.complete for score, _ in found]),
        correct=mean([score.value for score, _ in found]),
        supported=mean([score.supported for score, _ in found]),
    )
