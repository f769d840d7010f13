"""Questions with their accepted answers and evidence. Knows no corpus and no model."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["REFUSAL_TEXT", "Evidence", "Origin", "Question", "QuestionSet", "Split"]

Split = Literal["train", "validation", "test"]
Origin = Literal["written", "drafted", "paraphrased"]  # by a person; by a model from a passage; by a model from another

# What prompts ask for where there is no answer, and what tuning teaches.
REFUSAL_TEXT = {"en": "I don't know.", "zh": "不知道。"}


@dataclass(frozen=True)
class Evidence:
    """Where the answer stands, as far as the person said; every part may be missing."""

    document: str | None = None
    page: int | None = None
    quote: str | None = None


@dataclass(frozen=True)
class Question:
    """One question of the exam. An unanswerable one has no answers and is right exactly when refused."""

    id: str
    text: str
    answers: tuple[str, ...]
    answerable: bool = True
    evidence: Evidence | None = None
    split: Split | None = None
    groups: tuple[str, ...] | None = None  # those of the asker; None: asked for nobody in particular, who sees all
    only: tuple[str, ...] | None = None  # ids of the documents to search; None: whatever the asker may read
    origin: Origin = "written"
    new_answers: tuple[str, ...] = ()  # accepted once the documents have changed: a drill; (): they stay as they are
    extra: tuple[tuple[str, str], ...] = ()  # column -> cell, of further columns that the scorer reads; no empty ones

    def told(self, column: str) -> str:
        """What stands in a further column; "" where nothing does."""
        return dict(self.extra).get(column, "")


@dataclass(frozen=True)
class QuestionSet:
    """A read and checked file of questions, in file order."""

    questions: tuple[Question, ...]
    path: str
    sha256: str  # of the file's bytes
    first_turns: tuple[str, ...] = ()  # ids of those whose conversation went on, which was left out

    def of_split(self, split: Split) -> tuple[Question, ...]:
        """The questions of one split, in file order."""
        return tuple(question for question in self.questions if question.split == split)
