"""The command line: one file a verb. Translates errors to exit codes, and knows nothing else."""

from assay.cli.main import main

__all__ = ["main"]
