"""Fitting on a corpus in which headings decide: what words and meaning find alike, the weights must tell apart."""

from dataclasses import replace

import numpy as np
import pytest

from assay.corpus.document import Corpus, Document, Passage
from assay.questions.question import Question
from assay.retrieval import ExactIndex, Ranker, Retriever, ndcg_at_k
from assay.retrieval.fitting import FUSIONS, Found, fit_retriever, fit_weights, remember
from assay.retrieval.ranker import ALL_FEATURES, start_ranker, start_weights

TOWNS = ("Arden", "Bruma", "Corvo", "Delft", "Esker", "Fjord", "Galen", "Hythe", "Inver", "Jarra", "Kelso", "Lorne")
TOPICS = ("lunch", "parking", "holiday")


def build() -> tuple[Retriever, list[Question], dict[str, tuple[str, ...]]]:
    """Every town's rules under its heading, and a news page that repeats the questions' words without an answer."""
    passages = []
    for town in TOWNS:
        passages += [
            Passage(f"{town}-{topic}", "rules.md", None, f"{town} > {topic}", "See the table.") for topic in TOPICS
        ]
        passages += [Passage(f"{town}-news", "news.md", None, "News", f"{town}: lunch, parking and holiday, {town}!")]
    corpus = Corpus((Document("rules.md", "", "", ()), Document("news.md", "", "", ())), tuple(passages), (), "s")
    questions = [
        Question(f"{town}-{topic}", f"What is the rule on {topic} in {town}?", ("x",))
        for town in TOWNS
        for topic in TOPICS
    ]
    return Retriever(ExactIndex(corpus, None), None, corpus), questions, {q.id: (q.id,) for q in questions}


def ndcg(retriever: Retriever, questions: list[Question], gold: dict[str, tuple[str, ...]]) -> float:
    hits = retriever.retrieve([question.text for question in questions], 10)
    found = [[hit.passage_id for hit in row] for row in hits]
    return float(np.mean([ndcg_at_k(ids, gold[q.id]) for ids, q in zip(found, questions, strict=True)]))


def test_fitting_helps_on_questions_that_it_never_saw() -> None:
    retriever, questions, gold = build()
    train, test = questions[:24], questions[24:]
    memory = remember(None, train, gold)
    fitting = fit_retriever(retriever, memory, seed=0)
    fitted = replace(retriever, ranker=Ranker(retriever.corpus, np.array(fitting.weights), memory))
    assert np.mean(fitting.after) > np.mean(fitting.before)
    assert ndcg(fitted, test, gold) > ndcg(retriever, test, gold)


def test_the_figure_before_is_that_of_the_retriever() -> None:
    retriever, questions, gold = build()
    fitting = fit_retriever(retriever, remember(None, questions, gold), seed=0)
    assert np.mean(fitting.before) == pytest.approx(ndcg(retriever, questions, gold))
    assert fitting.fusion in FUSIONS
    assert np.mean(fitting.fused) >= np.mean(fitting.before)


def test_a_search_that_ranks_already_is_what_fitting_starts_from() -> None:
    retriever, questions, gold = build()
    headings = np.array([8.0 if name == "heading" else 0.0 for name in ALL_FEATURES])
    ranked = replace(retriever, ranker=replace(start_ranker(retriever.corpus), weights=headings))
    fitting = fit_retriever(ranked, remember(None, questions, gold), seed=0)
    assert np.mean(fitting.before) == pytest.approx(ndcg(ranked, questions, gold))
    assert np.mean(fitting.before) > ndcg(retriever, questions, gold)
    assert np.argmax(fitting.weights) == ALL_FEATURES.index("heading")


def test_the_same_questions_give_the_same_fit() -> None:
    retriever, questions, gold = build()
    first, second = (fit_retriever(retriever, remember(None, questions, gold), seed=3) for _ in range(2))
    assert first == second


def test_questions_without_gold_are_not_remembered() -> None:
    _, questions, gold = build()
    assert len(remember(None, questions, {**gold, questions[0].id: ()}).texts) == len(questions) - 1


def test_near_duplicates_share_a_group() -> None:
    asked = [Question(str(n), text, ("x",)) for n, text in enumerate(["When is lunch?", "when is LUNCH", "Who pays?"])]
    assert remember(None, asked, {q.id: ("p",) for q in asked}).groups == ("0", "0", "1")


def test_weights_separate_and_a_penalty_holds_them_to_the_start() -> None:
    features = np.zeros((4, 2, len(ALL_FEATURES)))
    features[:, 1, 2] = 1.0  # the gold candidate has the heading, the other has not
    gold = np.tile([False, True], (4, 1))
    found = Found(features, np.ones((4, 2), dtype=bool), gold)
    free, held = (fit_weights(found, np.zeros(len(ALL_FEATURES)), penalty) for penalty in (0.1, 1e6))
    # 4 log(1 + exp(-w)) + .05 w^2 is least where 4 / (1 + exp(w)) = .1 w, that is at w = 2.6470
    assert free[2] == pytest.approx(2.6470, abs=1e-3)
    assert (np.delete(free, 2) == 0).all()
    assert np.abs(held).max() < 1e-4
    assert start_weights().shape == (len(ALL_FEATURES),)


def test_questions_of_which_nothing_was_found_teach_nothing() -> None:
    features = np.ones((2, 3, len(ALL_FEATURES)))
    found = Found(features, np.ones((2, 3), dtype=bool), np.zeros((2, 3), dtype=bool))
    assert fit_weights(found, start_weights(), 1.0) == pytest.approx(start_weights())
