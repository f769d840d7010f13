"""Does the published pattern hold here? Tuned with distractors against tuned on pairs; adapters against all weights.

For every seed three models are tuned on the same questions of one set: an adapter on questions with the right passage
among wrongly found ones ("distractors", RAFT: Zhang et al. 2024), an adapter on questions alone ("pairs"), and all
weights on questions alone ("pairs, all weights"; "LoRA learns less and forgets less": Biderman et al. 2024). Each
is then asked the test questions with the three passages that retrieval finds, with the right passage, and without any.
Differences are paired by question, averaged over the seeds, and clustered by document. Prints Markdown.

    python benchmarks/pattern.py --data DIR/xquad_en [--train 96] [--test 120] [--seeds 3] [--work DIR]
"""

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from company import base_model
from retrieval_sets import RetrievalSet, load_set

from assay.columns.zero_shot import ZeroShot
from assay.corpus.document import Passage
from assay.models import LocalModel
from assay.models.engine import Engine
from assay.questions.question import Question
from assay.retrieval import Retriever, build_index, load_encoder
from assay.retrieval.ranker import start_ranker
from assay.scoring import score_answer
from assay.statistics.clustered import clustered_mean, paired_difference
from assay.statistics.estimate import Estimate
from assay.training import TrainingExample, TrainingSettings, closed_book_examples, open_book_examples, train

Passages = Mapping[str, Sequence[Passage]]  # question id -> what is read
Scores = dict[str, np.ndarray]  # what is read -> right or not, a test question

N_PASSAGES, N_CANDIDATES, MOST_TOKENS = 3, 8, 32
STEPS_WITH, STEPS_WITHOUT, BATCH = 16, 40, 8  # as a run trains
UNTUNED = "not tuned"
PAIRS, WHOLE, DISTRACTORS = "pairs", "pairs, all weights", "distractors"
COMPARED = (
    (DISTRACTORS, PAIRS, "retrieved"),
    (DISTRACTORS, PAIRS, "right"),
    (PAIRS, WHOLE, "right"),
    (PAIRS, WHOLE, "retrieved"),
    (PAIRS, WHOLE, "none"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--train", type=int, default=96)
    parser.add_argument("--test", type=int, default=120)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path(".assay-pattern"))
    options = parser.parse_args()
    one = load_set(options.data, 5000)
    taught, asked = one.of("train", "validation")[: options.train], one.of("test")[: options.test]
    found = retrieve(one, [*taught, *asked], options.work)
    gold = {id: tuple(one.corpus.by_id[passage] for passage in ids) for id, ids in one.gold.items()}
    model = base_model()
    read: dict[str, Passages] = {
        "retrieved": {id: passages[:N_PASSAGES] for id, passages in found.items()},
        "right": gold,
        "none": {question.id: () for question in asked},
    }
    scores = {UNTUNED: [ask(model.load(), asked, read, one.language)]}
    for seed in range(options.seeds):
        examples = {
            DISTRACTORS: open_book_examples(taught, found, gold, one.language, N_PASSAGES, np.random.default_rng(seed)),
            PAIRS: closed_book_examples(taught, one.language),
        }
        examples[WHOLE] = examples[PAIRS]
        for name, learnt in examples.items():
            folder = tune(model, name, learnt, seed, options.work / f"{one.name}-{len(taught)}-{name}-{seed}")
            scores.setdefault(name, []).append(ask(model.load(folder), asked, read, one.language))
    print(render(scores, one, asked, len(taught)))


def retrieve(one: RetrievalSet, questions: Sequence[Question], work: Path) -> Passages:
    encoder = load_encoder(None, one.language)
    index = build_index(one.corpus, encoder, work / "index")
    retriever = Retriever(index, encoder, one.corpus, ranker=start_ranker(one.corpus))
    hits = retriever.retrieve([question.text for question in questions], N_CANDIDATES)
    return {question.id: retriever.passages(row) for question, row in zip(questions, hits, strict=True)}


def tune(model: LocalModel, name: str, examples: Sequence[TrainingExample], seed: int, folder: Path) -> Path:
    """One training with the number of steps of a run; taken from the folder where it was made before."""
    n_steps = STEPS_WITH if name == DISTRACTORS else STEPS_WITHOUT
    epochs = -(-n_steps // -(-len(examples) // BATCH))
    settings = TrainingSettings(epochs, "full" if name == WHOLE else "lora", batch_size=BATCH, seed=seed)
    if not folder.exists():
        started = time.perf_counter()
        train(model.folder, examples, [], settings, folder)
        print(f"{name}, seed {seed}: tuned in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return folder


def ask(engine: Engine, asked: Sequence[Question], read: Mapping[str, Passages], lang: str) -> Scores:
    prompt = ZeroShot(lang)
    scores = {}
    for name, passages in read.items():
        replies = engine.generate([prompt.conversation(q, passages[q.id]) for q in asked], MOST_TOKENS)
        right = [score_answer(reply.text, q).correct for reply, q in zip(replies, asked, strict=True)]
        scores[name] = np.array(right, dtype=np.float64)
        print(f"{name}: {100 * scores[name].mean():.0f}%", file=sys.stderr)
    return scores


def render(scores: Mapping[str, Sequence[Scores]], one: RetrievalSet, asked: Sequence[Question], n: int) -> str:
    clusters = one.clusters(list(asked))

    def mean(name: str, what: str) -> np.ndarray:
        averaged: np.ndarray = np.mean([run[what] for run in scores[name]], axis=0)
        return averaged

    lines = [
        f"{one.name}: {n} questions learnt, {len(asked)} asked, {len(scores[PAIRS])} seeds, {base_model().name}.",
        "",
        "| tuned on | with retrieved passages | with the right passage | without passages |",
        "|---|---|---|---|",
    ]
    for name in scores:
        cells = [
            percent(clustered_mean(mean(name, what), clusters, np.random.default_rng(0)))
            for what in ("retrieved", "right", "none")
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    lines += ["", "| compared | reading | difference, points |", "|---|---|---|"]
    for better, worse, what in COMPARED:
        gap = paired_difference(mean(better, what), mean(worse, what), clusters, np.random.default_rng(0))[0]
        lines.append(f"| {better} − {worse} | {what} | {signed(gap)} |")
    return "\n".join(lines)


def percent(estimate: Estimate) -> str:
    return f"{100 * estimate.value:.0f}% ({100 * (estimate.low or 0):.0f}–{100 * (estimate.high or 0):.0f}%)"


def signed(estimate: Estimate) -> str:
    return f"{100 * estimate.value:+.1f} ({100 * (estimate.low or 0):+.1f} to {100 * (estimate.high or 0):+.1f})"


if __name__ == "__main__":
    main()
