"""The hard pairs in benchmarks/truth are well formed, and their README counts them rightly."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks" / "truth"
SIZES = {"short_en": 200, "short_zh": 200, "sentences_en": 100, "sentences_zh": 100}
TEXTS = {"id", "kind", "question", "evidence", "answer", "half"}
MARKS = {"right", "second"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")

Row = dict[str, Any]


@cache
def _rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _share_right(rows: list[Row]) -> float:
    return sum(row["right"] for row in rows) / len(rows)


@pytest.mark.parametrize("name", SIZES)
def test_rows_hold_their_fields(name: str) -> None:
    short = name.startswith("short")
    texts = TEXTS if short else TEXTS | {"reference"}
    marks = MARKS if short else MARKS | {"complete", "supported"}
    assert len(_rows(name)) == SIZES[name]
    for row in _rows(name):
        extra = {"accepted"} if short else set()
        if row["right"] != row["second"]:
            extra = extra | {"why"}
        assert set(row) == texts | marks | extra, row["id"]
        assert all(isinstance(row[field], str) for field in texts), row["id"]
        assert all(row[field] for field in texts - {"evidence"}), row["id"]
        assert all(isinstance(row[field], bool) for field in marks), row["id"]
        assert all(isinstance(answer, str) and answer for answer in row.get("accepted", [])), row["id"]
        assert row.get("accepted") or row["evidence"], row["id"]


def test_ids_are_unique() -> None:
    ids = [row["id"] for name in SIZES for row in _rows(name)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("name", SIZES)
def test_no_pair_stands_twice(name: str) -> None:
    pairs = [(row["question"], row["answer"]) for row in _rows(name)]
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("name", SIZES)
def test_about_half_is_right_in_both_halves(name: str) -> None:
    for half in ("open", "held"):
        rows = [row for row in _rows(name) if row["half"] == half]
        assert 0.45 <= len(rows) / SIZES[name] <= 0.55
        assert 0.4 <= _share_right(rows) <= 0.6


@pytest.mark.parametrize("name", SIZES)
def test_each_kind_is_in_both_halves_and_each_question_in_one(name: str) -> None:
    halves: dict[str, set[str]] = {}
    for row in _rows(name):
        halves.setdefault(f"kind {row['kind']}", set()).add(row["half"])
        halves.setdefault(f"question {row['question']}", set()).add(row["half"])
    for key, found in halves.items():
        assert len(found) == (2 if key.startswith("kind ") else 1), key


@pytest.mark.parametrize("name", ["short_en", "short_zh"])
def test_each_kind_of_short_answers_holds_right_and_wrong(name: str) -> None:
    for kind in {row["kind"] for row in _rows(name)}:
        assert {row["right"] for row in _rows(name) if row["kind"] == kind} == {True, False}, kind


@pytest.mark.parametrize("name", SIZES)
def test_languages_are_right(name: str) -> None:
    for row in _rows(name):
        asked = [row[field] for field in ("question", "evidence", "reference") if row.get(field)]
        if name.endswith("zh"):
            assert all(CHINESE.search(text) for text in asked), row["id"]
        else:
            assert not CHINESE.search(json.dumps(row, ensure_ascii=False)), row["id"]


@pytest.mark.parametrize("name", ["sentences_en", "sentences_zh"])
def test_references_are_over_twelve_words(name: str) -> None:
    for row in _rows(name):
        words = len(row["reference"].split()) if name.endswith("en") else len(CHINESE.findall(row["reference"])) / 2
        assert words > 12, row["id"]


@pytest.mark.parametrize("name", ["sentences_en", "sentences_zh"])
def test_what_is_right_is_supported_and_what_is_complete_but_wrong_is_not(name: str) -> None:
    for row in _rows(name):
        assert row["supported"] or not row["right"], row["id"]
        assert row["right"] or not (row["complete"] and row["supported"]), row["id"]


def test_readme_counts_them_rightly() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for name, n in SIZES.items():
        rows = _rows(name)
        n_differ = sum(row["right"] != row["second"] for row in rows)
        assert f"| `{name}.jsonl` | {n} | {sum(row['right'] for row in rows)} | {n_differ} |" in readme
    told = {cells[1].strip(" `"): cells[-3:-1] for line in readme.splitlines() if len(cells := line.split("|")) > 4}
    for group in ("short", "sentences"):
        english, chinese = (Counter(row["kind"] for row in _rows(f"{group}_{lang}")) for lang in ("en", "zh"))
        for kind in english | chinese:
            assert [int(n.strip() or 0) for n in told[kind]] == [english[kind], chinese[kind]], kind
