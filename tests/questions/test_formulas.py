from pathlib import Path

import pytest

from assay.questions.formulas import guard_text, unguard_text
from assay.questions.rows import load_rows
from assay.questions.writing import write_rows


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")', "+1 234", "-a", "@SUM(1)", "\tx", "\r=1", "'=1", "''-a"]
)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(text: str) -> None:
    assert guard_text(text) == f"'{text}" and unguard_text(guard_text(text)) == text


@pytest.mark.parametrize("text", ["", "-5", "+3.25", "-1e-7", "a=b", "'tis", "3-4", "−5"])
def test_other_texts_and_numbers_are_as_they_are(text: str) -> None:
    assert guard_text(text) == unguard_text(text) == text


def test_rows_in_csv_read_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_rows([{"answer": "=1+1", "f1": -0.5, "accepted": ["=a"]}], ["answer", "f1", "accepted"], path)
    assert path.read_text("utf-8-sig").splitlines()[1] == '\'=1+1,-0.5,"[""=a""]"'
    assert load_rows(path, path.read_bytes()).rows[0].values["answer"] == "=1+1"
