"""What a judge is: a question, what is accepted and what was answered in, a probability of right out."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, Protocol

from assay.bench.keys import key_of
from assay.scoring.answer_language import Language, language_of

__all__ = ["Judge", "Opinion", "Pair"]


@dataclass(frozen=True)
class Pair:
    """One answer to be judged; `evidence` is the quote that holds what is accepted, or empty."""

    question: str
    reference: str
    evidence: str
    answer: str

    @property
    def lang(self) -> Language:
        """The language in which a judge is asked."""
        return language_of(self.question, self.reference)

    @property
    def key(self) -> str:
        """Names what is judged."""
        return key_of(**asdict(self))


@dataclass(frozen=True)
class Opinion:
    """What a judge says of a pair.

    Args:
        probability: that the answer is right; None where it does not tell.
        why: of None: it turned with the order of reference and answer, or it gave another reply than it was asked for.
        said: of None: what it said instead.
        n_tokens: read and written for it.
    """

    probability: float | None
    why: Literal["", "order", "reply"] = ""
    said: str = ""
    n_tokens: int = 0


class Judge(Protocol):
    """Something that judges; made without work, what it needs is loaded with the first question."""

    @property
    def name(self) -> str:
        """What people call it; without passwords and keys."""

    @property
    def sha256(self) -> str:
        """What names its weights, as that of a `Model` does."""

    @property
    def key(self) -> str:
        """Changes with everything but the pair that an opinion depends on."""

    def judge(self, pairs: Sequence[Pair]) -> list[Opinion]:
        """An opinion a pair, in order; the same pair, the same opinion.

        Raises:
            EngineError: it cannot be asked; none of these opinions is to be used.
        """
        ...
