"""A handful of passages with a question that any working reader answers."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assay.corpus.document import Passage

__all__ = ["EasyQuestion", "easy_questions", "read_easy"]


@dataclass(frozen=True)
class EasyQuestion:
    """A question, the passage that answers it, and what must stand in the answer: one of these."""

    text: str
    passage: Passage
    answers: tuple[str, ...]

    def is_answered_by(self, reply: str) -> bool:
        """Whether one of the answers stands in it: of letters and digits of ours as a word, 9 not within 294."""
        return any(re.search(rf"(?<![A-Za-z0-9]){answer}(?![A-Za-z0-9])", reply, re.I) for answer in self.answers)


@cache
def easy_questions(lang: str) -> tuple[EasyQuestion, ...]:
    """Those of a language, "en" or "zh"."""
    return read_easy("easy_reading.jsonl", lang)


def read_easy(name: str, lang: str) -> tuple[EasyQuestion, ...]:
    """Those of a language in a file beside this one, in file order."""
    rows = [json.loads(line) for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]
    return tuple(
        EasyQuestion(row["question"], Passage("easy", "notes.txt", None, "", row["passage"]), tuple(row["answers"]))
        for row in rows
        if row["lang"] == lang
    )
