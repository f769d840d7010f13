import subprocess
import sys

import numpy as np
import pytest

from assay.corpus.document import Corpus, Document, Passage
from assay.retrieval.features import FEATURES, Candidates, FeatureReader
from assay.retrieval.index import Hit
from assay.retrieval.terms import read_terms, terms_of

PASSAGES = (
    Passage("a", "x.md", 1, "Travel > Trains", "Second class only. Book 14 days ahead."),
    Passage("b", "x.md", 1, "Travel > Planes", "Economy class only."),
    Passage("c", "x.md", 2, "Meals", "Lunch costs EUR 9."),
    Passage("d", "y.md", 1, "Trains", "The museum shows old trains."),
)
CORPUS = Corpus((Document("x.md", "Travel", "", ()), Document("y.md", "", "", ())), PASSAGES, (), "s")


def candidates(question: str, text: list[tuple[str, float]], dense: list[tuple[str, float]]) -> Candidates:
    hits = [[Hit(id, score, rank) for rank, (id, score) in enumerate(one, 1)] for one in (text, dense)]
    return FeatureReader(CORPUS).candidates(question, *hits)


def value(found: Candidates, id: str, feature: str) -> float:
    return float(found.features[found.ids.index(id), FEATURES.index(feature)])


def test_candidates_are_those_of_both_lists_words_first() -> None:
    found = candidates("trains", [("d", 4.0), ("a", 2.0)], [("b", 0.9), ("a", 0.5), ("c", 0.4)])
    assert found.ids == ("d", "a", "b", "c")
    assert found.features.shape == (4, len(FEATURES))
    assert [value(found, id, "words") for id in found.ids] == [1.0, 0.5, 0.0, 0.0]
    assert [value(found, id, "dense") for id in found.ids] == pytest.approx([0.0, 0.2, 1.0, 0.0])


def test_nothing_found_has_no_rows() -> None:
    assert candidates("trains", [], []).features.shape == (0, len(FEATURES))


def test_what_of_the_question_stands_where() -> None:
    found = candidates("Book trains 14 days ahead?", [("a", 2.0), ("d", 1.0)], [("c", 0.5)])
    assert value(found, "a", "coverage") == 1.0
    assert value(found, "a", "numbers") == 1.0
    assert value(found, "d", "numbers") == 0.0
    assert value(found, "a", "heading") > 0 == value(found, "c", "heading")
    # "14 days" and "days ahead" are neighbours in a alone; "book trains" and "trains 14" nowhere
    assert value(found, "a", "pairs") == 1.0
    assert value(found, "a", "sentence") == value(found, "a", "text")  # all of it in one sentence


def test_good_company_counts() -> None:
    found = candidates("class", [("a", 2.0), ("b", 2.0), ("d", 1.0)], [])
    assert value(found, "a", "neighbour") == 0.5  # b: best by words, not found by meaning
    assert value(found, "a", "page") == pytest.approx(np.log1p(0.5))
    assert value(found, "a", "document_words") == pytest.approx(np.log1p(1.0))
    assert value(found, "d", "neighbour") == value(found, "d", "page") == 0.0  # c, before it, is of another document
    assert [value(found, id, "opening") for id in ("a", "b", "d")] == [1.0, 0.0, 1.0]


def test_a_passage_outside_the_hits_has_no_influence() -> None:
    alone = Corpus(CORPUS.documents, PASSAGES[:2], (), "t")
    hits = [Hit("a", 2.0, 1), Hit("b", 1.0, 2)]
    with_others, without = (FeatureReader(corpus).candidates("class", hits, hits) for corpus in (CORPUS, alone))
    assert (with_others.features == without.features).all()


def test_a_question_for_a_number_looks_for_numbers() -> None:
    found = candidates("How many days ahead?", [("a", 2.0), ("b", 1.0)], [])
    assert value(found, "a", "quantity") > value(found, "b", "quantity") == 0.0
    assert value(candidates("Who books trains?", [("a", 2.0)], []), "a", "quantity") == 0.0


def test_terms_are_beginnings_of_words_and_pairs_of_characters() -> None:
    assert terms_of("Applying for ÉTÉ leave") == ["applyi", "for", "été", "leave"]
    assert terms_of("每周工作38小时") == ["每周", "周工", "工作", "38", "小时"]
    assert terms_of("我") == ["我"]
    assert terms_of("QX-4711") == ["qx", "4711"]


def test_a_passage_is_read_by_sentence() -> None:
    read = read_terms(Passage("p", "d", None, "标题", "第一句。第二句有3个。"))
    assert len(read.sentences) == 3  # the last is empty
    assert read.n_numbers == 1


def test_the_same_numbers_in_every_process() -> None:
    code = (
        "from tests.retrieval.test_features import candidates\n"
        "hits = [('a', 3.0), ('b', 2.0), ('d', 1.5)]\n"
        "found = candidates('Which class for trains and planes, booked 14 days ahead?', hits, hits)\n"
        "print(found.features.tobytes().hex())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(outputs) == 1
