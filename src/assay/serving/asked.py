"""What somebody asks a finished run, in one value."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

__all__ = ["Asked", "cut_at"]


@dataclass(frozen=True)
class Asked:
    """A question and who asks it.

    Args:
        text: the question.
        cell: which cell answers; None for the recommended one.
        groups: those of the asker, who is answered from what they may read and nothing else; names, or a text with
            commas between them. None: from everything.
        only: a pattern of document paths, such as "policies/*" or "*.pdf": nothing else is searched.
        cache: above 0, an answer kept for a question of the same meaning is given again, if the likeness (cosine) of
            the two is at least this; see `assay.serving.answer_cache`.
        stop: the answer ends before the first of these.
        max_new_tokens: the longest answer, in tokens, where that is less than the cell's own; None: the cell's own.
    """

    text: str
    cell: str | None = None
    groups: str | Collection[str] | None = None
    only: str | None = None
    cache: float = 0.0
    stop: tuple[str, ...] = ()
    max_new_tokens: int | None = None


def cut_at(text: str, stop: Sequence[str]) -> str:
    """The text before the first of these."""
    ends = [text.index(one) for one in stop if one in text]
    return text[: min(ends)].rstrip() if ends else text
