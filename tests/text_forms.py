"""The columns of every task's texts."""

from assay.tasks.entities import ENTITIES
from assay.tasks.label_sets import LABEL_SETS
from assay.tasks.labels import LABELS

FORMS = {"labels": LABELS.rows, "multi-label": LABEL_SETS.rows, "entities": ENTITIES.rows}
