"""Tuned in its last layers alone."""

from assay.columns.tuned import tuned_variant
from assay.grid.column import Tuning

TUNED_LAST_LAYERS = tuned_variant("tuned-last-layers", Tuning("last-layers", "last-layers"), place=25)
