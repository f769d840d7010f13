"""When to read: only where the answer from memory is uncertain. Knows likelihoods, no prompts and no engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from assay.scoring.refusal import is_refusal

__all__ = ["ALWAYS_READ", "LEAST_TRIALS", "Trial", "confidence", "fit_threshold", "is_confident"]

ALWAYS_READ = inf
LEAST_TRIALS = 20  # with fewer validation questions nobody can say which answers from memory to trust


@dataclass(frozen=True)
class Trial:
    """One validation question: how sure the answer from memory was, and which of the two answers was right."""

    confidence: float
    right_from_memory: bool
    right_with_passages: bool


def confidence(text: str, logprob: float | None, n_tokens: int) -> float:
    """The mean log-probability of an answer's tokens, at most 0; minus infinity for a refusal, or where none is known.

    The mean and not the sum, so that a long answer is not uncertain for its length.
    """
    if logprob is None or not n_tokens or not text.strip() or is_refusal(text):
        return -inf
    return logprob / n_tokens


def is_confident(text: str, logprob: float | None, n_tokens: int, threshold: float) -> bool:
    """Whether the answer from memory is kept: its confidence reaches the threshold. A refusal never does."""
    sure = confidence(text, logprob, n_tokens)
    return sure > -inf and sure >= threshold


def fit_threshold(trials: Sequence[Trial], least: int = LEAST_TRIALS) -> float:
    """The confidence from which on answers from memory are kept: the one with which most trials are right.

    Among equals the lowest, which saves most searches. ALWAYS_READ with fewer than `least` trials.
    """
    if len(trials) < least:
        return ALWAYS_READ
    candidates = sorted({trial.confidence for trial in trials if trial.confidence > -inf}, reverse=True)
    best, most = ALWAYS_READ, _n_right(trials, ALWAYS_READ)
    for threshold in candidates:
        n_right = _n_right(trials, threshold)
        if n_right >= most:
            best, most = threshold, n_right
    return best


def _n_right(trials: Sequence[Trial], threshold: float) -> int:
    return sum(
        trial.right_from_memory if trial.confidence >= threshold else trial.right_with_passages for trial in trials
    )
