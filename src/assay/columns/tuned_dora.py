"""Tuned by DoRA: the adapter learns directions and lengths of the weights apart."""

from assay.columns.tuned import tuned_variant
from assay.grid.column import Tuning

TUNED_DORA = tuned_variant("tuned-dora", Tuning("dora", "dora"), place=21)
