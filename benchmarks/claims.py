"""How well answers are judged by the claims of a long accepted answer: right ones kept, wrong ones taken as right.

Pairs of an accepted answer and an answer, labelled right or wrong: those of benchmarks/truth by half, the written right
and wrong answers of truthfulqa and halluqa against their best answer, and those made here from clapnq's references: the
reference itself, that of another person, another question's, sentences of the passage that are no evidence, and the
reference with one figure or one name changed. Sets that are absent are skipped. Prints Markdown.

    python benchmarks/claims.py [--data DIR] [--half open]
"""

import argparse
import json
import random
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assay.questions.question import Evidence, Question
from assay.scoring import Score, score_answer
from assay.scoring.long_scores import has_long_answer

TRUTH = Path(__file__).parent / "truth"
HEAD = "set | pairs | right: kept | called wrong | not judged | wrong: taken as right | not judged | AUC of complete"


@dataclass(frozen=True)
class Pair:
    """A question, an answer, and whether that is right."""

    question: Question
    answer: str
    is_right: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the public sets")
    parser.add_argument("--truth", type=Path, default=TRUTH, help="folder with the hard pairs")
    parser.add_argument("--half", choices=["open", "held"], help="of benchmarks/truth; both without it")
    args = parser.parse_args()
    print(f"| {HEAD} |")
    print("|" + " --- |" * (HEAD.count("|") + 1))
    started, n = time.process_time(), 0
    for name, pairs in sets(args.data, args.truth, args.half):
        pairs = [pair for pair in pairs if has_long_answer(pair.question)]
        if pairs:
            print(measure(name, pairs), flush=True)
            n += len(pairs)
    if n:
        print(f"\n{n} pairs in {time.process_time() - started:.1f} s of one core")


def section(quick: bool, data: Path) -> Iterator[tuple[str, str, str, str]]:
    """Rows of benchmarks/truth.py: of the hard pairs, and of the public sets unless it is to be quick."""
    for name, found in sets(data, TRUTH, None):
        is_hard = name.startswith("sentences")
        pairs = [pair for pair in found if has_long_answer(pair.question)] if is_hard or not quick else []
        if not pairs:
            continue
        right, wrong = scores_of(pairs, True), scores_of(pairs, False)
        told = f"right kept {share(right, True)}, called wrong {share(right, False)}; wrong taken {share(wrong, True)}"
        is_met = is_hard and counted(right, True) >= 0.85 * len(right) and counted(wrong, True) <= 0.1 * len(wrong)
        goal = ("85% kept, 10% taken", "yes" if is_met else "no") if is_hard else ("", "-")
        yield f"{name}, {len(right)} + {len(wrong)} pairs", told, *goal


def sets(data: Path, hard: Path, half: str | None) -> Iterator[tuple[str, Iterable[Pair]]]:
    """Each set that is there, by name."""
    for lang in ("en", "zh"):
        for wanted in [half] if half else ["open", "held"]:
            yield f"sentences, {lang}, {wanted}", truth(hard / f"sentences_{lang}.jsonl", wanted)
    yield "truthfulqa", truthfulqa(data / "truthfulqa" / "all.jsonl")
    yield "halluqa_zh", halluqa(data / "halluqa_zh" / "gen.jsonl")
    yield from clapnq(data / "clapnq_dev")


