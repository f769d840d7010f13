"""What pages of docs/guide tell to type is typed, block after block in one folder."""

from pathlib import Path

import openpyxl
import pytest

import assay
from assay.models import ScriptedModel
from small_company import write_company
from typed_blocks import blocks_of, type_block

_GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def test_the_page_on_questions(tmp_path: Path) -> None:
    text = (_GUIDE / "questions.md").read_text(encoding="utf-8")
    printed = [type_block(kind, block, tmp_path) for kind, block in blocks_of("docs/guide/questions.md")]
    assert f"prints\n\n```\n{printed[0]}```" in text
    assert "2 questions as alpaca" in printed[-1]
    assert any("drafts.csv: read every row" in text for text in printed)


def test_the_page_on_marking(tmp_path: Path) -> None:
    (block,) = blocks_of("docs/guide/marking.md")
    assert "Wrong: 2" in type_block(*block, tmp_path)


def test_the_page_on_results(tmp_path: Path, finished_run: Path) -> None:
    for kind, block in blocks_of("docs/guide/results.md"):
        if not any(f"--to {form}" in block for form in ("mlflow", "inspect")):
            type_block(kind, block.replace("RUN", finished_run.name), finished_run.parents[2])


def test_the_page_on_marks(tmp_path: Path, finished_run: Path) -> None:
    """Of so small an exam fewer are drawn at once. Anna and Bo mark the first sheet, Bo half of it."""
    place = finished_run.parents[2]
    first, more, take, python = blocks_of("docs/guide/marks.md")
    type_block("sh", first[1].replace("draw", "draw -n 6"), place)
    for name, every in (("anna", 1), ("bo", 2)):
        _mark(finished_run / "marks" / "sheet-1.xlsx", place / f"sheet-{name}.xlsx", every)
    fewer = more[1].replace("-n 60", "-n 4").replace("-n 40", "-n 4")
    type_block("sh", fewer.replace("RUN", finished_run.name), place)
    printed = type_block(*take, place)
    assert "6 marks by sheet-anna." in printed and "sheet-bo.xlsx: 3 rows have no mark yet" in printed
    assert 'id="marks"' in (finished_run / "report.html").read_text(encoding="utf-8")
    assert "again.xlsx" in type_block(*python, place)
    assert {path.name for path in place.iterdir()} >= {"sheet.html", "more.xlsx", "again.xlsx"}


def _mark(sheet: Path, to: Path, every: int) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book.active
    assert page is not None
    for number, line in enumerate(page.iter_rows(min_row=5)):
        if number % every == 0:
            line[5].value = "y" if str(line[2].value).startswith("None") else "n"
    book.save(to)


@pytest.fixture
def finished_run(tmp_path: Path) -> Path:
    """The folder of a finished run in the workspace of a folder; no model is needed to show it."""
    model = ScriptedModel(lambda conversation: "I don't know.")
    cells = "none/zero-shot,retrieved/zero-shot"
    return assay.run(*write_company(tmp_path), out=tmp_path / ".assay", model=model, cells=cells).folder
