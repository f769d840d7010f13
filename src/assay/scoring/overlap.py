"""Exact match and token F1, the strict figures beside correctness. Knows no reasons."""

from collections import Counter
from collections.abc import Sequence

from assay.scoring.answer_language import Language
from assay.scoring.normalise import normalise, tokens

__all__ = ["score_exact_match", "score_f1"]


def score_exact_match(text: str, answers: Sequence[str], lang: Language) -> bool:
    """Whether the normalised text is an accepted answer, whole."""
    normalised = normalise(text, lang)
    return any(normalised == normalise(answer, lang) for answer in answers)


def score_f1(text: str, answers: Sequence[str], lang: Language) -> float:
    """The best token F1 against an accepted answer, in 0..1, as SQuAD defines it: overlap of bags of tokens.

    In Chinese a token is a character, a number or a Latin word, as CMRC 2018 cuts them (its script then scores the
    longest common run; bags, as MLQA and XQuAD use them, make the two languages comparable).
    """
    words = Counter(tokens(text, lang))
    return max((_f1(words, Counter(tokens(answer, lang))) for answer in answers), default=0.0)


def _f1(found: Counter[str], accepted: Counter[str]) -> float:
    if not found or not accepted:
        return float(found == accepted)
    common = (found & accepted).total()
    return 2 * common / (found.total() + accepted.total())
