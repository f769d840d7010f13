"""A vocabulary of SentencePiece, as GGUF files of Llama, Mistral and Gemma have it, read from its pieces and scores."""

from pathlib import Path
from typing import Any

import pytest

from assay.errors import InputError
from assay.models.gguf import build_tokenizer, check_convertible

_SPECIAL = ["<unk>", "<s>", "</s>"]
_BYTES = [f"<0x{number:02X}>" for number in range(256)]
_PIECES = ["he", "ll", "▁he", "hell", "▁hell", "o", "▁hello", "▁", "h", "e", "l", "r", "d", "w", "▁w", "or", "ld"]


def fields(**others: Any) -> dict[str, Any]:
    words = [*_SPECIAL, "<turn>", *_BYTES, *_PIECES]
    kinds = [2, 3, 3, 4, *[6] * 256, *[1] * len(_PIECES)]
    scores = [0.0] * (len(_SPECIAL) + 1 + 256) + [-float(number) for number in range(len(_PIECES))]
    return {
        "general.architecture": "llama",
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": words,
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.scores": scores,
        "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.ggml.add_bos_token": True,
        "tokenizer.ggml.add_space_prefix": False,
    } | others


def test_pieces_are_joined_by_their_scores_and_the_rest_is_bytes() -> None:
    """ "he" (0) is joined before "ll" (−1), and so on: the better the score, the sooner."""
    tokenizer = build_tokenizer(fields(), Path("tiny.gguf"))
    assert tokenizer.tokenize(" hello") == ["▁hello"]
    assert tokenizer.tokenize("hell") == ["hell"]
    assert tokenizer.tokenize("é") == ["<0xC3>", "<0xA9>"]
    assert tokenizer.tokenize("he<turn>he") == ["he", "<turn>", "he"]
    assert tokenizer.encode("he")[0] == 1 and tokenizer.encode("he", add_special_tokens=False) != tokenizer.encode("he")
    text = "hello world, 你好  \n\thello"
    assert tokenizer.decode(tokenizer.encode(text), skip_special_tokens=True) == text
    assert tokenizer.eos_token_id == 2 and tokenizer.chat_template is None


def test_a_space_is_put_before_a_text_where_the_model_was_trained_so() -> None:
    tokenizer = build_tokenizer(fields(**{"tokenizer.ggml.add_space_prefix": True}), Path("tiny.gguf"))
    assert tokenizer.tokenize("hello") == ["▁hello"]
    assert tokenizer.decode(tokenizer.encode("hello hello"), skip_special_tokens=True) == "hello hello"


def test_kinds_that_are_not_known_are_named() -> None:
    with pytest.raises(InputError, match='has a "t5" vocabulary; only gpt2 and llama are read'):
        build_tokenizer(fields(**{"tokenizer.ggml.model": "t5"}), Path("tiny.gguf"))
    with pytest.raises(InputError, match='of the architecture "rwkv9", which cannot be converted'):
        check_convertible({"general.architecture": "rwkv9"}, Path("tiny.gguf"))
