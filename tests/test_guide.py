"""What the README and the guide tell to type is typed, page after page in one folder, with the real model."""

import json
import shutil
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from small_company import write_company
from typed_blocks import blocks_of, type_block

pytestmark = pytest.mark.usefixtures("model")  # converted before the clock runs; and long, so begun early

_PAGES = (
    "README.md", "README.zh.md", "docs/guide/serving.md", "docs/guide/python.md", "docs/guide/search.md",
    "docs/guide/tuning.md", "docs/guide/export.md", "docs/guide/your-answers.md", "docs/guide/labels.md",
    "docs/guide/drills.md", "docs/guide/documents.md",
)  # fmt: skip
_QUICK = {
    "ASSAY_EPOCHS_CLOSED_BOOK": "1",
    "ASSAY_EPOCHS_OPEN_BOOK": "1",
    "ASSAY_ENCODER_EPOCHS": "1",
    "ASSAY_LATENCY_SAMPLE": "1",
    "ASSAY_MAX_NEW_TOKENS": "8",
    "ASSAY_PROBE": "off",
    "ASSAY_MARGIN": "0.5",  # of an export that is asked 18 questions
    "ASSAY_EXPORT_DIFFERING": "1",
}

_TICKETS = ("card", "refund", "card and refund")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that the pages name."""
    documents, questions = write_company(tmp_path_factory.mktemp("company"), n_tested=2)
    folder = questions.parent
    page = Canvas(str(documents / "handbook.pdf"))
    page.drawString(72, 720, "The handbook has one page, and this is it.")
    page.save()
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    _write_csv(folder / "questions.csv", rows)
    asked = [row for row in rows if row["split"] == "test"]
    answers = [{"question": row["question"], "answer": (row["answers"] or ["I don't know"])[0]} for row in asked]
    (folder / "bot.jsonl").write_text("".join(json.dumps(row) + "\n" for row in answers))
    _write_csv(folder / "vendor.csv", answers)
    texts = [{"text": f"{kind} number {i}", "label": kind} for i in range(30) for kind in ("complaint", "praise")]
    _write_csv(folder / "texts.csv", texts)
    tickets = [
        {"text": f"my {kind} number {i}", "labels": kind.replace(" and ", ";")} for i in range(30) for kind in _TICKETS
    ]
    _write_csv(folder / "tickets.csv", tickets)
    _write_csv(folder / "new.csv", [{"text": "complaint number 77"}])
    shutil.copytree(documents, folder / "docs-2025")
    changed = shutil.copytree(documents, folder / "docs-2026") / "lira.md"
    changed.write_text(changed.read_text().replace("EUR 8.50", "EUR 9.90"))
    return folder


def _write_csv(file: Path, rows: list[dict[str, object]]) -> None:
    import csv

    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, names)
        writer.writeheader()
        for row in rows:
            writer.writerow({k: "|".join(map(str, v)) if isinstance(v, list) else v for k, v in row.items()})


@pytest.mark.parametrize("page", _PAGES)
def test_what_a_page_tells_to_type(page: str, place: Path) -> None:
    if page.endswith("drills.md"):
        _mark_the_change(place / "questions.csv")
    for kind, text in blocks_of(page):
        type_block(kind, text, place, _QUICK)


def _mark_the_change(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    changed = [f"{line},{'EUR 9.90' if 'EUR 8.50' in line else ''}" for line in lines[1:]]
    file.write_text("\n".join([f"{lines[0]},new_answer", *changed]), encoding="utf-8")
