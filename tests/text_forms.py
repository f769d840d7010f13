"""The columns of every task's texts."""

from assay.tasks.entities import ENTITIES
from assay.tasks.labels import LABELS

FORMS = {"labels": LABELS.rows, "entities": ENTITIES.rows}
