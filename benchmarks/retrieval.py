"""nDCG@10 of words, meaning, both, and both fitted to the questions, on test questions that nothing was fitted on.

    python benchmarks/retrieval.py --data DIR --data DIR ... [--work DIR] [--most-passages N ...]

Prints Markdown. Vectors are kept in --work, so a second run takes two minutes. Every set is ranked, and its fit
started, by weights pooled over the *other* sets: how a corpus fares that had no part in Assay's own. The weights pooled
over all of them, the ones to ship, come last.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from retrieval_sets import RetrievalSet, load_set, show

from assay.questions.question import Question
from assay.retrieval import Fusion, Ranker, Retriever, build_index, load_encoder, ndcg_at_k
from assay.retrieval.encoder import load_encoder_parts
from assay.retrieval.fitting import Fitting, Found, collect, fit_retriever, fit_weights, remember
from assay.retrieval.gain import gain_of, wins
from assay.retrieval.index import indexed_texts
from assay.retrieval.memory import NO_MEMORY, Memory
from assay.retrieval.query_tuning import load_tuned_queries, save_tuned_queries, tune_queries
from assay.retrieval.ranker import ALL_FEATURES, start_ranker
from assay.retrieval.ranker_trial import choose
from assay.retrieval.vectors import load_vectors
from assay.statistics.clustered import clustered_mean, paired_difference
from assay.statistics.crossfit import make_folds
from assay.statistics.estimate import Estimate

DEPTH = 10
SEED = 0
HEADER = (
    "corpus | passages | questions | words | meaning | by rank | by scores | start | fitted | served | gain | "
    "encoder tuned | served | gain"
)
START_PENALTY, START_COUNT = 3.0, 100  # each set counts as so many questions


@dataclass(frozen=True)
class Measured:
    """One set's row. `gains` are those of what would be served over the better of words and meaning."""

    values: dict[str, np.ndarray]  # search -> nDCG@10 of every test question
    gains: list[Estimate]  # without tuning the encoder, and with it


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--work", type=Path, default=Path(".assay-retrieval"))
    parser.add_argument("--most-passages", type=int, action="append", help="one a set, in order; 5000 by default")
    options = parser.parse_args()
    most = options.most_passages or [5000] * len(options.data)
    sets = [load_set(folder, n) for folder, n in zip(options.data, most, strict=True)]
    retrievers = [open_retriever(one, options.work) for one in sets]
    learnt = [collect_known(one, retriever) for one, retriever in zip(sets, retrievers, strict=True)]
    print(f"| {HEADER} |\n|{'---|' * (HEADER.count('|') + 1)}", flush=True)
    rows, notes = [], []
    for place, (one, retriever) in enumerate(zip(sets, retrievers, strict=True)):
        others = pool([part for other, part in enumerate(learnt) if other != place])
        plain = replace(retriever, ranker=Ranker(retriever.corpus, others, NO_MEMORY))
        row, note = measure(one, plain, options.work)
        rows.append(row)
        notes.append(note)
    print_mean(rows)
    print("\n" + "\n".join(notes) + "\n")
    print({name: round(float(weight), 1) for name, weight in zip(ALL_FEATURES, pool(learnt), strict=True)})


def open_retriever(one: RetrievalSet, work: Path) -> Retriever:
    encoder = load_encoder(None, one.language)
    with_progress = show(one.name) if sys.stderr.isatty() else None
    return Retriever(build_index(one.corpus, encoder, work, with_progress), encoder, one.corpus)


def measure(one: RetrievalSet, plain: Retriever, work: Path) -> tuple[Measured, str]:
    """Prints one set's row."""
    memory = remember(plain.encoder, one.of("train", "validation"), one.gold)
    start = time.perf_counter()
    fitting = fit_retriever(plain, memory, SEED)
    seconds = time.perf_counter() - start
    searches = {
        "words": replace(plain, mode="text"),
        "meaning": replace(plain, mode="dense"),
        "by rank": replace(plain, ranker=None, fusion=Fusion("ranks")),
        "by scores": replace(plain, ranker=None),
        "start": plain,
        "fitted": replace(plain, ranker=Ranker(plain.corpus, np.array(fitting.weights), memory)),
    }
    kept = choose(fitting, memory.groups, SEED)[0]
    searches["served"] = {
        "ranker": searches["fitted"],
        "fusion": replace(plain, ranker=None, fusion=fitting.fusion),
        "nothing": plain,
    }[kept]
    judged = {"ranker": fitting.after, "fusion": fitting.fused, "nothing": fitting.before}[kept]
    start = time.perf_counter()
    searches["encoder tuned"], after = tune_encoder(one, plain, memory, work)
    tuning_seconds = time.perf_counter() - start
    won = gain_of(after, judged, memory.groups, SEED)
    searches["served with it"] = searches["encoder tuned" if wins(won) else "served"]
    test = one.of("test")
    clusters = one.clusters(test)
    values = {name: ndcg(retriever, test, one) for name, retriever in searches.items()}
    best = max(("words", "meaning"), key=lambda name: float(values[name].mean()))
    gains = [
        paired_difference(values[name], values[best], clusters, np.random.default_rng(SEED))[0]
        for name in ("served", "served with it")
    ]
    cells = [interval(clustered_mean(row, clusters, np.random.default_rng(SEED))) for row in values.values()]
    cells = [*cells[:7], points(gains[0]), *cells[7:], points(gains[1])]
    size = f"{len(one.corpus.passages)}" + (f" of {one.whole}" if one.whole > len(one.corpus.passages) else "")
    print(f"| {one.name} | {size} | {len(test)} | {' | '.join(cells)} |", flush=True)
    note = note_of(one, fitting, kept, seconds, searches, test)
    note += f"; with the encoder tuned {np.mean(after):.3f} ({points(won)}), in {tuning_seconds:.0f} s"
    return Measured(values, gains), note


