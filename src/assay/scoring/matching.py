"""Where an accepted answer stands in a text, and whether it is denied there. Knows tokens and characters, no units."""

import re

from assay.scoring.answer_language import Language

__all__ = ["find_answer", "is_denied"]

_DENIALS = {"not", "never", "nor", "neither", "except", "isnt"}
_DENIAL_PAIRS = {
    ("rather", "than"),
    ("instead", "of"),
    ("other", "than"),
    ("different", "from"),
    ("not", "by"),
    ("not", "in"),
}
_CHINESE_DENIAL = re.compile(r"(?:不是|并非|而非|不为|不等于|没有|不|无|除了|除)$")


def find_answer(text: str, answer: str, lang: Language) -> list[tuple[int, int]]:
    """Every place of a normalised answer in a normalised text, whole: words in English, characters in Chinese.

    "5" is not in "15", and 5天 is not in 15天. Words may be joined or split: "card-1" is in "form card1".
    """
    if not answer:
        return []
    return _find_chinese(text, answer) if lang == "zh" else _find_words(text.split(), answer)


def is_denied(text: str, start: int, lang: Language) -> bool:
    """Whether a negation stands right before this place of a normalised text ("not 25 days", 不是25天)."""
    if lang == "zh":
        return bool(_CHINESE_DENIAL.search(text[:start]))
    before = text.split()[max(0, start - 2) : start]
    return bool(before) and (before[-1] in _DENIALS or tuple(before) in _DENIAL_PAIRS)


def _find_words(words: list[str], answer: str) -> list[tuple[int, int]]:
    joined = answer.replace(" ", "")
    found = []
    for start, first in enumerate(words):
        if not joined.startswith(first):
            continue
        run = ""
        for end in range(start, len(words)):
            run += words[end]
            if len(run) >= len(joined):
                break
        if run == joined and not _splits_number(words[start : end + 1], answer):
            found.append((start, end + 1))
    return found


def _splits_number(words: list[str], answer: str) -> bool:
    """Whether joining made one number of several, or the other way round: "1 20" is not "120"."""
    return sum(word.isdigit() for word in words) != sum(word.isdigit() for word in answer.split()) and not re.search(
        r"[^\W\d]", answer
    )


def _find_chinese(text: str, answer: str) -> list[tuple[int, int]]:
    before = r"(?<![\d.])" if answer[0].isdigit() else r"(?<![a-z0-9])" if answer[0].isascii() else ""
    after = (
        r"(?!\.?\d)" if answer[-1].isdigit() else r"(?![a-z0-9])" if answer[-1].isascii() and answer[-1] != "%" else ""
    )
    pattern = re.compile(before + re.escape(answer) + after)
    return [match.span() for match in pattern.finditer(text)]
