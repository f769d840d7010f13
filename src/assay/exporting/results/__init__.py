"""A finished study for other programs: tables as CSV or Parquet, a run for MLflow, logs for Inspect. One file a form.

Knows the tables of a study and file formats. Computes nothing, and knows no kind of study by name.
"""

from assay.exporting.results.result_forms import FORMS, write_result

__all__ = ["FORMS", "write_result"]
