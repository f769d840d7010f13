import pytest

from assay.labelled.labelled_text import Entity, LabelledText
from assay.labelled.shown_examples import Nearest, draw_even
from assay.retrieval.bigrams import encode_bigrams
from assay.tasks.entities import read_entities, render_entities
from assay.tasks.labels import LABELS, match_label
from assay.tasks.task_prompt import Prompt

_NAMES = ("card lost", "card", "refund_not_showing_up")


@pytest.mark.parametrize(
    ("reply", "label"),
    [
        ("card", "card"),
        ("Card Lost.", "card lost"),
        ("The label is: card lost", "card lost"),  # the longer of two that stand there
        ("refund not showing up", "refund_not_showing_up"),
        ("card or refund_not_showing_up", None),
        ("I do not know", None),
        ("discarded", None),
        ("", None),
    ],
)
def test_a_reply_is_matched_to_one_label_or_to_none(reply: str, label: str | None) -> None:
    assert match_label(reply, _NAMES) == label


def test_entities_are_found_in_the_text_each_place_once() -> None:
    text = "Paris Hilton flew from Paris to Oslo"
    reply = "* person: Paris Hilton\nLocation: paris\nlocation: Oslo\nlocation: Oslo\nplanet: Mars\nlocation: Rome\nhm"
    assert read_entities(reply, text, ("location", "person")) == (
        Entity(0, 12, "person"),
        Entity(23, 28, "location"),
        Entity(32, 36, "location"),
    )


def test_types_may_hold_colons_and_signs() -> None:
    found = read_entities("Place: town : Oslo\ncreative work: Dune", "Dune in Oslo", ("place:town", "creative-work"))
    assert found == (Entity(0, 4, "creative-work"), Entity(8, 12, "place:town"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_rendered_with_places_is_read_again(lang: str) -> None:
    text = "Bo met Bo: in  Oslo"
    entities = (Entity(7, 9, "PER"), Entity(11, 19, "LOC"))
    assert read_entities(render_entities(entities, text, lang, with_places=True), text, ("PER", "LOC")) == entities
    assert read_entities(render_entities((), text, lang), text, ("PER",)) == ()


def test_examples_are_earlier_turns_and_only_the_first_tells_the_task() -> None:
    shown = LabelledText("a", "my card is gone", "card lost")
    turns = Prompt(LABELS, _NAMES, "en", fixed=[shown]).conversation("where is my money", [shown])
    assert [turn.role for turn in turns] == ["user", "assistant", "user", "assistant", "user"]
    assert turns[0].content.endswith("Labels: card lost, card, refund_not_showing_up\n\nText: my card is gone")
    assert turns[1].content == "card lost"
    assert turns[-1].content == "Text: where is my money"
    assert "refund" not in Prompt(LABELS, _NAMES, "en", lists_names=False).conversation("x")[0].content


def test_nearest_come_last_and_nobody_is_shown_its_own_label() -> None:
    words = ("lost card", "lost cards", "a refund", "lost card")
    texts = [LabelledText(str(i), text, "x") for i, text in enumerate(words)]
    nearest = Nearest(texts, encode_bigrams)
    assert [one.id for one in nearest.find(["a lost card"], 2)[0]][-1] in ("0", "3")
    assert [one.id for one in nearest.find([texts[0]], 3)[0]] == ["2", "1"]  # neither itself nor the same words


def test_fixed_examples_cover_the_labels_evenly() -> None:
    texts = [LabelledText(f"{name}{i}", f"{name} {i}", name) for name in "abc" for i in range(9 if name == "a" else 2)]
    drawn = draw_even(texts, 6, seed=0)
    assert sorted(one.label for one in drawn) == ["a", "a", "b", "b", "c", "c"]
    assert drawn == draw_even(texts, 6, seed=0)
    assert len(draw_even(texts, 99, seed=0)) == 13


@pytest.mark.parametrize(
    ("reply", "names", "label"),
    [
        ("B+", ("B+", "B-", "B"), "B+"),
        ("**B-**", ("B+", "B-", "B"), "B-"),
        ("The grade is B.", ("B+", "B-"), None),
        ("I would say F#.", ("F", "F#", "F*"), "F#"),
        ("f*", ("F", "F#", "F*"), "F*"),
        ("<", (">", "<"), "<"),
        ("👍", ("👍", "👎"), "👍"),
        ("sci fi", ("sci-fi", "drama"), "sci-fi"),
        ("标签：正+", ("正+", "正-"), "正+"),
    ],
)
def test_labels_that_differ_in_signs_only_are_told_apart(reply: str, names: tuple[str, ...], label: str | None) -> None:
    assert match_label(reply, names) == match_label(reply, names[::-1]) == label


@pytest.mark.parametrize(
    ("reply", "found"),
    [
        ("city: “Bergen”", ["Bergen"]),
        ("**city:** Bergen", ["Bergen"]),
        ("2) city: Bergen", ["Bergen"]),
        ("| city | Bergen |", ["Bergen"]),
        ("city = Bergen", ["Bergen"]),
        ("city - Bergen", ["Bergen"]),
        ('city: ["Bergen", "Oslo"]', ["Bergen", "Oslo"]),
        ("city: Bergen and Oslo", ["Bergen", "Oslo"]),
        ("city：Bergen、Oslo", ["Bergen", "Oslo"]),
        ("town: Bergen", []),
    ],
)
def test_entities_are_read_in_the_usual_forms_of_replies(reply: str, found: list[str]) -> None:
    text = "From Bergen to Oslo"
    assert [text[one.start : one.end] for one in read_entities(reply, text, ("city",))] == found
