"""Puts the exam to one cell, batch by batch; what was answered before a kill is not asked again.

Which questions are asked together is fixed by the seed, because an engine's rounding depends on the batch: a resumed
run asks the very batches of an unbroken one and so ends with the same answers.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from assay.bench.bench import Bench
from assay.bench.progress import Progress
from assay.bench.store import Store
from assay.errors import PartError
from assay.questions.answer import Answer, Answerer
from assay.questions.question import Question

__all__ = ["Answered", "answer_beside", "answer_cell", "known_answers", "plan_batches", "seconds_an_answer"]

Answered = Mapping[str, tuple[Answer, float | None]]  # question id -> answer and latency (s), None in a batch


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
    known = known_answers(key, store)
    total = sum(len(batch) for batch in batches)
    pipeline: Answerer | None = None
    for batch in batches:
        if any(question.id not in known for question in batch):
            if pipeline is None:
                pipeline = make_pipeline()
                pipeline.warm_up()
            rows, seconds = _answer_batch(name, pipeline, batch)
            store.save_answers(key, {answer.question_id: _kept(answer, latency) for answer, latency in rows}, seconds)
            known |= {answer.question_id: (answer, latency) for answer, latency in rows}
        progress.step(name, min(len(known), total), total)
    return known


def answer_beside(
    name: str,
    key: str,
    questions: Sequence[Question],
    make_pipeline: Callable[[], Answerer],
    bench: Bench,
    draw: int = 0,
) -> dict[str, tuple[Answer, float | None]]:
    """What is answered to questions beside the exam, none alone; as `answer_cell`. Another `draw`: in other batches."""
    s = bench.settings
    batches = plan_batches(questions, 0, s.answer_batch, s.seed + draw)
    return answer_cell(name, key, batches, make_pipeline, bench.store, bench.progress)


def seconds_an_answer(batches: Sequence[Mapping[str, Any]]) -> float:
    """Of what `Store.batches` gives: over the questions asked together; over all where none were."""
    together = [batch for batch in batches if batch["n"] > 1] or list(batches)
    return float(sum(batch["seconds"] for batch in together) / max(1, sum(batch["n"] for batch in together)))


def known_answers(key: str, store: Store) -> dict[str, tuple[Answer, float | None]]:
    """What a cell has answered so far: question id -> answer and latency in seconds, None when asked in a batch."""
    return {id: (_read(kept["answer"]), kept["latency_s"]) for id, kept in store.answers(key).items()}


def _kept(answer: Answer, latency: float | None) -> dict[str, Any]:
    return {"answer": asdict(answer), "latency_s": latency}


def _read(kept: dict[str, Any]) -> Answer:
    return Answer(**kept | {"passages": tuple(kept["passages"])})


def _answer_batch(
    name: str, pipeline: Answerer, batch: Sequence[Question]
) -> tuple[list[tuple[Answer, float | None]], float]:
    started = time.perf_counter()
    answers = pipeline.answer(batch)
    seconds = time.perf_counter() - started
    if [answer.question_id for answer in answers] != [question.id for question in batch]:
        raise PartError(f"{name} gave {len(answers)} answers to {len(batch)} questions, or to others")
    latency = seconds if len(batch) == 1 else None
    return [(answer, latency) for answer in answers], seconds
