"""What ranking the found passages again gains and costs: nDCG@10 of hybrid search before and after.

Each data folder is as for retrieval.py. Orders: as found; by the re-ranker's score; reciprocal ranks of both, the
first stage with weight 1 and 2. Prints Markdown.

    python benchmarks/reranking.py --data DIR [--data DIR ...] [--reranker likelihood] [--questions 100] [--depth 10]
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from data_sets import gold_passages, load_corpus, read_rows
from encoding import gain

from assay.corpus.document import Passage
from assay.corpus.language import corpus_language
from assay.models import open_model
from assay.models.likelihood import load_scorer
from assay.retrieval import Retriever, build_index, load_encoder
from assay.retrieval.ranker import start_ranker
from assay.retrieval.rerank import Reranker, load_reranker, rerank

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
            retriever = build(folder, Path(place))
            language = corpus_language(passage.text for passage in retriever.corpus.passages)
            reranker = load_reranker(arguments.reranker, load, language)
            if reranker is None:
                raise SystemExit("name a re-ranker")
            print(measure(folder, retriever, reranker, arguments.questions, arguments.depth), flush=True)


def build(folder: Path, place: Path) -> Retriever:
    corpus = load_corpus(folder)
    encoder = load_encoder(None, corpus_language(passage.text for passage in corpus.passages))
    return Retriever(build_index(corpus, encoder, place), encoder, corpus, ranker=start_ranker(corpus))


class Known:
    """Scores that are there already, as a re-ranker."""

    name = "known"

    def __init__(self, scores: list[float]):
        self._scores = scores

    def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
        return self._scores


def measure(folder: Path, retriever: Retriever, reranker: Reranker, n_questions: int, depth: int) -> str:
    """One table row."""
    gains, wall, core = [], time.perf_counter(), time.process_time()
    for question, gold in sample(folder, retriever, n_questions):
        passages = retriever.passages(retriever.retrieve([question], depth)[0])
        ids = [passage.id for passage in passages]
        known = Known(reranker.score(question, passages))
        orders = [range(len(ids)), *(rerank(known, question, passages, weight) for weight in WEIGHTS)]
        gains.append([gain([ids[place] for place in order], gold) for order in orders])
    wall, core = time.perf_counter() - wall, time.process_time() - core
    table = np.array(gains)
    change = 100 * (table - table[:, :1])
    half = 1.96 * change.std(axis=0) / len(table) ** 0.5
    shown = [f"{table[:, 0].mean():.3f}"]
    shown += [f"{table[:, row].mean():.3f} ({change[:, row].mean():+.1f} ± {half[row]:.1f})" for row in range(1, 4)]
    return (
        f"| {folder.name} | {len(table)} | {reranker.name.split(' of ')[0]} | {' | '.join(shown)} "
        f"| {wall / len(table):.2f} | {core / len(table):.2f} |"
    )


def sample(folder: Path, retriever: Retriever, n: int) -> Iterator[tuple[str, set[str]]]:
    """Questions that have evidence, with the passages that hold it; the same ones every time."""
    rows = [row for row in read_rows(folder / "qa.jsonl") if row.get("answerable", True)]
    for number in np.random.default_rng(0).permutation(len(rows)):
        gold = set(gold_passages(rows[number], retriever.corpus))
        if gold and n > 0:
            n -= 1
            yield rows[number]["question"], gold


if __name__ == "__main__":
    main()
