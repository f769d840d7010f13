"""Whether each accepted answer of real question files is right for its own question, and what marking costs.

    python benchmarks/own_answers.py --data DIR

DIR holds a folder a set with a qa.jsonl (question, answers). Prints those that are not right, the counts, and how many
answers were marked a second. Ends with 1 where some accepted answer is not right. Says so where DIR is absent.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from assay.questions.question import Question
from assay.scoring import score_answer


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    files = sorted(data.glob("*/qa.jsonl"))
    if not files:
        print(f"{data} holds no folder with a qa.jsonl: nothing to do")
        return 0
    print("| set | accepted answers | not right | marked a second |\n| --- | --- | --- | --- |")
    wrong = [one for path in files for one in _mark(path)]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def _mark(path: Path) -> list[str]:
    pairs = list(_questions(path))
    began = time.perf_counter()
    scores = [score_answer(answer, question) for question, answer in pairs]
    took = time.perf_counter() - began
    wrong = [pair for pair, score in zip(pairs, scores, strict=True) if not score.correct]
    print(f"| {path.parent.name} | {len(pairs)} | {len(wrong)} | {len(pairs) / took if took else 0:.0f} |")
    reasons = [score.reason for score in scores if not score.correct]
    return [
        f"{path.parent.name}: {question.text!r}: {answer!r} ({reason})"
        for (question, answer), reason in zip(wrong, reasons, strict=True)
    ]


def _questions(path: Path) -> Iterator[tuple[Question, str]]:
    for number, line in enumerate(path.read_text("utf-8").split("\n")):
        row = json.loads(line) if line.strip() else {}
        answers = tuple(answer for answer in row.get("answers") or () if answer)
        for answer in answers:
            yield Question(str(number), row["question"], answers), answer


if __name__ == "__main__":
    sys.exit(main())
