"""Questions with their accepted answers and evidence. Knows no corpus and no model."""

import re
from dataclasses import dataclass
from typing import Literal

__all__ = [
    "OMITTED",
    "REFUSAL_TEXT",
    "Evidence",
    "Origin",
    "Question",
    "QuestionSet",
    "Reading",
    "Split",
    "quote_parts",
]

Split = Literal["train", "validation", "test"]
Origin = Literal["written", "drafted", "paraphrased"]  # by a person; by a model from a passage; by a model from another

OMITTED = "[…]"  # between the parts of a quote that stand in several places

# What prompts ask for where there is no answer, and what tuning teaches.
REFUSAL_TEXT = {"en": "I don't know.", "zh": "不知道。"}


@dataclass(frozen=True)
class Evidence:
    """Where the answer stands, as far as the person said; every part may be missing.

    A quote with "[…]" or "[...]" in it is several, each standing where it may; see `quote_parts`.
    """

    document: str | None = None
    page: int | None = None
    quote: str | None = None


def quote_parts(quote: str) -> tuple[str, ...]:
    """The parts of a quote that are looked for one by one: it may leave out what stands between them."""
    return tuple(part.strip() for part in re.split(r"\[(?:…|\.\.\.)\]", quote) if part.strip())


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
    type: str = ""  # of the answer, as the column says: "quantity", "date"; "": it is found out
    tolerance: str = ""  # how far a number may be off: "0.5", "2%"; "": not at all
    form: str = ""  # what the answer must look like; see `assay.scoring.answer_form`
    extra: tuple[tuple[str, str], ...] = ()  # column -> cell, of further columns that the scorer reads; no empty ones

    def model_answer(self, lang: str) -> str:
        """What an example shows, and tuning teaches: the first accepted answer, or that there is none."""
        return self.answers[0] if self.answerable else REFUSAL_TEXT[lang]

    def told(self, column: str) -> str:
        """What stands in a further column; "" where nothing does."""
        return dict(self.extra).get(column, "")


@dataclass(frozen=True)
class Reading:
    """What was made of the columns of a question file, where that was not certain."""

    tool: str = ""  # whose question sets look like this one: "Ragas"
    taken: tuple[tuple[str, str], ...] = ()  # column as written -> our name, of those that are not ours by name
    unused: tuple[str, ...] = ()  # columns that were read past
    named: tuple[tuple[str, str], ...] = ()  # column as written -> our name, of those that a person named


@dataclass(frozen=True)
class QuestionSet:
    """A read and checked file of questions, in file order."""

    questions: tuple[Question, ...]
    path: str  # of the file; of questions in memory, what they are
    sha256: str  # of the file's bytes; of questions in memory, of their rows as JSON
    first_turns: tuple[str, ...] = ()  # ids of those whose conversation went on, which was left out
    reading: Reading = Reading()
    n_left_out: int = 0  # rows of training data that ask nothing about documents: of tools, greetings, of no weight

    def of_split(self, split: Split) -> tuple[Question, ...]:
        """The questions of one split, in file order."""
        return tuple(question for question in self.questions if question.split == split)
