import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assay.errors import InputError
from assay.labelled.label_splits import assign_splits, draw_test
from assay.labelled.labelled_files import read_labelled
from assay.labelled.labelled_text import LabelledSet, LabelledText
from text_forms import FORMS


def _write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_table_of_texts_and_labels(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("text;category;split\nlost my card;card;train\nwhere is it;order  status;test\n")
    read = read_labelled(path, FORMS)
    assert (read.task, read.names) == ("labels", ("card", "order status"))
    assert [(one.id, one.text, one.split) for one in read.texts] == [
        ("t00001", "lost my card", "train"),
        ("t00002", "where is it", "test"),
    ]


def test_a_folder_of_train_and_test_gives_the_split_and_other_files_are_left_alone(tmp_path: Path) -> None:
    _write(tmp_path / "train.jsonl", [{"tokens": ["Anna", "sang"], "tags": ["B-PER", "O"]}])
    _write(tmp_path / "test.jsonl", [{"text": "Bo sang", "entities": [[0, 2, "PER"]]}])
    (tmp_path / "META.json").write_text("{}")
    read = read_labelled(tmp_path, FORMS)
    assert read.task == "entities"
    assert {one.text: one.split for one in read.texts} == {"Anna sang": "train", "Bo sang": "test"}


def test_all_problems_come_together_with_their_rows(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"text": " ", "label": "a"},
        {"text": "x", "label": ""},
        {"text": "Anna", "entities": [[0, 9, "PER"]]},
        {"tokens": ["Anna"], "tags": ["B-PER", "O"]},
        {"tokens": ["Anna"], "tags": [3]},
        {"text": "x", "label": "a", "id": "one"},
        {"text": "y", "label": "b", "id": "one"},
    ]
    with pytest.raises(InputError) as caught:
        read_labelled(_write(tmp_path / "bad.jsonl", rows), FORMS)
    for text in (
        "line 1: the text is empty",
        "line 2: the label is empty",
        "line 3: entity 0-9 lies outside",
        "line 4: 1 tokens but 2 tags",
        "line 5: tags must be text",
        'line 7: the id "one" is also that of bad.jsonl line 6',
        "some rows have labels and others entities",
    ):
        assert text in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"text": "a", "lable": "b"}], "no column label, labels, entities or tokens; it has text, lable"),
        ([{"text": "a", "label": "b"}, {"text": "c", "label": "b"}], '"b" is the only label'),
        ([{"text": "a", "labels": ["b"]}, {"text": "c", "labels": ["b"]}], "the same labels are right of all texts"),
        ([{"text": "a", "entities": []}], "holds no label or entity"),
        ([], "holds no texts"),
    ],
)
def test_a_file_that_tells_nothing(tmp_path: Path, rows: list[dict[str, Any]], said: str) -> None:
    with pytest.raises(InputError, match=said):
        read_labelled(_write(tmp_path / "texts.jsonl", rows), FORMS)


