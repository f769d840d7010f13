"""The retriever fitted to the exam's own questions, where that wins by more than noise. Never sees a test question."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any, Literal

import numpy as np

from assay.bench.keys import key_of
from assay.bench.store import Store
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval import Fusion, Ranker, Retriever
from assay.retrieval.fitting import FITTING_VERSION, Fitting, fit_retriever, remember
from assay.retrieval.gain import LEAST_QUESTIONS, Tried, gain_of, read_gain, wins
from assay.statistics.estimate import Estimate

__all__ = ["choose", "fit_to_exam", "fitting_key", "known_questions"]

Kept = Literal["ranker", "fusion", "nothing"]


def fitting_key(mode: str, seed: int) -> list[Any]:
    """What a fitting depends on besides the exam and the encoder, for keys."""
    return [mode, seed, FITTING_VERSION]


def fit_to_exam(plain: Retriever, exam: Exam, seed: int, store: Store, encoder_name: str) -> Tried:
    """The retriever with what the questions for training and validation taught; as it was where that is not better.

    Every question is judged by a fit that it took no part in. What was found is kept in the store and not computed
    again.
    """
    known = known_questions(exam)
    if len(known) < LEAST_QUESTIONS:
        return Tried(plain)
    memory = remember(plain.encoder, known, exam.gold)
    if len(set(memory.groups)) < 2:
        return Tried(plain)
    key = "fitting/" + key_of(exam=exam.asked_key, encoder=encoder_name, fitting=fitting_key("auto", seed))
    made = store.once(key, lambda _: _describe(fit_retriever(plain, memory, seed), memory.groups, seed))
    fact = made.value
    kept = fact["summary"]["kept"]
    shown = "fusion" if kept == "fusion" else "ranker"
    summary = read_gain(fact["summary"] | {"kept": kept != "nothing", "name": shown})
    fitted = plain
    if kept == "ranker":
        ranker = Ranker(exam.corpus, np.array(fact["weights"]), memory)
        fitted = replace(plain, ranker=ranker.over(plain.corpus))
    elif kept == "fusion":
        fitted = replace(plain, ranker=None, fusion=Fusion(**fact["fusion"]))
    return Tried(fitted, summary, made.cost, tuple(fact["values"]))


def known_questions(exam: Exam) -> list[Question]:
    """The questions for training and validation whose passages are known.

    No paraphrases: one in another fold than its source would make a gain look larger than it is.
    """
    return [
        question
        for question in (*exam.train, *exam.validation)
        if question.answerable and exam.gold.get(question.id) and question.origin != "paraphrased"
    ]


def choose(fitting: Fitting, groups: Sequence[str], seed: int) -> tuple[Kept, dict[Kept, Estimate]]:
    """What to keep of a fitting, the ranker if it wins, else the fusion if that does; and the gain of each."""
    gains: dict[Kept, Estimate] = {
        "ranker": gain_of(fitting.after, fitting.before, groups, seed),
        "fusion": gain_of(fitting.fused, fitting.before, groups, seed),
    }
    return next((name for name, gain in gains.items() if wins(gain)), "nothing"), gains


def _describe(fitting: Fitting, groups: Sequence[str], seed: int) -> dict[str, Any]:
    """What is kept of a fitting, as plain values."""
    kept, gains = choose(fitting, groups, seed)
    shown: Kept = "fusion" if kept == "fusion" else "ranker"
    summary = {
        "kept": kept,
        "before": float(np.mean(fitting.before)),
        "after": float(np.mean(fitting.fused if kept == "fusion" else fitting.after)),
        "gain": asdict(gains[shown]),
        "n_questions": len(fitting.before),
    }
    values = {"ranker": fitting.after, "fusion": fitting.fused, "nothing": fitting.before}[kept]
    return {"summary": summary, "weights": fitting.weights, "fusion": asdict(fitting.fusion), "values": values}
