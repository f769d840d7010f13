"""Texts with a label or with entities: what such an exam is made of. Knows no model and no file format."""

from dataclasses import dataclass
from typing import Literal

from assay.questions.question import Split

__all__ = ["Entity", "LabelledSet", "LabelledText", "Notice", "Task"]

Task = Literal["labels", "entities"]


@dataclass(frozen=True, order=True)
class Entity:
    """A stretch of a text and its type: characters `start` to `end`, the end not included."""

    start: int
    end: int
    type: str


@dataclass(frozen=True)
class LabelledText:
    """One text of the exam, with its label where the task is labels, with its entities in order where it is those."""

    id: str
    text: str
    label: str = ""
    entities: tuple[Entity, ...] = ()
    split: Split | None = None


@dataclass(frozen=True)
class Notice:
    """Something that a person should look at: a key of the message table and what it is about."""

    key: str
    about: tuple[str, ...]


@dataclass(frozen=True)
class LabelledSet:
    """A read and checked set, in file order; `notices` tell what was mended or looks like a mistake."""

    task: Task
    texts: tuple[LabelledText, ...]
    path: str
    sha256: str  # of the files' bytes
    notices: tuple[Notice, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The labels, or the types of entities, in alphabetical order."""
        if self.task == "labels":
            return tuple(sorted({one.label for one in self.texts}))
        return tuple(sorted({entity.type for one in self.texts for entity in one.entities}))

    def of_split(self, split: Split) -> tuple[LabelledText, ...]:
        """The texts of one split, in file order."""
        return tuple(one for one in self.texts if one.split == split)
