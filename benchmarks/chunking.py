"""How long passages should be and how much they should overlap: what a reader is handed within a budget of tokens.

DIR holds the folders xquad_en, gitlab_handbook and northwind, or others of the same shape (docs.jsonl, qa.jsonl). Large
sets are cut to the documents or pages of some of their questions. Every variant hands over the best passages of hybrid
search, the last one cut off, so that all give the reader as many tokens. Prints Markdown.

    python benchmarks/chunking.py --data DIR [SET ...] [--budget 480] [--most-tokens 30000]
"""

import argparse
import re
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from data_sets import read_rows, share

from assay.corpus import Corpus, Document, Page, Passage, count_tokens, read_documents, split_document
from assay.retrieval import Encoder, Retriever, build_index, load_encoder
from assay.statistics.clustered import clustered_mean, paired_difference

Row = dict[str, Any]

SIZES = (64, 96, 128, 160, 224, 320)
USUAL = 160
OVERLAPS = ("sentence", "fifth")
OVERLAPPED = (160,)  # the sizes at which overlap is tried
DISCOUNT = 160  # tokens read that halve the gain about as one rank does


class CachedEncoder:
    """Short sections are the same passage at every size: each text is encoded once."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.name, self.dimension = encoder, encoder.name, encoder.dimension
        self.known: dict[str, np.ndarray] = {}

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        if new:
            self.known.update(zip(new, self.encoder.encode_passages(new), strict=True))
        return np.stack([self.known[text] for text in texts])

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in texts if f"?{text}" not in self.known]
        if new:
            self.known.update(zip((f"?{text}" for text in new), self.encoder.encode_queries(new), strict=True))
        return np.stack([self.known[f"?{text}"] for text in texts])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--budget", type=int, default=480)
    parser.add_argument("--most-tokens", type=int, default=30_000)
    parser.add_argument("sets", nargs="*", default=["xquad_en", "gitlab_handbook", "northwind"])
    options = parser.parse_args()
    encoder = load_encoder(None, "en")
    assert encoder is not None
    cached = CachedEncoder(encoder)
    print("| set | tokens, overlap | passages | recall | nDCG | nDCG against 160 |\n|---|---|---|---|---|---|")
    for name in options.sets:
        start = time.perf_counter()
        documents, questions = load_set(options.data / name, options.most_tokens)
        print_set(name, documents, questions, cached, options.budget)
        print(f"| {name} | | | {len(questions)} questions | {time.perf_counter() - start:.0f} s | |", flush=True)


def print_set(name: str, documents: list[Document], questions: list[Row], encoder: CachedEncoder, budget: int) -> None:
    clusters = [(row["doc_ids"][0], (row.get("evidence") or [{}])[0].get("page")) for row in questions]
    variants = [(size, "") for size in SIZES] + [(size, overlap) for size in OVERLAPPED for overlap in OVERLAPS]
    scores, usual = {}, (USUAL, "")
    for variant in sorted(variants, key=lambda one: one != usual):
        corpus = build_variant(documents, *variant)
        scores[variant] = measure(corpus, questions, encoder, budget)
        recall, gain = scores[variant]
        mean = clustered_mean(gain, clusters, rng=np.random.default_rng(0))
        beside = ""
        if variant != usual:
            difference, _ = paired_difference(gain, scores[usual][1], clusters, rng=np.random.default_rng(0))
            beside = interval_of(difference, "+.3f")
        label = f"{variant[0]}{', ' + variant[1] if variant[1] else ''}"
        cells = (name, label, len(corpus.passages), f"{np.mean(recall):.3f}", interval_of(mean, ".3f"), beside)
        print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def interval_of(estimate: Any, form: str) -> str:
    if estimate.low is None:
        return f"{estimate.value:{form}}"
    return f"{estimate.value:{form}} [{estimate.low:{form}}, {estimate.high:{form}}]"


def load_set(folder: Path, most_tokens: int) -> tuple[list[Document], list[Row]]:
    """Documents up to about so many tokens, and the questions on them; those with most questions come first."""
    rows = [row for row in read_rows(folder / "docs.jsonl")]
    questions = [row for row in read_rows(folder / "qa.jsonl") if row.get("answerable", True) and row["doc_ids"]]
    if rows[0].get("text"):
        every = [Document(row["id"], row["title"], "", (Page(None, row["text"]),)) for row in rows]
    else:
        every = [replace(one, id=Path(one.id).name) for one in read_documents(folder / "raw")[0]]
        every = [replace(one, pages=pages_around(one, questions)) for one in every]
    asked = Counter(name for row in questions for name in row["doc_ids"])
    lengths = {one.id: sum(count_tokens(page.text) for page in one.pages) for one in every}
    chosen: list[Document] = []
    for document in sorted(every, key=lambda one: -asked[one.id] / max(lengths[one.id], 1)):
        if not chosen or sum(lengths[one.id] for one in chosen) + lengths[document.id] <= most_tokens:
            chosen.append(document)
    there = {document.id for document in chosen}
    return chosen, [row for row in questions if set(row["doc_ids"]) <= there]


def pages_around(document: Document, questions: list[Row], distance: int = 1) -> tuple[Page, ...]:
    gold = {item["page"] for row in questions for item in row["evidence"] if item["doc"] == document.id}
    return tuple(
        page for page in document.pages if page.number is None or any(abs(page.number - at) <= distance for at in gold)
    )


def build_variant(documents: list[Document], size: int, overlap: str) -> Corpus:
    passages = [overlapped(split_document(document, size), overlap) for document in documents]
    return Corpus(tuple(documents), tuple(one for found in passages for one in found), (), f"{size} {overlap}")


def overlapped(passages: list[Passage], overlap: str) -> list[Passage]:
    """Each passage led by the end of the one before it in its section: its last sentence, or a fifth of its words."""
    if not overlap:
        return passages
    longer = passages[:1]
    for before, passage in pairwise(passages):
        if (before.page, before.heading) != (passage.page, passage.heading):
            longer.append(passage)
            continue
        words = before.text.split(" ")
        tail = " ".join(words[-max(len(words) // 5, 1) :])
        if overlap == "sentence":
            tail = re.split(r"(?<=[.!?])\s+|\n", before.text.strip())[-1]
        longer.append(replace(passage, text=f"{tail}\n{passage.text}"))
    return longer


def measure(
    corpus: Corpus, questions: list[Row], encoder: CachedEncoder, budget: int
) -> tuple[list[float], list[float]]:
    """For each question: how much of its evidence is handed over, and the same discounted by the tokens before it."""
    with tempfile.TemporaryDirectory() as place:
        retriever = Retriever(build_index(corpus, encoder, Path(place)), encoder, corpus, "hybrid")
        found = retriever.retrieve([row["question"] for row in questions], max(10, budget // 12))
    pages = {(document.id, page.number): page.text for document in corpus.documents for page in document.pages}
    recalls, gains = [], []
    for row, hits in zip(questions, found, strict=True):
        recall = gain = 0.0
        read, handed = 0, ""
        for passage in retriever.passages(hits):
            text = cut_to(passage.text, budget - read)
            if passage.document in row["doc_ids"]:
                handed += f"\n[{passage.page}]{text}"
            now = evidence_share(row, handed, pages)
            gain += max(now - recall, 0.0) / np.log2(2 + read / DISCOUNT)
            recall = max(recall, now)
            read += count_tokens(text)
            if read >= budget - 5:
                break
        recalls.append(recall)
        gains.append(gain)
    return recalls, gains


def cut_to(text: str, n_tokens: int) -> str:
    if count_tokens(text) <= n_tokens:
        return text
    words = text.split(" ")
    while words and count_tokens(" ".join(words)) > n_tokens:
        words = words[: -max(len(words) // 20, 1)]
    return " ".join(words)


def evidence_share(row: Row, handed: str, pages: dict[tuple[str, int | None], str]) -> float:
    """Of the quoted texts, those that are handed over; of a gold page's answer, the words; else any answer, or none."""
    evidence = row.get("evidence") or []
    if any("text" in item for item in evidence):
        return float(np.mean([share(item["text"], handed) >= 0.8 for item in evidence]))
    if any("page" in item for item in evidence):
        item = evidence[0]
        parts = re.split(r"\n\[(\w+)\]", handed)
        on_page = "\n".join(
            text for page, text in zip(parts[1::2], parts[2::2], strict=True) if page == str(item["page"])
        )
        best = share(row["answers"][0], pages.get((item["doc"], item["page"]), ""))
        return min(share(row["answers"][0], on_page) / best, 1.0) if best else 0.0
    return float(any(" ".join(answer.split()).lower() in " ".join(handed.split()).lower() for answer in row["answers"]))


if __name__ == "__main__":
    main()
