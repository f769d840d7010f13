"""Tuned in all its weights."""

from assay.columns.tuned import tuned_variant
from assay.grid.column import Tuning

TUNED_FULL = tuned_variant("tuned-full", Tuning("full", "full"), place=24)
