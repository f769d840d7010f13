"""A cross-encoder tuned to an exam's own questions, with a real one, small and random, and the real index and store."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from safetensors.torch import load_file
from tests.retrieval.cross_encoder import write_cross_encoder
from tests.retrieval.test_ranker_trial import TOPICS, TOWNS, make_exam, plain, store
from tests.retrieval.test_reranker_trial import mean_ndcg

from assay.bench.store import Store
from assay.corpus.document import Passage
from assay.questions.exam import Exam
from assay.retrieval import cross_encoder_tuning as reranker_tuning
from assay.retrieval.cross_encoder_tuning import Lesson, tune_cross_encoder
from assay.retrieval.gain import Tried
from assay.retrieval.rerank import CrossEncoderReranker, Reranking
from assay.retrieval.reranker_trial import find_reranking, try_reranker_tuning
from assay.retrieval.steps.reranker_tuning import RERANKER_TUNING
from assay.settings import Settings

__all__ = ["store"]  # a fixture

pytestmark = pytest.mark.skipif(
    find_spec("sentence_transformers") is None, reason="sentence-transformers is not installed"
)  # found, not imported: 4 seconds


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = [passage.heading + " " + passage.text for passage in make_exam().corpus.passages]
    return write_cross_encoder(tmp_path_factory.mktemp("cross"), [*texts, "What is the rule on", *TOPICS, *TOWNS])


@pytest.fixture(autouse=True)
def learns_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reranker_tuning, "RATE", 3e-3)
    monkeypatch.setattr(reranker_tuning, "EPOCHS", 10)


def tune(exam: Exam, cross_encoder: Path, store: Store, folder: Path, depth: int = 2) -> tuple[Tried, int]:
    """What came of it, and how often progress was told."""
    told: list[int] = []
    settings = Settings(reranker=str(cross_encoder), fit_retriever="reranker", rerank_depth=depth)
    tried = try_reranker_tuning(
        plain(exam), exam, settings, store, ["plain"], folder, lambda done, total: told.append(done)
    )
    return tried, len(told)


def test_one_that_learns_is_kept_and_served_and_tuned_once(cross_encoder: Path, store: Store, tmp_path: Path) -> None:
    exam = make_exam()
    tuned, told = tune(exam, cross_encoder, store, tmp_path)
    assert told > 0
    assert tuned.summary is not None
    assert tuned.summary.kept
    assert tuned.summary.before == pytest.approx(mean_ndcg(plain(exam), exam))
    assert tuned.summary.after > tuned.summary.before + 0.1  # news repeat every word of a question, and never answer
    untuned = replace(plain(exam), orders=(Reranking(CrossEncoderReranker(str(cross_encoder)), 2),))
    assert tuned.summary.after > mean_ndcg(untuned, exam)
    asked = [question.text for question in exam.test]
    first = [row[0].passage_id for row in tuned.retriever.retrieve(asked, 1)]
    before = [row[0].passage_id for row in plain(exam).retrieve(asked, 1)]
    assert sum(id.endswith("news") for id in first) < sum(id.endswith("news") for id in before)
    assert "Kept" in RERANKER_TUNING.say(tuned.summary, "en")
    assert "已采用" in RERANKER_TUNING.say(tuned.summary, "zh")

    again, told = tune(exam, cross_encoder, store, tmp_path)
    assert told == 0
    assert again.summary == tuned.summary
    assert again.cost == tuned.cost
    assert again.retriever.retrieve(asked, 5) == tuned.retriever.retrieve(asked, 5)

    misled = replace(exam, gold=exam.gold | {question.id: ("Arden-news",) for question in exam.test})
    assert tune(misled, cross_encoder, store, tmp_path / "misled")[0].summary == tuned.summary


def test_one_that_learns_nothing_is_left_out_and_said(
    cross_encoder: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reranker_tuning, "RATE", 0.0)
    exam = make_exam()
    tried, _ = tune(exam, cross_encoder, store, tmp_path, depth=6)
    assert tried.summary is not None
    assert not tried.summary.kept
    assert find_reranking(tried.retriever) is None
    assert list(tmp_path.glob("reranker-*")) == []  # nothing is kept beside the index
    assert "left out" in RERANKER_TUNING.say(tried.summary, "en")
    assert "没有采用" in RERANKER_TUNING.say(tried.summary, "zh")


def test_it_has_to_win_against_the_untuned_one_where_that_had_won(
    cross_encoder: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam = make_exam()
    tuned, _ = tune(exam, cross_encoder, store, tmp_path)
    taken = find_reranking(tuned.retriever)
    assert taken is not None
    assert isinstance(taken.reranker, CrossEncoderReranker)
    monkeypatch.setattr(reranker_tuning, "RATE", 0.0)
    (good,) = tmp_path.glob("reranker-*")
    settings = Settings(reranker=str(good), fit_retriever="reranker", rerank_depth=2)
    again = try_reranker_tuning(
        tuned.retriever, exam, settings, store, ["tuned"], tmp_path / "again", lambda done, total: None
    )
    assert again.summary is not None
    assert again.summary.before > 0.9
    assert again.summary.gain.value == 0  # the same weights
    assert again.retriever is tuned.retriever


def test_too_few_questions_are_not_tuned_on(cross_encoder: Path, store: Store, tmp_path: Path) -> None:
    exam = make_exam(4)
    tried, told = tune(exam, cross_encoder, store, tmp_path)
    assert tried.summary is None
    assert told == 0


def test_the_same_lessons_give_the_same_weights(cross_encoder: Path, tmp_path: Path) -> None:
    right, wrong = (Passage(name, "a.md", None, "", f"{name} parking") for name in ("Arden", "Bruma"))
    lessons = [Lesson("What is the rule on parking", (right,), (wrong,)) for _ in range(40)]
    for name in ("first", "second"):
        tune_cross_encoder(str(cross_encoder), lessons, tmp_path / name, 3, lambda done, total: None)
    first, second = (load_file(tmp_path / name / "model.safetensors") for name in ("first", "second"))
    assert all((first[name] == second[name]).all() for name in first)
    reranker = CrossEncoderReranker(str(tmp_path / "first"))
    good, bad = reranker.score(lessons[0].question, [right, wrong])
    assert good > bad
