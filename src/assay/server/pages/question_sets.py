"""Question sets that people edit here: one .jsonl file each in the workspace, written whole. Knows no page."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

from assay.bench.whole_files import write_whole
from assay.errors import InputError, NotFound
from assay.questions import read_questions
from assay.questions.question import Question, QuestionSet
from assay.questions.writing import write_questions

__all__ = ["QuestionSets"]

_NAME = re.compile(r"[\w][\w .-]{0,60}")
_CHANGING = Lock()


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
            if not questions:
                raise InputError("a set has at least one question: throw the whole set away instead")
            read_questions(new)
            write_whole(self._folder / f"{name}.jsonl", new.read_bytes())
        finally:
            new.unlink(missing_ok=True)

    def change(self, name: str, change: Callable[[list[Question]], list[Question]], may_begin: bool = False) -> None:
        """Write what a function makes of a set's questions; nobody else changes it meanwhile.

        Raises:
            NotFound: there is none of that name, and none may begin.
            InputError: as of `write`.
        """
        with _CHANGING:
            is_new = may_begin and name not in self.names()
            self.write(name, change([] if is_new else list(self.read(name).questions)))

    def free_name(self, wanted: str) -> str:
        """A name like the wanted one that no set has."""
        plain = re.sub(r"[^\w .-]", " ", wanted).strip(" .-")[:50] or "questions"
        return next(name for n in range(1, 1000) if (name := plain if n == 1 else f"{plain} {n}") not in self.names())

    def delete(self, name: str) -> None:
        """Throw a set away; raises NotFound where there is none."""
        self.file(name).unlink()
