"""Question sets that people edit here: one .jsonl file each in the workspace, written whole. Knows no page."""

import re
from collections.abc import Sequence
from pathlib import Path

from assay.bench.whole_files import write_whole
from assay.errors import InputError, NotFound
from assay.questions import read_questions
from assay.questions.question import Question, QuestionSet
from assay.questions.writing import write_questions

__all__ = ["QuestionSets"]

_NAME = re.compile(r"[\w][\w .-]{0,60}")


class QuestionSets:
    """The sets of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """All of them, by name."""
        return sorted(file.stem for file in self._folder.glob("*.jsonl") if _NAME.fullmatch(file.stem))

    def file(self, name: str) -> Path:
        """The file of a set.

        Raises:
            NotFound: there is none of that name.
        """
        if name not in self.names():
            raise NotFound(f"there is no question set {name[:80]} here")
        return self._folder / f"{name}.jsonl"

    def read(self, name: str) -> QuestionSet:
        """A set.

        Raises:
            NotFound: there is none of that name.
            InputError: its file holds what is no question.
        """
        return read_questions(self.file(name))

    def write(self, name: str, questions: Sequence[Question]) -> None:
        """A set in the place of whatever was there under its name.

        Raises:
            InputError: a name that cannot be kept, or questions that cannot be read back.
        """
        if not _NAME.fullmatch(name):
            raise InputError("a set's name has letters, digits, spaces, points and dashes, at most 61")
        new = self._folder / f".{name}.new.jsonl"
        new.unlink(missing_ok=True)
        try:
            write_questions(questions, new)
            if questions:
                read_questions(new)
            write_whole(self._folder / f"{name}.jsonl", new.read_bytes())
        finally:
            new.unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        """Throw a set away; raises NotFound where there is none."""
        self.file(name).unlink()
