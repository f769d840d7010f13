"""A re-ranker on trial before an exam's own questions: kept where it wins, left out where not, tried once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.retrieval.test_ranker_trial import make_exam, plain, store

from assay.bench.store import Store
from assay.corpus.document import Passage
from assay.models import LocalModel
from assay.models.likelihood import load_scorer
from assay.questions.exam import Exam
from assay.retrieval import Retriever, ndcg_at_k, reranker_trial
from assay.retrieval.gain import Tried
from assay.retrieval.rerank import Reranker, Reranking, load_reranker
from assay.retrieval.reranker_trial import find_reranking, try_reranker
from assay.retrieval.steps.reranking import RERANKING
from assay.settings import Settings

__all__ = ["store"]  # a fixture


class Headings:
    """Counts the words that heading and question share, and keeps what it was asked; `sign` −1: the other way round."""

    name = "headings"

    def __init__(self, sign: int = 1):
        self.asked: list[str] = []
        self._sign = sign

    def score(self, question: str, passages: Sequence[Passage]) -> list[float]:
        self.asked.append(question)
        words = set(question.rstrip("?").split())
        return [self._sign * float(len(words & set(passage.heading.split()))) for passage in passages]


def on_trial(exam: Exam, reranker: Reranker, store: Store, **settings: Any) -> Tried:
    chosen = Settings(reranker="models/headings", **settings)
    return try_reranker(plain(exam), reranker, exam, chosen, store, [reranker.name], lambda done, total: None)


def mean_ndcg(retriever: Retriever, exam: Exam) -> float:
    known = [*exam.train, *exam.validation]
    hits = retriever.retrieve([question.text for question in known], 10)
    pairs = zip(known, hits, strict=True)
    return float(np.mean([ndcg_at_k([hit.passage_id for hit in row], exam.gold[q.id], 10) for q, row in pairs]))


def test_one_that_wins_is_kept_and_what_was_judged_is_what_is_served(store: Store) -> None:
    exam = make_exam()
    reranked = on_trial(exam, Headings(), store)
    summary = reranked.summary
    assert summary is not None
    assert summary.kept
    assert summary.after == 1.0  # town and topic stand in one heading only
    assert summary.before == pytest.approx(mean_ndcg(plain(exam), exam))
    assert summary.after == pytest.approx(mean_ndcg(reranked.retriever, exam))
    assert summary.before < 0.9
    assert "Re-ranker headings judged on 40 questions" in RERANKING.say(summary, "en")
    assert "已采用" in RERANKING.say(summary, "zh")


def test_one_that_loses_is_left_out_and_said(store: Store) -> None:
    exam = make_exam()
    reranked = on_trial(exam, Headings(-1), store)
    assert find_reranking(reranked.retriever) is None
    assert reranked.summary is not None
    assert not reranked.summary.kept
    assert reranked.summary.gain.value < 0
    assert "left out" in RERANKING.say(reranked.summary, "en")
    assert "没有采用" in RERANKING.say(reranked.summary, "zh")


def test_the_trial_is_made_once_and_asks_no_test_question(store: Store) -> None:
    exam = make_exam()
    first, second = Headings(), Headings()
    tried, again = on_trial(exam, first, store), on_trial(exam, second, store)
    assert sorted(first.asked) == sorted(question.text for question in (*exam.train, *exam.validation))
    assert second.asked == []
    assert again.summary == tried.summary
    assert again.cost == tried.cost  # measured once


def test_test_questions_decide_nothing(store: Store) -> None:
    exam = make_exam()
    misled = replace(exam, gold=exam.gold | {question.id: ("Arden-news",) for question in exam.test})
    assert on_trial(exam, Headings(), store).summary == on_trial(misled, Headings(), store).summary


def test_of_many_questions_a_draw_is_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranker_trial, "JUDGED", 25)
    exam, drawn, other = make_exam(), Headings(), Headings()
    on_trial(exam, drawn, store)
    on_trial(exam, other, store, seed=1)
    assert len(set(drawn.asked)) == len(set(other.asked)) == 25
    assert set(drawn.asked) != set(other.asked)


def test_with_too_few_questions_it_is_taken_as_asked_for(store: Store) -> None:
    reranked = on_trial(make_exam(4), Headings(-1), store, rerank_depth=7)
    assert reranked.summary is None
    taken = find_reranking(reranked.retriever)
    assert taken is not None
    assert taken.depth == 7


def test_the_base_model_on_trial(store: Store, model: LocalModel) -> None:
    exam = make_exam(7)  # 25 questions for training and validation
    likelihood = load_reranker("likelihood", lambda: load_scorer(model))
    assert likelihood is not None
    reranked = on_trial(exam, likelihood, store, rerank_depth=5)
    assert reranked.summary is not None
    assert (find_reranking(reranked.retriever) == Reranking(likelihood, 5)) == reranked.summary.kept
    served = replace(plain(exam), orders=(Reranking(likelihood, 5),))
    assert reranked.summary.after == pytest.approx(mean_ndcg(served, exam))
