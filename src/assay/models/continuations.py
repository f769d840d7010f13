"""Pairs of texts as padded token ids, with the places that are scored. Knows no engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assay.errors import InputError

__all__ = ["Batch", "batch_continuations", "mean_by_row"]

_TOKENS = 2048  # a batch, padding included


@dataclass(frozen=True)
class Batch:
    """Some pairs of like length, padded on the right, where a causal model's other tokens do not see it."""

    rows: list[int]  # numbers of the pairs
    ids: np.ndarray  # B×T
    mask: np.ndarray  # B×T, 0 where padded
    places: np.ndarray  # N, positions in B·T whose logits tell the scored tokens
    targets: np.ndarray  # N, the scored tokens
    owners: np.ndarray  # N, which of `rows` each belongs to


def batch_continuations(pairs: Sequence[tuple[str, str]], tokenizer: Any, window: int) -> Iterator[Batch]:
    """The pairs in batches of like length.

    Raises:
        InputError: a second text that is empty.
    """
    tokens = [_tokenize(pair, tokenizer, window) for pair in pairs]
    by_length = sorted(range(len(tokens)), key=lambda row: sum(map(len, tokens[row])))
    start = 0
    while start < len(by_length):
        end = start + 1
        while end < len(by_length) and (end + 1 - start) * sum(map(len, tokens[by_length[end]])) <= _TOKENS:
            end += 1
        yield _pad(by_length[start:end], [tokens[row] for row in by_length[start:end]])
        start = end


def mean_by_row(batch: Batch, logprobs: np.ndarray) -> dict[int, float]:
    """The number of each pair with the mean of its tokens' log-probabilities, which come in the order of `places`."""
    sums = np.bincount(batch.owners, weights=logprobs)
    return dict(zip(batch.rows, (sums / np.bincount(batch.owners)).tolist(), strict=True))


def _tokenize(pair: tuple[str, str], tokenizer: Any, window: int) -> tuple[list[int], list[int]]:
    first, second = (tokenizer.encode(text, add_special_tokens=False) for text in pair)
    if not second:
        raise InputError("there is no likelihood of an empty text: give one with at least one word")
    lead = [] if tokenizer.bos_token_id is None else [tokenizer.bos_token_id]
    if not lead and not first:
        lead = [tokenizer.eos_token_id]  # the first token needs one before it
    second = second[: window // 2]
    room = max(window - len(second) - len(lead), 0)
    return [*lead, *(first[-room:] if room else [])], second


def _pad(rows: list[int], tokens: list[tuple[list[int], list[int]]]) -> Batch:
    length = max(len(first) + len(second) for first, second in tokens)
    ids = np.zeros((len(rows), length), dtype=np.int64)
    mask = np.zeros((len(rows), length), dtype=np.int64)
    places, targets, owners = [], [], []
    for number, (first, second) in enumerate(tokens):
        n = len(first) + len(second)
        ids[number, :n], mask[number, :n] = first + second, 1
        start = number * length + len(first) - 1  # the logits of a place tell the token after it
        places += range(start, start + len(second))
        targets += second
        owners += [number] * len(second)
    return Batch(rows, ids, mask, np.array(places), np.array(targets), np.array(owners))
