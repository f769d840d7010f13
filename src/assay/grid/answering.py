"""Puts the exam to one cell, batch by batch; what was answered before a kill is not asked again.

Which questions are asked together is fixed by the seed, because an engine's rounding depends on the batch: a resumed
run asks the very batches of an unbroken one and so ends with the same answers.
"""

import time
from collections.abc import Callable, Sequence

import numpy as np

from assay.bench.progress import Progress
from assay.bench.store import Store
from assay.grid.pipeline import Answer, Answerer
from assay.questions.question import Question
from assay.rows.adaptive import Trial, confidence
from assay.scoring import score_answer

__all__ = ["answer_cell", "plan_batches", "try_both"]


def plan_batches(questions: Sequence[Question], latency_sample: int, size: int, seed: int) -> list[list[Question]]:
    """The questions in a seeded order: first `latency_sample` alone, then the rest by `size`."""
    order = np.random.default_rng(seed).permutation(len(questions))
    shuffled = [questions[i] for i in order]
    alone, together = shuffled[:latency_sample], shuffled[latency_sample:]
    return [[q] for q in alone] + [together[i : i + size] for i in range(0, len(together), size)]


def answer_cell(
    name: str,
    key: str,
    batches: Sequence[Sequence[Question]],
    make_pipeline: Callable[[], Answerer],
    store: Store,
    progress: Progress,
) -> dict[str, tuple[Answer, float | None]]:
    """Question id -> answer and latency in seconds, None when asked in a batch. The pipeline is made only if needed."""
    known = store.answers(key)
    total = sum(len(batch) for batch in batches)
    pipeline: Answerer | None = None
    for batch in batches:
        if any(question.id not in known for question in batch):
            if pipeline is None:
                pipeline = make_pipeline()
                pipeline.warm_up()
            rows, seconds = _answer_batch(pipeline, batch)
            store.save_answers(key, rows, seconds)
            known |= {answer.question_id: (answer, latency) for answer, latency in rows}
        progress.step(name, min(len(known), total), total)
    return known


def try_both(questions: Sequence[Question], from_memory: Answerer, with_passages: Answerer, size: int) -> list[Trial]:
    """Each validation question asked closed and open book, in batches of `size`, and which of the answers is right."""
    trials = []
    for start in range(0, len(questions), size):
        batch = questions[start : start + size]
        for question, first, second in zip(batch, from_memory.answer(batch), with_passages.answer(batch), strict=True):
            sure = confidence(first.text, first.logprob, first.n_new_tokens)
            right = (score_answer(answer.text, question).correct for answer in (first, second))
            trials.append(Trial(sure, *right))
    return trials


def _answer_batch(pipeline: Answerer, batch: Sequence[Question]) -> tuple[list[tuple[Answer, float | None]], float]:
    started = time.perf_counter()
    answers = pipeline.answer(batch)
    seconds = time.perf_counter() - started
    latency = seconds if len(batch) == 1 else None
    return [(answer, latency) for answer in answers], seconds
