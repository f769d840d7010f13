"""Does a model learn facts better by heart when they are asked in more wordings? (Ovadia et al. 2023)

Questions of one set are paraphrased by a model (--writer), as `assay questions paraphrase` does. One wording of each
question, drawn at random, is held back. Adapters are then tuned without passages on one, up to three and up to ten
wordings of the same questions, as many examples each up to whole passes, over several seeds, and asked the wording
that was held back. Differences are paired by question and averaged over the seeds. Prints Markdown.

    python benchmarks/paraphrases.py --data DIR/xquad_en [--writer MODEL] [--facts 48] [--seeds 3] [--work DIR]
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
from company import base_model
from pattern import ask, percent, signed
from retrieval_sets import load_set

from assay.drafting import paraphrase
from assay.models import open_model
from assay.questions.question import Question
from assay.retrieval import load_encoder
from assay.statistics.clustered import clustered_mean, paired_difference
from assay.training import TrainingSettings, closed_book_examples, train

WORDINGS = (1, 3, 10)
ASKED_FOR, LEAST = 12, 3  # paraphrases asked for; a question with fewer is left out
READINGS, BATCH = 10, 8  # each question is read so many times at least, in whole passes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--writer", help="a model that paraphrases; by default the embedded one")
    parser.add_argument("--facts", type=int, default=48, help="how many questions are paraphrased")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=Path(".assay-pattern"))
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    one = load_set(options.data, 5000)
    facts = [replace(question, split="train") for question in one.of("train")][: options.facts]
    wordings = [w for w in write(facts, options.writer, one.language, options.work / "wordings.json") if len(w) > LEAST]
    if not wordings:
        raise SystemExit("no question has enough wordings")
    rng = np.random.default_rng(0)
    asked = [texts.pop(int(rng.integers(1, len(texts)))) for texts in wordings]
    model = base_model()
    read = {"none": {question.id: () for question in asked}}
    scores = {0: [ask(model.load(), asked, read, one.language)["none"]]}
    for seed in range(options.seeds):
        for n in WORDINGS:
            learnt = [question for texts in wordings for question in texts[:n]]
            folder = options.work / f"{one.name}-{len(wordings)}-{n}-wordings-{seed}"
            if not folder.exists():
                epochs = -(-READINGS * len(wordings) // len(learnt))
                settings = TrainingSettings(epochs, "lora", batch_size=BATCH, seed=seed)
                train(model.folder, closed_book_examples(learnt, one.language), [], settings, folder)
            scores.setdefault(n, []).append(ask(model.load(folder), asked, read, one.language)["none"])
    by_id = {fact.id: fact for fact in facts}
    clusters = one.clusters([by_id[texts[0].id] for texts in wordings])
    print(render(scores, wordings, clusters, f"{one.name}, {options.seeds} seeds, {model.name}"))


def write(facts: Sequence[Question], writer: str | None, lang: str, kept: Path) -> list[list[Question]]:
    """Every fact's wordings, the question itself first; taken from the file where they were written before."""
    if not kept.is_file():
        engine, encoder = open_model(writer).load(), load_encoder(None, lang)
        assert encoder is not None
        started = time.perf_counter()
        wordings = {fact.id: [fact] for fact in facts}
        done = paraphrase(facts, engine, encoder, ASKED_FOR)
        for question in done.questions:
            wordings[question.id.rpartition("-p")[0]].append(question)
        print(f"{done.n_written} written, {len(done.questions)} kept, {dict(done.dropped)}", file=sys.stderr)
        print(f"paraphrased in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        kept.write_text(json.dumps([[asdict(q) for q in texts] for texts in wordings.values()], ensure_ascii=False))
    rows = json.loads(kept.read_text())
    return [[Question(q["id"], q["text"], tuple(q["answers"]), split="train") for q in texts] for texts in rows]


def render(
    scores: dict[int, list[np.ndarray]], wordings: Sequence[Sequence[Question]], clusters: Sequence[str], what: str
) -> str:
    right = {n: np.mean(runs, axis=0) for n, runs in scores.items()}
    lines = [f"{what}; {len(wordings)} questions, each read at least {READINGS} times.", ""]
    lines += ["| wordings learnt, at most | on average | right in a wording not learnt | against one wording, points |"]
    lines += ["|---|---|---|---|"]
    for n, values in right.items():
        usual = np.mean([len(texts[:n]) for texts in wordings])
        gap = paired_difference(values, right[1], clusters, np.random.default_rng(0))[0]
        cells = [f"{usual:.1f}", percent(clustered_mean(values, clusters, np.random.default_rng(0)))]
        lines.append(f"| {n} | {' | '.join(cells)} | {signed(gap) if n > 1 else ''} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
