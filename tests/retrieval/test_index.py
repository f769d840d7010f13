"""The contract of every index: it agrees with the exact one, edges included."""

from pathlib import Path

import numpy as np
import pytest

from assay.corpus.document import Corpus, Document, Passage
from assay.errors import InputError
from assay.retrieval import ExactIndex, Index, build_index
from assay.retrieval.index import Mode

N, D, N_QUERIES = 200, 16, 40


class GivenVectors:
    """An encoder of vectors that are known beforehand: the index is tested here, not the model."""

    name, dimension = "given", D

    def __init__(self, by_text: dict[str, np.ndarray]):
        self._by_text = by_text

    def encode_queries(self, texts):
        return self.encode_passages(texts)

    def encode_passages(self, texts):
        return np.stack([self._by_text[text] for text in texts])


def unit_vectors(rng: np.random.Generator, n: int) -> np.ndarray:
    vectors = rng.normal(size=(n, D)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def material():
    """Passages of made-up words, some of them twice, and questions of the same words."""
    rng = np.random.default_rng(7)
    words = [f"w{number:03d}" for number in range(60)]  # a stemmer leaves these alone
    texts = [" ".join(rng.choice(words, size=rng.integers(5, 40))) for _ in range(N)]
    vectors = unit_vectors(rng, N)
    for first, second in ((3, 100), (4, 150), (5, 199)):
        texts[second], vectors[second] = texts[first], vectors[first]
    queries = [" ".join(rng.choice(words, size=rng.integers(1, 6))) for _ in range(N_QUERIES)]
    return texts, vectors, queries, unit_vectors(rng, N_QUERIES)


@pytest.fixture(scope="module")
def exact(material, make_corpus) -> Index:
    return ExactIndex(make_corpus(material[0]), material[1])


@pytest.fixture(scope="module")
def lance(material, make_corpus, tmp_path_factory) -> Index:
    texts, vectors, _, _ = material
    encoder = GivenVectors(dict(zip(texts, vectors, strict=True)))
    return build_index(make_corpus(texts), encoder, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("mode", ["dense", "text", "hybrid"])
@pytest.mark.parametrize("k", [1, 10, N + 50])
def test_agrees_with_the_exact_index(lance: Index, exact: Index, material, mode: Mode, k: int) -> None:
    _, _, queries, query_vectors = material
    for text, vector in zip(queries, query_vectors, strict=True):
        found, wanted = lance.search(text, vector, k, mode), exact.search(text, vector, k, mode)
        assert [hit.passage_id for hit in found] == [hit.passage_id for hit in wanted]
        assert [hit.score for hit in found] == pytest.approx([hit.score for hit in wanted], abs=1e-4)
        assert [hit.rank for hit in found] == list(range(1, len(found) + 1))


def test_dense_agrees_with_brute_force(lance: Index, material) -> None:
    _, vectors, _, query_vectors = material
    for vector in query_vectors:
        nearest = int(np.argmax(vectors @ vector))  # the first of equal ones
        assert lance.search("", vector, 1, "dense")[0].passage_id == f"p{nearest}"


@pytest.fixture(params=["lance", "exact"])
def index(request) -> Index:
    return request.getfixturevalue(request.param)


def test_a_dense_search_ranks_everything(index: Index, material) -> None:
    assert len(index.search("", material[3][0], N + 50, "dense")) == N


@pytest.mark.parametrize("text", ["", "   ", "nowhere", "?!", '"', "AND OR NOT", "w(", "a:b", "\\", "\ud800"])
def test_a_text_search_that_matches_nothing_finds_nothing(index: Index, text: str) -> None:
    assert index.search(text, None, 5, "text") == []


def test_query_syntax_means_nothing(index: Index) -> None:
    plain = index.search("w001 w002", None, 5, "text")
    assert index.search('"w001" AND (w002~3^2 -w777 w777:* +', None, 5, "text") == plain


def test_equal_scores_keep_the_order_of_the_passages(index: Index, material) -> None:
    texts, vectors, _, _ = material
    dense = index.search("", vectors[3], 2, "dense")
    assert [hit.passage_id for hit in dense] == ["p3", "p100"]
    assert [hit.passage_id for hit in index.search(texts[5], None, 2, "text")] == ["p5", "p199"]
    assert index.search("", vectors[3], 1, "dense") == dense[:1]


def test_a_hybrid_search_without_a_vector_is_a_text_search(index: Index) -> None:
    assert index.search("w001", None, 5, "hybrid") == index.search("w001", None, 5, "text")


def test_a_dense_search_needs_a_vector(index: Index) -> None:
    with pytest.raises(InputError, match="needs the vector"):
        index.search("w001", None, 5, "dense")


@pytest.mark.parametrize("build", ["lance", "exact"])
def test_many_equal_passages_are_cut_in_order(build: str, make_corpus, tmp_path: Path) -> None:
    corpus = make_corpus(["same words"] * 80 + ["other words"])
    vector = unit_vectors(np.random.default_rng(1), 1)[0]
    encoder = GivenVectors({"same words": vector, "other words": -vector})
    exact = ExactIndex(corpus, encoder.encode_passages(["same words"] * 80 + ["other words"]))
    index = build_index(corpus, encoder, tmp_path) if build == "lance" else exact
    for mode in ("dense", "text", "hybrid"):
        assert [hit.passage_id for hit in index.search("same", vector, 3, mode)] == ["p0", "p1", "p2"]


@pytest.fixture(scope="module")
def sorted_by_document():
    """A corpus of twelve documents of ten passages each, and its vectors."""
    rng = np.random.default_rng(11)
    words = [f"w{number:03d}" for number in range(30)]
    texts = [" ".join(rng.choice(words, size=rng.integers(5, 20))) for _ in range(120)]
    passages = tuple(Passage(f"p{row}", f"o'{row % 12}.md", None, "", text) for row, text in enumerate(texts))
    corpus = Corpus(tuple(Document(f"o'{n}.md", "", "", ()) for n in range(12)), passages, (), "by-document")
    return corpus, unit_vectors(rng, 120)


@pytest.mark.parametrize("mode", ["dense", "text", "hybrid"])
@pytest.mark.parametrize(
    "only", [(), ("o'3.md",), ("o'3.md", "o'11.md", "not there"), tuple(f"o'{n}.md" for n in range(12))]
)
def test_documents_are_filtered_before_the_search(sorted_by_document, tmp_path: Path, mode: Mode, only) -> None:
    corpus, vectors = sorted_by_document
    texts = [passage.text for passage in corpus.passages]
    lance = build_index(corpus, GivenVectors(dict(zip(texts, vectors, strict=True))), tmp_path)
    exact = ExactIndex(corpus, vectors)
    for vector in unit_vectors(np.random.default_rng(12), 5):
        wanted = exact.search("w001 w002 w003", vector, 10, mode, only)
        assert lance.search("w001 w002 w003", vector, 10, mode, only) == [
            type(hit)(hit.passage_id, pytest.approx(hit.score, abs=1e-4), hit.rank) for hit in wanted
        ]
        assert {corpus.by_id[hit.passage_id].document for hit in wanted} <= set(only)
        assert mode == "text" or len(wanted) == min(10, 10 * len(set(only) - {"not there"}))
