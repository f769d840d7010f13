"""Files of new texts, and what is written of them."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from assay.errors import InputError
from assay.labelled.labelled_files import read_labelled
from assay.labelled.labelled_text import Entity
from assay.serving.tagging import Tagged
from assay.serving.text_files import as_file, read_texts, write_tagged
from assay.tasks.entities import ENTITIES
from assay.tasks.labels import LABELS
from text_forms import FORMS


def _write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", 'n;Text\n1;"one, two"\n2; three\n'),
        ("a.jsonl", '{"n": 1, "sentence": "one, two"}\n\n{"text": " three"}\n'),
        ("a.json", '[{"text": "one, two"}, {"text": " three"}]'),
        ("a.txt", "one, two\n\n three\n"),
    ],
)
def test_texts_are_read_as_they_stand(tmp_path: Path, name: str, content: str) -> None:
    assert read_texts(_write(tmp_path / name, content), LABELS.rows).texts == ("one, two", " three")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "words,n\nx,1\n", "there is no column text; it has words, n"),
        ("a.csv", "text\n", "holds no texts"),
        ("a.txt", "\n \n", "holds no texts"),
        (
            "a.jsonl",
            '{"text": "x"}\n{"text": " "}\n{"text": 5}\n',
            r"(?s)2 problems.*line 2: the text is empty.*line 3",
        ),
        ("a.pdf", "x", "not from"),
    ],
)
def test_what_holds_no_texts_is_refused(tmp_path: Path, name: str, content: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_texts(_write(tmp_path / name, content), LABELS.rows)


def test_columns_are_kept_and_what_was_said_is_beside_them(tmp_path: Path) -> None:
    """One of the names is taken already; dates and numbers come from a workbook."""
    with xlsxwriter.Workbook(tmp_path / "in.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["text", "Label", "n", "day"])
        sheet.write_row(1, 0, [" one", "old", 7])
        sheet.write_datetime(1, 3, date(2026, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
    file = read_texts(tmp_path / "in.xlsx", LABELS.rows)
    said = [Tagged(" one", "new", (), 0.98765)]
    write_tagged(file, said, LABELS.rows, tmp_path / "out.csv")
    write_tagged(file, said, LABELS.rows, tmp_path / "out.jsonl")
    expected = {"text": " one", "Label": "old", "n": "7", "day": "2026-01-02", "label_said": "new"}
    (row,) = csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row == expected | {"probability": "0.9877"}
    row = json.loads((tmp_path / "out.jsonl").read_text())
    assert row == expected | {"probability": 0.9877}
    with pytest.raises(InputError, match="is there already"):
        write_tagged(file, said, LABELS.rows, tmp_path / "out.csv")


def test_written_entities_can_be_read_as_labelled_texts(tmp_path: Path) -> None:
    found = (Entity(1, 5, "PER"), Entity(9, 13, "LOC"))
    texts = [" Anna in Riga", "nobody"]
    write_tagged(
        as_file(texts),
        [Tagged(texts[0], None, found, 0.9), Tagged(texts[1], None, (), None)],
        ENTITIES.rows,
        tmp_path / "out.jsonl",
    )
    read = read_labelled(tmp_path / "out.jsonl", FORMS).texts
    assert [(one.text, one.entities) for one in read] == [(texts[0], found), (texts[1], ())]
    assert '"text": "Riga"' in (tmp_path / "out.jsonl").read_text()
