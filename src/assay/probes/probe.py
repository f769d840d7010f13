"""What a probe is: a question that tuning has nothing to do with, asked before and after it. Knows no model."""

import re
from dataclasses import dataclass
from typing import Literal

from assay.corpus.document import Passage
from assay.questions.question import Question
from assay.scoring import Language, score_answer

__all__ = ["Probe", "ProbeKind", "ProbeSet"]

ProbeKind = Literal["general", "own", "reading"]


@dataclass(frozen=True)
class Probe:
    """One question of a probe set.

    `category` is its cluster: questions of one kind are lost or kept together. A probe of reading has a `passage`
    whose answer was exchanged: `question` accepts what the passage says, `learnt` what the model was trained to say.
    """

    question: Question
    category: str
    lang: Language
    form: str | None = None  # a regular expression that the answer must hold as well: what `format` questions ask for
    passage: Passage | None = None
    learnt: Question | None = None

    def is_right(self, text: str) -> bool:
        """Whether an answer holds what is accepted, in the form that was asked for."""
        has_form = self.form is None or re.search(self.form, text.strip()) is not None
        return has_form and score_answer(text, self.question).correct is True

    def is_remembered(self, text: str) -> bool:
        """Whether an answer holds what was learnt, although the passage says otherwise."""
        return self.learnt is not None and score_answer(text, self.learnt).correct is True


@dataclass(frozen=True)
class ProbeSet:
    """Probes that are asked and judged together."""

    kind: ProbeKind
    probes: tuple[Probe, ...]
