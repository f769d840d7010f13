"""What files say of a model before it is loaded."""

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from assay.errors import InputError, NotFound
from assay.models import EMBEDDED, split_bits
from assay.models.base_facts import BaseFacts, memory_to_answer, memory_to_make, read_facts


def write_folder(folder: Path, card: str = "") -> Path:
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"max_position_embeddings": 4096, "dtype": "float16"}))
    save_file({"a": torch.zeros(30, 10), "b": torch.zeros(7)}, folder / "model.safetensors")
    (folder / "tokenizer_config.json").write_text("{}")
    if card:
        (folder / "README.md").write_text(card)
    return folder


def test_a_folder_tells_weights_window_licence_languages_and_template(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "m", "---\nlicense: mit\nlanguage: [en, zh]\n---\n# A model\n")
    facts = read_facts(str(folder))
    assert (facts.n_weights, facts.window, facts.licence, facts.languages) == (307, 4096, "mit", ("en", "zh"))
    assert facts.has_template is False and facts.bits == 8
    (folder / "chat_template.jinja").write_text("{{ messages }}")
    assert read_facts(f"{folder}@4bit").has_template is True
    assert memory_to_answer(read_facts(f"{folder}@4bit")) == 307 / 2
    assert memory_to_make(facts) == 307 * 4


def test_the_embedded_model_tells_them_in_its_one_file() -> None:
    facts = read_facts(EMBEDDED)
    assert (facts.n_weights, facts.window, facts.licence, facts.languages) == (134515008, 8192, "apache-2.0", ("en",))
    assert facts.has_template is True and facts.disk_bytes == 98362432


def test_what_is_not_here_tells_nothing() -> None:
    assert read_facts("http://localhost:1/v1#model") == BaseFacts() == read_facts("org/not-here")
    assert memory_to_answer(BaseFacts()) is None is memory_to_make(BaseFacts())


def test_files_that_are_broken_are_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(InputError, match=r"config\.json is no valid JSON"):
        read_facts(str(tmp_path))
    (tmp_path / "config.json").unlink()
    with pytest.raises(NotFound, match=r"it has no config\.json"):
        read_facts(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "parts"), [("a/b", ("a/b", None)), ("a/b@4bit", ("a/b", 4)), ("x.gguf@8bit", ("x.gguf", 8))]
)
def test_a_precision_stands_behind_the_name(name: str, parts: tuple[str, int | None]) -> None:
    assert split_bits(name) == parts


def test_a_precision_that_there_is_not() -> None:
    with pytest.raises(InputError, match="write @4bit or @8bit"):
        split_bits("model@3bit")
