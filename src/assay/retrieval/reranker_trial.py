"""The re-ranker that was asked for, as it is or tuned, where it wins on the exam's questions. Sees no test question.

The search before it has seen those questions where it was fitted to them, so a re-ranker is judged a little too hard,
never too kindly.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from assay.bench.keys import key_of
from assay.bench.store import Store
from assay.corpus.document import Passage
from assay.models.cache import build_once
from assay.questions.exam import Exam
from assay.retrieval import Retriever, ndcg_at_k
from assay.retrieval.fitting import DEPTH, remember
from assay.retrieval.gain import LEAST_QUESTIONS, Gain, Tried, gain_of, read_gain, wins
from assay.retrieval.index import FUSED
from assay.retrieval.ranker_trial import known_questions
from assay.retrieval.rerank import CrossEncoderReranker, Reranker, Reranking, rerank_best
from assay.settings import Settings
from assay.statistics.crossfit import make_folds

__all__ = ["RERANKING_VERSION", "find_reranking", "try_reranker", "try_reranker_tuning"]

RERANKING_VERSION = 1  # part of the keys of what was read: count up when a trial is made otherwise
JUDGED = 100  # questions at most: a base model ranks the passages of one in one to two seconds
TAUGHT = 400  # questions at most that a cross-encoder is tuned on: one costs about two seconds on two cores

Progress = Callable[[int, int], None]  # done, total


def try_reranker(
    plain: Retriever, reranker: Reranker, exam: Exam, settings: Settings, store: Store, search: Any, progress: Progress
) -> Tried:
    """The retriever with the re-ranker where that wins by more than noise, else without.

    Too few questions with evidence tell nothing: then it is taken as it was asked for. What was found is kept in the
    store and not computed again.

    Args:
        plain: the search without it.
        reranker: what would put the best `rerank_depth` in its own order.
        exam: whose questions for training and validation judge.
        settings: of the run.
        store: of what was found.
        search: plain values that name all that `plain` and the re-ranker depend on besides the exam.
        progress: is told the questions judged.
    """
    ranked = replace(plain, orders=(*plain.orders, Reranking(reranker, settings.rerank_depth)))
    asked = _Asked(plain, exam, settings, JUDGED)
    if not asked.can_judge:
        return Tried(ranked)
    key = "reranking/" + key_of(exam=exam.asked_key, search=search, seed=settings.seed)
    made = store.once(key, lambda _: asdict(asked.compare(None, asked.judge(reranker, asked.all, progress))))
    summary = read_gain(made.value)
    return Tried(ranked if summary.kept else plain, summary, made.cost)


def try_reranker_tuning(
    reranked: Retriever,
    exam: Exam,
    settings: Settings,
    store: Store,
    search: Any,
    index_folder: Path,
    progress: Progress,
) -> Tried:
    """The search with its cross-encoder tuned to what it finds for the known questions, where that wins.

    Each half of the questions is judged by a cross-encoder tuned on the other half. The one that is served is tuned on
    all, and kept beside the index.

    Args:
        reranked: the search so far: with the cross-encoder as it came, where that had won.
        exam: whose questions for training and validation teach and judge.
        settings: of the run.
        store: of what was found.
        search: plain values that name all that `reranked` depends on besides the exam.
        index_folder: where a tuned cross-encoder is kept.
        progress: is told the steps and the questions judged.
    """
    asked = _Asked(reranked, exam, settings, TAUGHT)
    if not asked.can_judge:
        return Tried(reranked)
    key = key_of(exam=exam.asked_key, search=search, seed=settings.seed)
    folder, name = index_folder / f"reranker-{key}", f"reranker-tuning/{key}"

    def build(empty: Path) -> None:
        asked.tune(asked.all, empty, progress)

    def find(_: object) -> dict[str, Any]:
        untuned = find_reranking(reranked)
        before = asked.judge(untuned.reranker, asked.all, progress) if untuned else None
        found = asked.compare(before, asked.judge_halves(progress))
        if found.kept:
            build_once(folder, build)
        return asdict(found)

    made = store.once(name, find)
    summary = read_gain(made.value)
    if not summary.kept:
        return Tried(reranked, summary, made.cost)
    build_once(folder, build)  # someone may have cleared it away
    tuned = Reranking(CrossEncoderReranker(str(folder)), settings.rerank_depth)
    first = without_reranking(reranked)
    return Tried(replace(first, orders=(*first.orders, tuned)), summary, made.cost)


def find_reranking(search: Retriever) -> Reranking | None:
    """The re-ranker of a search."""
    return next((order for order in search.orders if isinstance(order, Reranking)), None)


def without_reranking(search: Retriever) -> Retriever:
    """The search with its passages as they are found, before a re-ranker."""
    return replace(search, orders=tuple(order for order in search.orders if not isinstance(order, Reranking)))


class _Asked:
    """Known questions that have evidence, or a seeded draw of them, and what the search finds before a re-ranker."""

    def __init__(self, search: Retriever, exam: Exam, settings: Settings, most: int) -> None:
        self._exam, self._settings = exam, settings
        known = known_questions(exam)
        drawn = np.random.default_rng(settings.seed).permutation(len(known))[:most]
        self._memory = remember(None, [known[place] for place in sorted(drawn)], exam.gold)
        self._first = without_reranking(search)
        self.all = range(len(self._memory.texts))

    @property
    def can_judge(self) -> bool:
        """Whether they are enough to tell a gain from noise."""
        return len(self.all) >= LEAST_QUESTIONS and len(set(self._memory.groups)) > 1

    @cached_property
    def _found(self) -> list[tuple[Passage, ...]]:
        hits = self._first.retrieve(self._memory.texts, FUSED)
        return [self._first.passages(row) for row in hits]

    def judge(self, reranker: Reranker, places: Sequence[int], progress: Progress) -> list[float]:
        """The nDCG@10 of some questions with the best passages ranked again."""
        values = []
        for place in places:
            text, depth = self._memory.texts[place], self._settings.rerank_depth
            values.append(self._ndcg(place, rerank_best(reranker, text, self._found[place], depth)))
            progress(len(values), len(places))
        return values

    def judge_halves(self, progress: Progress) -> list[float]:
        """The nDCG@10 of every question by a cross-encoder tuned on the half that it is not in."""
        values: dict[int, float] = {}
        for half in make_folds(self._memory.groups, self._settings.seed, 2):
            with TemporaryDirectory() as folder:
                self.tune(sorted(set(self.all) - set(half)), Path(folder), progress)
                values |= zip(half, self.judge(CrossEncoderReranker(folder), half, progress), strict=True)
        return [values[place] for place in self.all]

    def tune(self, places: Sequence[int], folder: Path, progress: Progress) -> None:
        """Write the cross-encoder tuned on some of the questions."""
        from assay.retrieval.cross_encoder_tuning import Lesson, tune_cross_encoder

        lessons = []
        for place in places:
            gold, best = self._memory.gold[place], self._found[place][: self._settings.rerank_depth]
            right = tuple(self._exam.corpus.by_id[id] for id in sorted(gold))
            wrong = tuple(passage for passage in best if passage.id not in gold)
            lessons += [Lesson(self._memory.texts[place], right, wrong)] if wrong else []
        tune_cross_encoder(self._settings.reranker, lessons, folder, self._settings.seed, progress)

    def compare(self, before: Sequence[float] | None, after: Sequence[float]) -> Gain:
        """What came of it; `before` is None for the passages as they were found."""
        plain = before or [self._ndcg(place, self._found[place]) for place in self.all]
        gain = gain_of(after, plain, self._memory.groups, self._settings.seed)
        means = float(np.mean(plain)), float(np.mean(after))
        return Gain(wins(gain), *means, gain, len(plain), Path(self._settings.reranker).name)

    def _ndcg(self, place: int, passages: Sequence[Passage]) -> float:
        return ndcg_at_k([passage.id for passage in passages[:DEPTH]], self._memory.gold[place], DEPTH)
