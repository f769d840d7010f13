"""The command line: one file a verb.

Knows options, terminals and exit codes, and which function does the work. Computes nothing and words no result.
"""

from assay.cli.main import main

__all__ = ["main"]
