"""What a small encoder's head tells apart: a label a text, labels of it, or a tag a word. Knows no weights, no task."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assay.labelled.entity_spans import find_words, parse_tags
from assay.labelled.labelled_text import Entity, LabelledText

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["N_SHAPES", "Encoded", "Head", "SetHead", "Target", "TextHead", "WordHead", "encode_words"]

N_SHAPES = 6  # ways in which a word is written
_MOST_PIECES = 256  # of a text; longer ones are read from the beginning


@dataclass(frozen=True)
class Encoded:
    """A text as word pieces. Where words are tagged, `owners` tells each piece's word, -1 for those of none."""

    ids: list[int]
    owners: list[int]
    shapes: list[int]  # how the piece's word is written; 0: not looked at

    @property
    def n_words(self) -> int:
        """How many of the words are read."""
        return 1 + max(self.owners)


def encode_words(words: Sequence[str], parts: "BertParts", most: int) -> Encoded:
    """A text to be tagged word by word; what exceeds `most` pieces is not read."""
    pieces = parts.tokenize(list(words)) if words else parts.tokenize([""])
    first, last = pieces[0][0], pieces[0][-1]
    ids, owners, shapes = [first], [-1], [0]
    for number, (word, own) in enumerate(zip(words, pieces, strict=False)):
        inner = own[1:-1][: most - 1 - len(ids)]
        ids += inner
        owners += [number] * len(inner)
        shapes += [_shape(word)] * len(inner)
    return Encoded([*ids, last], [*owners, -1], [*shapes, 0])


def _shape(word: str) -> int:
    """How a word is written, which an uncased tokenizer forgets and names are known by."""
    if not word.isalpha():
        return 5
    if word.islower():
        return 1
    return 2 if word.istitle() else 3 if word.isupper() else 4


Target = tuple[Encoded, list[int]]  # a text and the place of its label, of each choice, or of the tags of its words


class Head(Protocol):
    """Makes texts and what is right of them numbers, and numbers what is said of a text."""

    @property
    def tags_words(self) -> bool:
        """Whether every word has a row of logits; else every text has `n_choices`."""
        ...

    def n_choices(self, tags: Sequence[str]) -> int:
        """How many rows of logits the tags are divided among, one of each being chosen."""
        ...

    def tags(self, names: Sequence[str]) -> list[str]:
        """What is told apart, in the order of the logits."""
        ...

    def encode(self, text: str, parts: "BertParts") -> Encoded:
        """What the network reads."""
        ...

    def target(self, one: LabelledText, tags: Sequence[str], parts: "BertParts") -> Target:
        """What it should say: the places of the tags, each in its row."""
        ...

    def read(self, text: str, tags: Sequence[str]) -> LabelledText:
        """The text with what its tags mean, one for each row of logits."""
        ...


class TextHead:
    """One label a text; see `Head`."""

    tags_words = False

    def tags(self, names: Sequence[str]) -> list[str]:
        """The labels."""
        return list(names)

    def n_choices(self, tags: Sequence[str]) -> int:
        """One."""
        return 1

    def encode(self, text: str, parts: "BertParts") -> Encoded:
        """The whole text."""
        return _encode_whole(text, parts)

    def target(self, one: LabelledText, tags: Sequence[str], parts: "BertParts") -> Target:
        """The place of its label."""
        return self.encode(one.text, parts), [tags.index(one.label)]

    def read(self, text: str, tags: Sequence[str]) -> LabelledText:
        """With the label."""
        return LabelledText("", text, tags[0])


class SetHead:
    """Of each label, whether a text has it; see `Head`."""

    tags_words = False

    def tags(self, names: Sequence[str]) -> list[str]:
        """Of each label that the text lacks it and that it has it."""
        return [f"{sign}{name}" for name in names for sign in "-+"]

    def n_choices(self, tags: Sequence[str]) -> int:
        """One a label."""
        return len(tags) // 2

    def encode(self, text: str, parts: "BertParts") -> Encoded:
        """The whole text."""
        return _encode_whole(text, parts)

    def target(self, one: LabelledText, tags: Sequence[str], parts: "BertParts") -> Target:
        """For each label 1 where the text has it."""
        return self.encode(one.text, parts), [int(tag[1:] in one.labels) for tag in tags[1::2]]

    def read(self, text: str, tags: Sequence[str]) -> LabelledText:
        """With the labels that it has."""
        return LabelledText("", text, labels=tuple(tag[1:] for tag in tags if tag.startswith("+")))


def _encode_whole(text: str, parts: "BertParts") -> Encoded:
    (ids,) = parts.tokenize([text])
    return Encoded(ids, [-1] * len(ids), [0] * len(ids))


class WordHead:
    """One BIO tag a word; see `Head`."""

    tags_words = True

    def tags(self, names: Sequence[str]) -> list[str]:
        """O, and the beginning and inside of every type."""
        return ["O", *(f"{part}-{name}" for name in names for part in "BI")]

    def n_choices(self, tags: Sequence[str]) -> int:
        """One a word, of all tags."""
        return 1

    def encode(self, text: str, parts: "BertParts") -> Encoded:
        """Its words, as many as can be read."""
        return encode_words([text[start:end] for start, end in find_words(text)], parts, _MOST_PIECES)

    def target(self, one: LabelledText, tags: Sequence[str], parts: "BertParts") -> Target:
        """The places of the tags of the words that are read."""
        encoded = self.encode(one.text, parts)
        return encoded, [tags.index(tag) for tag in _tag_words(find_words(one.text), one.entities)[: encoded.n_words]]

    def read(self, text: str, tags: Sequence[str]) -> LabelledText:
        """With the entities of the words that were read."""
        entities, _ = parse_tags(tags, find_words(text)[: len(tags)])
        return LabelledText("", text, entities=entities)


def _tag_words(words: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> list[str]:
    """BIO tags; a word belongs to an entity that it shares characters with."""
    tagged = ["O"] * len(words)
    for entity in entities:
        part = "B"
        for number, (start, end) in enumerate(words):
            if start < entity.end and entity.start < end:
                tagged[number], part = f"{part}-{entity.type}", "I"
    return tagged
