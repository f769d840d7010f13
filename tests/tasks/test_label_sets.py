"""Texts with any number of labels: how files hold them, and how replies are read."""

import json
from pathlib import Path
from typing import Any

import pytest

from assay.errors import InputError
from assay.labelled.label_splits import assign_splits
from assay.labelled.labelled_files import read_labelled
from assay.labelled.labelled_text import LabelledText
from assay.tasks.label_sets import read_labels, write_labels
from text_forms import FORMS

_NAMES = ("Card, lost", "card", "refund")


@pytest.mark.parametrize(
    "lines",
    [
        ["text,labels", "one,card;refund", "two,", "three, refund ; refund"],
        ["text,labels", """one,"['card', 'refund']\"""", "two,[]", """three,"[""refund""]\""""],
        ["text,labels", "one,card|refund", "two,none", "three,refund"],
        ["text,label,label", "one,card,refund", "two,,", "three,,refund"],
        ["text,label_1,label_2", "one,card,refund", "two,,", "three,refund,"],
        ["text,label:card,label: refund", "one,1,yes", "two,0,no", "three,,true"],
    ],
    ids=["semicolons", "lists", "bars", "the same heading", "numbered columns", "a column a label"],
)
def test_a_table_holds_labels_in_a_cell_or_in_columns(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    read = read_labelled(path, FORMS)
    assert read.task == "multi-label" and read.names == ("card", "refund")
    assert [one.labels for one in read.texts] == [("card", "refund"), (), ("refund",)]


def test_lines_of_json_hold_lists_or_objects_and_case_is_kept(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "one", "labels": ["Refund", "card; lost", 3]},
        {"text": "two", "labels": {"Refund": True, "card; lost": False}},
        {"text": "three", "labels": []},
    ]
    read = read_labelled(_write(tmp_path / "t.jsonl", rows), FORMS)
    assert [one.labels for one in read.texts] == [("3", "Refund", "card; lost"), ("Refund",), ()]
    given = FORMS["multi-label"].write(read.texts[0])
    assert FORMS["multi-label"].parse({"text": "one", **given}).labels == read.texts[0].labels


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"text": "a", "label": ["x", "y"]}], "label is a list: call the column labels"),
        ([{"text": "a", "label": "['x', 'y']"}], "label is a list: call the column labels"),
        ([{"text": "a", "labels": ["x"]}, {"text": "b", "labels": None}], "line 2: there are no labels: give an empty"),
        ([{"text": "a", "labels": ["x", ""]}], "the label is empty"),
        ([{"text": "a", "labels": ["x", ["y"]]}], "must be text, got a list"),
        ([{"text": "a", "labels": ["x", "None"]}], '"None" stands beside other labels'),
        ([{"text": "a", "label:x": "perhaps"}], 'must be true or false, got "perhaps"'),
        ([{"text": "a", "labels": ["x"]}, {"text": "b", "label": "x"}], "some rows have labels and others multi-label"),
        ([{"text": "a", "labels": []}, {"text": "b", "labels": []}], "there is nothing to tell apart"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(rows: list[dict[str, Any]], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said.replace("[", r"\[")):
        read_labelled(_write(tmp_path / "t.jsonl", rows), FORMS)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("Card, lost\nrefund", {"Card, lost", "refund"}),
        ("- REFUND.\n- card", {"card", "refund"}),
        ("card lost, refund", {"Card, lost", "refund"}),  # the longer of two that stand there
        ("none", set()),
        ("I do not know", set()),
    ],
)
def test_replies_give_any_number_of_labels(reply: str, said: set[str]) -> None:
    assert read_labels(reply, "", _NAMES) == said


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_written_is_read_again_though_names_differ_by_case_alone(lang: str) -> None:
    names = ("Refund", "refund", "A+", "A-", "x|y")
    for labels in ((), ("Refund",), ("A+", "refund"), ("Refund", "refund", "x|y")):
        assert read_labels(write_labels(LabelledText("", "t", labels=labels), lang), "", names) == set(labels)


def test_the_rarest_label_of_a_text_decides_where_it_is_drawn(tmp_path: Path) -> None:
    rows = [{"text": f"{n} of a kind {n * n}", "labels": ["usual"] + ["rare"] * (n % 10 == 0)} for n in range(100)]
    read = assign_splits(read_labelled(_write(tmp_path / "t.jsonl", rows), FORMS), 0, 0.5, 0.15)
    assert abs(sum("rare" in one.labels for one in read.of_split("test")) - 5) <= 1
    assert abs(len(read.of_split("test")) - 50) <= 4


def _write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
