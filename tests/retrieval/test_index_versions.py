"""A table that grew corpus by corpus finds what one built at once finds, and keeps its old versions."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from assay.corpus.document import Corpus, Document, Passage
from assay.errors import NotFound
from assay.retrieval import ExactIndex, build_index, index_versions, open_index
from assay.retrieval.index import indexed_texts

WORDS = [f"w{number:02d}" for number in range(40)]


@cache
def vector_of(text: str) -> np.ndarray:
    row = np.random.default_rng(list(text.encode())).normal(size=16)
    return row / np.linalg.norm(row)


class TextEncoder:
    """Vectors that depend on the text alone; counts what it encodes."""

    name, dimension = "text", 16

    def __init__(self) -> None:
        self.n_encoded = 0

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([vector_of(text) for text in texts]).astype(np.float32)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.n_encoded += len(texts)
        return self.encode_queries(texts)


def corpus_of(files: dict[str, list[str]]) -> Corpus:
    """A document a file, in path order, with passages whose ids depend on document and text as real ones do."""
    passages = []
    for name in sorted(files):
        for number, text in enumerate(files[name]):
            id = hashlib.sha256(f"{name} {number} {text}".encode()).hexdigest()[:16]
            passages.append(Passage(id, name, None, "", text))
    documents = tuple(Document(name, f"t{name}", "", ()) for name in sorted(files))
    sha256 = hashlib.sha256("".join(passage.id for passage in passages).encode()).hexdigest()
    return Corpus(documents, tuple(passages), (), sha256)


def some_texts(rng: np.random.Generator, n: int) -> list[str]:
    return [" ".join(rng.choice(WORDS, size=rng.integers(3, 20))) for _ in range(n)]


def changed(files: dict[str, list[str]], rng: np.random.Generator) -> dict[str, list[str]]:
    """A few files more, fewer, renamed, and with other texts, twins included."""
    after = dict(files)
    for name in rng.choice(sorted(after), size=3, replace=False):
        after[f"r{rng.integers(1000)}"] = after.pop(name)
    for name in rng.choice(sorted(after), size=2, replace=False):
        after[name] = [*some_texts(rng, 2), *after[name][1:]]
    del after[rng.choice(sorted(after))]
    after[f"n{rng.integers(1000)}"] = [*some_texts(rng, 3), after[sorted(after)[0]][0]]
    return after


def assert_alike(one, other, rng: np.random.Generator) -> None:
    for _ in range(10):
        text = " ".join(rng.choice(WORDS, size=3))
        vector = TextEncoder().encode_queries([text])[0]
        for mode in ("dense", "text", "hybrid"):
            first, second = one.search(text, vector, 10, mode), other.search(text, vector, 10, mode)
            assert [hit.passage_id for hit in first] == [hit.passage_id for hit in second]
            assert [hit.score for hit in first] == pytest.approx([hit.score for hit in second], abs=1e-4)


def exact_index(corpus: Corpus) -> ExactIndex:
    return ExactIndex(corpus, TextEncoder().encode_passages(indexed_texts(corpus)))


def test_grown_is_the_same_as_built_at_once(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    files = {f"f{number:02d}": some_texts(rng, 6) for number in range(20)}
    for step in range(8):
        corpus = corpus_of(files)
        grown = build_index(corpus, TextEncoder(), tmp_path / "grown")
        fresh = build_index(corpus, TextEncoder(), tmp_path / f"fresh{step}")
        assert_alike(grown, fresh, rng)
        assert_alike(grown, exact_index(corpus), rng)
        files = changed(files, rng)


def test_old_versions_stay_as_they_were(tmp_path: Path) -> None:
    rng = np.random.default_rng(4)
    files = {f"f{number:02d}": some_texts(rng, 6) for number in range(20)}
    corpora = []
    for _ in range(4):
        corpora.append(corpus_of(files))
        build_index(corpora[-1], TextEncoder(), tmp_path)
        files = changed(files, rng)
    again = TextEncoder()
    for corpus in corpora:
        assert_alike(open_index(corpus, again, tmp_path), exact_index(corpus), rng)
    assert again.n_encoded == 0


def test_a_rename_encodes_only_what_is_written_differently(tmp_path: Path) -> None:
    """The file's name is its title, and the title is part of what is searched; a text of old is not encoded again."""
    build_index(corpus_of({"a": ["one", "two"], "b": ["three"]}), TextEncoder(), tmp_path)
    encoder = TextEncoder()
    build_index(corpus_of({"a": ["one", "two"], "c": ["three"]}), encoder, tmp_path)
    assert encoder.n_encoded == 1
    build_index(corpus_of({"a": ["two"], "b": ["three"]}), encoder, tmp_path)
    assert encoder.n_encoded == 1


