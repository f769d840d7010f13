"""What a way of labelling is: how texts are answered, what that takes, and when it cannot be done. Knows no way."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from assay.questions.answer import Answerer
from assay.studies.labels.shown import NO_EXAMPLES, Shown
from assay.tasks import Task
from assay.words import Text

if TYPE_CHECKING:
    from assay.studies.labels.label_maker import LabelMaker
    from assay.training import TrainingLog

__all__ = ["Report", "Tuning", "Way"]

Report = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Tuning:
    """What is trained for a way, once.

    Args:
        depends_on: plain values that its weights depend on, besides the way, what is shown, what can be learnt and
            the seed.
        train: into a folder. Raises TrainingError.
    """

    depends_on: Callable[["LabelMaker", "Way"], dict[str, Any]]
    train: Callable[["LabelMaker", "Way", Path, Report], "TrainingLog"]


@dataclass(frozen=True, kw_only=True, eq=False)
class Way:
    """One way of labelling; `str(way)` is its name.

    Args:
        name: row/column, such as "retrieved/tuned".
        title: what people call it.
        place: in the order of ways: cheapest preparation first, so that a first picture comes early.
        build: makes it real. What it needs is made first, which can take minutes.
        shown: the examples beside a text.
        depends_on: plain values that its answers depend on, besides the way, the exam, what is shown and was tuned.
        fits: whether it can do a task at all; if not, it is no candidate, and left out with a reason when it is named.
        on_request: run only when it is named.
        asks_model: whether it takes a language model.
        tunes_encoder: whether it takes a small encoder whose weights can be changed.
        encoder: the name of the encoder that it reads texts with; empty where it reads with none.
        why_not: why it cannot be run here, or None.
        tuning: what is trained for it.
        learns: whether more texts to learn from change what it says, and if learning from several numbers of them is
            done in seconds ("cheaply"): then its learning curve is drawn without being asked for.
        costs: under which keys the store holds what it took to prepare, besides examples and training.
        colour: of its point in a plot, by its name in the report's theme.
        shape: of its point, as Vega calls it.
        code: of a way from outside, filled in when it is loaded.
    """

    home: ClassVar[str] = "assay.studies.labels.ways"

    name: str
    title: Text
    place: float
    build: Callable[["LabelMaker", "Way"], Answerer]
    shown: Shown = NO_EXAMPLES
    depends_on: Callable[["LabelMaker"], dict[str, Any]] = lambda maker: {}
    fits: Callable[[Task], bool] = lambda task: True
    on_request: bool = False
    asks_model: bool = True
    tunes_encoder: bool = False
    encoder: Callable[["LabelMaker"], str] = lambda maker: ""
    why_not: Callable[["LabelMaker"], Text | None] = lambda maker: None
    tuning: Tuning | None = None
    learns: Literal["cheaply", "dearly"] | None = None
    costs: Callable[["LabelMaker", "Way"], list[str]] = lambda maker, way: []
    colour: str = "base"
    shape: str = "circle"
    code: str = ""

    def __str__(self) -> str:
        return self.name
