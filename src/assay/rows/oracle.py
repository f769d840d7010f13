"""The right page handed over: a ceiling for the diagnosis, never shipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assay.corpus.document import Passage
from assay.questions.question import Question

__all__ = ["OracleContext"]


@dataclass(frozen=True)
class OracleContext:
    """The passages that hold the evidence, by question id; nothing for a question whose evidence was not found."""

    gold: Mapping[str, tuple[Passage, ...]]
    name: str = field(default="oracle", init=False)

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """The gold passages of each question, or an empty tuple."""
        return [self.gold.get(question.id, ()) for question in questions]
