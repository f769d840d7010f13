"""Where drafts come from: passages with possible answers, taken from all documents alike. Knows no model."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

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
        found: dict[str, list[list[Candidate]]] = {}
        for document, passages in _by_document(corpus).items():
            if versions is None or document in (versions.in_force(document) or (document,)):
                found[document] = [find(passage, lang) for passage in passages]
        answers = _answers(chain.from_iterable(chain.from_iterable(found.values())))
        for document, by_passage in found.items():
            queue = _draw([[one for one in some if len(answers[one.question]) < 2] for some in by_passage], rng)
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


def _answers(candidates: Iterable[Candidate]) -> dict[str, set[str]]:
    """What the documents answer to each question: one with two answers is asked of neither."""
    answers: dict[str, set[str]] = defaultdict(set)
    for one in candidates:
        if one.question:
            answers[one.question].add(one.span.text)
    return answers


def _draw(by_passage: Sequence[Sequence[Candidate]], rng: np.random.Generator) -> list[Candidate]:
    """The document's candidates, to be taken from the end."""
    rounds: list[tuple[int, float, Candidate]] = []
    for found in by_passage:
        order = rng.permutation(len(found))
        rounds += [(place, rng.random(), found[i]) for place, i in enumerate(order)]
    return [candidate for _, _, candidate in sorted(rounds, key=lambda item: item[:2], reverse=True)]
