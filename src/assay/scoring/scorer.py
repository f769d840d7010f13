"""What a scorer is: all that the rest of Assay asks about one way of marking answers. Knows no particular one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from assay.bench.bench import Bench
from assay.bench.parts import blaming_parts, check_part, check_text, load_parts
from assay.errors import InputError, PartError
from assay.questions import QuestionSet, Source, read_questions
from assay.questions.columns import COLUMNS
from assay.questions.named_columns import parse_named
from assay.questions.question import Question
from assay.scoring.answer_form import keeps_form
from assay.scoring.correctness import Score
from assay.scoring.told_types import check_told
from assay.settings import Settings
from assay.words import Text

__all__ = ["Scorer", "chosen_scorer", "scorer_of"]


def _nothing(question: Question) -> None:
    """Every question can be marked."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scorer:
    """One way of marking, in one value.

    Args:
        name: as it is written in the setting `scorer`.
        title: what it is called.
        note: what it counts as right.
        score: an answer's text and its question -> its score. The same input, the same score.
        place: its place in lists.
        columns: further columns of the question file that it reads; `Question.told` has what stands in them.
        check: raises ValueError, with what is wrong, for a question that it cannot mark: "lowest must be a number".
        reasons: words for the reasons that it gives; one without words is shown as it is.
        holds: of the score of a passage, whether the passage holds the answer, beside others or not.
        is_usual: whether it is the one that keys take for granted.
        version: of a built-in one, counted up when it marks otherwise: results with other marks have other names.
        code: of a scorer from outside, filled in when it is loaded.
    """

    home: ClassVar[str] = "assay.scorers"

    name: str
    title: Text
    note: Text = ""
    score: Callable[[str, Question], Score]
    place: float = 50.0
    columns: tuple[str, ...] = ()
    check: Callable[[Question], None] = _nothing
    reasons: Mapping[str, Text] = field(default_factory=dict)
    holds: Callable[[Score], bool] = lambda score: score.correct is True
    is_usual: bool = False
    version: int = 1
    code: str = ""

    def __post_init__(self) -> None:
        check_part(self)
        for reason, words in self.reasons.items():
            check_text(words, f'reason {reason} of "{self.name}"')
        taken = [name for name in self.columns if COLUMNS.get(name.lower())]
        if taken:
            raise InputError(f'scorer "{self.name}": the column {taken[0]} has a meaning already: give another name')

    @property
    def key(self) -> list[Any]:
        """What keys say of it besides the question file's columns: nothing but a number for the usual one."""
        return [f"marks {self.version}"] if self.is_usual else [self.name, self.code]

    def mark(self, text: str, question: Question) -> Score:
        """The score of an answer.

        Raises:
            PartError: a scorer from outside failed, or returned something else.
        """
        with blaming_parts():
            score = self.score(text, question)
        if not isinstance(score, Score):
            raise PartError(f'scorer "{self.name}" must return a Score, got {type(score).__name__}')
        if not isinstance(score.correct, bool | None) or not isinstance(score.reason, str) or not 0 <= score.f1 <= 1:
            raise PartError(
                f'scorer "{self.name}" must tell correct (a bool, or None), a reason and f1 (0 to 1), got {score}'
            )
        if not question.form or score.refused:
            return score
        return replace(score, form_kept=keeps_form(text, question.form))

    def is_held(self, text: str, question: Question) -> bool:
        """Whether a passage holds the answer to a question, beside others or not; never for an unanswerable one."""
        return question.answerable and self.holds(self.mark(text, question))

    def read(self, source: Source, columns: Sequence[str] = ()) -> QuestionSet:
        """The questions of a file or in memory, with the columns that it reads.

        `columns` is the setting of that name.

        Raises:
            InputError: what is wrong with them, all of it; see `read_questions`.
        """
        return read_questions(source, self.columns, self._checked, parse_named(columns))

    def _checked(self, question: Question) -> None:
        check_told(question)
        try:
            with blaming_parts():
                self.check(question)
        except PartError as error:
            if not isinstance(error.__cause__, ValueError):
                raise
            raise error.__cause__ from None


def chosen_scorer(bench: Bench) -> Scorer:
    """The scorer that the settings name.

    Raises:
        InputError: there is none of that name.
    """
    return bench.parts.find(Scorer, bench.settings.scorer, "scorer")


def scorer_of(settings: Settings) -> Scorer:
    """The same where there is no bench; parts that the settings name are loaded.

    Raises:
        InputError: there is none of that name; parts that cannot be loaded.
    """
    return load_parts(settings.parts).find(Scorer, settings.scorer, "scorer")
