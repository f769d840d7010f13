"""What a type of answers is: all that marking asks about it. Knows no particular one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from assay.scoring.read_text import Asked, Place, Read

__all__ = ["Kind", "Outcome", "nothing_else"]

Outcome = Literal["right", "contradicted", "absent"]


def nothing_else(accepted: Read, said: Read, asked: Asked, held: Sequence[Place]) -> Sequence[Place]:
    """Of a type whose values do not exclude one another."""
    return ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """One type of answers, in one value.

    Args:
        name: as it is written in the column `type` of a question file.
        reads: whether an accepted answer is of this type, the whole of it.
        find: where a text states the same, denied or not; the shared rules of denial come after.
        others: where it states another value of the type that cannot be right as well; `held` are the places found.
        decides: instead of `find` and `others`, the outcome, for types whose denial is part of the value.
        can_be: whether an accepted answer can be of this type where its question says so; as `reads` unless told.
    """

    name: str
    reads: Callable[[Read, Asked], bool]
    find: Callable[[Read, Read, Asked], Sequence[Place]] = lambda accepted, said, asked: ()
    others: Callable[[Read, Read, Asked, Sequence[Place]], Sequence[Place]] = nothing_else
    decides: Callable[[Read, Read, Asked], Outcome | None] | None = None
    can_be: Callable[[Read, Asked], bool] | None = None

    def fits(self, accepted: Read, asked: Asked) -> bool:
        """Whether the question may say that its answer is of this type."""
        return (self.can_be or self.reads)(accepted, asked)
