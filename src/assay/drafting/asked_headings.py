"""Questions that the documents ask themselves: a heading, or a sentence before its answer, as in lists of them."""

import re
from collections.abc import Iterator
from itertools import pairwise

from assay.corpus.document import Passage
from assay.drafting.spans import Kind, Span, find_spans
from assay.scoring import Language, split_sentences

__all__ = ["find_answered"]

# How what is asked for is asked for; the answer is the only piece of such a kind in the sentence that follows.
_KINDS: dict[Language, tuple[tuple[re.Pattern[str], tuple[Kind, ...]], ...]] = {
    "en": (
        (
            re.compile(r"\bhow (?:many|much|long|often|far|old|big|quickly|soon|early|late)\b", re.IGNORECASE),
            ("amount",),
        ),
        (re.compile(r"^(?:\W*)(?:when|by when|until when)\b", re.IGNORECASE), ("date", "amount")),
    ),
    "zh": (
        (re.compile(r"多少|多久|多长|几[天个次年周]"), ("amount",)),
        (re.compile(r"什么时候|何时|哪天"), ("date", "amount")),
    ),
}
_ENDS = ("?", "？")


def find_answered(passage: Passage, lang: Language) -> Iterator[tuple[Span, str]]:
    """For each question of a passage, and of its heading, the answer in the sentence that follows it."""
    spans = find_spans(passage, lang)
    for asked, told in pairwise([passage.heading.rpartition(" > ")[2], *split_sentences(passage.text)]):
        question = asked.strip(" *#")
        if not question.endswith(_ENDS):
            continue
        for pattern, kinds in _KINDS[lang]:
            fitting = [span for span in spans if span.sentence == told and span.kind in kinds]
            if pattern.search(question) and len(fitting) == 1:
                yield fitting[0], question
                break
