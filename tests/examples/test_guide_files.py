"""What docs/guide/questions.md and results.md tell to type is typed, one block after the other in one folder."""

from pathlib import Path

import pytest

import assay
from assay.models import ScriptedModel
from typed_blocks import blocks_of, type_block

_GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def test_the_page_on_questions(tmp_path: Path) -> None:
    text = (_GUIDE / "questions.md").read_text(encoding="utf-8")
    printed = [type_block(kind, block, tmp_path) for kind, block in blocks_of("docs/guide/questions.md")]
    assert f"prints\n\n```\n{printed[0]}```" in text
    assert "2 questions as alpaca" in printed[-1]
    assert any("drafts.csv: read every row" in text for text in printed)


def test_the_page_on_results(tmp_path: Path, finished_run: Path) -> None:
    for kind, block in blocks_of("docs/guide/results.md"):
        if not any(f"--to {form}" in block for form in ("mlflow", "inspect")):
            type_block(kind, block.replace("RUN", finished_run.name), finished_run.parents[2])


@pytest.fixture
def finished_run(company: tuple[Path, Path], tmp_path: Path) -> Path:
    """The folder of a finished run in the workspace of a folder; no model is needed to show it."""
    model = ScriptedModel(lambda conversation: "I don't know.")
    cells = "none/zero-shot,retrieved/zero-shot"
    return assay.run(*company, out=tmp_path / ".assay", model=model, cells=cells).folder
