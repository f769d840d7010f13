from pathlib import Path

import numpy as np
import pytest
import torch
import transformers
from gguf import GGUFReader
from safetensors.numpy import save_file
from safetensors.torch import load_file

from assay.errors import InputError, NotFound
from assay.models import LocalModel, open_model
from assay.models.gguf import convert_gguf, read_gguf
from assay.models.gguf_weights import _read_whole, write_weights
from assay.models.known import KNOWN, require_weights
from assay.models.model import EMBEDDED, gguf_file


def test_the_tokenizer_keeps_spaces_and_splits_digits(model: LocalModel) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(model.folder)
    assert tokenizer.tokenize("Hello 2025 EUR") == ["Hello", "Ġ", "2", "0", "2", "5", "ĠEUR"]
    text = "It's  12,5 % — naïve 中文\n\tend"
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_the_vocabulary_is_that_of_the_weights(model: LocalModel) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(model.folder)
    assert len(tokenizer) == 49152  # llama.vocab_size in the file
    assert (tokenizer.eos_token, tokenizer.eos_token_id) == ("<|im_end|>", 2)


def test_a_file_that_is_no_gguf_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.gguf"
    wrong.write_bytes(b"not a model at all, just some text that is long enough to be read")
    with pytest.raises(InputError, match=r"wrong\.gguf is not a GGUF file"):
        convert_gguf(wrong, tmp_path / "out")


@pytest.mark.parametrize("size", [8, 24, 100, 5_000, 1_000_000])
def test_a_file_that_ends_in_its_head_is_told(size: int, tmp_path: Path) -> None:
    """Within its version, its counts, a key, or the words of its vocabulary."""
    (tmp_path / "m.gguf").write_bytes(require_weights(KNOWN[EMBEDDED]).read_bytes()[:size])
    with pytest.raises(InputError, match="is cut off or damaged"):
        read_gguf(tmp_path / "m.gguf")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"general.architecture", b"general.architecture", "is cut off or damaged"),
        (b"tokenizer.ggml.tokens", b"tokenizer.ggml.tokenz", "does not say tokenizer.ggml.tokens"),
        (b"llama.attention.head_count", b"llama.attention.hexd_count", "does not fit what it says of its layers"),
    ],
)
def test_a_file_that_lacks_something_is_told(old: bytes, new: bytes, said: str, tmp_path: Path) -> None:
    """Half of a file, and whole ones without a word about their vocabulary or the heads of their layers."""
    whole = require_weights(KNOWN[EMBEDDED]).read_bytes()
    (tmp_path / "m.gguf").write_bytes(whole[: len(whole) // 2] if old == new else whole.replace(old, new, 1))
    (tmp_path / "out").mkdir()
    with pytest.raises(InputError, match=said):
        convert_gguf(tmp_path / "m.gguf", tmp_path / "out")


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("tokenizer.json", None, "has no tokenizer"),
        ("tokenizer.json", b'{"a"', r"tokenizer\.json is no valid JSON"),
        ("config.json", b"{", r"config\.json is no valid JSON"),
        ("model.safetensors", b"\x80" + bytes(7) + b"{", "is cut off or damaged"),
    ],
)
def test_a_folder_that_lacks_something_is_told(file: str, content: bytes | None, said: str, tmp_path: Path) -> None:
    save_file({"a": np.zeros(4)}, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text("{}")
    if content is not None:
        (tmp_path / "tokenizer.json").write_text("{}")
        (tmp_path / file).write_bytes(content)
    with pytest.raises(InputError, match=said):
        open_model(str(tmp_path))


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


def test_weights_are_those_that_transformers_reads(model: LocalModel, tmp_path: Path) -> None:
    """Tensor by tensor, bit for bit; and what the two ways say of the model."""
    file = gguf_file(EMBEDDED)
    assert file is not None
    write_weights(GGUFReader(file), file, tmp_path, eos=2, pad=2)
    whole = _read_whole(file).to(torch.float16)
    kept = load_file(tmp_path / "model.safetensors")
    tied = {"lm_head.weight"}
    assert kept.keys() == whole.state_dict().keys() - tied
    for name, tensor in kept.items():
        assert torch.equal(tensor, whole.state_dict()[name]), name
    assert transformers.AutoConfig.from_pretrained(tmp_path).hidden_size == whole.config.hidden_size
    assert transformers.AutoModelForCausalLM.from_pretrained(tmp_path).lm_head.weight.shape == (49152, 576)
