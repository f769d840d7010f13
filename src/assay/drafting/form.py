"""What is wrong with a drafted question as it stands beside its passage. Rules alone: they cost nothing."""

import re

from assay.corpus.document import Passage
from assay.drafting.spans import Kind, Span
from assay.scoring import Language, normalise, parse_quantities, same_amount
from assay.scoring.answer_terms import names_of, terms_of
from assay.scoring.matching import find_answer

__all__ = ["find_flaw", "holds_answer"]

_SHORTEST, _LONGEST = 4, 30  # words; Chinese: characters, twice as many
_LEAST_SHARED = 2  # terms that a question has from its sentence: fewer could be asked of anything
# Share of a question's terms that its passage has: the rest may be other words for what it says. Chinese terms are
# pairs of characters, of which some are always new.
_LEAST_SHARE: dict[Language, float] = {"en": 0.6, "zh": 0.4}
_ASKING = {"many", "much", "long", "often", "far", "year", "day", "date", "percentag", "amount", "maximum", "name"}
_ABOUT_TEXT = re.compile(
    r"\b(?:the|this|that|given|above|following)\s+"
    r"(?:text|passage|sentence|paragraph|document|statement|answer|section)\b"
    r"|\baccording to (?:the|this)\b|\bmentioned\b"
    r"|文中|上文|本文|资料中|根据(?:资料|文章|上文|以上)|这句话|这段|该段|提到",
    re.IGNORECASE,
)
# Words that point at something outside the question.
_POINTS = re.compile(
    r"\b(?:he|she|they|them|his|her|their|its|this|these|those|here|we|us|our)\b"
    r"|\bit\b(?! (?:takes?|costs?|possible|allowed|necessary))"
    r"|他(?!人)|她|它|这(?!样)|[该此]|其(?!他|中)|我们|本(?:次|届|章|条)",
    re.IGNORECASE,
)
# How a question asks for each kind of answer.
_ASKS: dict[tuple[Language, Kind], str] = {
    ("en", "amount"): r"\bhow\b|\bwhat\b|\bwhich\b",
    (
        "en",
        "date",
    ): r"\bwhen\b|\bwhat (?:year|date|day|month|time)\b|\b(?:which|what) (?:year|day|date|month)\b|\bhow long\b",
    ("en", "name"): r"\bwho(?:m|se)?\b|\bwhich\b|\bwhat\b|\bwhere\b",
    ("en", "term"): r"\bwhat\b|\bwhich\b|\bhow\b",
    ("en", "value"): r"\bwhat\b|\bwhich\b|\bhow\b|\bwho\b",
    ("zh", "amount"): r"多少|多久|多长|多大|多高|多远|多重|几|什么",
    ("zh", "date"): r"什么时[候间]|何时|哪一?[年天月日]|几[年月日号]|什么日期|多少年|时间",
    ("zh", "name"): r"谁|哪|什么|何",
    ("zh", "term"): r"什么|哪|何|怎",
    ("zh", "value"): r"什么|哪|多少|多久|谁",
}


def find_flaw(question: str, span: Span, passage: Passage, lang: Language) -> str | None:
    """Why a drafted question is of no use, as the key of a reason; None where no rule says so."""
    if not question:
        return "no_question"
    length = len(question) / 2 if lang == "zh" else len(question.split())
    if not _SHORTEST <= length <= _LONGEST:
        return "length"
    if not re.search(_ASKS[lang, span.kind], question, re.IGNORECASE):
        return "wrong_kind"
    if holds_answer(question, span.text, lang):
        return "holds_answer"
    if _ABOUT_TEXT.search(question) or _POINTS.search(question):
        return "does_not_stand_alone"
    return _flaw_against_passage(question, span, passage, lang)


def _flaw_against_passage(question: str, span: Span, passage: Passage, lang: Language) -> str | None:
    around = f"{passage.heading}\n{passage.text}\n{passage.document}"
    known = terms_of(around, lang, with_singles=True)
    asked = terms_of(question, lang)
    there = parse_quantities(around, lang)
    if any(not any(same_amount(quantity, other) for other in there) for quantity in parse_quantities(question, lang)):
        return "foreign_words"
    if lang == "en" and names_of(question) - known:
        return "foreign_words"
    if len(asked & terms_of(f"{passage.heading} {span.sentence}", lang)) < _LEAST_SHARED:
        return "off_topic"
    if not asked & terms_of(span.sentence.replace(span.text, " "), lang):
        return "off_topic"
    said = asked - _ASKING
    return "off_topic" if len(said & known) < _LEAST_SHARE[lang] * len(said) else None


def holds_answer(question: str, answer: str, lang: Language) -> bool:
    """Whether the answer stands in the question already, in the same words or as the same amount."""
    if find_answer(normalise(question, lang), normalise(answer, lang), lang):
        return True
    amounts = [quantity for quantity in parse_quantities(answer, lang) if quantity.unit != "date"]
    asked = parse_quantities(question, lang)
    return bool(amounts) and all(any(same_amount(amount, other) for other in asked) for amount in amounts)
