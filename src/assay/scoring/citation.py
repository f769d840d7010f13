"""The passage and the sentence that support an answer best. Knows words, not meaning, and no model."""

import math
from collections import Counter
from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.scoring.language import Language, language_of
from assay.scoring.normalise import tokens
from assay.scoring.refusal import is_refusal
from assay.scoring.sentences import split_sentences

__all__ = ["cite"]

_QUESTION_WEIGHT = 0.3  # the question's words tell sentences that hold the answer apart, but do not support it


def cite(answer_text: str, passages: Sequence[Passage], question: str = "") -> tuple[str | None, str | None]:
    """The id of the passage that supports the answer best, and the sentence or table row in it, as written.

    A sentence scores by the rare words that it shares with the answer, and by fewer points with the question; equal
    scores go to the earlier one. Both parts are None for a refusal, an empty answer, and an answer of which no word
    is in any passage.
    """
    if is_refusal(answer_text):
        return None, None
    # one way of cutting for all; the Chinese one cuts English text well enough
    lang: Language = (
        "zh" if any(language_of(text) == "zh" for text in (answer_text, *(p.text for p in passages))) else "en"
    )
    places = [(passage, sentence) for passage in passages for sentence in split_sentences(passage.text)]
    words = [Counter(tokens(sentence, lang)) for _, sentence in places]
    weight = _rarity(words)
    wanted, asked = Counter(tokens(answer_text, lang)), Counter(tokens(question, lang))
    scores = [_support(found, wanted, asked, weight) for found in words]
    best = max(range(len(places)), key=scores.__getitem__, default=None)
    if best is None or not scores[best]:
        return None, None
    return places[best][0].id, places[best][1]


def _rarity(sentences: Sequence[Counter[str]]) -> dict[str, float]:
    """The inverse frequency of each word over the sentences; a word of all sentences weighs next to nothing."""
    n_holding = Counter(word for sentence in sentences for word in sentence)
    return {word: math.log((len(sentences) + 1) / (n + 0.5)) for word, n in n_holding.items()}


def _support(found: Counter[str], wanted: Counter[str], asked: Counter[str], weight: dict[str, float]) -> float:
    shared = sum(weight[word] for word in found.keys() & wanted.keys())
    if shared <= 0:
        return 0.0
    return shared + _QUESTION_WEIGHT * sum(weight[word] for word in (found.keys() & asked.keys()) - wanted.keys())
