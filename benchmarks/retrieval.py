"""How well and how fast the evidence is found: dense, full text and hybrid search.

Each data folder holds docs.jsonl (id, title, text or path) and qa.jsonl (question, answers, doc_ids, evidence). Prints
Markdown.

    python benchmarks/retrieval.py --data DIR [--data DIR ...] [--encoder NAME]
"""

import argparse
import json
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assay.corpus import build_corpus, detect_language, split_document
from assay.corpus.document import Corpus, Document, Page, Passage
from assay.retrieval import Encoder, Retriever, build_index, load_encoder, summarise_retrieval

Row = dict[str, Any]

DEPTH = 10
SHARED = 0.8  # of the evidence's words stand in a passage that holds it
COLUMNS = "corpus | passages | questions | search | recall@1 | recall@3 | recall@10 | MRR@10 | ms a question"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--encoder", help="folder or hub id; the embedded one of the language by default")
    arguments = parser.parse_args()
    print(f"| {COLUMNS} |\n|{'---|' * (COLUMNS.count('|') + 1)}", flush=True)
    notes = []
    for folder in arguments.data:
        lines, note = measure(folder, arguments.encoder)
        print("\n".join(lines), flush=True)
        notes.append(note)
    print("\n" + "\n".join(notes))


def measure(folder: Path, encoder_name: str | None) -> tuple[list[str], str]:
    """Table rows for one folder, and a line on its encoder."""
    corpus = load_corpus(folder)
    questions = [row for row in read_rows(folder / "qa.jsonl") if row.get("answerable", True)]
    gold = [set(gold_passages(row, corpus)) for row in questions]
    encoder = load_encoder(encoder_name, detect_language(passage.text for passage in corpus.passages))
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        index = build_index(corpus, encoder, Path(place))
        build_s = time.perf_counter() - start
        lines = [
            measure_search(folder.name, Retriever(index, encoder, corpus, mode), questions, gold)
            for mode in (("dense", "text", "hybrid") if encoder else ("text",))
        ]
    return lines, note_of(folder.name, encoder, corpus, build_s)


def measure_search(name: str, retriever: Retriever, questions: list[Row], gold: list[set[str]]) -> str:
    """One table row. The time is that of one question after another, the encoding of the question included."""
    texts = [row["question"] for row in questions]
    found = [[hit.passage_id for hit in hits] for hits in retriever.retrieve(texts, DEPTH)]
    start = time.perf_counter()
    for text in texts[:100]:
        retriever.retrieve([text], DEPTH)
    per_question_ms = (time.perf_counter() - start) / len(texts[:100]) * 1000
    summary = summarise_retrieval(found, gold)
    figures = " | ".join(f"{summary[key]:.3f}" for key in ("recall@1", "recall@3", "recall@10", "mrr@10"))
    passages = len(retriever.corpus.passages)
    return f"| {name} | {passages} | {summary['n']} | {retriever.mode} | {figures} | {per_question_ms:.1f} |"


def note_of(name: str, encoder: Encoder | None, corpus: Corpus, build_s: float) -> str:
    if encoder is None:
        return f"- {name}: no encoder, words alone; index built in {build_s:.1f} s"
    texts = [passage.text for passage in corpus.passages[:200]]
    start = time.perf_counter()
    encoder.encode_passages(texts)
    rate = len(texts) / (time.perf_counter() - start)
    return f"- {name}: {encoder.name}, {rate:.0f} passages/s; index built in {build_s:.1f} s"


def load_corpus(folder: Path) -> Corpus:
    rows = list(read_rows(folder / "docs.jsonl"))
    if not rows[0].get("text"):
        return build_corpus(folder / "raw")
    documents = tuple(Document(row["id"], row["title"], "", (Page(None, row["text"]),)) for row in rows)
    passages = tuple(passage for document in documents for passage in split_document(document))
    return Corpus(documents, passages, (), folder.name)


def read_rows(path: Path) -> Iterator[Row]:
    for line in path.read_text("utf-8").rstrip("\n").split("\n"):  # not splitlines: JSON may hold U+2028
        yield json.loads(line)


def gold_passages(question: Row, corpus: Corpus) -> Iterator[str]:
    """Ids of the passages of the named documents that hold the evidence: its text, its page, else an answer."""
    documents = set(question["doc_ids"])
    for passage in corpus.passages:
        if {passage.document, passage.document.split("/")[-1]} & documents and holds(passage, question):
            yield passage.id


def holds(passage: Passage, question: Row) -> bool:
    evidence = question.get("evidence") or []
    if any("text" in item for item in evidence):
        return any(share(item["text"], passage.text) >= SHARED for item in evidence)
    if any("page" in item for item in evidence):
        return any(item["page"] == passage.page for item in evidence)
    return any(share(answer, passage.text) == 1 for answer in question["answers"])


def share(wanted: str, text: str) -> float:
    """The share of the wanted words that the text has; Chinese by the character."""
    terms = {*re.findall(r"[^\W_\u4e00-\u9fff]+|[\u4e00-\u9fff]", wanted.lower())}
    has = {*re.findall(r"[^\W_\u4e00-\u9fff]+|[\u4e00-\u9fff]", text.lower())}
    return len(terms & has) / max(len(terms), 1)


if __name__ == "__main__":
    main()
