"""Tuned on questions asked by the prompt that was found for the base; where none was accepted, plainly tuned."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from assay.columns.chosen_prompt import PROMPTED
from assay.columns.tuned import TUNED
from assay.columns.zero_shot import ZERO_SHOT
from assay.grid.cell import Cell
from assay.grid.column import Column, Tuning
from assay.grid.pipelines import Pipelines
from assay.models import Model
from assay.prompting.chosen import known_choice, plain_instead, prompted_behaviour, prompts_in_force
from assay.questions.exam import Exam
from assay.words import Text, catalogued


def _depends_on(pipelines: Pipelines, cell: Cell) -> Mapping[str, Any]:
    adapters = [pipelines.adapters.key(part.tuned_model) for part in cell.parts if part.tuned_model]
    return {"adapter": adapters, **prompts_in_force(pipelines, cell, ZERO_SHOT)}


def _why_not(exam: Exam, model: Model) -> Text | None:
    return TUNED.why_not(exam, model) or PROMPTED.why_not(exam, model)


def _plainly_tuned(pipelines: Pipelines, cell: Cell) -> Cell | None:
    """The tuned cell, where no better prompt was found for the base."""
    return Cell(cell.row, TUNED) if plain_instead(pipelines, cell, ZERO_SHOT) else None


PROMPT_TUNED = Column(
    name="prompted-tuned",
    title=TUNED.title,
    note=catalogued("column.prompted-tuned.note"),
    behaviour=partial(prompted_behaviour, plain=ZERO_SHOT),
    place=28,
    depends_on=_depends_on,
    takes=PROMPTED.takes,
    why_not=_why_not,
    same_as=_plainly_tuned,
    prompt=partial(known_choice, plain=ZERO_SHOT),
    tuning=Tuning("lora", "prompted", asked_by=PROMPTED.name),
    remedy="retrain",
    variant_of=TUNED,
    shape="triangle-up",
)
