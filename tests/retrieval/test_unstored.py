"""The index without a database finds what the one in LanceDB finds, in ordinary English and Chinese too."""

from pathlib import Path

import numpy as np
import pytest

import assay.retrieval.index_versions
from assay.errors import MissingExtra
from assay.retrieval import ExactIndex, Index, build_index, unstored
from assay.retrieval.unstored import build_unstored, stems

TEXTS = [
    "Employees are running late for the meetings of the naïve café owners.",
    "A meeting was held; the owner ran a café. Applications close on 3 May 2025.",
    "Part number QX-4711 replaces QX-4712, applied generously.",
    "公司年休假为十五天。",
    "年休假的申请须提前两周提交给经理。",
    "x" * 60 + " nothing",
    "Straßenbahn fares: EUR 2.50 (children's tickets are cheaper).",
]
QUESTIONS = [
    "When does the employee's meeting run?", "Who owns the cafe?", "How do I apply for QX-4711?", "年休假有多少天？",
    "谁批准年休假的申请", "x" * 60, "child fares", "", "?!",
]  # fmt: skip


class Letters:
    """Vectors of how often each letter stands in a text: an encoder that needs no weights."""

    name, dimension = "letters", 26

    def encode_queries(self, texts):
        return self.encode_passages(texts)

    def encode_passages(self, texts):
        counts = np.array([[text.lower().count(chr(97 + n)) + 0.1 for n in range(26)] for text in texts])
        return (counts / np.linalg.norm(counts, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def both(make_corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Index, Index]:
    corpus, encoder = make_corpus(TEXTS), Letters()
    stored = build_index(corpus, encoder, tmp_path / "stored")
    monkeypatch.setattr(assay.retrieval.index_versions, "find_spec", lambda name: None)  # as without LanceDB
    return stored, build_index(corpus, encoder, tmp_path / "unstored")


@pytest.mark.parametrize("mode", ["dense", "text", "hybrid"])
def test_it_agrees_with_lancedb(both: tuple[Index, Index], mode) -> None:
    stored, made = both
    assert isinstance(made, ExactIndex)
    for question in QUESTIONS:
        vector = Letters().encode_queries([question])[0]
        wanted, found = (index.search(question, vector, 5, mode) for index in (stored, made))
        assert [hit.passage_id for hit in found] == [hit.passage_id for hit in wanted], question
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in wanted], abs=1e-4)


def test_words_are_reduced_to_stems() -> None:
    assert stems("The employees' meetings, RUNNING cafés") == ["the", "employe", "meet", "run", "cafe"]


def test_vectors_are_kept(make_corpus, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    for _ in range(2):
        build_unstored(
            make_corpus(TEXTS), Letters(), tmp_path / "v.sqlite", lambda done, total: told.append((done, total))
        )
    assert told == [(0, 7), (7, 7), (7, 7)]


def test_too_many_passages_say_what_to_install(make_corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unstored, "MOST", 6)
    with pytest.raises(MissingExtra, match=r'7 passages need LanceDB to be searched: pip install "assay\[index\]"'):
        build_unstored(make_corpus(TEXTS), None, tmp_path / "v.sqlite", lambda done, total: None)
