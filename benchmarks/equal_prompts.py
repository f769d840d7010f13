"""Whether one of eight prompts that mean the same is accepted: real answers of a real base, searched many times.

    python benchmarks/equal_prompts.py --data ../shared/data --set xquad_en --questions 100

Each wording is asked each question once, over the passage that is found for it; the answers are kept in --work, so that
a killed run goes on. Each draw parts the questions anew into those to search on and those to check it, takes another
wording as the plain one, and has Assay search and accept. "As answered" leaves the marks as they are, so that a wording
may truly be better; "dealt" deals the marks of each question to the wordings by chance, so that none is.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt
from real_sets import write_documents, write_questions

from assay.bench.bench import open_bench
from assay.columns.zero_shot import ZERO_SHOT
from assay.grid.cell import Cell
from assay.grid.pipelines import Pipelines
from assay.models import open_model
from assay.prompting.acceptance import accept
from assay.prompting.bank import Bank, Wording, open_bank
from assay.prompting.halving import Space, search_prompt
from assay.prompting.prompt_choice import Prompt
from assay.prompting.prompt_trials import Asked, PromptTrials
from assay.questions.exam import build_exam
from assay.questions.question import Question
from assay.rows.retrieved import RETRIEVED

WORDINGS = (
    "Use the passages to answer the question {form}.",
    "Use the given passages to answer the question {form}.",
    "Please use the passages to answer the question {form}.",
    "Answer the question from the passages, {form}.",
    "Based on the passages, answer the question {form}.",
    "With the help of the passages, answer the question {form}.",
    "Using the passages, answer the question {form}.",
    "Read the passages and answer the question {form}.",
)
BLOCK = 16  # questions, asked by every wording before the next ones
SETTINGS = {
    "passages": 1, "encoder": "none", "fit_retriever": "off", "decline": "off", "max_new_tokens": 16,
    "latency_sample": 0, "answer_batch": BLOCK,
}  # fmt: skip
Marks = npt.NDArray[np.float64]


@contextmanager
def open_trials(source: Path, work: Path, base: str, n_questions: int) -> Iterator[PromptTrials]:
    """What asks the questions of a set by a prompt, in the place of the plain cell that reads one passage."""
    folder = work / source.name
    folder.mkdir(parents=True, exist_ok=True)
    documents = write_documents(source, folder / "documents")
    asked = write_questions(source, folder / "questions.jsonl", n_questions)
    with open_bench(folder / "ws", SETTINGS, None) as bench:
        pipelines = Pipelines(build_exam(documents, asked, bench), open_model(base), bench)
        yield PromptTrials(pipelines, Cell(RETRIEVED, ZERO_SHOT))


def prompts() -> list[Prompt]:
    plain = Space(open_bank(), "en", True, 1).plain
    return [Prompt(wording, plain.form, plain.refusal) for wording in WORDINGS]


def ask(trials: PromptTrials) -> Iterator[tuple[list[Question], Marks]]:
    """The questions so far and their marks by wording, W Q, after each block."""
    questions = list(trials.pipelines.exam.questions.questions)
    marks = np.empty((len(WORDINGS), 0))
    for start in range(0, len(questions), BLOCK):
        block = questions[start : start + BLOCK]
        new = np.array([trials.ask(prompt, block).marks for prompt in prompts()])
        marks = np.concatenate([marks, new], axis=1)
        yield questions[: start + len(block)], marks


class Drawn:
    """Answers a search from marks that are there, W Q: the first wording of this draw is the plain one."""

    def __init__(self, marks: Marks, questions: Sequence[Question], rng: np.random.Generator, is_dealt: bool) -> None:
        order = rng.permutation(len(marks))
        self._marks = rng.permuted(marks, axis=0) if is_dealt else marks[order]
        known = [prompts()[i] for i in order]
        self.worth = dict(zip(known, self._marks.mean(axis=1), strict=True))  # among all questions there are
        self._place = {question.id: place for place, question in enumerate(questions)}
        self._row = {prompt: row for row, prompt in enumerate(known)}
        parts = [("instruction", [one.instruction for one in known]), ("form", [known[0].form])]
        parts.append(("refusal", [known[0].refusal]))
        self.bank = Bank(tuple(Wording(part, str(i), text) for part, texts in parts for i, text in enumerate(texts)))

    def ask(self, prompt: Prompt, questions: Sequence[Question]) -> Asked:
        row = self._marks[self._row[prompt]]
        marks = np.array([row[self._place[question.id]] for question in questions])
        tokens = np.full(len(questions), 100.0)
        return Asked(marks, float(len(questions)), tokens, tokens / 10)


def search(drawn: Drawn, questions: Sequence[Question], seed: int) -> tuple[bool, float]:
    """Whether another wording is accepted, and by how much it is better among all questions."""
    order = np.random.default_rng(seed).permutation(len(questions))
    training, validation = ([questions[i] for i in part] for part in np.array_split(order, 2))
    space = Space(drawn.bank, "en", False, 1)  # wordings alone: no place, no examples
    budget = 3.0 * len(WORDINGS) * len(training)  # enough for all of them on all questions
    best = search_prompt(space, drawn.ask, training, budget, 1.0, seed, lambda done, total: None).best
    if best == space.plain:
        return False, 0.0
    is_accepted = accept(drawn.ask, space.plain, best, validation, "questions", seed).is_accepted
    return is_accepted, float(drawn.worth[best] - drawn.worth[space.plain])


def simulate(questions: Sequence[Question], marks: Marks, repeats: int, is_dealt: bool) -> dict[str, float]:
    """Shares among the draws: accepted at all, and accepted though it is no better among all questions."""
    ends = []
    for seed in range(repeats):
        drawn = Drawn(marks, questions, np.random.default_rng([seed, 1]), is_dealt)
        ends.append(search(drawn, questions, seed))
    accepted, useless = (np.array(one) for one in zip(*[(a, a and gain <= 0) for a, gain in ends], strict=True))
    return {"accepted": float(accepted.mean()), "useless": float(useless.mean())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path(".assay-equal"))
    parser.add_argument("--set", default="xquad_en")
    parser.add_argument("--base", default="SmolLM2-135M-Instruct")
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--repeats", type=int, default=400)
    options = parser.parse_args()
    with open_trials(options.data / options.set, options.work, options.base, options.questions) as trials:
        for questions, marks in ask(trials):
            print(len(questions), "questions", [f"{100 * one:.0f}%" for one in np.nanmean(marks, axis=1)], flush=True)
            kept = {"ids": [question.id for question in questions], "marks": marks.tolist()}
            (options.work / f"{options.set}.json").write_text(json.dumps(kept), encoding="utf-8")
    table(options.set, options.base, questions, marks, options.repeats)


def table(name: str, base: str, questions: Sequence[Question], marks: Marks, repeats: int) -> None:
    """Markdown; questions that cannot be marked by words are left out."""
    scored = np.flatnonzero(~np.isnan(marks).any(axis=0))
    questions, marks = [questions[i] for i in scored], marks[:, scored]
    right = np.sort(marks.mean(axis=1))
    alike = np.mean([np.ptp(marks[:, i]) == 0 for i in range(len(questions))])
    print(
        f"{base}, {name}, {len(questions)} questions, {len(WORDINGS)} wordings: {100 * right[0]:.0f} to "
        f"{100 * right[-1]:.0f}% right; on {100 * alike:.0f}% of the questions all of them agree.\n"
    )
    print("| marks | accepted | accepted and no better |\n|---|---|---|")
    for label, is_dealt in (("dealt by chance", True), ("as answered", False)):
        found = simulate(questions, marks, repeats, is_dealt)
        print(f"| {label} | {100 * found['accepted']:.1f}% | {100 * found['useless']:.1f}% |", flush=True)


if __name__ == "__main__":
    main()
