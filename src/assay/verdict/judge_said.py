"""What a judge says of answers that the scorer cannot judge, and how far it is trusted. Computes nothing."""

from dataclasses import dataclass
from typing import Literal

from assay.statistics.estimate import Estimate

__all__ = ["JudgeSaid", "JudgeStanding", "JudgedAnswer", "Use"]

Use = Literal["few", "low_kappa", "majority", "scorer", "grey", "in_use"]


@dataclass(frozen=True)
class JudgedAnswer:
    """The probability, from 0 to 1, that an answer to a question is right; as the judge gave it. Never a mark."""

    question: str  # id
    text: str  # spaces made even
    probability: float


@dataclass(frozen=True)
class JudgeSaid:
    """What a judge was asked about a run's answers, what that took, and what it said."""

    name: str
    is_under_test: bool  # its weights are those of the model whose answers it judges
    n_asked: int  # distinct answers
    n_order: int  # of them those on which it turned with the order of reference and answer
    n_reply: int  # and those on which its reply was none
    replies: list[str]  # some of these
    seconds: float
    n_tokens: int
    money: float | None  # only when the person gave a price
    answers: list[JudgedAnswer]
    failed: str = ""  # why it could not be asked: then nothing of it counts


@dataclass(frozen=True)
class JudgeStanding:
    """How a judge's refitted marks agree with people's, and what it is used for.

    `use`: "few": fewer marks than needed, a suggestion only. Off for "low_kappa"; for "majority", as its agreement is
    not above the share of the commoner mark; for "scorer", as with it kappa of all marks is not above that of the
    scorer alone, to which no unjudged answer is right. "grey": inside the correction only. "in_use": its marks stand
    for the scorer's where that cannot judge.

    Shares and kappas are over the unjudged answers, each mark weighted by one over the chance of its answer; of refits
    that have not seen it. None with few marks.
    """

    use: Use
    n_marks: int  # people's, on answers that it judged
    n_left: int  # answers that it judged and nobody has marked
    agreement: Estimate | None = None
    kappa: Estimate | None = None  # None too where chance alone would have them agree
    majority: float | None = None  # share of the commoner of people's marks
    kappa_alone: float | None = None  # of all marks and the scorer's, to which no unjudged answer is right
    kappa_with: float | None = None  # the same with the judge's in place of what is missing

    @property
    def is_off(self) -> bool:
        """Whether nothing of it is used."""
        return self.use not in ("grey", "in_use")
