"""What a text claims, word by word: terms, names, negations. Knows how words are written, not what they mean."""

import re
from itertools import pairwise

from assay.scoring.answer_language import CJK, Language
from assay.scoring.normalise import tokens

__all__ = ["names_of", "negates", "terms_of"]

_ENGLISH_FUNCTION = (
    "a an the and or but if of in on at by to for from with as than then that this these those it its he his she her "
    "they their them we our us you your i my me is are was were be been being am do does did has have had will would "
    "can could may might shall should must there here which who whom whose what when where how why so also only just "
    "any some such other into about per over under up out answer yes no s"
)
_FUNCTION_WORDS = frozenset(_ENGLISH_FUNCTION.split())
_CHINESE_FUNCTION = frozenset("的了是有在和与及或为于以其之该此这那个就都也还被把由从对向到按请您你我他她它们吗呢吧")
_NEGATIONS = frozenset(["not", "never", "nor", "neither", "without", "cannot", "except", "none", "unless"])
_CHINESE_NEGATION = re.compile(
    r"不(?!同|断|仅|但|久|管|论|少于|超过)|没有|没|未(?!来)|无(?!论)|非(?!常)|勿|禁止|否(?!则)"
)
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)(?<![\w\"“‘(\[*])[A-ZÀ-Þ][\w'’-]*")
_CJK = re.compile(f"[{CJK}]")
_LEAST_STEM = 4


def terms_of(text: str, lang: Language, with_singles: bool = False) -> set[str]:
    """The words that say something, normalised and cut to their stem; no numbers, they are compared as quantities.

    Chinese: pairs of neighbouring characters, single ones where they stand alone or all of them `with_singles` (what
    is searched, so that a lone character is found in it), and Latin words whole.
    """
    words = tokens(text, lang)
    if lang == "zh":
        singles = {word for word in words if _CJK.match(word)} if with_singles else set()
        return _chinese_terms(words) | singles
    return {_stem(word) for word in words if word not in _FUNCTION_WORDS and not _is_number(word)}


def names_of(text: str) -> set[str]:
    """The capitalised words of a text that are not merely the first of a sentence, as stems."""
    return {term for name in _NAME.findall(text) if len(name) > 1 for term in terms_of(name, "en")}


def negates(text: str, lang: Language) -> bool:
    """Whether the text denies or excludes something."""
    if lang == "zh":
        return bool(_CHINESE_NEGATION.search(text))
    return bool(_NEGATIONS & set(tokens(text, "en"))) or bool(re.search(r"\b(?:no|No)\s+\w", text))


def _chinese_terms(words: list[str]) -> set[str]:
    terms: set[str] = set()
    run: list[str] = []
    for word in [*words, ""]:
        if _CJK.match(word) and word not in _CHINESE_FUNCTION:
            run.append(word)
            continue
        terms |= {a + b for a, b in pairwise(run)} if len(run) > 1 else set(run)
        run = []
        if word and not _CJK.match(word) and not _is_number(word):
            terms.add(word)
    return terms


def _is_number(word: str) -> bool:
    return word.lstrip("-").replace(".", "", 1).isdigit()


def _stem(word: str) -> str:
    """The word without the endings of plurals and of "-ed" and "-ing"; crude, and the same on both sides."""
    if word.endswith("ies") and len(word) > _LEAST_STEM:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > _LEAST_STEM else word
