"""Right where an accepted answer stands, whole and not denied, or an equal amount; see `assay.scoring.correctness`."""

from assay.scoring.correctness import score_answer
from assay.scoring.scorer import Scorer
from assay.words import catalogued

__all__ = ["ANSWERS"]

ANSWERS = Scorer(
    name="answers",
    title=catalogued("scorer.answers"),
    note=catalogued("scorer.answers.note"),
    score=score_answer,
    place=0.0,
    holds=lambda score: score.reason not in ("no_accepted_answer", "claim_contradicted", "unjudged"),
    is_usual=True,
    version=5,
)
