"""Tuned by LoRA after reading the documents themselves."""

from assay.columns.tuned import tuned_variant
from assay.grid.column import Tuning

TUNED_PRETRAINED = tuned_variant("tuned-pretrained", Tuning("lora", "pretrained", reads_documents=True), place=26)
