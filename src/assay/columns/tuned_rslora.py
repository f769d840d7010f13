"""Tuned by rank-stabilised LoRA: what the adapter adds is scaled by the root of its rank."""

from assay.columns.tuned import tuned_variant
from assay.grid.column import Tuning

TUNED_RSLORA = tuned_variant("tuned-rslora", Tuning("rslora", "rslora"), place=22)
