"""Texts as weighted counts of their words and letters, by scikit-learn; kept as plain JSON. Knows no label.

Single words and pairs of neighbours, and runs of one to five characters within what spaces part: of Chinese, which has
no spaces, these are its words too.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["Ngrams", "fit_ngrams", "load_ngrams"]

_FILE = "ngrams.json"
_MOST_CHARACTERS = 20_000  # of a text; longer ones are read from the beginning
_KINDS: tuple[dict[str, Any], ...] = (
    {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\w+"},
    {"analyzer": "char_wb", "ngram_range": (1, 5)},
)


class Ngrams:
    """What is counted, and how much each counts: rarer ones more (TF-IDF), a text's repetitions by their logarithm."""

    def __init__(self, counters: Sequence[Any]) -> None:
        self._counters = tuple(counters)

    def features(self, texts: Sequence[str]) -> Any:
        """Sparse N×F, float32; each kind has length 1 in a row, or 0 where nothing of a text is known."""
        from scipy.sparse import hstack

        read = [text[:_MOST_CHARACTERS] for text in texts]
        return hstack([counter.transform(read) for counter in self._counters], format="csr")

    def save(self, folder: Path) -> None:
        """Into a file of a folder."""
        kept = [
            {"grams": counter.get_feature_names_out().tolist(), "weights": np.round(counter.idf_, 6).tolist()}
            for counter in self._counters
        ]
        (folder / _FILE).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")


def fit_ngrams(texts: Sequence[str], most: int) -> Ngrams:
    """What these texts hold; of each kind at most `most`, the commonest."""
    read = [text[:_MOST_CHARACTERS] for text in texts]
    return Ngrams([_counter(kind, max_features=most).fit(read) for kind in _KINDS])


def load_ngrams(folder: Path) -> Ngrams:
    """What `Ngrams.save` wrote."""
    counters = []
    for kind, kept in zip(_KINDS, json.loads((folder / _FILE).read_text(encoding="utf-8")), strict=True):
        counter = _counter(kind, vocabulary=kept["grams"])
        counter.idf_ = np.array(kept["weights"])
        counters.append(counter)
    return Ngrams(counters)


def _counter(kind: dict[str, Any], **more: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(**kind, sublinear_tf=True, dtype=np.float32, **more)
