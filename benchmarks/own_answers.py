"""Whether each accepted answer of real question files is right for its own question, and what marking costs.

    python benchmarks/own_answers.py --data DIR

DIR holds a folder a set with a qa.jsonl (question, answers). Prints those that are not right, the counts, and how many
answers were marked a second. Ends with 1 where some accepted answer is not right. Says so where DIR is absent.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from assay.questions.question import Question
from assay.scoring import score_answer

EXAMPLES = Path(__file__).parents[1] / "examples"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    files = sorted(data.glob("*/qa.jsonl"))
    if not files:
        print(f"{data} holds no folder with a qa.jsonl: nothing to do")
        return 0
    print("| set | accepted answers | not right | marked a second |\n| --- | --- | --- | --- |")
    wrong = [line for path in files for line in _mark(path)]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def section(quick: bool, data: Path) -> Iterator[tuple[str, str, str, str]]:
    """Rows of benchmarks/truth.py: of the examples and the public sets; quick: at most 100 answers of each."""
    for path in [*sorted(EXAMPLES.glob("*/questions.jsonl")), *sorted(data.glob("*/qa.jsonl"))]:
        pairs = list(_questions(path))[: 100 if quick else None]
        n_wrong = len(_wrong(pairs))
        if pairs:
            yield path.parent.name, f"{n_wrong} of {len(pairs)} not right", "0", "no" if n_wrong else "yes"


def _mark(path: Path) -> list[str]:
    pairs = list(_questions(path))
    began = time.process_time()
    wrong = _wrong(pairs)
    took = time.process_time() - began
    print(f"| {path.parent.name} | {len(pairs)} | {len(wrong)} | {len(pairs) / took if took else 0:.0f} |")
    return [f"{path.parent.name}: {question.text!r}: {answer!r} ({reason})" for question, answer, reason in wrong]


def _wrong(pairs: Sequence[tuple[Question, str]]) -> list[tuple[Question, str, str]]:
    """Those that are not right, with the reason."""
    scored = [(question, answer, score_answer(answer, question)) for question, answer in pairs]
    return [(question, answer, score.reason) for question, answer, score in scored if not score.correct]


def _questions(path: Path) -> Iterator[tuple[Question, str]]:
    for number, line in enumerate(path.read_text("utf-8").split("\n")):
        row = json.loads(line) if line.strip() else {}
        answers = tuple(answer for answer in row.get("answers") or () if answer)
        for answer in answers:
            yield Question(str(number), row["question"], answers), answer


if __name__ == "__main__":
    sys.exit(main())
