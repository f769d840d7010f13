"""Given answers as padded rows of token ids behind one prompt. Knows no engine."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.models.chat import ChatFormat
from assay.models.engine import Conversation

__all__ = ["AnswerRows", "group_answers", "shared_start"]

_LONGER = 1.35  # a group's longest answer by its shortest: more would be padding


@dataclass(frozen=True)
class AnswerRows:
    """Some answers of like length behind a prompt's last token, which stands first in each row: C×T, padded right."""

    numbers: np.ndarray  # C, which of all answers these are
    ids: np.ndarray  # C×T; the first column is filled in per prompt
    mask: np.ndarray  # C×T, 0 where padded
    places: np.ndarray  # N, positions in C·T whose logits tell an answer's token
    targets: np.ndarray  # N, these tokens, the end of the turn included
    owners: np.ndarray  # N, the row that each belongs to

    def after(self, token: int) -> np.ndarray:
        """The rows behind a prompt that ends in `token`, C×T."""
        ids = self.ids.copy()
        ids[:, 0] = token
        return ids

    def sums(self, logprobs: np.ndarray) -> np.ndarray:
        """C log-probabilities of whole answers from N of their tokens."""
        return np.bincount(self.owners, weights=logprobs, minlength=len(self.ids))


def group_answers(answers: Sequence[str], chat: ChatFormat) -> list[AnswerRows]:
    """The answers in groups of like length, so that little is padded."""
    tokens = [chat.encode_answer(answer) for answer in answers]
    groups: list[list[int]] = []
    for number in sorted(range(len(tokens)), key=lambda number: len(tokens[number])):
        if groups and len(tokens[number]) <= _LONGER * len(tokens[groups[-1][0]]) + 1:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [_build(np.array(group), [tokens[number] for number in group]) for group in groups]


def shared_start(alike: tuple[Conversation, Conversation], chat: ChatFormat) -> list[int]:
    """The tokens with which both conversations begin."""
    first, second = (chat.encode(conversation) for conversation in alike)
    n = next((place for place, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    return first[:n]


def _build(numbers: np.ndarray, tokens: Sequence[list[int]]) -> AnswerRows:
    width = max(map(len, tokens))  # the last token of an answer is predicted, not read
    ids = np.zeros((len(tokens), width), dtype=np.int64)
    mask = np.zeros((len(tokens), width), dtype=np.int64)
    for row, one in enumerate(tokens):
        ids[row, 1 : len(one)], mask[row, : len(one)] = one[:-1], 1
    places = np.concatenate([row * width + np.arange(len(one)) for row, one in enumerate(tokens)])
    owners = np.repeat(np.arange(len(tokens)), [len(one) for one in tokens])
    return AnswerRows(numbers, ids, mask, places, np.concatenate(tokens).astype(np.int64), owners)
