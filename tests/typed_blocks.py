"""What the documentation tells to type: its blocks, and typing one in a folder."""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from command import call_assay

__all__ = ["blocks_of", "type_block"]

_ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OTHERS = ("pip ", "make ", "mlflow ", "inspect ")  # commands of other programs


def blocks_of(page: str) -> list[tuple[str, str]]:
    """Kind, "sh" or "python", and text of every block of a page; there is at least one."""
    found = _BLOCK.findall((_ROOT / page).read_text(encoding="utf-8"))
    assert found, page
    return found


def type_block(kind: str, text: str, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """What a block prints, our own commands only; it must end well. In this process, but for lines with a pipe."""
    variables = {"COLUMNS": "200"} | dict(environment or {})
    if kind == "python":
        return _run_python(text, folder, variables)
    ours = "\n".join(line for line in text.splitlines() if not line.startswith(_OTHERS))
    if any(sign in ours for sign in "|<>&;$"):
        return _run_in_shell(ours, folder, variables)
    return "".join(_run_line(line, folder, variables) for line in ours.splitlines() if line)


def _run_python(text: str, folder: Path, variables: Mapping[str, str]) -> str:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out):
        patch.chdir(folder)
        for name, value in variables.items():
            patch.setenv(name, value)
        exec(compile(text, "block", "exec"), {"__name__": "__main__"})
    return out.getvalue()


def _run_line(line: str, folder: Path, variables: Mapping[str, str]) -> str:
    program, *arguments = shlex.split(line, comments=True)
    assert program == "assay", line
    done = call_assay(*arguments, cwd=folder, **variables)
    assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return done.stdout


def _run_in_shell(text: str, folder: Path, variables: Mapping[str, str]) -> str:
    program = ["bash", "-ec", 'assay() { python -m assay "$@"; }\n' + text]
    own = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PYTHONPATH": str(_ROOT / "src")}
    own |= variables
    done = subprocess.run(program, cwd=folder, env=os.environ | own, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
    return done.stdout