def rows(path: Path) -> list[dict]:
    """The lines of a JSONL file; none where it is absent."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.is_file() else []


def truth(path: Path, half: str) -> Iterator[Pair]:
    for row in rows(path):
        if row["half"] == half:
            yield pair(row["question"], row["reference"], row["answer"], row["right"], row["evidence"])


def pair(text: str, accepted: str, answer: str, is_right: bool, evidence: str | None = None) -> Pair:
    return Pair(Question("", text, (accepted,), evidence=Evidence(quote=evidence)), answer, is_right)


def truthfulqa(path: Path) -> Iterator[Pair]:
    for row in rows(path):
        best = row["Best Answer"]
        for column, is_right in (("Correct Answers", True), ("Incorrect Answers", False)):
            for answer in row[column].split("; "):
                if answer.strip() != best.strip():
                    yield pair(row["Question"], best, answer, is_right)


def halluqa(path: Path) -> Iterator[Pair]:
    for row in rows(path):
        for key, answer in row.items():
            if answer and (key.startswith("Wrong_Answer") or re.fullmatch(r"Best Answer[2-9]", key)):
                yield pair(row["Question"], row["Best Answer1"], answer, key.startswith("Best"))


def clapnq(folder: Path) -> Iterator[tuple[str, Iterable[Pair]]]:
    asked = [row for row in rows(folder / "qa.jsonl") if row["answerable"]]
    passages = {row["id"]: row for row in rows(folder / "docs.jsonl")}
    rng = random.Random(0)
    others = rng.sample(asked, len(asked))
    names = [name for row in asked for name in NAME.findall(row["answers"][0])]
    made = {
        "itself": [(row["answers"][0], True) for row in asked],
        "another person's": [(row["answers"][1], True) if len(row["answers"]) > 1 else None for row in asked],
        "of another question": [
            (b["answers"][0], False) if a is not b else None for a, b in zip(asked, others, strict=True)
        ],
        "sentences beside the evidence": [beside(row, passages) for row in asked],
        "one figure changed": [with_figure(row["answers"][0], rng) for row in asked],
        "one name changed": [with_name(row["answers"][0], names, rng) for row in asked],
    }
    for kind, said in made.items():
        yield (
            f"clapnq: {kind}",
            [pair(row["question"], row["answers"][0], *one) for row, one in zip(asked, said, strict=True) if one],
        )


NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
FIGURE = re.compile(r"(?<![\w.,-])\d+(?![\w.,-]*\d)")


def beside(row: dict, passages: dict[str, dict]) -> tuple[str, bool] | None:
    evidence = {sentence for told in row["evidence"] for sentence in told}
    rest = [one for id in row["doc_ids"] for one in passages[id]["sentences"] if one not in evidence]
    return (" ".join(rest[:2]), False) if rest else None


def with_figure(text: str, rng: random.Random) -> tuple[str, bool] | None:
    found = list(FIGURE.finditer(text))
    if not found:
        return None
    one = rng.choice(found)
    return text[: one.start()] + str(int(one.group()) + rng.randint(1, 9)) + text[one.end() :], False


def with_name(text: str, names: list[str], rng: random.Random) -> tuple[str, bool] | None:
    found = [one for one in NAME.findall(text)]
    if not found:
        return None
    old, new = rng.choice(found), rng.choice([name for name in names if name not in text])
    return re.sub(rf"\b{old}\b", new, text), False


def measure(name: str, pairs: list[Pair]) -> str:
    right, wrong = scores_of(pairs, True), scores_of(pairs, False)
    cells = [
        *(share(right, mark) for mark in (True, False, None)),
        *(share(wrong, mark) for mark in (True, None)),
        auc(right, wrong),
    ]
    return f"| {name} | {len(right)} + {len(wrong)} | " + " | ".join(cells) + " |"


def scores_of(pairs: list[Pair], is_right: bool) -> list[Score]:
    return [score_answer(one.answer, one.question) for one in pairs if one.is_right is is_right]


def counted(scores: list[Score], mark: bool | None) -> int:
    return sum(score.correct is mark for score in scores)


def share(scores: list[Score], mark: bool | None) -> str:
    return f"{counted(scores, mark) / len(scores):.0%}" if scores else "–"


def auc(right: list[Score], wrong: list[Score]) -> str:
    """The share of pairs of a right and a wrong answer in which the right one is the more complete."""
    if not right or not wrong:
        return "–"
    won = sum((a.complete > b.complete) + 0.5 * (a.complete == b.complete) for a in right for b in wrong)
    return f"{won / len(right) / len(wrong):.2f}"


if __name__ == "__main__":
    main()
