"""Questions in, ranked passages out: an index and the encoder it was built with. Knows no prompts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assay.corpus.document import Corpus, Passage
from assay.errors import InputError
from assay.retrieval.encoder import Encoder
from assay.retrieval.index import Hit, Index, Mode

__all__ = ["Retriever"]


@dataclass(frozen=True)
class Retriever:
    """A search over one corpus. `encoder` must be the one that the index was built with, or None for words alone."""

    index: Index
    encoder: Encoder | None
    corpus: Corpus
    mode: Mode = "hybrid"

    def retrieve(self, questions: Sequence[str], k: int) -> list[list[Hit]]:
        """At most k hits a question, best first, in the order of the questions.

        Raises:
            InputError: k below 1.
        """
        if k < 1:
            raise InputError(f"the number of passages to retrieve must be at least 1, got {k}")
        if self.encoder is None or self.mode == "text":
            return [self.index.search(question, None, k, "text") for question in questions]
        vectors = self.encoder.encode_queries(questions)
        return [self.index.search(text, vector, k, self.mode) for text, vector in zip(questions, vectors, strict=True)]

    def passages(self, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        """The passages of some hits, in their order."""
        return tuple(self.corpus.by_id[hit.passage_id] for hit in hits)
