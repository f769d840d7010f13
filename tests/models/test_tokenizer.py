"""The tokenizer that needs no transformers does what that of transformers does, or is not used."""

import json
import shutil
from pathlib import Path

import pytest
import transformers

from assay.models import LocalModel
from assay.models.chat import ChatFormat
from assay.models.engine import Message
from assay.models.tokenizer import PlainTokenizer, load_tokenizer

_TEXTS = ["", " ", "EUR 45.50 (naïve)", "中文，请问？", "a\n\n\tb  c", "<|im_start|>user", "it 's . !", "ﬁ 𝔘 é é"]


@pytest.fixture
def folder(model: LocalModel, tmp_path: Path) -> Path:
    """The tokenizer's files alone."""
    assert model.folder is not None
    for path in model.folder.iterdir():
        if path.suffix in (".json", ".jinja", ".txt"):
            shutil.copy(path, tmp_path)
    return tmp_path


def test_ids_texts_and_prompts_are_those_of_transformers(folder: Path) -> None:
    assert not isinstance(load_tokenizer(folder), PlainTokenizer)  # the first time both are asked
    plain, usual = load_tokenizer(folder), transformers.AutoTokenizer.from_pretrained(folder)
    assert isinstance(plain, PlainTokenizer)
    for text in _TEXTS:
        for special in (True, False):
            ids = usual.encode(text, add_special_tokens=special)
            assert plain.encode(text, add_special_tokens=special) == ids
            assert plain.decode(ids, skip_special_tokens=True) == usual.decode(ids, skip_special_tokens=True)
        conversation = (Message("system", "Be brief."), Message("user", text))
        assert ChatFormat(plain).encode(conversation) == ChatFormat(usual).encode(conversation)


@pytest.mark.parametrize(
    "change",
    [
        {"clean_up_tokenization_spaces": True},
        {"eos_token": "<no such token>"},
        {"chat_template": "{% generation %}{{ messages[0].content }}{% endgeneration %}"},
    ],
)
def test_one_that_would_do_otherwise_is_left_to_transformers(change: dict[str, object], folder: Path) -> None:
    for template in folder.glob("*.jinja"):
        template.unlink()
    file = folder / "tokenizer_config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    for _ in range(2):
        assert not isinstance(load_tokenizer(folder), PlainTokenizer)
