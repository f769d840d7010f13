"""GGUF files of tiny models with random weights: read back, they hold the same tensors and the same tokenizer."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from tests.export.tiny import write_tiny

from assay.errors import EngineError, InputError, MissingExtra, NotFound
from assay.exporting.gguf import _convert, find_converter
from assay.exporting.gguf_file import _read_vocabulary, write_gguf
from assay.models import LocalModel
from assay.models.gguf import convert_gguf, read_gguf_fields


@pytest.mark.parametrize(
    ("kind", "tied", "bits", "off"),
    [("llama", True, 16, 1e-4), ("llama", False, 8, 4e-4), ("qwen2", True, 16, 1e-4), ("qwen2", False, 8, 4e-4)],
)
def test_a_file_read_back_holds_the_same_model(tmp_path: Path, kind: str, tied: bool, bits: int, off: float) -> None:
    source = write_tiny(tmp_path / "source", kind, tie_word_embeddings=tied)
    convert_gguf(write_gguf(source, tmp_path / "m.gguf", bits), tmp_path / "back")

    ours, theirs = (
        transformers.AutoModelForCausalLM.from_pretrained(tmp_path / n, dtype=torch.float32) for n in ("source", "back")
    )
    assert ours.config.rope_parameters["rope_theta"] == theirs.config.rope_parameters["rope_theta"]
    weights = theirs.state_dict()
    for name, weight in ours.state_dict().items():
        tolerance = 2e-3 if name.endswith("bias") else off  # weights are of the size .02, biases of 1, kept in half
        torch.testing.assert_close(weights[name], weight, atol=tolerance, rtol=1e-3, msg=name)

    before, after = (transformers.AutoTokenizer.from_pretrained(tmp_path / n) for n in ("source", "back"))
    text = "It's 2025: EUR 45.50 (naïve) 中文\n\n\tok <|im_start|>"
    assert before.encode(text) == after.encode(text)
    assert before.chat_template == after.chat_template
    fields = read_gguf_fields(tmp_path / "m.gguf")
    assert (fields["general.name"], fields["tokenizer.ggml.tokens"][-1]) == ("model", "[PAD511]")


def test_how_the_embedded_model_cuts_text_is_found_out(model: LocalModel) -> None:
    fields = _read_vocabulary(model.folder, 49152)
    assert fields["tokenizer.ggml.pre"] == "smollm"  # as the file says that the model came in
    assert fields["tokenizer.ggml.add_bos_token"] is False


@pytest.mark.parametrize(
    ("kind", "more", "said"),
    [
        ("gemma", {}, '"gemma" models'),
        ("llama", {"rope_parameters": {"rope_type": "linear", "rope_theta": 1e4, "factor": 2.0}}, '"linear" positions'),
    ],
)
def test_what_cannot_be_written_is_named(tmp_path: Path, kind: str, more: dict[str, Any], said: str) -> None:
    source = write_tiny(tmp_path / "source", kind, **more)
    with pytest.raises(InputError, match=said) as caught:
        write_gguf(source, tmp_path / "m.gguf")
    assert "ASSAY_LLAMA_CPP" in str(caught.value)
    assert not (tmp_path / "m.gguf").exists()


def test_a_named_converter_is_used_and_its_failure_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="name a checkout of llama"):
        find_converter(str(tmp_path))
    (tmp_path / "convert_hf_to_gguf.py").write_text("raise SystemExit('Model FooForCausalLM is not supported')")
    converter = find_converter(str(tmp_path))
    assert converter is not None
    with pytest.raises(EngineError, match="FooForCausalLM is not supported"):
        _convert(converter, tmp_path, tmp_path / "m.gguf", 8, "base")
    converter.write_text("import no_such_package")
    with pytest.raises(MissingExtra, match=r"no_such_package.*pip install"):
        _convert(converter, tmp_path, tmp_path / "m.gguf", 8, "base")


def test_a_converter_on_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_converter("") is None
    shutil.copy("/bin/true", tmp_path / "convert_hf_to_gguf.py")
    assert find_converter("") == tmp_path / "convert_hf_to_gguf.py"
