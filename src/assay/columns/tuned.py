"""Tuned, and asked without an example: what differs from the plain column is the model. By LoRA, the usual way."""

from collections.abc import Callable
from typing import Any

from assay.columns.zero_shot import ask_plainly
from assay.grid.cell import Cell
from assay.grid.column import Column, Tuning
from assay.grid.pipelines import Pipelines
from assay.models import Model
from assay.questions.exam import Exam
from assay.training.adapters import MIN_TRAINING
from assay.words import Text, catalogued, told

__all__ = ["TUNED", "tuned_variant", "why_not_tunable"]


def why_not_tunable(exam: Exam, model: Model) -> Text | None:
    """Why no model can be tuned with this exam, or None."""
    if model.why_not_tunable:
        return told("left_out.not_tunable", reason=model.why_not_tunable)
    n = len(exam.train)
    return told("left_out.few_training", n=n, needed=MIN_TRAINING) if n < MIN_TRAINING else None


def _depends_on(pipelines: Pipelines, cell: Cell) -> dict[str, Any]:
    adapters = [pipelines.adapters.key(part.tuned_model) for part in cell.parts if part.tuned_model]
    return {"adapter": adapters if len(adapters) > 1 else adapters[0]}


TUNED = Column(
    name="tuned",
    title=catalogued("column.tuned"),
    note=catalogued("column.tuned.note"),
    cells=catalogued("column.tuned.cells"),
    behaviour=ask_plainly,
    place=20,
    on_request=False,
    depends_on=_depends_on,
    why_not=why_not_tunable,
    tuning=Tuning("lora"),
    remedy="retrain",
    shape="triangle-up",
)


def tuned_variant(
    name: str,
    tuning: Tuning,
    place: float,
    why_not: Callable[[Exam, Model], Text | None] = why_not_tunable,
) -> Column:
    """The column of another way of tuning, run on request; its note is `column.{name}.note` of the catalogue."""
    return Column(
        name=name,
        title=TUNED.title,
        note=catalogued(f"column.{name}.note"),
        behaviour=ask_plainly,
        place=place,
        depends_on=_depends_on,
        why_not=why_not,
        tuning=tuning,
        remedy="retrain",
        variant_of=TUNED,
        shape="triangle-up",
    )
