"""What a column of the grid is: all that the rest of Assay asks about one way of making a model act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from assay.bench.parts import check_part
from assay.corpus.document import Passage
from assay.models.engine import Conversation
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.words import Text

if TYPE_CHECKING:
    from assay.bench.bench import Bench
    from assay.grid.cell import Cell
    from assay.grid.pipelines import Pipelines
    from assay.models import Model
    from assay.prompting.prompt_choice import PromptChoice

__all__ = ["Behaviour", "Column", "Remedy", "Tuning", "as_written"]

Remedy = Literal["", "examples", "retrain"]


class Behaviour(Protocol):
    """How the model is made to act. Deterministic: the same question and passages give the same conversation."""

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        """What the model is shown."""
        ...


@dataclass(frozen=True)
class Tuning:
    """How the model of a tuned column is trained: see `assay.training.adapters.TunedModel`."""

    method: str
    variant: str = ""
    reads_documents: bool = False
    asked_by: str = ""


def as_written(text: str) -> str:
    """The whole of what a model says, as the answer."""
    return text


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One column, in one value.

    Args:
        name: as it is written in --cells.
        title: what stands above it.
        note: and below that.
        cells: what it adds to the name of a row's plain cell, "examples"; nothing for the plain column itself.
        behaviour: how its cells ask.
        read: what of the model's text is the answer; by default all of it.
        n_new_tokens: how long the model's text may be, from the setting of that name; by default just that.
        place: its place between asked plainly (0) and tuned (20 and above); a new column comes before the tuned ones.
        on_request: whether it is run only where it is named.
        depends_on: plain values that its answers depend on besides exam, model and prompts, for keys. None: on every
            setting that answers may depend on.
        takes: plain values that name what it takes besides exam and settings, such as a file of the user's; asked
            before any work, so that it can raise InputError or MissingExtra where something is not there.
        why_not: why it cannot be run with an exam and a model, or None.
        same_as: another cell, if one of this column turns out to ask just as that does: it has its answers then. What
            has to be found out first is found out now.
        prompt: of a column whose prompt is searched for: what was found for a cell, None before that is known. Where it
            is None, nothing is searched for.
        tuning: how its model is trained; None: the base model itself answers.
        remedy: what brings its cells up to date when the answers change: other examples, or training again.
        variant_of: the column of which it is a variant; its cells are called like those, with its note in brackets.
        shape: of its points in a plot.
        code: of a column from outside, filled in when it is loaded.
    """

    home: ClassVar[str] = "assay.columns"

    name: str
    title: Text
    note: Text = ""
    cells: Text = ""
    behaviour: Callable[[Pipelines, Cell], Behaviour]
    read: Callable[[str], str] = as_written
    n_new_tokens: Callable[[int], int] = lambda n: n
    place: float = 15.0
    on_request: bool = True
    depends_on: Callable[[Pipelines, Cell], Mapping[str, Any]] | None = None
    takes: Callable[[Bench], Mapping[str, Any]] = lambda bench: {}
    why_not: Callable[[Exam, Model], Text | None] = lambda exam, model: None
    same_as: Callable[[Pipelines, Cell], Cell | None] = lambda pipelines, cell: None
    prompt: Callable[[Pipelines, Cell], PromptChoice | None] | None = None
    tuning: Tuning | None = None
    remedy: Remedy = ""
    variant_of: Column | None = None
    shape: str = "cross"
    code: str = ""

    def __post_init__(self) -> None:
        check_part(self)

    @property
    def is_plain(self) -> bool:
        """Whether it adds nothing to the bare question: what every other column is compared with."""
        return self.place == 0
