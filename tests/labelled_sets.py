"""Small sets that can be learnt: three kinds of messages, and sentences about who lives where."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # imported by every process of the tests, which need not know all of Assay
    from assay.labelled.labelled_text import LabelledText

_THINGS = {
    "fruit": ["apple", "pear", "plum", "cherry", "peach", "grape", "melon", "lemon"],
    "animal": ["horse", "cow", "sheep", "goat", "pig", "donkey", "hen", "goose"],
    "tool": ["hammer", "saw", "drill", "chisel", "wrench", "plane", "file", "pliers"],
}
_FRAMES = [
    "I saw a {a} beside the {b} this morning",
    "please bring the {a} and one {b}",
    "how much is a {b} with a {a}?",
    "we have neither {a} nor {b} left",
    "the {a} was better than the old {b}",
]
_PEOPLE = ["Anna Berg", "Bo", "Cleo Marsh", "Dag", "Eva Lund", "Finn Holt", "Greta", "Hugo Stein"]
_TOWNS = ["Oslo", "Turin", "Lagos", "Quito", "Bergen", "Malaga", "Porto", "Riga"]


def make_labelled(split: str, frames: slice) -> list["LabelledText"]:
    """One text for each frame and pair of neighbours of a kind."""
    from assay.labelled.labelled_text import LabelledText

    made = []
    for label, things in _THINGS.items():
        for place, thing in enumerate(things):
            for frame in _FRAMES[frames]:
                text = frame.format(a=thing, b=things[(place + 3) % 8])
                made.append(LabelledText(f"{split}{len(made)}", text, label, split=split))  # type: ignore[arg-type]
    return made


def make_entities(split: str, shift: int) -> list["LabelledText"]:
    """Who lives where, in three ways, and a text with no entity for every three."""
    from assay.labelled.labelled_text import Entity, LabelledText

    made = []
    for place, person in enumerate(_PEOPLE):
        town = _TOWNS[(place + shift) % 8]
        for frame in ("{p} lives in {t} now.", "In {t} we met {p}", "Yesterday {p} came back", "nobody came back"):
            text = frame.format(p=person, t=town)
            spans = [(text.find(words), words, type_) for words, type_ in ((person, "PER"), (town, "LOC"))]
            entities = tuple(sorted(Entity(at, at + len(words), type_) for at, words, type_ in spans if at >= 0))
            made.append(LabelledText(f"{split}{len(made)}", text, entities=entities, split=split))  # type: ignore[arg-type]
    return made


@pytest.fixture(scope="session")
def labelled() -> Callable[[str, slice], list["LabelledText"]]:
    """See `make_labelled`."""
    return make_labelled


@pytest.fixture(scope="session")
def with_entities() -> Callable[[str, int], list["LabelledText"]]:
    """See `make_entities`."""
    return make_entities


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """72 texts to learn from and 48 of the test, in three kinds."""
    path = tmp_path_factory.mktemp("texts") / "messages.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["text", "label", "split"])
        for one in [*make_labelled("train", slice(0, 3)), *make_labelled("test", slice(3, 5))]:
            rows.writerow([one.text, one.label, one.split])
    return path
