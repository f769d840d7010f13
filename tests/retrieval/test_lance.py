import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import assay.retrieval.index_versions
import assay.retrieval.lance
from assay.errors import InputError, NotFound
from assay.retrieval import ExactIndex, build_index, open_index
from assay.retrieval import vectors as cache


class CountingEncoder:
    """Hash-like vectors that depend on the text alone; remembers what it was asked to encode."""

    dimension = 32

    def __init__(self, name: str = "counting", fail_after: int | None = None):
        self.name = name
        self.seen: list[str] = []
        self._fail_after = fail_after

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._vectors(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        if self._fail_after is not None and len(self.seen) >= self._fail_after:
            raise KeyboardInterrupt
        self.seen += texts
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        rows = [np.random.default_rng(list(text.encode("utf-8", "replace"))).normal(size=32) for text in texts]
        return np.stack([row / np.linalg.norm(row) for row in rows]).astype(np.float32)


TEXTS = [f"passage number n{row}" for row in range(12)]


def test_a_finished_index_is_opened_not_built(make_corpus, tmp_path: Path) -> None:
    build_index(make_corpus(TEXTS), CountingEncoder(), tmp_path)
    again = CountingEncoder()
    index = build_index(make_corpus(TEXTS), again, tmp_path)
    assert again.seen == []
    assert index.search("n7", None, 1, "text")[0].passage_id == "p7"
    assert open_index(make_corpus(TEXTS), again, tmp_path).search("n7", None, 1, "text")[0].passage_id == "p7"


def test_only_what_changed_is_encoded(make_corpus, tmp_path: Path) -> None:
    build_index(make_corpus(TEXTS), CountingEncoder(), tmp_path)
    second = CountingEncoder()
    index = build_index(make_corpus(["a new one", *TEXTS[:5], *TEXTS[6:]]), second, tmp_path)
    assert second.seen == ["a new one"]
    wanted = second.encode_queries([TEXTS[7]])[0]
    assert index.search("", wanted, 1, "dense")[0].passage_id == "p7"


def test_another_encoder_shares_nothing(make_corpus, tmp_path: Path) -> None:
    build_index(make_corpus(TEXTS), CountingEncoder("one"), tmp_path)
    with pytest.raises(NotFound, match="assay run"):
        open_index(make_corpus(TEXTS), CountingEncoder("two"), tmp_path)
    with pytest.raises(NotFound):
        open_index(make_corpus(TEXTS), None, tmp_path)
    other = CountingEncoder("two")
    build_index(make_corpus(TEXTS), other, tmp_path)
    assert sorted(other.seen) == sorted(TEXTS)


def test_a_killed_build_goes_on_where_it_stopped(make_corpus, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cache, "CHUNK", 4)
    killed = CountingEncoder(fail_after=8)
    with pytest.raises(KeyboardInterrupt):
        build_index(make_corpus(TEXTS), killed, tmp_path)
    with pytest.raises(NotFound):
        open_index(make_corpus(TEXTS), killed, tmp_path)
    told: list[tuple[int, int]] = []
    resumed = CountingEncoder()
    index = build_index(make_corpus(TEXTS), resumed, tmp_path, lambda done, total: told.append((done, total)))
    assert sorted(killed.seen + resumed.seen) == sorted(TEXTS)
    assert told == [(8, 12), (12, 12)]
    assert index.search("", resumed.encode_queries([TEXTS[3]])[0], 1, "dense")[0].passage_id == "p3"


def test_a_build_killed_while_writing_leaves_no_index(make_corpus, tmp_path: Path, monkeypatch) -> None:
    def write_half(place: Path, *rest: object) -> None:
        (place / "passages.lance").mkdir(parents=True)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(assay.retrieval.index_versions, "_store", write_half)
        build_index(make_corpus(TEXTS), None, tmp_path)
    assert len(build_index(make_corpus(TEXTS), None, tmp_path).search("number", None, 20, "text")) == 12


def test_words_alone(make_corpus, tmp_path: Path) -> None:
    index = build_index(make_corpus(["Employees are running late", "公司年休假为十五天", "nothing"]), None, tmp_path)
    assert index.search("年休假有多少天", None, 3, "hybrid")[0].passage_id == "p1"
    assert [hit.passage_id for hit in index.search("Employee runs", None, 3, "text")] == ["p0"]  # stemmed
    with pytest.raises(InputError, match="needs the vector"):
        index.search("late", np.ones(4, dtype=np.float32), 3, "dense")


def test_odd_texts_are_indexed(make_corpus, tmp_path: Path) -> None:
    texts = ["half \ud800 a pair", "null \0 byte", "x" * 100_000, "🙂 emoji only 🙂", "plain"]
    index = build_index(make_corpus(texts), CountingEncoder(), tmp_path)
    assert index.search("plain", None, 5, "text")[0].passage_id == "p4"
    assert index.search("byte", None, 5, "text")[0].passage_id == "p1"


def test_many_passages_get_an_approximate_index_that_still_finds_them(make_corpus, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(assay.retrieval.lance, "FLAT_UP_TO", 1000)
    monkeypatch.setattr(assay.retrieval.index_versions, "FLAT_UP_TO", 1000)
    texts = [f"passage n{row}" for row in range(3000)]
    encoder = CountingEncoder()
    corpus = make_corpus(texts)
    index, exact = build_index(corpus, encoder, tmp_path), ExactIndex(corpus, encoder.encode_queries(texts))
    shares = []
    for vector in encoder.encode_queries([f"question {number}" for number in range(30)]):
        found = {hit.passage_id for hit in index.search("", vector, 10, "dense")}
        shares.append(len(found & {hit.passage_id for hit in exact.search("", vector, 10, "dense")}) / 10)
    assert np.mean(shares) >= 0.95


def test_nothing_to_index(make_corpus, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no passages"):
        build_index(make_corpus([]), None, tmp_path)


def test_a_place_that_cannot_be_written(make_corpus, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(InputError, match="cannot write the index"):
        build_index(make_corpus(TEXTS), None, tmp_path / "file" / "index")


FULL_DISK = """
import pathlib, resource, signal, sys
from assay.corpus.document import Corpus, Document, Passage
from assay.errors import InputError
from assay.retrieval import build_index
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
passages = tuple(Passage(f"p{row}", "a", None, "", f"number n{row} " * 20) for row in range(2000))
try:
    build_index(Corpus((Document("a", "", "", ()),), passages, (), "s"), None, pathlib.Path(sys.argv[1]))
except InputError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits there")
def test_a_disk_that_fills_up_leaves_nothing_behind(tmp_path: Path) -> None:
    # files that may not grow beyond 20 kB stand in for the full disk
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=True)
    assert "Free some space" in done.stdout
    assert [(path.suffix, path.stat().st_size) for path in tmp_path.iterdir()] == [(".lock", 0)]
