from typing import Any

import pytest
import transformers

from assay.models import LocalModel, Message
from assay.models.chat import ChatFormat

_TALK = (Message("system", "Be brief."), Message("user", "Hello"))
_NO_SYSTEM = (
    "{% for m in messages %}{% if m['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "<{{ m['role'] }}>{{ m['content'] }}{% endfor %}{% if add_generation_prompt %}<model>{% endif %}"
)


@pytest.fixture
def tokenizer(model: LocalModel) -> Any:
    return transformers.AutoTokenizer.from_pretrained(model.folder)


def test_the_models_own_template_is_used(tokenizer: Any) -> None:
    text = ChatFormat(tokenizer).render(_TALK)
    assert text == "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"


def test_a_template_without_system_role_gets_it_in_the_first_user_turn(tokenizer: Any) -> None:
    tokenizer.chat_template = _NO_SYSTEM
    assert ChatFormat(tokenizer).render(_TALK) == "<user>Be brief.\n\nHello<model>"


def test_a_base_model_without_template_gets_paragraphs(tokenizer: Any) -> None:
    tokenizer.chat_template = None
    assert ChatFormat(tokenizer).render(_TALK) == "Be brief.\n\nHello\n\nAnswer:"


def test_special_tokens_stand_once(tokenizer: Any) -> None:
    chat = ChatFormat(tokenizer)
    ids = chat.encode(_TALK)
    assert ids.count(1) == 3  # <|im_start|> of system, user and assistant
    assert chat.decode(chat.encode_answer("37.5 hours")) == "37.5 hours"
    assert chat.encode_answer("37.5 hours")[-1] == 2  # <|im_end|>
