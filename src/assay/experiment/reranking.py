"""The re-ranker that was asked for, where it wins on the exam's own questions. Never sees a test question.

The search before it has seen those questions where it was fitted to them, so a re-ranker is judged a little too hard,
never too kindly.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from assay.corpus.document import Passage
from assay.experiment.exam import Exam
from assay.experiment.fitted import known_questions
from assay.experiment.keys import key_of
from assay.experiment.meter import Meter
from assay.experiment.store import Store
from assay.experiment.trial import LEAST_QUESTIONS, Tried, gain_of, wins
from assay.retrieval import Retriever, ndcg_at_k
from assay.retrieval.fitting import DEPTH, remember
from assay.retrieval.index import FUSED
from assay.retrieval.memory import Memory
from assay.retrieval.rerank import Reranker, rerank_best
from assay.settings import Settings
from assay.verdict.result import Estimate, RerankerTrial

__all__ = ["RERANKING_VERSION", "try_reranker"]

RERANKING_VERSION = 1  # part of the keys of what was read: count up when the trial is made otherwise
JUDGED = 100  # questions at most: a base model ranks the passages of one in one to two seconds

Progress = Callable[[int, int], None]  # done, total


def try_reranker(
    plain: Retriever, reranker: Reranker, exam: Exam, settings: Settings, store: Store, search: Any, progress: Progress
) -> Tried[RerankerTrial]:
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
    ranked = replace(plain, reranker=reranker, rerank_depth=settings.rerank_depth)
    memory = _asked(exam, settings.seed)
    if len(memory.texts) < LEAST_QUESTIONS or len(set(memory.groups)) < 2:
        return Tried(ranked)
    key = "reranking/" + key_of(exam=exam.asked_key, search=search, seed=settings.seed)
    fact = store.fact(key)
    if fact is None:
        with Meter() as meter:
            before, after = _judge(ranked, reranker, memory, progress)
        gain = gain_of(after, before, memory.groups, settings.seed)
        found = RerankerTrial(
            name=Path(settings.reranker).name,
            kept=wins(gain),
            before=float(np.mean(before)),
            after=float(np.mean(after)),
            gain=gain,
            n_questions=len(before),
        )
        fact = {"summary": asdict(found), "seconds": meter.seconds, "peak_mb": meter.peak_mb}
        store.save_fact(key, fact)
    summary = RerankerTrial(**fact["summary"] | {"gain": Estimate(**fact["summary"]["gain"])})
    return Tried(ranked if summary.kept else plain, summary, fact["seconds"], fact["peak_mb"])


def _asked(exam: Exam, seed: int) -> Memory:
    """The questions that judge: all that have evidence, or a seeded draw of JUDGED."""
    known = known_questions(exam)
    drawn = np.random.default_rng(seed).permutation(len(known))[:JUDGED]
    return remember(None, [known[place] for place in sorted(drawn)], exam.gold)


def _judge(
    ranked: Retriever, reranker: Reranker, memory: Memory, progress: Progress
) -> tuple[list[float], list[float]]:
    """The nDCG@10 of every question as found, and with the best ranked again."""
    before, after = [], []
    hits = replace(ranked, reranker=None).retrieve(memory.texts, FUSED)
    for text, row, gold in zip(memory.texts, hits, memory.gold, strict=True):
        found = ranked.passages(row)
        before.append(_ndcg(found, gold))
        after.append(_ndcg(rerank_best(reranker, text, found, ranked.rerank_depth), gold))
        progress(len(after), len(memory.texts))
    return before, after


def _ndcg(passages: Sequence[Passage], gold: frozenset[str]) -> float:
    return ndcg_at_k([passage.id for passage in passages[:DEPTH]], gold, DEPTH)
