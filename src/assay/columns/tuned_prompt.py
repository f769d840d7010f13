"""Tuned, then asked by a prompt that was searched for with the tuned model; plainly where none was accepted."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from assay.columns.chosen_prompt import PROMPTED
from assay.columns.tuned import TUNED
from assay.grid.cell import Cell
from assay.grid.column import Column
from assay.grid.pipelines import Pipelines
from assay.models import Model
from assay.prompting.chosen import known_choice, plain_instead, prompted_behaviour, prompts_in_force
from assay.questions.exam import Exam
from assay.words import Text, catalogued


def _depends_on(pipelines: Pipelines, cell: Cell) -> Mapping[str, Any]:
    adapters = [pipelines.adapters.key(part.tuned_model) for part in cell.parts if part.tuned_model]
    return {"adapter": adapters, **prompts_in_force(pipelines, cell, TUNED)}


def _why_not(exam: Exam, model: Model) -> Text | None:
    return TUNED.why_not(exam, model) or PROMPTED.why_not(exam, model)


TUNED_PROMPTED = Column(
    name="tuned-prompted",
    title=TUNED.title,
    note=catalogued("column.tuned-prompted.note"),
    behaviour=partial(prompted_behaviour, plain=TUNED),
    place=27,
    depends_on=_depends_on,
    takes=PROMPTED.takes,
    why_not=_why_not,
    same_as=partial(plain_instead, plain=TUNED),
    prompt=partial(known_choice, plain=TUNED),
    tuning=TUNED.tuning,
    remedy="retrain",
    variant_of=TUNED,
    shape="triangle-up",
)
