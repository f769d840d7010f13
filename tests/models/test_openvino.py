"""The fast engine agrees with the exact one: transformers in float32 on the same weights."""

import math
from pathlib import Path
from typing import Any

import pytest
import torch
import transformers

from assay.models import Engine, LocalModel, Message

_PASSAGE = "In Bruma a full working week has 38 hours. Lunch costs EUR 7.50. The car park has 98 places."
_QUESTIONS = [
    "What is the capital of France?",
    f"{_PASSAGE}\n\nQuestion: What does lunch cost?",
    f"{_PASSAGE}\n\nQuestion: How many hours has a full working week in Bruma?",
    "Name three colours.",
]
_CONVERSATIONS = [(Message("user", text),) for text in _QUESTIONS]
_NATS = 1.5  # how far int8 weights and an 8-bit cache moved the likelihood of a 12-token answer at most: 1.1


@pytest.fixture(scope="module")
def engine(model: LocalModel) -> Engine:
    return model.load()


@pytest.fixture(scope="module")
def exact(model: LocalModel) -> Any:
    return transformers.AutoModelForCausalLM.from_pretrained(model.folder, dtype=torch.float32)


def test_the_weights_are_in_one_byte_each(model: LocalModel) -> None:
    assert model.exported is not None
    n_weights = 134_515_008
    assert 0.9 < (model.exported / "openvino_model.bin").stat().st_size / n_weights < 1.1


def test_the_same_batch_gives_the_same_texts(engine: Engine) -> None:
    first, again = (engine.generate(_CONVERSATIONS, 12) for _ in range(2))
    assert [answer.text for answer in first] == [answer.text for answer in again]


def test_likelihoods_agree_with_float32(engine: Engine, exact: Any) -> None:
    for conversation, answer in zip(_CONVERSATIONS, engine.generate(_CONVERSATIONS, 12), strict=True):
        assert answer.logprob is not None
        assert math.isclose(answer.logprob, _logprob(engine, exact, conversation, answer.text), abs_tol=_NATS)


def test_tokens_are_counted_and_bounded(engine: Engine) -> None:
    (answer,) = engine.generate(_CONVERSATIONS[3:], 5)
    assert answer.n_new_tokens == 5
    assert answer.n_prompt_tokens == len(engine.chat.encode(_CONVERSATIONS[3]))  # type: ignore[attr-defined]
    assert engine.window == 8192


def test_an_adapter_changes_the_answers_by_its_scaling(model: LocalModel, engine: Engine, tmp_path: Path) -> None:
    """A random adapter with scaling 2: the engine's likelihoods are those of PEFT with the same adapter."""
    from peft import LoraConfig, get_peft_model

    torch.manual_seed(0)
    base = transformers.AutoModelForCausalLM.from_pretrained(model.folder, dtype=torch.float32)
    tuned = get_peft_model(base, LoraConfig(r=4, lora_alpha=8, target_modules="all-linear"))
    with torch.no_grad():
        for name, weights in tuned.named_parameters():
            if "lora_B" in name:
                weights.normal_(std=0.02)
    tuned.save_pretrained(tmp_path)
    adapted = model.load(tmp_path)
    answers = adapted.generate(_CONVERSATIONS, 12)
    assert [a.text for a in answers] != [a.text for a in engine.generate(_CONVERSATIONS, 12)]
    for conversation, answer in zip(_CONVERSATIONS, answers, strict=True):
        assert answer.logprob is not None
        assert math.isclose(answer.logprob, _logprob(engine, tuned, conversation, answer.text), abs_tol=2 * _NATS)


def _logprob(engine: Engine, exact: Any, conversation: Any, text: str) -> float:
    """Log-likelihood of a text and, if it ended by itself within 12 tokens, of its end."""
    chat: Any = engine.chat  # type: ignore[attr-defined]
    prompt, answer = chat.encode(conversation), chat.encode_answer(text)
    answer = answer if len(answer) <= 12 else answer[:-1]
    with torch.no_grad():
        logits = exact(torch.tensor([prompt + answer])).logits[0, len(prompt) - 1 : -1]
    return float(torch.log_softmax(logits, -1)[range(len(answer)), answer].sum())
