from pathlib import Path

import pytest
from transformers import AutoTokenizer

from assay.errors import InputError, NotFound
from assay.models import LocalModel, open_model
from assay.models.gguf import convert_gguf


def test_the_tokenizer_keeps_spaces_and_splits_digits(model: LocalModel) -> None:
    tokenizer = AutoTokenizer.from_pretrained(model.folder)
    assert tokenizer.tokenize("Hello 2025 EUR") == ["Hello", "Ġ", "2", "0", "2", "5", "ĠEUR"]
    text = "It's  12,5 % — naïve 中文\n\tend"
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_the_vocabulary_is_that_of_the_weights(model: LocalModel) -> None:
    tokenizer = AutoTokenizer.from_pretrained(model.folder)
    assert len(tokenizer) == 49152  # llama.vocab_size in the file
    assert (tokenizer.eos_token, tokenizer.eos_token_id) == ("<|im_end|>", 2)


def test_a_file_that_is_no_gguf_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.gguf"
    wrong.write_bytes(b"not a model at all, just some text that is long enough to be read")
    with pytest.raises(InputError, match=r"wrong\.gguf is not a GGUF file"):
        convert_gguf(wrong, tmp_path / "out")


@pytest.mark.parametrize("name", ["./nowhere", "no-such-model", "/nowhere/model.gguf"])
def test_a_model_that_is_not_there(name: str) -> None:
    with pytest.raises(NotFound, match="there is no"):
        open_model(name)


def test_a_folder_without_weights(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is no model: it needs config\.json"):
        open_model(str(tmp_path))


def test_an_endpoint_needs_a_model_name() -> None:
    with pytest.raises(InputError, match="write URL#MODEL"):
        open_model("http://localhost:1/v1")