def tune_encoder(
    one: RetrievalSet, plain: Retriever, memory: Memory, work: Path
) -> tuple[Retriever, tuple[float, ...]]:
    """The search with tuned questions and a ranker fitted to them, and the nDCG of the known questions, out of fold."""
    parts = load_encoder_parts("auto", one.language)
    if parts is None or plain.encoder is None:
        raise SystemExit("the embedded encoders are not installed")
    passages = load_vectors(indexed_texts(one.corpus), plain.encoder, work / "vectors.sqlite")
    place_of = {passage.id: place for place, passage in enumerate(one.corpus.passages)}
    folds = make_folds(memory.groups, SEED)
    tuned = tune_queries(parts, memory, passages, place_of, folds, SEED, lambda done, total: None)
    asked = replace(memory, vectors=tuned.vectors)
    fitting = fit_retriever(plain, asked, SEED)
    with tempfile.TemporaryDirectory() as folder:
        save_tuned_queries(tuned, Path(folder))
        split = load_tuned_queries(Path(folder), parts, plain.encoder)
    return replace(plain, encoder=split, ranker=Ranker(plain.corpus, np.array(fitting.weights), asked)), fitting.after


def ndcg(retriever: Retriever, questions: list[Question], one: RetrievalSet) -> np.ndarray:
    hits = retriever.retrieve([question.text for question in questions], DEPTH)
    pairs = zip(hits, questions, strict=True)
    return np.array([ndcg_at_k([hit.passage_id for hit in row], one.gold[q.id], DEPTH) for row, q in pairs])


def note_of(
    one: RetrievalSet, fitting: Fitting, kept: str, seconds: float, searches: dict[str, Retriever], test: list[Question]
) -> str:
    times = {name: milliseconds(searches[name], test) for name in ("by scores", "fitted")}
    return (
        f"- {one.name}: fitted on {len(fitting.before)} questions in {seconds:.0f} s; on these, out of fold, "
        f"{np.mean(fitting.before):.3f} before, {np.mean(fitting.fused):.3f} fused by {fitting.fusion.kind} "
        f"{fitting.fusion.dense_share:.1f}, {np.mean(fitting.after):.3f} with the ranker (penalty {fitting.penalty}); "
        f"kept: {kept}; {times['by scores']:.0f} ms of processor a question by scores, {times['fitted']:.0f} fitted"
    )


def milliseconds(retriever: Retriever, questions: list[Question]) -> float:
    """The processor's median of one question after another, each asked for the second time: passages are read once."""
    texts = [question.text for question in questions[:50]]
    retriever.retrieve(texts, DEPTH)
    taken = []
    for text in texts:
        start = time.process_time()
        retriever.retrieve([text], DEPTH)
        taken.append(time.process_time() - start)
    return 1000 * float(np.median(taken))


def print_mean(rows: list[Measured]) -> None:
    """The mean over the sets, each of the same weight."""
    names = list(rows[0].values)
    means = [np.mean([row.values[name].mean() for row in rows]) for name in names]
    gains = [f"{100 * np.mean([row.gains[n].value for row in rows]):+.1f}" for n in (0, 1)]
    cells = [f"{mean:.3f}" for mean in means]
    print(f"| mean | | | {' | '.join([*cells[:7], gains[0], *cells[7:], gains[1]])} |")


def interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.2f}-{estimate.high:.2f})"


def points(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{100 * estimate.value:+.1f}"
    return f"{100 * estimate.value:+.1f} ({100 * estimate.low:+.1f} to {100 * estimate.high:+.1f})"


def collect_known(one: RetrievalSet, retriever: Retriever) -> Found:
    """The candidates of a set's questions for training and validation, with nothing remembered."""
    known = remember(retriever.encoder, one.of("train", "validation"), one.gold)
    bare = start_ranker(retriever.corpus)
    vectors = [None] * len(known.texts) if known.vectors is None else known.vectors
    hits = [retriever.search_both(text, vector) for text, vector in zip(known.texts, vectors, strict=True)]
    found = [bare.found(text, *pair) for text, pair in zip(known.texts, hits, strict=True)]
    return collect(bare, found, known)


def pool(parts: list[Found]) -> np.ndarray:
    """Weights fitted on several sets together, each of the same weight."""
    widest = max(part.is_there.shape[1] for part in parts)
    wide = [widen(part, widest) for part in parts]
    together = Found(
        *(np.concatenate([getattr(part, name) for part in wide]) for name in ("features", "is_there", "is_gold"))
    )
    counts = np.concatenate([np.full(len(part.is_gold), START_COUNT / len(part.is_gold)) for part in parts])
    origin = np.array([4.0 if name in ("dense", "words") else 0.0 for name in ALL_FEATURES])
    return fit_weights(together, origin, START_PENALTY, counts)


def widen(part: Found, n: int) -> Found:
    more = n - part.is_there.shape[1]
    return Found(
        np.pad(part.features, ((0, 0), (0, more), (0, 0))),
        np.pad(part.is_there, ((0, 0), (0, more))),
        np.pad(part.is_gold, ((0, 0), (0, more))),
    )


if __name__ == "__main__":
    main()
