"""Fitting to an exam, with the real index and store: what is kept, what is not looked at, what is not done twice."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assay.bench.store import Store
from assay.corpus.document import Corpus, Document, Passage
from assay.questions.exam import Exam
from assay.questions.question import Question, QuestionSet, Split
from assay.retrieval import ExactIndex, Retriever
from assay.retrieval.ranker_trial import fit_to_exam
from assay.retrieval.steps.ranker_fitting import FITTING

TOWNS = ("Arden", "Bruma", "Corvo", "Delft", "Esker", "Fjord", "Galen", "Hythe", "Inver", "Jarra", "Kelso", "Lorne")
TOPICS = ("lunch", "parking", "holiday", "visitors", "pets")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'assay.db'}")
    yield opened
    opened.close()


def make_exam(n_towns: int = len(TOWNS)) -> Exam:
    """Rules whose heading alone names town and topic, and news that repeat every question's words without an answer."""
    passages = []
    for town in TOWNS[:n_towns]:
        passages += [Passage(f"{town}-{t}", f"{town}.md", None, f"{town} > {t}", "See the table.") for t in TOPICS]
        passages += [Passage(f"{town}-news", "news.md", None, "", f"{town}: {', '.join(TOPICS)}; {town}!")]
    names = dict.fromkeys(passage.document for passage in passages)
    corpus = Corpus(tuple(Document(name, "", "", ()) for name in names), tuple(passages), (), "s")
    questions = []
    for number, town in enumerate(TOWNS[:n_towns]):
        split: Split = ("train", "validation", "test")[number % 3]
        texts = {t: f"What is the rule on {t} in {town}?" for t in TOPICS}
        questions += [Question(f"{town}-{t}", text, ("table",), split=split) for t, text in texts.items()]
    gold = {question.id: (question.id,) for question in questions}
    return Exam("towns", "en", QuestionSet(tuple(questions), "q.jsonl", "s"), gold, corpus)


def plain(exam: Exam) -> Retriever:
    return Retriever(ExactIndex(exam.corpus, None), None, exam.corpus)


def test_a_ranker_that_wins_is_kept_and_said(store: Store) -> None:
    exam = make_exam()
    fitted = fit_to_exam(plain(exam), exam, 0, store, "none")
    assert fitted.retriever.ranker is not None
    assert fitted.summary is not None
    assert (fitted.summary.kept, fitted.summary.name) == (True, "ranker")
    assert fitted.summary.after > fitted.summary.before
    assert fitted.summary.n_questions == 40
    assert "Kept" in FITTING.say(fitted.summary, "en")
    assert "已采用" in FITTING.say(fitted.summary, "zh")


def test_what_was_fitted_is_taken_from_the_store(store: Store) -> None:
    exam = make_exam()
    first = fit_to_exam(plain(exam), exam, 0, store, "none")
    again = fit_to_exam(plain(exam), exam, 0, store, "none")
    assert again.cost == first.cost  # measured once
    assert again.summary == first.summary
    asked = [question.text for question in exam.test]
    assert again.retriever.retrieve(asked, 5) == first.retriever.retrieve(asked, 5)


def test_test_questions_teach_nothing(store: Store) -> None:
    exam = make_exam()
    misled = replace(exam, gold=exam.gold | {question.id: ("Arden-news",) for question in exam.test})
    first, second = (fit_to_exam(plain(one), one, 0, store, "none") for one in (exam, misled))
    assert first.summary == second.summary
    assert first.retriever.ranker is not None
    assert second.retriever.ranker is not None
    assert (first.retriever.ranker.weights == second.retriever.ranker.weights).all()


def test_too_few_questions_are_not_fitted_on(store: Store) -> None:
    exam = make_exam(4)  # 15 questions for training and validation
    retriever = plain(exam)
    fitted = fit_to_exam(retriever, exam, 0, store, "none")
    assert fitted.retriever is retriever
    assert fitted.summary is None


def test_what_does_not_win_is_left_out_and_said(store: Store) -> None:
    exam = make_exam()
    questions = [replace(q, text=f"{q.id.replace('-', ' ')} table") for q in exam.questions.questions]
    easy = replace(exam, questions=replace(exam.questions, questions=tuple(questions)))
    corpus = replace(exam.corpus, passages=tuple(p for p in exam.corpus.passages if not p.id.endswith("news")))
    easy = replace(easy, corpus=corpus)  # every question finds its passage first: there is nothing to win
    fitted = fit_to_exam(plain(easy), easy, 0, store, "none")
    assert fitted.summary is not None
    assert not fitted.summary.kept
    assert fitted.retriever.ranker is None
    assert "left as it was" in FITTING.say(fitted.summary, "en")
