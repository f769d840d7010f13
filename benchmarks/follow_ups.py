"""Follow-up questions asked as they are, joined to the question before, and rewritten by the base model.

    python benchmarks/follow_ups.py --base MODEL [--answers] [--company skerrivald|jipu]

The conversations are about the example companies (benchmarks/conversations). A row says which question is asked, after
which others (answered as the key has them), and in which words; without words it is asked as it stands, and nothing
before it bears on it. "As it stands" is the question in the words of the company's file, the ceiling.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from rewriting import N_NEW_TOKENS, Exchange, read_alone, to_be_rewritten

from assay.bench.bench import open_bench
from assay.bench.progress import Silent
from assay.grid.cell import parse_cell
from assay.grid.pipelines import Pipelines
from assay.models import open_model
from assay.questions.exam import build_exam
from assay.questions.question import Question
from assay.scoring.scorer import scorer_of
from assay.serving.follow_up import stand_alone

_HERE = Path(__file__).parent
_WAYS = ("as it is", "joined", "joined where it leans", "rewritten", "as it stands")


def main() -> None:
    """A table a company."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default=None)
    parser.add_argument("--company", nargs="*", default=("skerrivald", "jipu"))
    parser.add_argument("--answers", action="store_true", help="ask the model the questions, too")
    options = parser.parse_args()
    for name in options.company:
        _measure(name, options.base, options.answers)


def _measure(name: str, base: str | None, with_answers: bool) -> None:
    company = _HERE.parent / "examples" / name
    rows = [json.loads(line) for line in (_HERE / "conversations" / f"{name}.jsonl").read_text("utf-8").splitlines()]
    with (
        tempfile.TemporaryDirectory() as folder,
        open_bench(folder, {"base": base} if base else {}, Silent()) as bench,
    ):
        exam = build_exam(company / "documents", company / "questions.jsonl", bench)
        model = open_model(bench.settings.base, bench.settings.engine)
        pipelines = Pipelines(exam, model, bench)
        pipelines.search.make_ready()
        known = {question.id: question for question in exam.questions.questions}
        before = [[_exchange(known[id]) for id in row["after"]] for row in rows]
        asked = [row.get("as") or known[row["asks"]].text for row in rows]
        told = pipelines.base_engine().generate(
            [to_be_rewritten(b, q) for b, q in zip(before, asked, strict=True)], N_NEW_TOKENS
        )
        ways = {
            "as it is": asked,
            "joined": [f"{b[-1].question} {q}" for b, q in zip(before, asked, strict=True)],
            "joined where it leans": [
                stand_alone(q, [one.question for one in b]) for b, q in zip(before, asked, strict=True)
            ],
            "rewritten": [read_alone(one.text, b, q) for one, b, q in zip(told, before, asked, strict=True)],
            "as it stands": [known[row["asks"]].text for row in rows],
        }
        leaning = ["as" in row for row in rows]
        print(
            f"\n{name}, {model.name}: {sum(leaning)} that lean on the conversation, {leaning.count(False)} that do not"
        )
        print("| way | evidence found, leaning | not leaning | right, leaning | not leaning |\n|---|---|---|---|---|")
        for way in _WAYS:
            questions = [
                Question(f"{way} {i}", text, known[row["asks"]].answers, answerable=True)
                for i, (text, row) in enumerate(zip(ways[way], rows, strict=True))
            ]
            found = _found(pipelines, exam.gold, questions, rows)
            right: Sequence[bool | None] = [None] * len(rows)
            if with_answers:
                cell = parse_cell("retrieved/zero-shot", bench.parts)
                scorer = scorer_of(bench.settings)
                answers = pipelines.pipeline(cell).answer(questions)
                right = [bool(scorer.mark(one.text, q).correct) for one, q in zip(answers, questions, strict=True)]
            figures = [_share(marks, leaning, which) for marks in (found, right) for which in (True, False)]
            print(f"| {way} | {' | '.join(figures)} |", flush=True)


def _exchange(question: Question) -> Exchange:
    return Exchange(question.text, question.answers[0])


def _found(pipelines: Pipelines, gold: dict, questions: Sequence[Question], rows: Sequence[dict]) -> list[bool]:
    read = parse_cell("retrieved/zero-shot", pipelines.bench.parts).row.context(pipelines).passages(questions)
    return [
        bool({passage.id for passage in passages} & set(gold[row["asks"]]))
        for passages, row in zip(read, rows, strict=True)
    ]


def _share(marks: Sequence[bool | None], leaning: Sequence[bool], which: bool) -> str:
    chosen = [mark for mark, one in zip(marks, leaning, strict=True) if one is which]
    return "–" if None in chosen else f"{sum(map(bool, chosen))}/{len(chosen)}"


if __name__ == "__main__":
    main()
