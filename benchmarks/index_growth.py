"""How the index grows: build time, search time, recall, memory and disk, from ten thousand to a million passages.

Passages are made of real ones (`--data`: folders with docs.jsonl): the beginning of one and the end of another. Their
vectors are made the same way, of the two real ones' with noise added, so that they lie as clustered as real ones do.
Questions are real (qa.jsonl of the same folders), with their real vectors. Encoding is left out of all times: it is
the same for every index. Of five rounds of questions the quietest counts; the load average is told beside it. Each
size gets a process of its own, so that its peak memory is its own.

    python benchmarks/index_growth.py --data DIR [--data DIR ...] [--sizes 10000,100000,300000]
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil

from assay.corpus import split_document
from assay.corpus.document import Corpus, Document, Page, Passage
from assay.retrieval import build_index, load_encoder
from assay.retrieval.index import FUSED, Mode, indexed_texts, rank_hits, search_hybrid
from assay.retrieval.lance import LanceIndex
from assay.retrieval.vectors import encode_missing

COLUMNS = (
    "passages | build s | hybrid p50 / p95 ms | CPU ms | dense p50 / p95 ms | text p50 / p95 ms | recall@10 dense | "
    "recall@10 hybrid | one page changed s | memory build / search GB | disk GB | load"
)
N_REAL, N_QUESTIONS, NOISE, A_DOCUMENT = 4000, 300, 0.015, 20
K, ROUNDS, LONGEST = 10, 5, 300


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", default=[])
    parser.add_argument("--sizes", default="10000,100000,300000")
    parser.add_argument("--work", type=Path, help="keep the material and the indexes there, and use what is there")
    parser.add_argument("--one", type=int, help="used by this script itself")
    parser.add_argument("--search-only", action="store_true", help="used by this script itself")
    arguments = parser.parse_args()
    place = arguments.work or Path(tempfile.mkdtemp())
    place.mkdir(parents=True, exist_ok=True)
    if arguments.one:
        measure(arguments.one, place, arguments.search_only)
        return
    if not (place / "vectors.npz").is_file():
        prepare(arguments.data, place)
    print(f"| {COLUMNS} |\n|{'---|' * (COLUMNS.count('|') + 1)}", flush=True)
    for size in map(int, arguments.sizes.split(",")):
        figures: dict[str, str] = {}
        for extra in ([], ["--search-only"]):
            command = [sys.executable, __file__, "--work", str(place), "--one", str(size), *extra]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            figures |= json.loads(done.stdout.splitlines()[-1])
        print(
            "| {size} | {build} | {hybrid} | {hybrid_cpu} | {dense} | {text} | {recall} | {recall_hybrid} | {change} | "
            "{built_gb} / {search_gb} | {disk} | {load} |".format(size=f"{size:,}", **figures),
            flush=True,
        )


def prepare(folders: Sequence[Path], place: Path) -> None:
    """Real passages and questions with their vectors, into the work folder."""
    texts, questions = [], []
    for folder in folders:
        for line in (folder / "docs.jsonl").read_text(encoding="utf-8").strip().split("\n"):
            row = json.loads(line)
            text = row.get("text") or (folder / row["path"]).read_text(encoding="utf-8")
            document = Document(row["id"], "", "", (Page(None, text),))
            texts += [passage.text for passage in split_document(document, 160)]
        lines = (folder / "qa.jsonl").read_text(encoding="utf-8").strip().split("\n")
        questions += [json.loads(line)["question"] for line in lines]
    rng = np.random.default_rng(0)
    texts = [texts[row] for row in rng.permutation(len(texts)) if len(texts[row]) > 150][:N_REAL]
    questions = [one for one in questions if len(one) <= LONGEST]  # some are whole stories for agents
    questions = [questions[row] for row in rng.permutation(len(questions))][:N_QUESTIONS]
    encoder = load_encoder(None, "en")
    assert encoder is not None
    (place / "texts.json").write_text(json.dumps({"texts": texts, "questions": questions}))
    np.savez(place / "vectors.npz", V=encoder.encode_passages(texts), Q=encoder.encode_queries(questions))


class Material:
    """Passage n, its text and its vector, made from n alone."""

    name, dimension = "made-up", 384

    def __init__(self, place: Path) -> None:
        loaded = json.loads((place / "texts.json").read_text())
        self.words = [text.split() for text in loaded["texts"]]
        self.questions: list[str] = loaded["questions"]
        arrays = np.load(place / "vectors.npz")
        self.real, self.asked = arrays["V"], arrays["Q"]

    def draw(self, n: int) -> tuple[int, int, float]:
        rng = np.random.default_rng(n)
        first, second = rng.integers(len(self.words), size=2)
        return int(first), int(second), float(rng.uniform(0.5, 1))

    def text(self, n: int) -> str:
        first, second, share = self.draw(n)
        begin, end = self.words[first][: int(90 * share)], self.words[second][-int(90 * (1 - share)) - 1 :]
        return " ".join([*begin, *end, f"ref{n}"])

    def vectors(self, numbers: Sequence[int]) -> np.ndarray:
        drawn = [self.draw(n) for n in numbers]
        share = np.array([one[2] for one in drawn], dtype=np.float32)[:, None]
        mixed = share * self.real[[one[0] for one in drawn]] + (1 - share) * self.real[[one[1] for one in drawn]]
        mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
        mixed += np.stack([np.random.default_rng([n, 1]).normal(scale=NOISE, size=384) for n in numbers])
        return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        return self.vectors([int(text.rsplit("ref", 1)[1]) for text in texts])

    encode_queries = encode_passages

    def corpus(self, numbers: Sequence[int]) -> Corpus:
        passages = tuple(Passage(f"{n:016x}", f"d{n // A_DOCUMENT}.md", None, "", self.text(n)) for n in numbers)
        names = dict.fromkeys(passage.document for passage in passages)
        sha256 = hashlib.sha256("".join(passage.id for passage in passages).encode()).hexdigest()
        return Corpus(tuple(Document(name, "", "", ()) for name in names), passages, (), sha256)


def measure(size: int, place: Path, search_only: bool) -> None:
    """One line of JSON with the figures of one size."""
    material = Material(place)
    corpus = material.corpus(range(size))
    folder = place / f"index{size}"
    folder.mkdir(exist_ok=True)
    if not search_only:
        encode_missing(indexed_texts(corpus), material, folder / "vectors.sqlite", lambda done, total: None)
    started = time.perf_counter()
    index = build_index(corpus, material, folder)
    if not search_only:
        built_s = time.perf_counter() - started
        print(json.dumps({"build": f"{built_s:.0f}", "built_gb": f"{peak_gb():.2f}", "disk": f"{disk_gb(folder):.2f}"}))
        return
    figures = time_searches(index, material)
    figures["search_gb"] = f"{psutil.Process().memory_info().rss / 1e9:.2f}"
    figures |= recalls(index, material, size)
    changed = material.corpus([*range(A_DOCUMENT, size), *range(size, size + A_DOCUMENT)])
    started = time.perf_counter()
    build_index(changed, material, folder)
    figures["change"] = f"{time.perf_counter() - started:.1f}"
    print(json.dumps(figures))


def time_searches(index: LanceIndex, material: Material) -> dict[str, str]:
    pairs = list(zip(material.questions, material.asked, strict=True))
    figures = {}
    for mode in ("hybrid", "dense", "text"):
        for text, vector in pairs[:50]:
            index.search(text, vector, K, mode)
        rounds = [time_round(index, pairs, mode) for _ in range(ROUNDS)]
        p50, p95 = min(rounds, key=lambda one: one[1])[:2]
        figures[mode] = f"{p50:.1f} / {p95:.1f}"
        figures[f"{mode}_cpu"] = f"{min(one[2] for one in rounds):.1f}"
    figures["load"] = f"{os.getloadavg()[0]:.0f}"
    return figures


def time_round(index: LanceIndex, pairs: Sequence[tuple[str, np.ndarray]], mode: Mode) -> tuple[float, float, float]:
    """p50, p95, and processor time a search, in ms."""
    took, cpu = [], time.process_time()
    for text, vector in pairs:
        started = time.perf_counter()
        index.search(text, vector, K, mode)
        took.append(time.perf_counter() - started)
    p50, p95 = np.percentile(took, [50, 95]) * 1000
    return float(p50), float(p95), (time.process_time() - cpu) / len(pairs) * 1000


class WithExactVectors:
    """The text search of an index beside an exact dense search: what its hybrid search should find."""

    is_flat = False

    def __init__(self, index: LanceIndex, nearest: dict[bytes, list]) -> None:
        self._index, self._nearest = index, nearest

    def search(self, query_text, query_vector, k, mode="hybrid", only=None):
        if mode == "dense":
            return self._nearest[query_vector.tobytes()]
        return self._index.search(query_text, query_vector, k, mode)


def recalls(index: LanceIndex, material: Material, size: int) -> dict[str, str]:
    """Shares of the exact ten best that are found."""
    best = exact_best(material, size)
    exact = WithExactVectors(index, best)
    dense, hybrid = [], []
    for text, vector in zip(material.questions, material.asked, strict=True):
        wanted = {hit.passage_id for hit in best[vector.tobytes()][:K]}
        dense.append(len(wanted & {hit.passage_id for hit in index.search("", vector, FUSED, "dense")[:K]}) / K)
        both = {hit.passage_id for hit in search_hybrid(exact, text, vector, K)}
        hybrid.append(len(both & {hit.passage_id for hit in index.search(text, vector, K)}) / max(1, len(both)))
    return {"recall": f"{np.mean(dense):.3f}", "recall_hybrid": f"{np.mean(hybrid):.3f}"}


def exact_best(material: Material, size: int) -> dict[bytes, list]:
    n = len(material.asked)
    ids, scores = np.zeros((n, 0), dtype=np.int64), np.zeros((n, 0), dtype=np.float32)
    for start in range(0, size, 20_000):
        numbers = np.arange(start, min(size, start + 20_000))
        scores = np.hstack([scores, material.asked @ material.vectors(numbers).T])
        ids = np.hstack([ids, np.broadcast_to(numbers, (n, len(numbers)))])
        kept = np.argsort(-scores, axis=1)[:, :FUSED]
        ids, scores = np.take_along_axis(ids, kept, axis=1), np.take_along_axis(scores, kept, axis=1)
    return {
        vector.tobytes(): rank_hits([(f"{id:016x}", float(score)) for id, score in zip(*row, strict=True)])
        for vector, *row in zip(material.asked, ids, scores, strict=True)
    }


def peak_gb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def disk_gb(folder: Path) -> float:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e9


if __name__ == "__main__":
    main()
