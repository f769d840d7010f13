"""Packs computed two at a time, on half of the cores each: on a CPU the parts of a small model's step are too small
for all cores to share well. Sums are formed in the same order every time, so that a training can be repeated."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from assay.training.loss import Pack

__all__ = ["halve", "sum_in_threads"]

_LARGEST_HALF = 0.6  # of all tokens: one core alone with more would take longer than both together


def halve(packs: Sequence[Pack]) -> list[list[Pack]]:
    """The packs in two lists with about as many tokens each; empty where they cannot be dealt out so."""
    halves: list[list[Pack]] = [[], []]
    for pack in sorted(packs, key=lambda pack: -pack.n_tokens):
        min(halves, key=_count_tokens).append(pack)
    is_even = max(map(_count_tokens, halves)) <= _LARGEST_HALF * _count_tokens(packs)
    return halves if packs and is_even else []


def sum_in_threads(compute: Callable[[Sequence[Pack]], list[Any]], halves: Sequence[Sequence[Pack]]) -> list[Any]:
    """What `compute` gives of either half, a list of tensors, added up. What it raises is raised."""
    import torch

    n_threads = torch.get_num_threads()
    try:
        with ThreadPoolExecutor(2, initializer=torch.set_num_threads, initargs=(n_threads // 2,)) as pool:
            first, second = pool.map(compute, halves)
    finally:
        torch.set_num_threads(n_threads)  # it was also set for threads to come
    return [one + other for one, other in zip(first, second, strict=True)]


def _count_tokens(packs: Sequence[Pack]) -> int:
    return sum(pack.n_tokens for pack in packs)
