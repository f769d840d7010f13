from pathlib import Path

import pytest

from assay.corpus import build_corpus
from assay.corpus.dating import date_document, end_of, find_dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 3 March 2024 and March 5th, 2023", ["2024-03-03", "2023-03-05"]),
        ("in Sept. 2022, then 2021", ["2022-09", "2021"]),
        ("2024-02-29, 2024/3/1 and 2024.12", ["2024-02-29", "2024-03-01", "2024-12"]),
        ("自2023年12月29日起，2022年6月、2021年", ["2023-12-29", "2022-06", "2021"]),
        ("order 120245, 2,024 units, $2024, 2024.5 kg, 2030%", []),
        ("nothing", []),
    ],
)
def test_dates_are_found_as_precise_as_they_are_told(text: str, dates: list[str]) -> None:
    assert [date for date, _, _ in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("name", "title", "text", "date"),
    [
        ("leave.pdf", "Leave", "Version 3 | Valid from 1 January 2025 to 31 December 2026", "2025-01-01"),
        ("wfh.md", "Working from home", "Effective: March 2020\nIt applies to all.", "2020-03"),
        ("a/expenses_2023-05.docx", "Expenses", "Since 2019 we refund them.", "2023-05"),
        ("price-list-2024.xlsx", "Prices", "A | 12", "2024"),
        ("v.md", "Handbook 2024", "Welcome.", "2024"),
        ("law.md", "公司法", "1993年12月29日 通过\n2023年12月29日 第二次修订\n第一条 1949年", "2023-12-29"),
        ("办法.md", "办法", "第一条 略。本办法自2024年7月1日起施行。", "2024-07-01"),
        ("manual.md", "Manual", "Last updated: 2 May 2021. Founded in 1974.", "2021-05-02"),
        ("history.md", "History", "The company was founded in 1974.", ""),
    ],
)
def test_a_document_tells_from_when_it_holds(name: str, title: str, text: str, date: str) -> None:
    assert date_document(name, title, text) == date


def test_what_held_in_a_year_is_what_held_at_its_end() -> None:
    assert [end_of(date) for date in ("2023", "2023-02", "2023-02-03")] == ["2023-12-31", "2023-02-31", "2023-02-03"]


def test_the_documents_of_a_corpus_are_dated(tmp_path: Path) -> None:
    (tmp_path / "fees-2023.md").write_text("# Fees\n\nTen euros.")
    (tmp_path / "notes.md").write_text("# Notes\n\nNothing.")
    assert [document.date for document in build_corpus(tmp_path).documents] == ["2023", ""]
