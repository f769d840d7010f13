"""The sets that bases are compared on: what of each can be asked, and as many documents as make a search.

Left out: of gitlab_handbook, questions about pictures and those that go on with a conversation; of zh_statute_kb, those
whose answer the named article does not hold. Where a set has more documents than are wanted, all that the
asked questions name stay, with others at random.
"""

import json
import random
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from data_sets import read_rows
from real_sets import write_documents, write_questions

__all__ = ["write_set"]

Row = dict[str, Any]

_LAW_QUESTIONS = "qa_lawbench38.jsonl"  # with answers in words; those of the other file have none


def write_set(source: Path, folder: Path, n_questions: int, n_documents: int) -> tuple[Path, Path]:
    """A folder of documents and a file of questions, at most so many of each; named documents are all kept."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "qa.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _askable(source))
    questions = write_questions(folder, folder / "questions.jsonl", n_questions)
    documents = folder / "documents"
    if not documents.exists():
        if (source / "docs.jsonl").is_file():
            write_documents(source, documents)
        else:
            shutil.copytree(source / "raw", documents)
        _thin_out(documents, {row["document"] for row in read_rows(questions) if row["document"]}, n_documents)
    return documents, questions


def _askable(source: Path) -> Iterable[Row]:
    if (source / _LAW_QUESTIONS).is_file():
        for row in read_rows(source / _LAW_QUESTIONS):
            if row["supported"]:
                yield row | {"evidence": [{"doc": one["file"], "text": one["text"]} for one in row["evidence"]]}
    else:
        for row in read_rows(source / "qa.jsonl"):
            if row.get("type") != "Multimodal" and not row.get("context"):
                yield row


def _thin_out(documents: Path, named: set[str], most: int) -> None:
    files = {str(path.relative_to(documents)): path for path in sorted(documents.rglob("*")) if path.is_file()}
    others = [name for name in files if name not in named]
    random.Random(0).shuffle(others)
    for name in others[max(0, most - len(named)) :]:
        files[name].unlink()
