"""The pairs in benchmarks/truth are well formed, and their README counts them rightly."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks" / "truth"
SIZES = {"short_en": 200, "short_zh": 200, "sentences_en": 100, "sentences_zh": 100}
MORE_SIZES = {
    "usual_en": 160,
    "usual_zh": 100,
    "usual2_en": 160,
    "usual2_zh": 100,
    "usual3_en": 200,
    "usual3_zh": 150,
    "siblings": 431,
}
SYSTEMS = {"span", "fragment", "chat", "hedging", "quoting"}
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
        _assert_fields(row, texts, marks, {"accepted"} if short else set())


@pytest.mark.parametrize("name", MORE_SIZES)
def test_rows_of_the_usual_mix_and_of_siblings_hold_their_fields(name: str) -> None:
    assert len(_rows(name)) == MORE_SIZES[name]
    for row in _rows(name):
        texts = TEXTS | {"system"} if name.startswith("usual") else TEXTS
        marks = MARKS | {"supported"} if row["kind"].startswith("cite-") else MARKS
        _assert_fields(row, texts, marks, {"accepted"})
        assert row.get("system", "chat") in SYSTEMS, row["id"]
        if name != "siblings":
            assert bool(CHINESE.search(row["question"])) == name.endswith("zh"), row["id"]


def _assert_fields(row: Row, texts: set[str], marks: set[str], extra: set[str]) -> None:
    if row["right"] != row["second"]:
        extra = extra | {"why"}
    assert set(row) == texts | marks | extra, row["id"]
    assert all(isinstance(row[field], str) for field in texts), row["id"]
    assert all(row[field] for field in texts - {"evidence"}), row["id"]
    assert all(isinstance(row[field], bool) for field in marks), row["id"]
    assert all(isinstance(answer, str) and answer for answer in row.get("accepted", [])), row["id"]
    assert row.get("accepted") or row["evidence"], row["id"]


def test_ids_are_unique() -> None:
    ids = [row["id"] for name in SIZES | MORE_SIZES for row in _rows(name)]
    assert len(set(ids)) == len(ids)


def test_no_question_stands_in_two_files() -> None:
    files = [{row["question"].lower() for row in _rows(name)} for name in SIZES | MORE_SIZES]
    assert sum(map(len, files)) == len(set().union(*files))


@pytest.mark.parametrize("name", SIZES | MORE_SIZES)
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


@pytest.mark.parametrize("name", ["usual_en", "usual_zh", "siblings"])
def test_every_second_question_of_the_others_is_held(name: str) -> None:
    halves: dict[str, list[str]] = {}
    for row in _rows(name):
        halves.setdefault(row["question"], []).append(row["half"])
    for i, (question, found) in enumerate(halves.items()):
        assert set(found) == {("open", "held")[i % 2]}, question


@pytest.mark.parametrize("name", ["usual2_en", "usual2_zh", "usual3_en", "usual3_zh"])
def test_the_later_sets_of_the_usual_mix_are_all_held(name: str) -> None:
    assert {row["half"] for row in _rows(name)} == {"held"}


@pytest.mark.parametrize("name", ["short_en", "short_zh", "siblings"])
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
    for name, n in (SIZES | MORE_SIZES).items():
        rows = _rows(name)
        n_differ = sum(row["right"] != row["second"] for row in rows)
        assert f"| `{name}.jsonl` | {n} | {sum(row['right'] for row in rows)} | {n_differ} |" in readme
    told = _told(readme)
    for head, files in {
        "short answers": ["short_en", "short_zh"],
        "sentences": ["sentences_en", "sentences_zh"],
        "usual answers": [name for name in MORE_SIZES if name.startswith("usual")],
        "siblings": ["siblings"],
    }.items():
        rows = [row for name in files for row in _rows(name)]
        chinese = Counter(row["kind"] for row in rows if CHINESE.search(row["question"]))
        every = Counter(row["kind"] for row in rows)
        assert told[head] == {kind: [n - chinese[kind], chinese[kind]] for kind, n in every.items()}, head


def _told(readme: str) -> dict[str, dict[str, list[int]]]:
    """For each table of kinds, named by its first head: the counts of every kind in English and in Chinese."""
    told: dict[str, dict[str, list[int]]] = {}
    for table in re.findall(r"(?m)(?:^\|.*\n)+", readme):
        head, _, *lines = [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in table.splitlines()]
        if head[-2:] == ["en", "zh"]:
            told[head[0]] = {cells[0]: [int(n or 0) for n in cells[-2:]] for cells in lines}
    return told
