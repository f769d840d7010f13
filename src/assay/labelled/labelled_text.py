"""Texts with labels or with entities: what such an exam is made of. Knows no model and no file format."""

from dataclasses import dataclass

from assay.questions.question import Split

__all__ = ["Entity", "Items", "LabelledSet", "LabelledText", "Notice", "name_of"]


@dataclass(frozen=True, order=True)
class Entity:
    """A stretch of a text and its type: characters `start` to `end`, the end not included."""

    start: int
    end: int
    type: str


Items = frozenset[str | Entity]  # what is said of a text, or right of it: each of its labels, or of its entities


@dataclass(frozen=True)
class LabelledText:
    """One text of the exam, with its label, its labels or its entities in order; with none where nothing is right."""

    id: str
    text: str
    label: str = ""
    entities: tuple[Entity, ...] = ()
    split: Split | None = None
    labels: tuple[str, ...] = ()  # in alphabetical order, of a task where any number is right

    @property
    def items(self) -> Items:
        """What is right of it."""
        return frozenset([self.label]) if self.label else frozenset([*self.labels, *self.entities])

    @property
    def names(self) -> set[str]:
        """The labels, or the types of the entities."""
        return {name_of(item) for item in self.items}


def name_of(item: str | Entity) -> str:
    """The label, or the entity's type."""
    return item if isinstance(item, str) else item.type


@dataclass(frozen=True)
class Notice:
    """Something that a person should look at: a key of the message table and what it is about."""

    key: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class LabelledSet:
    """A read and checked set, in file order; `notices` tell what was mended or looks like a mistake."""

    task: str  # its name
    texts: tuple[LabelledText, ...]
    path: str
    sha256: str  # of the files' bytes
    notices: tuple[Notice, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The labels, or the types of entities, in alphabetical order."""
        return tuple(sorted({name for one in self.texts for name in one.names}))

    def of_split(self, split: Split) -> tuple[LabelledText, ...]:
        """The texts of one split, in file order."""
        return tuple(one for one in self.texts if one.split == split)
