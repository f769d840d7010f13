"""Folders of docs.jsonl and qa.jsonl, with gold passages by the words that they share with the evidence.

`retrieval_sets.py` finds gold as the product does; this is for tables that began with shared words.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assay.corpus import build_corpus, split_document
from assay.corpus.document import Corpus, Document, Page, Passage

__all__ = ["gold_passages", "load_corpus", "read_rows", "share"]

Row = dict[str, Any]

SHARED = 0.8  # of the evidence's words stand in a passage that holds it


def load_corpus(folder: Path) -> Corpus:
    """The texts of docs.jsonl, or the files in raw/ where it names these."""
    rows = list(read_rows(folder / "docs.jsonl"))
    if not rows[0].get("text"):
        return build_corpus(folder / "raw")
    documents = tuple(Document(row["id"], row["title"], "", (Page(None, row["text"]),)) for row in rows)
    passages = tuple(passage for document in documents for passage in split_document(document))
    return Corpus(documents, passages, (), folder.name)


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSONL file."""
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
