"""What docs/guide/questions.md and results.md tell to type is typed, one block after the other in one folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import assay
from assay.models import ScriptedModel

_ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_OTHERS = ("pip ", "mlflow ", "inspect ")  # commands of other programs


def _blocks(page: str) -> list[tuple[str, str]]:
    found = _BLOCK.findall((_ROOT / "docs" / "guide" / page).read_text(encoding="utf-8"))
    assert found
    return found


def _type(kind: str, text: str, folder: Path) -> str:
    """What a block prints, our own commands only."""
    program = ["python", "-c", text]
    if kind == "sh":
        ours = [line for line in text.splitlines() if not line.startswith(_OTHERS)]
        program = ["bash", "-ec", 'assay() { python -m assay "$@"; }\n' + "\n".join(ours)]
    paths = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(_ROOT / "src"),
        "COLUMNS": "200",
    }
    done = subprocess.run(program, cwd=folder, env=os.environ | paths, capture_output=True, text=True)
    assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_the_page_on_questions(tmp_path: Path) -> None:
    text = (_ROOT / "docs" / "guide" / "questions.md").read_text(encoding="utf-8")
    printed = [_type(kind, block, tmp_path) for kind, block in _blocks("questions.md")]
    assert f"prints\n\n```\n{printed[0]}```" in text
    assert "2 questions as alpaca" in printed[-1]


def test_the_page_on_results(tmp_path: Path, finished_run: Path) -> None:
    for kind, block in _blocks("results.md"):
        if not any(f"--to {form}" in block for form in ("mlflow", "inspect")):
            _type(kind, block.replace("RUN", finished_run.name), finished_run.parents[2])


@pytest.fixture
def finished_run(company: tuple[Path, Path], tmp_path: Path) -> Path:
    """The folder of a finished run in the workspace of a folder; no model is needed to show it."""
    model = ScriptedModel(lambda conversation: "I don't know.")
    cells = "none/zero-shot,retrieved/zero-shot"
    return assay.run(*company, out=tmp_path / ".assay", model=model, cells=cells).folder
