"""Asked by the prompt that was found on training questions and accepted on validation questions; else plainly."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from assay.bench.bench import Bench
from assay.columns.zero_shot import ZERO_SHOT
from assay.errors import InputError
from assay.grid.column import Column
from assay.grid.example_pool import examples_of
from assay.models import Model
from assay.prompting.acceptance import LEAST_VALIDATION
from assay.prompting.bank import open_bank
from assay.prompting.chosen import known_choice, plain_instead, prompted_behaviour, prompts_in_force
from assay.prompting.halving import check_optuna
from assay.prompting.written import check_gepa
from assay.questions.exam import Exam
from assay.words import Text, catalogued, told

__all__ = ["PROMPTED"]

_LEAST_TRAINING = 8


def _takes(bench: Bench) -> Mapping[str, Any]:
    file, writer = bench.settings.prompt_bank, bench.settings.prompt_writer
    if file and writer:
        raise InputError("prompts come from a bank or from a writer: set prompt_bank or prompt_writer, not both")
    check_gepa() if writer else check_optuna()
    return {"bank": open_bank(file).key} if file else {}


def _why_not(exam: Exam, model: Model) -> Text | None:
    n, n_training = len(exam.validation), len(examples_of(exam))
    if n_training < _LEAST_TRAINING:
        return told("left_out.few_to_prompt", n=n_training, needed=_LEAST_TRAINING)
    return told("left_out.few_validation", n=n, needed=LEAST_VALIDATION) if n < LEAST_VALIDATION else None


PROMPTED = Column(
    name="prompted",
    title=catalogued("column.prompted"),
    note=catalogued("column.prompted.note"),
    cells=catalogued("column.prompted.cells"),
    behaviour=partial(prompted_behaviour, plain=ZERO_SHOT),
    place=12,
    depends_on=partial(prompts_in_force, plain=ZERO_SHOT),
    takes=_takes,
    why_not=_why_not,
    same_as=partial(plain_instead, plain=ZERO_SHOT),
    prompt=partial(known_choice, plain=ZERO_SHOT),
    remedy="examples",
    shape="diamond",
)
