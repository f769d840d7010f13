"""The dictionary of entities, by hand."""

from pathlib import Path

import pytest

from assay.labelled.labelled_text import Entity, LabelledText
from assay.training.entity_dictionary import build_dictionary, load_dictionary


def _text(text: str, **words: str) -> LabelledText:
    """A text in which each of the words is an entity once, of the type that it names."""
    found = [Entity(text.index(name), text.index(name) + len(name), type_) for type_, name in words.items()]
    return LabelledText(text, text, entities=tuple(sorted(found)))


def _said(text: str, *learnt: LabelledText) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.type) for one in build_dictionary(learnt).find(text).entities]


def test_the_longest_wins_and_what_follows_it_goes_on() -> None:
    learnt = [_text("York is old", LOC="York"), _text("New York, too", LOC="New York"), _text("Bo ran", PER="Bo")]
    assert _said("Bo left New York for York.", *learnt) == [("Bo", "PER"), ("New York", "LOC"), ("York", "LOC")]


def test_the_type_that_was_given_most_often_and_nothing_where_mostly_nothing_was() -> None:
    paris = [_text("Paris sang", PER="Paris"), _text("in Paris", LOC="Paris"), _text("to Paris", LOC="Paris")]
    may = [_text("May sang", PER="May"), _text("in May"), _text("last May")]
    assert _said("Paris in May", *paris, *may) == [("Paris", "LOC")]
    assert _said("paris", *paris) == []  # as it is written


def test_chinese_has_no_spaces_and_a_word_is_no_part_of_another() -> None:
    assert _said("今天李开复在北京", _text("李开复来了", PER="李开复"), _text("到北京", LOC="北京")) == [
        ("李开复", "PER"),
        ("北京", "LOC"),
    ]
    assert _said("a Bobcat", _text("Bob ran", PER="Bob")) == []


def test_an_entity_that_ends_within_a_word_is_left_away() -> None:
    cut = LabelledText("1", "Osloer Straße", entities=(Entity(0, 4, "LOC"),))
    assert _said("Oslo", cut) == []


def test_probabilities_are_those_of_texts_that_it_was_not_made_from(tmp_path: Path) -> None:
    made = build_dictionary([_text("Bo ran", PER="Bo")])
    assert made.find("Bo").probability is None
    assert made.with_probability([]) is made
    held_out = [_text("Bo sang", PER="Bo")] * 30 + [_text("then Cleo and Bo came home late", PER="Cleo")] * 30
    sure = made.with_probability(held_out)
    short, long = sure.find("Bo sang").probability, sure.find("then Cleo and Bo came home late").probability
    assert short is not None and short > 0.9
    assert long is not None and long < 0.1
    sure.save(tmp_path)
    assert load_dictionary(tmp_path).find("Bo sang") == sure.find("Bo sang")


def test_texts_without_an_entity_make_an_empty_dictionary() -> None:
    made = build_dictionary([_text("nobody")]).with_probability([_text("nobody")] * 9)
    found = made.find("nobody was there")
    assert found.entities == () and found.probability == pytest.approx(0.95, abs=0.05)
    assert made.find("").entities == ()
