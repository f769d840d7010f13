"""nDCG@10 of words, meaning, both, and both fitted to the questions, on test questions that nothing was fitted on.

    python benchmarks/retrieval.py --data DIR [--data DIR ...] [--work DIR] [--most-passages N] [--start]

Prints Markdown. Vectors are kept in --work, so a second run takes a minute. --start prints the weights that fitting
starts from, and what weights from the *other* sets reach on the questions for training and validation of each.
"""

import argparse
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from retrieval_sets import RetrievalSet, load_set, show

from assay.experiment.fitted import choose
from assay.questions.question import Question
from assay.retrieval import Fusion, Ranker, Retriever, build_index, load_encoder, ndcg_at_k
from assay.retrieval.fitting import Fitting, Found, collect, fit_retriever, fit_weights, judge, remember
from assay.retrieval.memory import Memory
from assay.retrieval.ranker import ALL_FEATURES, start_weights
from assay.statistics import clustered_mean, paired_difference
from assay.verdict.result import Estimate

DEPTH = 10
SEED = 0
HEADER = (
    "corpus | passages | questions | words | meaning | by rank | by scores | weight fitted | ranker | served | gain"
)
START_PENALTY, START_COUNT = 3.0, 100  # each set counts as so many questions


@dataclass(frozen=True)
class Measured:
    """One set's row. `gain` is that of what would be served over the better of words and meaning."""

    name: str
    values: dict[str, np.ndarray]  # search -> nDCG@10 of every test question
    best_single: str
    gain: Estimate


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--work", type=Path, default=Path(".assay-retrieval"))
    parser.add_argument("--most-passages", type=int, action="append", help="one a set, in order; 5000 by default")
    parser.add_argument("--start", action="store_true")
    options = parser.parse_args()
    most = options.most_passages or [5000] * len(options.data)
    sets = [load_set(folder, n) for folder, n in zip(options.data, most, strict=True)]
    if options.start:
        print_start([(one, open_retriever(one, options.work)) for one in sets])
        return
    print(f"| {HEADER} |\n|{'---|' * (HEADER.count('|') + 1)}", flush=True)
    rows, notes = [], []
    for one in sets:
        row, note = measure(one, open_retriever(one, options.work))
        rows.append(row)
        notes.append(note)
    print_mean(rows)
    print("\n" + "\n".join(notes))


def open_retriever(one: RetrievalSet, work: Path) -> Retriever:
    encoder = load_encoder(None, one.language)
    with_progress = show(one.name) if sys.stderr.isatty() else None
    return Retriever(build_index(one.corpus, encoder, work, with_progress), encoder, one.corpus)


def measure(one: RetrievalSet, plain: Retriever) -> tuple[Measured, str]:
    """Prints one set's row."""
    memory = remember(plain.encoder, one.of("train", "validation"), one.gold)
    start = time.perf_counter()
    fitting = fit_retriever(plain, memory, SEED)
    seconds = time.perf_counter() - start
    searches = {
        "words": replace(plain, mode="text"),
        "meaning": replace(plain, mode="dense"),
        "by rank": replace(plain, fusion=Fusion("ranks")),
        "by scores": plain,
        "weight fitted": replace(plain, fusion=fitting.fusion),
        "ranker": replace(plain, ranker=Ranker(plain.corpus, np.array(fitting.weights), memory)),
    }
    kept = choose(fitting, memory.groups, SEED)[0]
    test = one.of("test")
    clusters = one.clusters(test)
    values = {name: ndcg(retriever, test, one) for name, retriever in searches.items()}
    values["served"] = values[{"ranker": "ranker", "fusion": "weight fitted", "nothing": "by scores"}[kept]]
    best = max(("words", "meaning"), key=lambda name: float(values[name].mean()))
    gain = paired_difference(values["served"], values[best], clusters, np.random.default_rng(SEED))[0]
    cells = [interval(clustered_mean(row, clusters, np.random.default_rng(SEED))) for row in values.values()]
    size = f"{len(one.corpus.passages)}" + (f" of {one.whole}" if one.whole > len(one.corpus.passages) else "")
    print(f"| {one.name} | {size} | {len(test)} | {' | '.join(cells)} | {points(gain)} |", flush=True)
    return Measured(one.name, values, best, gain), note_of(one, fitting, kept, seconds, searches, test)


def ndcg(retriever: Retriever, questions: list[Question], one: RetrievalSet) -> np.ndarray:
    hits = retriever.retrieve([question.text for question in questions], DEPTH)
    pairs = zip(hits, questions, strict=True)
    return np.array([ndcg_at_k([hit.passage_id for hit in row], one.gold[q.id], DEPTH) for row, q in pairs])


def note_of(
    one: RetrievalSet, fitting: Fitting, kept: str, seconds: float, searches: dict[str, Retriever], test: list[Question]
) -> str:
    times = {name: milliseconds(searches[name], test) for name in ("by scores", "ranker")}
    return (
        f"- {one.name}: fitted on {len(fitting.before)} questions in {seconds:.0f} s; on these, out of fold, "
        f"{np.mean(fitting.before):.3f} before, {np.mean(fitting.fused):.3f} with {fitting.fusion.kind} "
        f"{fitting.fusion.dense_share:.1f}, {np.mean(fitting.after):.3f} with the ranker (penalty {fitting.penalty}); "
        f"kept: {kept}; {times['by scores']:.0f} ms of processor a question by scores, "
        f"{times['ranker']:.0f} with the ranker"
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
    gain = float(np.mean([row.gain.value for row in rows]))
    print(f"| mean | | | {' | '.join(f'{mean:.3f}' for mean in means)} | {100 * gain:+.1f} |")


def interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.3f}"
    return f"{estimate.value:.3f} ({estimate.low:.2f}-{estimate.high:.2f})"


def points(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{100 * estimate.value:+.1f}"
    return f"{100 * estimate.value:+.1f} ({100 * estimate.low:+.1f} to {100 * estimate.high:+.1f})"


def print_start(sets: list[tuple[RetrievalSet, Retriever]]) -> None:
    """The pooled weights, and how weights pooled over the other sets do on each."""
    forgetful = Memory((), (), None, ())
    asked = [remember(retriever.encoder, one.of("train", "validation"), one.gold) for one, retriever in sets]
    bare = [Ranker(retriever.corpus, start_weights(), forgetful) for _, retriever in sets]
    found = [
        [
            ranker.found(text, *retriever.search_both(text, vector))
            for text, vector in zip(known.texts, known.vectors, strict=True)
        ]
        for ranker, (_, retriever), known in zip(bare, sets, asked, strict=True)
    ]
    padded = [collect(*parts) for parts in zip(bare, found, asked, strict=True)]
    print("| corpus | from the other sets |\n|---|---|")
    for place, (one, _) in enumerate(sets):
        weights = pool([part for other, part in enumerate(padded) if other != place])
        print(
            f"| {one.name} | {np.mean(judge(replace(bare[place], weights=weights), found[place], asked[place])):.3f} |"
        )
    print({name: round(float(weight), 1) for name, weight in zip(ALL_FEATURES, pool(padded), strict=True)})


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
