from assay.export.export import FORMATS, Exported, export_run

__all__ = ["FORMATS", "Exported", "export_run"]
