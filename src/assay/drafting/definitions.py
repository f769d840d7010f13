"""Questions made of definitions and of abbreviations that are spelt out: "Which term means …?". Knows no documents."""

import re
from collections.abc import Iterator

from assay.drafting.spans import Span
from assay.scoring import Language, split_sentences

__all__ = ["find_definitions"]

_MEANS = re.compile(
    r"^[\s•*-]*(?:The term )?[“\"*]*([A-Za-z][\w’'-]*(?: [\w’'-]+){0,3}?)[”\"*]*"
    r" (?:means|refers to|is defined as|stands for)"
    r" (?!that\b|just\b|(?:\S+ ){1,4}(?:is|are|was|were|can|must|may|will|has|have)\b)([^.:;]{25,170})\.$"
)
_ZH_MEANS = re.compile(
    r"^(?:[（(].{1,3}[)）]|.{0,12}所称的?)?[“「]?([^，。；：“”「」\s]{2,12})[”」]?，?(?:是指|指的是|系指)([^。；：]{10,70})[。；]$"
)
_SPELT_OUT = re.compile(r"(?:\bThe )?((?:[A-Z][\w’-]+ (?:(?:of|and|for|the|to) )?){1,5}[A-Z][\w’-]+) \(([A-Z]{2,6})\)")
_NO_TERM = re.compile(
    r"^(?:these|it|which|what|who|he|she|they|also|and|but|if|when|sometimes|although|though|while|since|because|as"
    r"|\w+ing)\b|\b(?:this|that|is|are|was|were)\b|\b(?:here|it)$"
    r"|^[这那该此其本]|(?:主要|通常|一般|就|也|都|则)$",
    re.IGNORECASE,
)


def find_definitions(text: str, lang: Language) -> Iterator[tuple[Span, str]]:
    """For each definition the term in its sentence, or what an abbreviation stands for, and the question."""
    for sentence in split_sentences(text):
        match = (_ZH_MEANS if lang == "zh" else _MEANS).match(sentence)
        if match and sentence.count(match.group(1)) == 1 and not _NO_TERM.search(match.group(1)):
            asked = f"哪个术语是指{match.group(2)}？" if lang == "zh" else f"Which term means {match.group(2)}?"
            yield Span(match.group(1), "term", sentence), asked
        for name, short in _SPELT_OUT.findall(sentence):
            if _initials(name) == short and sentence.count(name) == 1:
                asked = f"{short}的全称是什么？" if lang == "zh" else f"What does {short} stand for?"
                yield Span(name, "term", sentence), asked


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.split(r"[ -]", name) if word[:1].isupper())
