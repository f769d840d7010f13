"""The ways that ask no language model, on public sets: python benchmarks/first_rung.py --data DIR banking77 sms_spam

DIR holds one folder a set. Every set is run by `assay label` itself, with `--train` texts to learn from where the set
gives a split. Prints the table of each run, ready for first_rung.md; the same line again goes on where it stopped.

    python benchmarks/first_rung.py --data DIR --train 430 banking77
    python benchmarks/first_rung.py --data DIR --promises 40 banking77 sms_spam      # gains promised and had

`--promises N` draws the texts N times, promises a gain as the closing line does, gives the classifier that many more
texts and looks; the scores of every draw are kept.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable, Sequence
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
from assay.studies.labels.learning import FEW_TEXTS
from assay.training.linear_classifier import DENSE, SPARSE
from assay.training.ngrams import fit_ngrams

_CELLS = {"weibo_ner": "none/dictionary", "wnut17_ner": "none/dictionary"}
_USUAL = "none/words,none/linear"
_LEAST = 15  # questions of a law, to be a label
_N_TEST = 400
_SIZES = ((200, 200), (400, 400), (800, 500), (1600, 500))  # texts to learn from, and how many more are promised
_MOST_COUNTED = 800  # texts that n-grams are counted of: beyond, a draw takes minutes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".assay-first-rung"))
    parser.add_argument("--train", type=int, default=100_000)
    parser.add_argument("--cells", default=None)
    parser.add_argument("--promises", type=int, default=0, metavar="N")
    parser.add_argument("--features", default="encoder,n-grams", help="that gains are promised with")
    parser.add_argument("sets", nargs="+")
    options = parser.parse_args()
    for name in options.sets:
        folder = options.work / f"{name}-{options.train}"
        texts = write_set(name, options.data, folder / f"{name}.jsonl", options.train)
        if options.promises:
            _promise_all(name, texts, options.promises, options.features.split(","))
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


def write_set(name: str, data: Path, path: Path, most: int) -> Path:
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


def _promise_all(name: str, path: Path, n_draws: int, features: Sequence[str]) -> None:
    """Rows of a table: gains promised to the ways that learn in seconds, and the gains that they had."""
    rows = _lines(path)
    texts, names = np.array([row["text"] for row in rows], dtype=object), np.array([row["label"] for row in rows])
    for way in features:
        fit = {"encoder": _fit_encoder, "n-grams": _fit_ngrams}[way](texts)
        for n, more in _SIZES:
            if n + more + _N_TEST < len(rows) and (way == "encoder" or n <= _MOST_COUNTED):
                kept = path.parent / "draws" / f"{way}-{n}-{more}"
                draws = [_draw(kept / f"{seed}.npz", fit, names, n, more, seed) for seed in range(n_draws)]
                few = n < FEW_TEXTS * len(set(names))
                promises = np.array([_promise(draw, more, few) for draw in draws])
                print(_promise_row(f"{name} | {way}", n, more, promises), flush=True)


# places to learn from, places asked, their labels -> the labels said of those asked
Fit = Callable[[Any, Any, Any], Any]


def _fit_encoder(texts: Any) -> Fit:
    encoder = load_encoder("auto", "en")
    assert encoder is not None
    vectors = encoder.encode_queries(list(texts))

    def fit(learnt: Any, asked: Any, names: Any) -> Any:
        found = DENSE.solve(vectors[learnt], list(names[learnt]), 0.1, 0)
        return np.array(found.labels)[found.logprobs(vectors[asked]).argmax(axis=1)]

    return fit


def _fit_ngrams(texts: Any) -> Fit:
    def fit(learnt: Any, asked: Any, names: Any) -> Any:
        grams = fit_ngrams(list(texts[learnt]), 100_000)
        found = SPARSE.solve(grams.features(list(texts[learnt])), list(names[learnt]), 30.0, 0)
        return np.array(found.labels)[found.logprobs(grams.features(list(texts[asked]))).argmax(axis=1)]

    return fit


def _draw(path: Path, fit: Fit, names: Any, n: int, more: int, seed: int) -> dict[str, Any]:
    """The scores of one draw on the test, by part of the texts, and the gain had on all texts not learnt from."""
    if not path.is_file():
        test, learnt, next_ones, rest = np.split(
            np.random.default_rng(seed).permutation(len(names)), np.cumsum([_N_TEST, n, more])
        )
        learnt = learnt[np.argsort(names[learnt], kind="stable")]

        def score(of: Any, asked: Any) -> Any:
            return (fit(of, asked, names) == names[asked]).astype(float)

        asked = np.concatenate([test, rest])
        before = score(learnt, asked)
        parts = {f"of_{k}": np.stack([score(learnt[i::k], test) for i in range(k)]) for k in (4, 2)}
        had = score(np.concatenate([learnt, next_ones]), asked).mean() - before.mean()
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, had=had, n=n, of_1=before[None, :_N_TEST], **parts)
    with np.load(path) as kept:
        return dict(kept)


def _promise(draw: dict[str, Any], more: int, few: bool) -> tuple[float, float, float, float]:
    """What was had and what was promised, with its interval; with few texts a label only the lower end is promised."""
    curve = [Learnt(int(draw["n"]) // k, draw[f"of_{k}"]) for k in (4, 2, 1)]
    sampling = over_questions([None] * _N_TEST, range(_N_TEST))
    found = expected_gain(curve, more, sampling, np.random.default_rng(0))
    assert found.low is not None and found.high is not None
    return float(draw["had"]), found.value, found.low, 1.0 if few else found.high


def _promise_row(what: str, n: int, more: int, draws: Any) -> str:
    had, value, low, high = draws.T
    inside, claimed = (low <= had) & (had <= high), np.round(100 * low) > 0
    wrong = claimed & (had <= 0)
    width = "open" if (high == 1.0).all() else f"{100 * (high - low).mean():.1f}"
    points = f"{100 * had.mean():.1f} | {100 * value.mean():.1f} | {100 * low.mean():.1f} | {width}"
    shares = " | ".join(f"{share.mean():.2f}" for share in (inside, claimed, wrong))
    return f"| {what} | {n} | {more} | {len(draws)} | {points} | {shares} |"


if __name__ == "__main__":
    main()
