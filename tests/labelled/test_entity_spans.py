import pytest

from assay.labelled.entity_spans import find_words, has_loose_edges, join_tokens, parse_spans, parse_tags
from assay.labelled.labelled_text import Entity


def test_tokens_are_joined_with_spaces_but_not_within_chinese() -> None:
    assert join_tokens(["Anna", "'s", "cat"]) == ("Anna 's cat", [(0, 4), (5, 7), (8, 11)])
    assert join_tokens(["李", "开", "复", "iPhone", "好"])[0] == "李开复 iPhone 好"


def test_words_are_chinese_characters_runs_of_letters_and_single_signs() -> None:
    text = "李开复 buys 2 iPhones!"
    assert [text[start:end] for start, end in find_words(text)] == ["李", "开", "复", "buys", "2", "iPhones", "!"]


def test_tags_become_spans() -> None:
    text, places = join_tokens(["Anna", "Berg", "met", "Bo", "Li", "in", "Oslo"])
    tags = ["B-PER", "I-PER", "O", "B-PER", "B-PER", "O", "B-LOC"]
    entities, n_mended = parse_tags(tags, places)
    assert [(text[e.start : e.end], e.type) for e in entities] == [
        ("Anna Berg", "PER"),
        ("Bo", "PER"),
        ("Li", "PER"),
        ("Oslo", "LOC"),
    ]
    assert n_mended == 0


@pytest.mark.parametrize(
    ("tags", "spans", "n_mended"),
    [
        (["O", "I-PER", "I-PER"], [(2, 5, "PER")], 1),  # begins one, and the next goes on with it
        (["B-PER", "I-LOC", "O"], [(0, 1, "PER"), (2, 3, "LOC")], 1),
        (["B-PER", "O", "I-PER"], [(0, 1, "PER"), (4, 5, "PER")], 1),
        (["B-PER", "E-PER", "S-LOC"], [(0, 3, "PER"), (4, 5, "LOC")], 0),
    ],
)
def test_inconsistent_tags_are_mended_and_counted(tags: list[str], spans: list[tuple], n_mended: int) -> None:
    assert parse_tags(tags, [(0, 1), (2, 3), (4, 5)]) == (tuple(Entity(*span) for span in spans), n_mended)


def test_spans_come_as_objects_or_lists_and_leave_in_order() -> None:
    value = [{"start": 11, "end": 15, "label": "LOC"}, [0, 4, "PER"]]
    assert parse_spans(value, "Anna is in Oslo") == (Entity(0, 4, "PER"), Entity(11, 15, "LOC"))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([[0, 4, "A"], [0, 7, "B"]], 'entities 0-4 "Anna" and 0-7 "Anna is" overlap'),
        ([[1, 4, "A"]], 'entity 1-4 "nna" begins or ends within a word'),
        ([[10, 14, "A"]], 'entity 11-14 "Osl" begins or ends within a word'),
        ([[0, 99, "A"]], "outside the text of 15 characters"),
        ([[4, 4, "A"]], "is empty"),
        ([[4, 5, "A"]], "nothing but spaces"),
        ([["0", 4, "A"]], "whole numbers"),
        ([[0, 4]], "must be"),
        ("Anna", "must be a list"),
    ],
)
def test_wrong_spans_are_told(value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_spans(value, "Anna is in Oslo")


def test_spaces_at_the_edges_of_a_span_are_left_away() -> None:
    value = [[0, 5, "PER"], [10, 15, "LOC"]]
    assert parse_spans(value, "Anna is in Oslo") == (Entity(0, 4, "PER"), Entity(11, 15, "LOC"))
    assert has_loose_edges(value, "Anna is in Oslo") and not has_loose_edges([[0, 4, "PER"]], "Anna is in Oslo")
    assert parse_spans([[0, 2, "LOC"]], "上海很大") == (Entity(0, 2, "LOC"),)  # Chinese parts no words
