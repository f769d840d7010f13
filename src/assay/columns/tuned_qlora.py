"""Tuned by QLoRA: the base model is held in four bits meanwhile, which takes a GPU."""

from assay.columns.tuned import tuned_variant, why_not_tunable
from assay.grid.column import Tuning
from assay.models import Model, has_cuda
from assay.questions.exam import Exam
from assay.words import Text, told


def _why_not(exam: Exam, model: Model) -> Text | None:
    if model.why_not_tunable or has_cuda():
        return why_not_tunable(exam, model)
    return told("left_out.no_cuda")


TUNED_QLORA = tuned_variant("tuned-qlora", Tuning("qlora", "qlora"), 23, _why_not)
