"""Where drafts come from: passages with possible answers, taken from all documents alike. Knows no model."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assay.corpus.document import Corpus, Passage
from assay.corpus.versions import Versions
from assay.drafting.spans import Span
from assay.scoring import Language

__all__ = ["Candidate", "Find", "Sources"]

_TRIES = 8  # in vain that weigh as much as one draft kept: a document from which nothing comes must not take all


@dataclass(frozen=True)
class Candidate:
    """A possible answer and where it stands. `question`: that it answers, or "" where a model is to write one."""

    passage: Passage
    span: Span
    question: str = ""


Find = Callable[[Passage, Language], list[Candidate]]
"""The candidates of a passage."""


class Sources:
    """Candidates by document, in an order that `rng` draws; every passage is used before one is used again.

    Args:
        corpus: whose passages are drafted from; of dated versions only the one in force.
        versions: of the documents; None: all are in force.
        find: the candidates of a passage.
        lang: of the documents.
        rng: draws the order.
    """

    def __init__(
        self, corpus: Corpus, versions: Versions | None, find: Find, lang: Language, rng: np.random.Generator
    ) -> None:
        self._queues: dict[str, list[Candidate]] = {}
        self._tried: Counter[str] = Counter()
        for document, passages in _by_document(corpus).items():
            if versions is None or document in (versions.in_force(document) or (document,)):
                queue = _draw(passages, find, lang, rng)
                if queue:
                    self._queues[document] = queue

    def take(self, n: int, kept: Counter[str]) -> list[Candidate]:
        """Up to n candidates, from the documents with the fewest drafts kept; tries in vain count a little too."""
        taken: list[Candidate] = []
        while len(taken) < n and (open_ := [name for name, queue in self._queues.items() if queue]):
            document = min(open_, key=lambda name: kept[name] + self._tried[name] / _TRIES)
            self._tried[document] += 1
            taken.append(self._queues[document].pop())
        return taken


def _by_document(corpus: Corpus) -> dict[str, list[Passage]]:
    passages: dict[str, list[Passage]] = defaultdict(list)
    for passage in corpus.passages:
        passages[passage.document].append(passage)
    return passages


def _draw(passages: Sequence[Passage], find: Find, lang: Language, rng: np.random.Generator) -> list[Candidate]:
    """The document's candidates, to be taken from the end."""
    rounds: list[tuple[int, float, Candidate]] = []
    for passage in passages:
        found = find(passage, lang)
        order = rng.permutation(len(found))
        rounds += [(place, rng.random(), found[i]) for place, i in enumerate(order)]
    return [candidate for _, _, candidate in sorted(rounds, key=lambda item: item[:2], reverse=True)]
