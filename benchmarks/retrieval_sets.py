"""Folders of documents and questions as a retriever's exam: corpus, questions in splits, gold passages.

A question's gold passages are those that hold its evidence, found as the product finds it: its quotes, else its page,
else the passages of its document with an accepted answer. Where the answer is calculated and stands nowhere
(tatqa_dev), all passages of its document, a table with the text around it. Questions without gold are left out.
"""

import random
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_sets import read_rows
from real_sets import write_documents

from assay.corpus import build_corpus, detect_language
from assay.corpus.document import Corpus
from assay.questions import EvidenceLocator, assign_splits, cluster_of
from assay.questions.question import Evidence, Question, QuestionSet
from assay.retrieval.vectors import Progress

__all__ = ["RetrievalSet", "load_set"]

CALCULATED = "tatqa_dev"


@dataclass(frozen=True)
class RetrievalSet:
    """`questions` have a split and at least one gold passage each; `whole` is the corpus's size before the sampling."""

    name: str
    language: str
    corpus: Corpus
    questions: tuple[Question, ...]
    gold: dict[str, tuple[str, ...]]
    whole: int

    def of(self, *splits: str) -> list[Question]:
        """The questions of some splits."""
        return [question for question in self.questions if question.split in splits]

    def clusters(self, questions: list[Question]) -> list[str]:
        """What the bootstrap draws: their documents."""
        return [cluster_of(question) for question in questions]


def load_set(folder: Path, most_passages: int, seed: int = 0) -> RetrievalSet:
    """One folder; where there are more passages, all gold ones and others at random, so that so many are left."""
    with tempfile.TemporaryDirectory() as place:
        has_documents = (folder / "docs.jsonl").is_file()
        corpus = build_corpus(write_documents(folder, Path(place)) if has_documents else folder / "raw")
    asked, gold = _questions(folder, corpus)
    split = assign_splits(QuestionSet(tuple(asked), str(folder), ""), seed)
    kept = tuple(question for question in split.questions if gold[question.id])
    language = detect_language([question.text for question in kept])
    return RetrievalSet(
        folder.name, language, _sample(corpus, gold, most_passages, seed), kept, gold, len(corpus.passages)
    )


def _questions(folder: Path, corpus: Corpus) -> tuple[list[Question], dict[str, tuple[str, ...]]]:
    locator = EvidenceLocator(corpus)
    by_document: dict[str, list[str]] = {}
    for passage in corpus.passages:
        by_document.setdefault(passage.document, []).append(passage.id)
    questions, gold, seen = [], {}, set()
    for row in read_rows(next(path for path in (folder / "qa.jsonl", folder / "qa_stard.jsonl") if path.is_file())):
        if not row.get("answerable", True) or row["question"] in seen:
            continue
        seen.add(row["question"])
        told = [_question(row, evidence) for evidence in row.get("evidence") or [{}]]
        found = [id for question in told for id in locator.locate(question)]
        if not found and folder.name == CALCULATED and told[0].evidence:
            found = by_document[locator.documents_of(str(told[0].evidence.document))[0].id]
        questions.append(told[0])
        gold[row["id"]] = tuple(dict.fromkeys(found))
    return questions, gold


def _question(row: dict[str, Any], evidence: dict[str, Any]) -> Question:
    document = evidence.get("doc") or evidence.get("file") or next(iter(row["doc_ids"]), None)
    if document and not Path(document).suffix:
        document += ".md"
    answers = tuple(row["answers"]) or ("-",)  # some sets say where the answer stands and not what it is
    return Question(
        row["id"], row["question"], answers, True, Evidence(document, evidence.get("page"), evidence.get("text"))
    )


def _sample(corpus: Corpus, gold: dict[str, tuple[str, ...]], most: int, seed: int) -> Corpus:
    """All documents with gold in whole and others at random; where those alone are too many, passages at random."""
    if len(corpus.passages) <= most:
        return corpus
    wanted = {id for ids in gold.values() for id in ids}
    golden = {passage.document for passage in corpus.passages if passage.id in wanted}
    sizes: dict[str, int] = {}
    for passage in corpus.passages:
        sizes[passage.document] = sizes.get(passage.document, 0) + 1
    kept = wanted
    if sum(sizes[name] for name in golden) <= most:
        others = sorted(set(sizes) - golden)
        random.Random(seed).shuffle(others)
        while others and sum(sizes[name] for name in golden) < most:
            golden.add(others.pop(0))
        kept = {passage.id for passage in corpus.passages if passage.document in golden}
    else:
        others = [passage.id for passage in corpus.passages if passage.id not in wanted]
        random.Random(seed).shuffle(others)
        kept = wanted | set(others[: max(0, most - len(wanted))])
    passages = tuple(passage for passage in corpus.passages if passage.id in kept)
    documents = {passage.document for passage in passages}
    return Corpus(
        tuple(document for document in corpus.documents if document.id in documents),
        passages,
        (),
        f"{corpus.sha256}-{most}",
    )


def show(name: str) -> Progress:
    """Progress of encoding, on one line."""
    return lambda done, total: print(f"\r{name}: {done} of {total} passages encoded", end="", flush=True)
