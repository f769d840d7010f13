from pathlib import Path

import pytest

from assay.errors import InputError
from assay.settings import Settings, load_settings, settings_table


def test_flags_beat_variables_beat_the_file_beat_defaults(tmp_path: Path) -> None:
    toml = tmp_path / "assay.toml"
    toml.write_text("passages = 4\nrank = 4\nseed = 4\n")
    settings = load_settings({"passages": "6", "base": None}, toml, {"ASSAY_RANK": "5", "ASSAY_PASSAGES": "5"})
    assert (settings.passages, settings.rank, settings.seed, settings.base) == (6, 5, 4, Settings().base)


def test_all_problems_together(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_settings({"passages": "0", "rnk": "3", "margin": "wide"}, tmp_path / "none.toml", {})
    for text in ("passages must be between 1 and 50", "did you mean rank?", "margin must be a number"):
        assert text in str(caught.value)


@pytest.mark.parametrize("value", ["nan", "inf", float("nan")])
def test_what_is_no_number_to_compare_with_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="answer_cache must be a number, got"):
        load_settings({"answer_cache": value}, Path("none.toml"), {})


def test_a_cross_encoder_must_be_there_to_be_tuned() -> None:
    with pytest.raises(InputError, match="give its folder or hub id as reranker"):
        load_settings({"fit_retriever": "reranker", "reranker": "likelihood"}, Path("none.toml"), {})
    assert load_settings({"fit_retriever": "reranker", "reranker": "m"}, Path("none.toml"), {}).reranker == "m"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    toml = tmp_path / "assay.toml"
    toml.write_text("passages = = 3")
    with pytest.raises(InputError, match=r"assay\.toml is no valid TOML"):
        load_settings({}, toml, {})


def test_every_setting_is_documented() -> None:
    assert all(doc for _, _, doc in settings_table())


@pytest.mark.parametrize("told", ["m", "m=0.15", "=1/2", "m=a/b", "m=-1/2"])
def test_a_price_of_tokens_that_is_none_is_told(told: str) -> None:
    with pytest.raises(InputError, match="token_prices takes MODEL=READ/WRITTEN"):
        load_settings({"token_prices": told}, Path("none.toml"), {})
    whole = load_settings({"token_prices": "qwen2.5:7b=0.15/.6,http://h/v1#m=1/2"}, Path("none.toml"), {})
    assert whole.token_prices == ("qwen2.5:7b=0.15/.6", "http://h/v1#m=1/2")
