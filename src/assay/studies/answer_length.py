"""How long an answer may get, from the accepted ones. Knows no tokenizer: its counts are upper estimates."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assay.bench.bench import Bench
from assay.questions.exam import Exam

__all__ = ["accepted_answers", "longest_answer", "settle_answer_length"]

_LEAST = {"en": 32, "zh": 64}  # tokens; Chinese models answer in whole sentences
_MOST, _STEP = 512, 16
_WIDE = "\u2e80"  # from here on a character is about a token
_ROOM = 2  # times the accepted answers


def longest_answer(accepted: Iterable[str], lang: str) -> int:
    """Tokens: twice what the longest accepted answers but the last 5% take, from 32 (in Chinese 64) to 512."""
    lengths = sorted(map(_estimate, accepted))
    usual = lengths[int(0.95 * (len(lengths) - 1))] if lengths else 0
    return int(min(_MOST, max(_LEAST.get(lang, 32), -(-_ROOM * usual // _STEP) * _STEP)))


def accepted_answers(exam: Exam) -> Iterator[str]:
    """All that an exam accepts, of every split."""
    return (answer for question in exam.questions.questions for answer in question.answers)


def settle_answer_length(bench: Bench, accepted: Iterable[str], lang: str) -> Bench:
    """The bench of a run: `max_new_tokens` of 0 becomes what these accepted answers want."""
    if bench.settings.max_new_tokens:
        return bench
    return replace(bench, settings=replace(bench.settings, max_new_tokens=longest_answer(accepted, lang)))


def _estimate(text: str) -> float:
    """One a Chinese character, one for four others."""
    wide = sum(char >= _WIDE for char in text)
    return wide + (len(text) - wide) / 4
