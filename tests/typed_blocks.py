"""What the documentation tells to type: its blocks, and typing one in a folder."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

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
    """What a block prints, our own commands only; it must end well."""
    program = ["python", "-c", text]
    if kind == "sh":
        ours = [line for line in text.splitlines() if not line.startswith(_OTHERS)]
        program = ["bash", "-ec", 'assay() { python -m assay "$@"; }\n' + "\n".join(ours)]
    own = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(_ROOT / "src"),
        "COLUMNS": "200",
    }
    variables = os.environ | dict(environment or {}) | own
    done = subprocess.run(program, cwd=folder, env=variables, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
    return done.stdout
