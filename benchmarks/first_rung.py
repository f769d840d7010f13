"""The ways that ask no language model, on public sets: python benchmarks/first_rung.py --data DIR banking77 sms_spam

DIR holds one folder a set. Every set is run by `assay label` itself, with `--train` texts to learn from where the set
gives a split. Prints the table of each run, ready for first_rung.md; the same line again goes on where it stopped.

    python benchmarks/first_rung.py --data DIR --train 430 banking77
    python benchmarks/first_rung.py --data DIR --setfit 300 --train 430 banking77    # SetFit on the same texts
    python benchmarks/first_rung.py --data DIR --promises 20 banking77 sms_spam      # gains promised and had

`--setfit SECONDS` needs the package setfit, which Assay does not: its contrastive training is stopped after so many
seconds of the processor. `--promises N` draws the texts N times, promises a gain as the closing line does, gives the
classifier that many more texts and looks.
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from encoder_tasks import write_texts

from assay.cli.console import Console
from assay.report.label_lines import label_lines, label_table
from assay.retrieval import load_encoder
from assay.statistics.learning_curve import Learnt, expected_gain
from assay.statistics.sampling import over_questions
from assay.studies.labels.label_study import label
from assay.training.linear_classifier import DENSE

_CELLS = {"weibo_ner": "none/dictionary", "wnut17_ner": "none/dictionary"}
_USUAL = "none/words,none/linear"
_LEAST = 15  # questions of a law, to be a label
_MODEL = "sentence-transformers/all-MiniLM-L6-v2"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".assay-first-rung"))
    parser.add_argument("--train", type=int, default=100_000)
    parser.add_argument("--cells", default=None)
    parser.add_argument("--setfit", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--encoder", default=_MODEL, help="of SetFit: a folder or an id of the hub")
    parser.add_argument("--promises", type=int, default=0, metavar="N")
    parser.add_argument("sets", nargs="+")
    options = parser.parse_args()
    for name in options.sets:
        folder = options.work / f"{name}-{options.train}"
        texts = _write(name, options.data, folder / f"{name}.jsonl", options.train)
        if options.setfit:
            print(_setfit(name, texts, options.setfit, options.encoder), flush=True)
        elif options.promises:
            print("\n".join(_promises(name, texts, options.promises)), flush=True)
        else:
            _run(name, texts, folder / "ws", options.cells or _CELLS.get(name, _USUAL))


def _run(name: str, texts: Path, out: Path, cells: str) -> None:
    with Console() as console:
        done = label(texts, out=out, cells=cells, progress=console, test_texts=0)
    counts = done.result.counts
    print(f"\n## {name} ({counts['train'] + counts['validation']} texts to learn from, {counts['asked']} asked)\n")
    head, rows = label_table(done.result, "en")
    for row in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(row)} |")
    print("\n" + "\n".join(f"- {line}" for line in label_lines(done.result, "en")), flush=True)


def _write(name: str, data: Path, path: Path, most: int) -> Path:
    """The file that is labelled."""
    made = {"pubmedqa": _pubmedqa, "stard": _stard}
    if name not in made:
        return write_texts(data / name, path, most)
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = made[name](data)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def _pubmedqa(data: Path) -> list[dict[str, Any]]:
    """Yes, no or maybe to a question over an abstract, the question before it."""
    abstracts = {row["id"]: row["text"] for row in _lines(data / "pubmedqa" / "docs.jsonl")}
    return [
        {"text": f"{row['question']}\n{abstracts[row['doc_ids'][0]]}", "label": row["label"]}
        for row in _lines(data / "pubmedqa" / "qa.jsonl")
    ]


def _stard(data: Path) -> list[dict[str, Any]]:
    """Which law a lay question in Chinese is about: that of its first article, of laws with enough questions."""
    rows = _lines(data / "zh_statute_kb" / "qa_stard.jsonl")
    laws = Counter(row["doc_ids"][0] for row in rows)
    kept = [row for row in rows if laws[row["doc_ids"][0]] >= _LEAST]
    return [{"text": row["question"], "label": Path(row["doc_ids"][0]).stem.partition("(")[0]} for row in kept]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _setfit(name: str, path: Path, seconds: float, encoder: str) -> str:
    """SetFit on the texts to learn from, a row of the table; all test texts are asked."""
    from datasets import Dataset
    from setfit import SetFitModel, Trainer, TrainingArguments
    from transformers import TrainerCallback

    class Stop(TrainerCallback):  # type: ignore[misc]
        def on_step_end(self, args: Any, state: Any, control: Any, **more: Any) -> Any:
            control.should_training_stop = time.process_time() - started > seconds
            return control

    rows = _lines(path)
    train, test = ([row for row in rows if row["split"] == split] for split in ("train", "test"))
    labels = sorted({row["label"] for row in train})
    model = SetFitModel.from_pretrained(encoder, labels=labels)
    data = Dataset.from_dict({"text": [r["text"] for r in train], "label": [labels.index(r["label"]) for r in train]})
    settings = TrainingArguments(batch_size=16, num_epochs=1, report_to="none", output_dir=str(path.parent / "setfit"))
    trainer = Trainer(model=model, args=settings, train_dataset=data, callbacks=[Stop()])
    started = time.process_time()
    trainer.train()
    took = time.process_time() - started
    said = model.predict([row["text"] for row in test])
    right = float(np.mean([str(one) == row["label"] for one, row in zip(said, test, strict=True)]))
    steps = trainer.st_trainer.state.global_step
    return f"| SetFit | {name} | {len(train)} | {right:.3f} of {len(test)} | {took:.0f} s | {steps} steps |"


def _promises(name: str, path: Path, n_draws: int) -> list[str]:
    """Rows of a table: the gain promised to the encoder with a linear classifier, and the gain that it had."""
    rows = _lines(path)
    encoder = load_encoder("auto", "en")
    assert encoder is not None
    vectors, names = encoder.encode_queries([row["text"] for row in rows]), np.array([row["label"] for row in rows])
    told = []
    for n, more in ((200, 200), (400, 400), (800, 500), (1600, 500)):
        if n + more + 400 < len(rows):
            draws = [_promise(vectors, names, n, more, np.random.default_rng(seed)) for seed in range(n_draws)]
            told.append(_promise_row(name, n, more, np.array(draws)))
    return told


def _promise(
    vectors: Any, names: Any, n: int, more: int, rng: np.random.Generator
) -> tuple[float, float, float, float]:
    """What was had and what was promised, with its interval. Had: of all texts that are not learnt from."""
    order = rng.permutation(len(names))
    test, learnt, next_ones, rest = np.split(order, [400, 400 + n, 400 + n + more])
    learnt = learnt[np.argsort(names[learnt], kind="stable")]

    def score(of: Any, asked: Any) -> Any:
        found = DENSE.solve(vectors[of], list(names[of]), 0.1, 0)
        said = np.array(found.labels)[found.logprobs(vectors[asked]).argmax(axis=1)]
        return (said == names[asked]).astype(float)

    parts = {4: n // 4, 2: n // 2, 1: n}
    curve = [Learnt(size, np.stack([score(learnt[i::k], test) for i in range(k)])) for k, size in parts.items()]
    found = expected_gain(curve, more, over_questions([None] * 400, range(400)), rng)
    asked = np.concatenate([test, rest])
    had = score(np.concatenate([learnt, next_ones]), asked).mean() - score(learnt, asked).mean()
    return float(had), found.value, float(found.low or 0), float(found.high or 0)


def _promise_row(name: str, n: int, more: int, draws: Any) -> str:
    had, value, low, high = draws.T
    inside, claimed = (low <= had) & (had <= high), np.round(100 * low) > 0
    wrong = claimed & (had <= 0)
    points = f"{100 * had.mean():.1f} | {100 * value.mean():.1f} | {100 * (high - low).mean():.1f}"
    shares = " | ".join(f"{share.mean():.2f}" for share in (inside, claimed, wrong))
    return f"| {name} | {n} | {more} | {points} | {shares} |"


if __name__ == "__main__":
    main()
