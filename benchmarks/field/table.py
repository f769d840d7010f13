"""Claims as rows: each measure pooled and judged, and the claim's verdict. Knows no sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from field.claims import CLAIMS, Claim, Measure
from field.results import Results
from field.rules import Figure, Pooled, Standing, judge, pool, together

__all__ = ["Answer", "Row", "answer_claims"]


@dataclass(frozen=True)
class Answer:
    """A measure's figures and what they come to; None without any."""

    measure: Measure
    figures: Sequence[Figure]
    pooled: Pooled | None

    @property
    def standing(self) -> Standing | None:
        """By the measure's own rule."""
        return judge(self.pooled, self.measure.claimed, self.measure.bound) if self.pooled else None


@dataclass(frozen=True)
class Row:
    """A claim, its measures answered."""

    claim: Claim
    answers: Sequence[Answer]

    @property
    def standing(self) -> Standing | None:
        """Of all measures together that a claim is made of; None where none was run."""
        return together([answer.standing for answer in self.judgeable])

    @property
    def judgeable(self) -> list[Answer]:
        """The measures that something is claimed of, run or not."""
        return [answer for answer in self.answers if answer.measure.claimed != "told"]

    @property
    def run(self) -> list[Answer]:
        """The measures that have figures."""
        return [answer for answer in self.answers if answer.pooled]

    @property
    def judged(self) -> list[Answer]:
        """Those of them that have a verdict."""
        return [answer for answer in self.run if answer.standing]


def answer_claims(results: Results, claims: Sequence[Claim] = CLAIMS) -> list[Row]:
    """A row a claim, in their order."""
    return [Row(claim, [_answer(measure, results) for measure in claim.measures]) for claim in claims]


def _answer(measure: Measure, results: Results) -> Answer:
    figures = list(measure.figures(results))
    return Answer(measure, figures, pool(figures) if figures else None)
