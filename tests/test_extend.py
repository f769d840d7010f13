"""docs/extend.md: its parts are loaded and run as they stand there."""

import re
from pathlib import Path

import assay
from assay.models import Conversation, ScriptedModel
from assay.report import render_report

_TEXT = (Path(__file__).parents[1] / "docs" / "extend.md").read_text("utf-8")


def in_brief(conversation: Conversation) -> str:
    return "38 hours." if conversation[-1].content.endswith("One or two words.") else "It is 38 hours."


def test_the_parts_of_the_guide_run(company: tuple[Path, Path], tmp_path: Path) -> None:
    files = []
    for number, code in enumerate(re.findall(r"```python\n(.*?)```", _TEXT, re.DOTALL)):
        file = tmp_path / f"part_{number}.py"
        file.write_text(code, "utf-8")
        files.append(str(file))
    assert len(files) == 4
    done = assay.run(
        *company,
        out=tmp_path / "ws",
        parts=files,
        cells="none/zero-shot,brief,whole-section/zero-shot",
        scorer="starts-with",
        search_steps="shortest",
        model=ScriptedModel(in_brief),
        encoder="none",
    )
    right = {cell.cell: cell.correct_answerable for cell in done.result.cells}
    assert set(right) == {
        "none/zero-shot", "none/brief", "retrieved/brief", "oracle/brief", "whole-section/zero-shot",
    }  # fmt: skip
    assert right["none/zero-shot"] is not None and right["none/zero-shot"].value == 0.0  # starts with "It is"
    assert right["none/brief"] is not None and right["none/brief"].value > 0.0
    assert "starts with an accepted answer" in render_report(done.result, "en")
    assert "以认可的答案开头" in render_report(done.result, "zh")
    assert done.result.retriever is not None
    assert "shortest" in [step.step for step in done.result.retriever.tried]


def test_files_that_the_guides_name_are_there() -> None:
    root = Path(__file__).parents[1]
    for name in ("extend.md", "architecture.md"):
        text = (root / "docs" / name).read_text("utf-8")
        for file in re.findall(r"`([a-z_]+(?:/[a-z_]+)+\.py)`", text):
            assert (root / "src" / "assay" / file).exists() or (root / file).exists(), file
        for folder in re.findall(r"`(?:assay/)?([a-z_]+(?:/[a-z_]+)*)/`", text):
            assert (root / "src" / "assay" / folder).is_dir() or (root / folder).is_dir(), folder
