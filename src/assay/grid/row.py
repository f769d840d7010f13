"""What a row of the grid is: all that the rest of Assay asks about one way of giving a model something to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, get_args

from assay.bench.parts import check_part
from assay.bench.preparation import Preparation
from assay.corpus.document import Passage
from assay.errors import InputError
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.words import Text

if TYPE_CHECKING:
    from assay.grid.cell import Cell
    from assay.grid.pipelines import Pipelines
    from assay.models import Model
    from assay.questions.answer import Answerer

__all__ = ["Context", "Row", "RowGap"]

RowGap = Literal["knowledge", "retrieval"]


class Context(Protocol):
    """What the model may read for a question. Knows no prompts and no engine."""

    def passages(self, questions: Sequence[Question]) -> list[tuple[Passage, ...]]:
        """A tuple a question, in the order of the questions; the first passage is read first."""
        ...


def _answered_at_once(pipelines: Pipelines, cell: Cell) -> Answerer:
    return pipelines.pipeline_on(pipelines.engine(cell), cell)


def _found_by_search(pipelines: Pipelines, passages: Sequence[str]) -> list[Passage]:
    return pipelines.search.as_read(passages)


@dataclass(frozen=True, kw_only=True, eq=False)
class Row:
    """One row, in one value. What only few rows need has a default that fits a row which reads what it searches for.

    Args:
        name: as it is written in --cells.
        title: what stands beside it.
        note: and below that.
        cells: what its plain cell is called, "RAG"; with a column beside the plain one: "RAG + examples".
        context: what its cells read.
        place: its place between closed book (0) and the right page handed over (90); a new row comes after search (20).
        on_request: whether it is run only where it is named.
        depends_on: plain values that its answers depend on besides exam, model and prompts, for keys. None: on every
            setting that answers may depend on.
        preparation: what it took to prepare, once its cells have answered.
        why_not: why it cannot be run with an exam and a model, or None.
        warning: what a person should know before it is run, or None.
        reads: whether its prompts hold passages; tuned models learn to read them then.
        searches: whether what it reads is searched for: a sync brings it up to date.
        gap: which gap of the diagnosis its cells bear on; None for a ceiling, which is never served.
        made_of: the rows of which its cells are made, where a cell answers as one of several: `answers` says which.
        answers: the cell, made real; what it needs is built first.
        look_up: passages as its cells read them, by their ids: citations are looked for in these.
        colour: of its points in a plot, by its name in the report's theme.
        code: of a row from outside, filled in when it is loaded.
    """

    home: ClassVar[str] = "assay.rows"

    name: str
    title: Text
    note: Text = ""
    cells: Text = ""
    context: Callable[[Pipelines], Context]
    place: float = 50.0
    on_request: bool = True
    depends_on: Callable[[Pipelines], Mapping[str, Any]] | None = None
    preparation: Callable[[Pipelines, Cell], Preparation] = lambda pipelines, cell: Preparation()
    why_not: Callable[[Exam, Model], Text | None] = lambda exam, model: None
    warning: Callable[[Exam], Text | None] = lambda exam: None
    reads: bool = True
    searches: bool = True
    gap: RowGap | None = "retrieval"
    made_of: tuple[Row, ...] = ()
    answers: Callable[[Pipelines, Cell], Answerer] = _answered_at_once
    look_up: Callable[[Pipelines, Sequence[str]], list[Passage]] = _found_by_search
    colour: str = "retrieval"
    code: str = ""

    def __post_init__(self) -> None:
        check_part(self)
        if self.gap not in (*get_args(RowGap), None):
            raise InputError(f'gap of "{self.name}" must be {", ".join(get_args(RowGap))} or None, got {self.gap!r}')

    @property
    def is_served(self) -> bool:
        """Whether its cells can be put into service; a ceiling cannot."""
        return self.gap is not None
