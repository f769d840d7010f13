"""The encoder's reading of questions tuned to the exam's own, where that wins. Never sees a test question."""

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assay.bench.keys import key_of
from assay.bench.store import Store
from assay.models.cache import build_once
from assay.questions.exam import Exam
from assay.retrieval import Encoder, Ranker, Retriever
from assay.retrieval.fitting import fit_retriever, remember
from assay.retrieval.gain import Gain, Tried, gain_of, read_gain, wins
from assay.retrieval.index import indexed_texts
from assay.retrieval.ranker_trial import known_questions
from assay.retrieval.vectors import load_vectors
from assay.statistics.crossfit import make_folds

if TYPE_CHECKING:
    from assay.retrieval.bert_encoder import BertParts

__all__ = ["try_query_tuning"]

QUERY_TUNING_VERSION = 2  # part of the key of what was tuned: count up when it is tuned or judged otherwise

Progress = Callable[[int, int], None]  # done, total


def try_query_tuning(
    fitted: Tried,
    plain: Retriever,
    encoder: Encoder,
    parts: "BertParts",
    exam: Exam,
    seed: int,
    store: Store,
    index_folder: Path,
    progress: Progress,
) -> Tried:
    """The retriever with a tuned reading of questions and a ranker fitted to it; as it was where that is not better.

    Every question is judged by weights, of the encoder and of the ranker, that it took no part in. What was tuned is
    kept beside the index, what was found in the store; neither is computed again.

    Args:
        fitted: what the untuned encoder reaches.
        plain: the search before anything was fitted.
        encoder: that of the index.
        parts: what it is built from.
        exam: whose questions for training and validation teach and judge.
        seed: of folds and of the order of questions.
        store: of what was found.
        index_folder: where the vectors of the passages are.
        progress: is told the trainings done.
    """
    if not fitted.values:
        return Tried(fitted.retriever, values=fitted.values)
    from assay.retrieval.query_tuning import (
        load_known_vectors,
        load_tuned_queries,
        save_tuned_queries,
        tune_queries,
    )

    memory = remember(encoder, known_questions(exam), exam.gold)
    key = key_of(exam=exam.asked_key, encoder=encoder.name, seed=seed, version=QUERY_TUNING_VERSION)

    def build(empty: Path) -> None:
        passages = load_vectors(indexed_texts(exam.corpus), encoder, index_folder / "vectors.sqlite")
        place_of = {passage.id: place for place, passage in enumerate(exam.corpus.passages)}
        folds = make_folds(memory.groups, seed)
        save_tuned_queries(tune_queries(parts, memory, passages, place_of, folds, seed, progress), empty)

    folder, name = index_folder / f"queries-{key}", f"query-tuning/{key}"

    def find(_: object) -> dict[str, Any]:
        build_once(folder, build)
        fitting = fit_retriever(plain, replace(memory, vectors=load_known_vectors(folder)), seed)
        gain = gain_of(fitting.after, fitted.values, memory.groups, seed)
        found = Gain(
            kept=wins(gain),
            before=float(np.mean(fitted.values)),
            after=float(np.mean(fitting.after)),
            gain=gain,
            n_questions=len(fitting.after),
        )
        summary = {name: value for name, value in asdict(found).items() if name != "name"}
        return {"summary": summary, "weights": fitting.weights}

    made = store.once(name, find)
    fact = made.value
    summary = read_gain(fact["summary"])
    if not summary.kept:
        return Tried(fitted.retriever, summary, made.cost, fitted.values)
    build_once(folder, build)  # someone may have cleared it away
    asked = replace(memory, vectors=load_known_vectors(folder))
    ranker = Ranker(exam.corpus, np.array(fact["weights"]), asked).over(plain.corpus)
    split = load_tuned_queries(folder, parts, encoder)
    return Tried(replace(plain, encoder=split, ranker=ranker), summary, made.cost)
