"""The tuned model of a cell for other programs: one file a format, a card, and the exam that it has to pass.

Knows finished runs and file formats. Trains nothing, and knows no way of tuning by name.
"""

from assay.exporting.exported_run import FORMATS, Exported, export_run

__all__ = ["FORMATS", "Exported", "export_run"]
