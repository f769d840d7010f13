"""Exams made from the public sets: changed facts, questions of the other language, labels, facts in many wordings."""

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from assay.corpus.document import Passage
from assay.probes.contradiction import contradict
from assay.questions.question import Evidence, Question

__all__ = ["write_changed", "write_crossed", "write_labelled_questions", "write_wordings"]

Row = dict[str, Any]
MOST_CHANGED = 40
N_FACTS = 48  # learnt in several wordings


def write_changed(old: Path, asked: Path, folder: Path) -> tuple[Path, Path]:
    """Questions with their new answers, and documents in which up to 40 facts are changed by rule.

    An answer is exchanged for another of its kind (`assay.probes.contradiction`) in the one document that holds it, at
    most one a document, so that no other question's answer is touched by a second exchange.
    """
    new, questions = folder / "new", folder / "questions.jsonl"
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(old, new)
    rows, rng, touched = list(_rows(asked)), np.random.default_rng(0), set[str]()
    others = {row["document"]: [each for each in rows if each["document"] == row["document"]] for row in rows}
    for place in rng.permutation(len(rows)):
        row = rows[place]
        if row["document"] in touched or len(touched) == MOST_CHANGED:
            continue
        file = new / row["document"]
        probe = contradict(_question(row), Passage("whole", row["document"], None, "", file.read_text("utf-8")), rng)
        if probe is None or probe.passage is None or not _spares(probe.passage.text, row, others[row["document"]]):
            continue
        file.write_text(probe.passage.text, "utf-8")
        touched.add(row["document"])
        row["new_answer"] = list(probe.question.answers)
    _write(questions, (row | {"new_answer": row.get("new_answer", [])} for row in rows))
    return questions, new


def _spares(text: str, row: Row, others: list[Row]) -> bool:
    """Whether the accepted answers of the document's other questions still stand in it."""
    return all(any(answer in text for answer in one["answers"]) for one in others if one["id"] != row["id"])


def _question(row: Row) -> Question:
    return Question(row["id"], row["question"], tuple(row["answers"]), evidence=Evidence(row["document"], None, None))


def write_crossed(asked: Path, read: Path, path: Path, limit: int) -> Path:
    """Questions of one language over documents of the other, answers of both accepted; the sets share their ids."""
    there = {row["id"]: row for row in _rows(read / "qa.jsonl")}
    rows = [row for row in _rows(asked / "qa.jsonl") if row["id"] in there]
    step = max(1, len(rows) // limit)
    _write(path, (_crossed(row, there[row["id"]]) for row in rows[::step][:limit]))
    return path


def _crossed(row: Row, other: Row) -> Row:
    return {
        "id": row["id"],
        "question": row["question"],
        "answers": list(dict.fromkeys([*other["answers"], *row["answers"]])),
        "document": f"{other['doc_ids'][0]}.md",
    }


def write_wordings(source: Path, folder: Path, most: int, writer: str) -> tuple[Path, int]:
    """Facts learnt in up to so many wordings of their question, and asked in one that was held back.

    The same wording is held back however many are learnt. `writer` paraphrases, once; what it wrote is kept in the
    folder. A question of which it found too few wordings is left out. With the file comes how many passes over what is
    learnt read each fact ten times or more.
    """
    from paraphrases import LEAST, READINGS, write

    rows = [row for row in _rows(source / "qa.jsonl") if row["answers"]]
    rows = rows[:: max(1, len(rows) // N_FACTS)][:N_FACTS]
    facts = [Question(row["id"], row["question"], tuple(row["answers"]), split="train") for row in rows]
    documents = {row["id"]: f"{row['doc_ids'][0]}.md" for row in rows}
    written = write(facts, writer, rows[0]["lang"], folder / "wordings.json")
    rng, learnt, asked = np.random.default_rng(0), list[Row](), list[Row]()
    for wordings in (one for one in written if len(one) > LEAST):
        held_back = wordings.pop(int(rng.integers(1, len(wordings))))
        known = {"answers": list(wordings[0].answers), "document": documents[wordings[0].id]}
        asked.append({"id": held_back.id, "question": held_back.text, "split": "test", **known})
        learnt += [{"id": one.id, "question": one.text, "split": "train", **known} for one in wordings[:most]]
    path = folder / f"wordings-{most}.jsonl"
    _write(path, [*learnt, *asked])
    return path, -(-READINGS * len(asked) // max(1, len(learnt)))


def write_labelled_questions(source: Path, path: Path) -> Path:
    """Questions over an abstract that are answered yes, no or maybe, as texts with a label."""
    texts: Mapping[str, str] = {row["id"]: row["text"] for row in _rows(source / "docs.jsonl")}
    rows = (row for row in _rows(source / "qa.jsonl") if row.get("label"))
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, ({"text": f"{row['question']}\n{texts[row['doc_ids'][0]]}", "label": row["label"]} for row in rows))
    return path


def _rows(path: Path) -> Iterator[Row]:
    yield from (json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip())


def _write(path: Path, rows: Any) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
