"""What ranking the found passages again gains and costs: nDCG@10 of hybrid search before and after.

Each data folder is as for retrieval.py. Orders: as found; by the re-ranker's score; reciprocal ranks of both, the
first stage with weight 1 and 2. Prints Markdown.

    python benchmarks/reranking.py --data DIR [--data DIR ...] [--reranker likelihood] [--questions 100] [--depth 10]
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
from retrieval_sets import RetrievalSet, load_set

from assay.corpus.document import Passage
from assay.models import open_model
from assay.models.scoring import load_scorer
from assay.questions.question import Question
from assay.retrieval import Retriever, ndcg_at_k
from assay.retrieval.rerank import Reranker, load_reranker, rerank
from retrieval import open_retriever

MOST_PASSAGES, NDCG_DEPTH = 5000, 10
WEIGHTS = (0.0, 1.0, 2.0)  # of the first stage
COLUMNS = "corpus | questions | re-ranker | as found | by score | ranks, weight 1 | weight 2 | s a question | core s"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--reranker", default="likelihood", help="likelihood, or a cross-encoder's folder or hub id")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--depth", type=int, default=10)
    arguments = parser.parse_args()
    load = partial(load_scorer, open_model(engine="openvino"))
    print(f"| {COLUMNS} |\n|{'---|' * (COLUMNS.count('|') + 1)}", flush=True)
    for folder in arguments.data:
        with tempfile.TemporaryDirectory() as place:
            one = load_set(folder, MOST_PASSAGES)
            reranker = load_reranker(arguments.reranker, load, one.language)
            if reranker is None:
                raise SystemExit("name a re-ranker")
            retriever = open_retriever(one, Path(place))
            print(measure(one, retriever, reranker, arguments.questions, arguments.depth), flush=True)


class Known:
    """Scores that are there already, as a re-ranker."""

    name = "known"

    def __init__(self, scores: list[float]):
        self._scores = scores

    def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
        return self._scores


def measure(one: RetrievalSet, retriever: Retriever, reranker: Reranker, n_questions: int, depth: int) -> str:
    """One table row."""
    gains, wall, core = [], time.perf_counter(), time.process_time()
    for question in sample(one, n_questions):
        passages = retriever.passages(retriever.retrieve([question.text], depth)[0])
        ids = [passage.id for passage in passages]
        known = Known(reranker.score(question.text, passages))
        orders = [range(len(ids)), *(rerank(known, question.text, passages, weight) for weight in WEIGHTS)]
        gold = one.gold[question.id]
        gains.append([ndcg_at_k([ids[place] for place in order], gold, NDCG_DEPTH) for order in orders])
    wall, core = time.perf_counter() - wall, time.process_time() - core
    table = np.array(gains)
    change = 100 * (table - table[:, :1])
    half = 1.96 * change.std(axis=0) / len(table) ** 0.5
    shown = [f"{table[:, 0].mean():.3f}"]
    shown += [f"{table[:, row].mean():.3f} ({change[:, row].mean():+.1f} ± {half[row]:.1f})" for row in range(1, 4)]
    return (
        f"| {one.name} | {len(table)} | {reranker.name.split(' of ')[0]} | {' | '.join(shown)} "
        f"| {wall / len(table):.2f} | {core / len(table):.2f} |"
    )


def sample(one: RetrievalSet, n: int) -> list[Question]:
    """Questions with the passages that hold their evidence known; the same ones every time."""
    return [one.questions[place] for place in np.random.default_rng(0).permutation(len(one.questions))[:n]]


if __name__ == "__main__":
    main()