def test_only_the_newest_versions_are_kept_and_the_others_come_back(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(index_versions, "KEPT", 3)
    rng = np.random.default_rng(5)
    files = {f"f{number:02d}": some_texts(rng, 6) for number in range(10)}
    corpora = []
    for _ in range(6):
        corpora.append(corpus_of(files))
        build_index(corpora[-1], TextEncoder(), tmp_path)
        files = changed(files, rng)
    with pytest.raises(NotFound):
        open_index(corpora[0], TextEncoder(), tmp_path)
    encoder = TextEncoder()
    for corpus in (*corpora[-3:], corpora[0]):
        assert_alike(build_index(corpus, encoder, tmp_path), exact_index(corpus), rng)
    assert encoder.n_encoded == 0


def test_a_version_without_a_tag_is_not_opened_and_is_built_upon(tmp_path: Path, monkeypatch) -> None:
    rng = np.random.default_rng(6)
    files = {f"f{number:02d}": some_texts(rng, 6) for number in range(20)}
    before, after = corpus_of(files), corpus_of(changed(files, rng))
    build_index(before, TextEncoder(), tmp_path)

    def killed(table: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(index_versions, "_refresh", killed)
        build_index(after, TextEncoder(), tmp_path)
    with pytest.raises(NotFound):
        open_index(after, TextEncoder(), tmp_path)
    assert_alike(open_index(before, TextEncoder(), tmp_path), exact_index(before), rng)
    assert_alike(build_index(after, TextEncoder(), tmp_path), exact_index(after), rng)


@pytest.mark.parametrize("waiting", [0, 500])
def test_a_large_table_is_brought_up_to_date_piece_by_piece(tmp_path: Path, monkeypatch, waiting: int) -> None:
    """Above the limits nothing is built anew; what is new is found, taken in or not, and what is gone is not."""
    monkeypatch.setattr(index_versions, "WAITING_UP_TO", waiting)
    monkeypatch.setattr(index_versions, "FLAT_UP_TO", 300)
    monkeypatch.setattr(index_versions, "REBUILT_UP_TO", 300)
    monkeypatch.setattr("assay.retrieval.lance.FLAT_UP_TO", 300)
    rng = np.random.default_rng(7)
    files = {f"f{number:02d}": some_texts(rng, 40) for number in range(20)}
    build_index(corpus_of(files), TextEncoder(), tmp_path)
    gone = files.pop("f07")
    files["new"] = ["zebra w01 w02"]
    corpus = corpus_of(files)
    index = build_index(corpus, TextEncoder(), tmp_path)
    assert {found.num_unindexed_rows for found in index._table.list_indices()} == ({0} if waiting == 0 else {1})
    wanted = next(passage.id for passage in corpus.passages if passage.text == "zebra w01 w02")
    vector = TextEncoder().encode_queries(["zebra w01 w02\ntnew"])[0]
    assert index.search("zebra", None, 3, "text")[0].passage_id == wanted
    assert index.search("", vector, 3, "dense")[0].passage_id == wanted
    ids = set(corpus.by_id)
    for text in gone:
        assert {hit.passage_id for hit in index.search(text, TextEncoder().encode_queries([text])[0], 50)} <= ids


def test_two_folders_may_take_turns_in_one_table(tmp_path: Path) -> None:
    """What has nothing in common with the newest version is written anew; the older ones stay readable."""
    rng = np.random.default_rng(8)
    one = corpus_of({f"a{number}": some_texts(rng, 6) for number in range(10)})
    two = corpus_of({f"b{number}": some_texts(rng, 6) for number in range(10)})
    encoder = TextEncoder()
    for corpus in (one, two):
        assert_alike(build_index(corpus, encoder, tmp_path), exact_index(corpus), rng)
    three = corpus_of({f"a{number}": some_texts(rng, 6) for number in range(8)})
    assert_alike(build_index(three, encoder, tmp_path), exact_index(three), rng)
    for corpus in (one, two):
        assert_alike(open_index(corpus, encoder, tmp_path), exact_index(corpus), rng)


def test_two_processes_that_build_the_same_wait_for_each_other(tmp_path: Path) -> None:
    """The second opens what the first has tagged; no passage is there twice."""
    rng = np.random.default_rng(9)
    corpus = corpus_of({f"f{number:02d}": some_texts(rng, 6) for number in range(20)})
    with ThreadPoolExecutor(4) as pool:
        built = list(pool.map(lambda _: build_index(corpus, TextEncoder(), tmp_path), range(4)))
    for index in built:
        assert_alike(index, exact_index(corpus), rng)
        assert len(index.search("", TextEncoder().encode_queries(["w01"])[0], 500, "dense")) == 120


def test_many_small_parts_of_a_graph_become_one(tmp_path: Path, monkeypatch) -> None:
    for name in ("assay.retrieval.index_versions.FLAT_UP_TO", "assay.retrieval.lance.FLAT_UP_TO"):
        monkeypatch.setattr(name, 300)
    monkeypatch.setattr(index_versions, "WAITING_UP_TO", 0)
    monkeypatch.setattr(index_versions, "PARTS", 2)
    rng = np.random.default_rng(10)
    files = {f"f{number:02d}": some_texts(rng, 40) for number in range(10)}
    parts = []
    for number in range(4):
        index = build_index(corpus_of(files), TextEncoder(), tmp_path)
        parts += [found.num_segments for found in index._table.list_indices() if found.columns == ["vector"]]
        files[f"n{number}"] = some_texts(rng, 3)
    assert parts == [1, 2, 1, 2]
