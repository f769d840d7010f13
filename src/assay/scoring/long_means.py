"""The figures of long accepted answers over many questions. Knows scores, no texts."""

from collections.abc import Sequence

import numpy as np

from assay.questions.question import Question
from assay.scoring.correctness import Score
from assay.scoring.long_scores import LongAnswers, has_long_answer
from assay.statistics.estimate import Estimate
from assay.statistics.inference import estimate_mean
from assay.statistics.sampling import Sampling

__all__ = ["summarise_long"]


def summarise_long(
    questions: Sequence[Question], scores: Sequence[Score | None], sampling: Sampling, seed: int
) -> LongAnswers | None:
    """The figures over some questions and their scores, in the same order; None where nothing long is accepted."""
    wanted = np.array(
        [score is not None and has_long_answer(question) for question, score in zip(questions, scores, strict=True)]
    )
    found = [score for score, is_wanted in zip(scores, wanted, strict=True) if score is not None and is_wanted]
    if not found:
        return None
    drawn = sampling.take(wanted)

    def mean(values: Sequence[float | None]) -> Estimate:
        known = [np.nan if value is None else value for value in values]
        return estimate_mean(known, drawn, np.random.default_rng(seed))

    return LongAnswers(
        n=len(found),
        n_unjudged=sum(score.correct is None for score in found),
        complete=mean([score.complete for score in found]),
        correct=mean([score.value for score in found]),
        supported=mean([score.supported for score in found]),
    )
