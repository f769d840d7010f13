"""A reader that is no model: of all sentences that a search brings, it takes the one that is nearest to the question.

It finds an answer that a rule has taken from one sentence, in any language of the encoder, and fails where the same is
said of something else.
"""

from collections.abc import Sequence

import numpy as np

from assay.corpus.document import Passage
from assay.retrieval import Encoder
from assay.scoring import Language, normalise, split_sentences
from assay.scoring.answer_terms import terms_of
from assay.scoring.matching import find_answer

__all__ = ["NearestSentence"]


class NearestSentence:
    """Reads by one encoder, or by shared words where there is none."""

    def __init__(self, encoder: Encoder | None, lang: Language) -> None:
        self._encoder, self._lang = encoder, lang

    def finds(self, question: str, answer: str, read: Sequence[Passage]) -> bool:
        """Whether the sentence of the passages that is nearest to the question holds the answer."""
        told = [(passage, sentence) for passage in read for sentence in split_sentences(passage.text)]
        if not told:
            return False
        near = self._nearness(question, [f"{passage.heading}\n{sentence}" for passage, sentence in told])
        sentence = normalise(told[int(np.argmax(near))][1], self._lang)
        return bool(find_answer(sentence, normalise(answer, self._lang), self._lang))

    def _nearness(self, question: str, sentences: Sequence[str]) -> np.ndarray:
        """Of each sentence to the question: cosines, or shares of the question's terms."""
        if self._encoder is not None:
            asked = self._encoder.encode_queries([question])[0]
            return np.asarray(self._encoder.encode_passages(sentences) @ asked)
        terms = terms_of(question, self._lang)
        return np.array([len(terms & terms_of(one, self._lang)) / max(1, len(terms)) for one in sentences])