def test_a_folder_of_which_it_is_not_clear_what_to_read(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        _write(tmp_path / name, [])
    with pytest.raises(InputError, match=r"it holds a\.jsonl, b\.jsonl"):
        read_labelled(tmp_path, FORMS)


def test_what_looks_like_a_mistake_is_noticed(tmp_path: Path) -> None:
    rows = [
        {"text": "lost card", "label": "Card_lost"},
        {"text": "card is lost", "label": "card lost"},
        {"text": "hello", "label": "greeting"},
        {"text": "hello ", "label": "card lost"},
    ]
    notices = {one.key: one.about for one in read_labelled(_write(tmp_path / "t.jsonl", rows), FORMS).notices}
    assert notices["notice.alike_names"] == ('"Card_lost"', '"card lost"')
    assert "notice.joined_names" not in notices
    joined = [*rows, {"text": "both", "label": "greeting; card lost"}]
    notices |= {one.key: one.about for one in read_labelled(_write(tmp_path / "j.jsonl", joined), FORMS).notices}
    assert notices["notice.joined_names"] == ('"greeting; card lost"',)
    assert notices["notice.unlike_labels"] == ("j.jsonl line 3 / j.jsonl line 4",)
    tagged = [{"tokens": ["Anna"], "tags": ["I-PER"]}]
    (notice,) = read_labelled(_write(tmp_path / "n.jsonl", tagged), FORMS).notices
    assert (notice.key, notice.about) == ("notice.mended_tags", ("n.jsonl line 1",))


def _set(n: int, split: Any = None) -> LabelledSet:
    words = ["oak", "elm", "ash", "fir", "yew", "box", "gum", "fig"]
    texts = [f"{words[i % 8]} number {i} of {words[(i // 8) % 8]} in row {i * 7}" for i in range(n)]
    return LabelledSet(
        "labels",
        tuple(
            LabelledText(f"t{i}", text, "rare" if i % 10 == 0 else "usual", split=split) for i, text in enumerate(texts)
        ),
        "texts.csv",
        "",
    )


def test_with_one_text_a_label_none_can_be_asked() -> None:
    each = replace(_set(6), texts=tuple(LabelledText(str(n), f"word{n}", f"label {n}") for n in range(6)))
    with pytest.raises(InputError, match="every label has one text only, which is learnt from"):
        assign_splits(each, 0, 0.5, 0.15)


def test_splits_keep_the_shares_of_labels_and_the_seed_decides() -> None:
    split = assign_splits(_set(200), 0, 0.5, 0.15)
    for name, n in (("rare", 20), ("usual", 180)):
        counts = Counter(one.split for one in split.texts if one.label == name)
        assert abs(counts["test"] - n * 0.5) <= 2
        assert abs(counts["validation"] - n * 0.15) <= 2
    assert assign_splits(_set(200), 0, 0.5, 0.15) == split != assign_splits(_set(200), 1, 0.5, 0.15)


def test_near_duplicates_are_never_parted_and_a_label_keeps_one_to_learn_from() -> None:
    texts = [*_set(60).texts]
    texts += [LabelledText(f"d{i}", f"{texts[i].text}!", texts[i].label) for i in range(0, 60, 3)]
    texts.append(LabelledText("single", "something else altogether", "single"))
    split = {
        one.id: one.split for one in assign_splits(LabelledSet("labels", tuple(texts), "", ""), 0, 0.5, 0.15).texts
    }
    assert all(split[f"d{i}"] == split[f"t{i}"] for i in range(0, 60, 3))
    assert split["single"] == "train"


def test_a_given_split_is_kept_and_validation_comes_out_of_train() -> None:
    train, test = _set(100, "train").texts, _set(20, "test").texts
    whole = LabelledSet(
        "labels", (*train, *(LabelledText(f"x{t.id}", t.text, t.label, split="test") for t in test)), "", ""
    )
    counts = Counter(one.split for one in assign_splits(whole, 0, 0.5, 0.15).texts)
    assert counts["test"] == 20
    assert abs(counts["validation"] - 15) <= 2


def test_half_a_split_and_no_test_are_refused() -> None:
    half = LabelledSet("labels", (*_set(10).texts, LabelledText("z", "z", "a", split="test")), "t.csv", "")
    with pytest.raises(InputError, match="give every text one, or none"):
        assign_splits(half, 0, 0.5, 0.15)
    with pytest.raises(InputError, match="none of its 12 texts is for the test"):
        assign_splits(_set(12, "train"), 0, 0.5, 0.15)


def test_the_test_is_drawn_by_the_seed() -> None:
    whole = _set(50, "test")
    drawn = draw_test(whole, 20, 3)
    assert len(drawn) == 20
    assert drawn == draw_test(whole, 20, 3) != draw_test(whole, 20, 4)
    assert draw_test(whole, 0, 3) == whole.texts
