"""How many drafts stand the checks, how many of these are right, and what one takes. Prints Markdown.

Right, by a strict check that took no part in the drafting: the answer stands in its quote, the quote in the document,
and another model (--judge) finds the answer in the passage. A small judge misses some; so it is also asked questions
that people wrote for the same documents: the share that it finds there is what good drafts can be expected to reach.
Whether an unanswerable draft has no answer, and whether a draft is usable as it stands, can be told by reading only:
--show prints the drafts, --sheet writes them for a person who judges, with the passage, an empty column each for the
verdict and its reason, and at last what the checks said. --raw N takes N drafts as they were written, before any check.
--draw draws the documents, and leaves out what stands in a folder named by --but, as what was read before.

    python benchmarks/drafting.py [--base MODEL ...] [--manner model|extractive] [--documents DIR] [--judge MODEL]
                                  [-n 40] [--raw N] [--unanswerable 0.2] [--show] [--sheet FILE.csv]
                                  [--draw FOLDER=N ...] [--but DIR ...] [--seed 0]
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from company import COMPANY
from drawn_documents import draw_documents

from assay.cli.questions.draft import list_dropped
from assay.corpus import build_corpus
from assay.corpus.document import Corpus
from assay.drafting import Drafts, draft_from_files
from assay.drafting.round_trip import RoundTrip
from assay.models import Model, open_model
from assay.questions import EvidenceLocator, Question, read_questions
from assay.scoring import score_answer

COLUMNS = (
    "model | asked | tried | kept | unanswerable | documents | answer in quote and document | "
    "found by the judge | judge on people's questions | s a kept draft"
)


class Say:
    """Progress on the error stream."""

    def say(self, line: str) -> None:
        print(line, file=sys.stderr)

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        print(f"{name} {done}/{total} {note}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--base", action="append", help="a model that drafts; by default the embedded one")
    parser.add_argument("--judge", help="a model that did not draft; without it that column is empty")
    parser.add_argument("--manner", default="model")
    parser.add_argument("--documents", type=Path, help="by default those of the example company")
    parser.add_argument("-n", type=int, default=40)
    parser.add_argument("--raw", type=int, help="so many are written, and all of them go into the sheet")
    parser.add_argument("--draw", action="append", default=[], help="FOLDER=N, in the place of --documents")
    parser.add_argument("--but", type=Path, action="append", default=[], help="documents that are not drawn, by name")
    parser.add_argument("--seed", type=int, default=0, help="of what is drawn, documents and drafts")
    parser.add_argument("--unanswerable", type=float, default=0.2)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--sheet", type=Path, help="a table of the drafts of all models, to be judged")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if options.draw:
            options.documents = Path(place)
            draw_documents(options.draw, options.seed, options.documents, options.but)
        report(options)


def report(options: argparse.Namespace) -> None:
    """The table, what was dropped and why, the drafts, the sheet."""
    corpus = build_corpus(options.documents or COMPANY / "documents")
    people = []
    if options.documents is None and options.judge:
        people = [q for q in read_questions(COMPANY / "questions.jsonl").questions if q.answerable][:: 274 // options.n]
    drafted = [(name or "embedded", draft(name, options)) for name in options.base or [None]]
    judge = open_model(options.judge) if options.judge else None
    usual = judged(people, corpus, judge)
    print(f"| {COLUMNS} |\n|{'---|' * (COLUMNS.count('|') + 1)}")
    for name, drafts in drafted:
        print(row(Path(name).stem, options.n, drafts, corpus, judge, usual), flush=True)
    for name, drafts in drafted:
        print(f"\n{Path(name).stem}. " + " ".join(list_dropped(drafts.dropped, "en")))
        if options.show:
            print("\n".join(show(question, drafts) for question in drafts.questions))
    if options.sheet:
        write_sheet(options.sheet, corpus, drafted, bool(options.raw))


def draft(name: str | None, options: argparse.Namespace) -> Drafts:
    """With nothing kept from before, so that the time is that of a first use; the index is not part of it."""
    with tempfile.TemporaryDirectory() as place:
        return draft_from_files(
            options.documents or COMPANY / "documents",
            options.raw or options.n,
            unanswerable=0 if options.raw else options.unanswerable,
            most_tried=options.raw,
            beside=None if options.documents else COMPANY / "questions.jsonl",
            manner=options.manner,
            out=place,
            base=name,
            seed=options.seed,
            progress=Say(),
        )


def write_sheet(file: Path, corpus: Corpus, drafted: Sequence[tuple[str, Drafts]], is_raw: bool) -> None:
    """A row a draft, with all that it takes to judge it; of raw drafts all, kept or not."""
    locator = EvidenceLocator(corpus)
    with file.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["model", "question", "answer", "quote", "document", "passage", "usable", "why", "checks"])
        for name, drafts in drafted:
            written = [(question, "kept") for question in drafts.questions]
            written += [(one.question, one.reason) for one in drafts.thrown_away if is_raw]
            for question, fate in written:
                evidence, answer = question.evidence, " / ".join(question.answers)
                place = [corpus.by_id[id] for id in locator.locate(question)][:1]
                passage = "".join(f"{one.heading}\n{one.text}" for one in place)
                told = (evidence.quote, evidence.document) if evidence else ("", "")
                rows.writerow([Path(name).stem, question.text, answer, *told, passage, "", "", fate])


def row(name: str, n: int, drafts: Drafts, corpus: Corpus, judge: Model | None, usual: str) -> str:
    answerable = [question for question in drafts.questions if question.answerable]
    documents = {question.evidence.document for question in drafts.questions if question.evidence}
    locator = EvidenceLocator(corpus)
    there = sum(
        bool(locator.locate(q)) and score_answer(q.evidence.quote or "", q).correct for q in answerable if q.evidence
    )
    kept = len(drafts.questions)
    cells = [name, n, drafts.n_drafted, kept, drafts.n_unanswerable, len(documents), f"{there} of {len(answerable)}"]
    cells += [judged(answerable, corpus, judge), usual, f"{drafts.seconds / max(1, kept):.1f}"]
    return f"| {' | '.join(map(str, cells))} |"


def judged(questions: Sequence[Question], corpus: Corpus, judge: Model | None) -> str:
    """How many of the questions a model answers after reading their passages."""
    locator = EvidenceLocator(corpus)
    located = [(question, [corpus.by_id[id] for id in locator.locate(question)][:2]) for question in questions]
    located = [(question, passages) for question, passages in located if passages]
    if judge is None or not located:
        return "-"
    found = RoundTrip(judge.load(), "en").finds([q for q, _ in located], [passages for _, passages in located])
    return f"{sum(found)} of {len(located)}"


def show(question: Question, drafts: Drafts) -> str:
    home = question.evidence.document if question.evidence else ""
    answer = question.answers[0] if question.answers else f"none: {drafts.notes.get(question.id, '')}"
    return f"- {question.text} -> {answer} ({home})"


if __name__ == "__main__":
    main()
