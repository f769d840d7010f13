"""The command line within this process: what a new one would spend on imports is saved, all else is the same."""

import io
import os
import subprocess
import warnings
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

__all__ = ["call_assay"]


def call_assay(
    *line: str | Path, cwd: Path, stdin: str = "", **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """What `assay LINE` returns and prints in that folder, with these variables over those of the tests.

    A variable that is None is taken away. Not for what a signal or a kill does to a process, nor for what is imported.
    """
    arguments, out, err = ["assay", *map(str, line)], io.StringIO(), io.StringIO()
    before = dict(os.environ)
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings(), redirect_stdout(out), redirect_stderr(err):
        warnings.simplefilter("ignore")  # as the command line does; typer's own come at import
        from assay.cli import main

        patch.chdir(cwd)
        patch.setattr("sys.argv", arguments)
        given = io.BytesIO(stdin.encode("utf-8", "surrogateescape"))  # "\udce9" is the byte E9, which is no UTF-8
        patch.setattr("sys.stdin", io.TextIOWrapper(given, "utf-8"))
        for name, value in environment.items():
            patch.delenv(name, raising=False) if value is None else patch.setenv(name, value)
        try:
            main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
    os.environ.clear()
    os.environ.update(before)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())
