"""A GGUF file as a Hugging Face folder: weights de-quantised, tokenizer rebuilt from the file's own vocabulary.

transformers can read GGUF weights, but its tokenizer conversion follows the architecture rather than the file: for a
"llama" model with a byte-level BPE vocabulary it builds a SentencePiece one, which turns every space into the unknown
token.
"""

from pathlib import Path
from typing import Any

from assay.errors import InputError
from assay.models.gguf_weights import write_weights

__all__ = ["build_tokenizer", "check_convertible", "convert_gguf", "read_gguf", "read_gguf_fields"]

# Split patterns by the name that GGUF gives to the pre-tokeniser; digits one by one where the second value says so.
_WORDS = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
_SPLITS = {"llama-bpe": _WORDS, "qwen2": _WORDS.replace(r"\p{N}{1,3}", r"\p{N}")}
_VOCABULARY = tuple(f"tokenizer.ggml.{name}" for name in ("tokens", "merges", "token_type", "scores"))
_CONTROL = 3  # token type of special tokens in GGUF
_ROUND_TRIP = "Round trip:  2025, EUR 45.50 (naïve) 中文\n\tok"


def convert_gguf(path: Path, folder: Path) -> None:
    """Write the model of a GGUF file to `folder` as float16 safetensors with tokenizer and chat template.

    Raises:
        InputError: a file that is no GGUF, or whose vocabulary is of a kind that is not known here.
    """
    reader = _open(path)
    tokenizer = build_tokenizer(_fields(reader), path)
    tokenizer.save_pretrained(folder)
    write_weights(reader, path, folder, eos=tokenizer.eos_token_id, pad=tokenizer.pad_token_id)


def read_gguf_fields(path: Path) -> dict[str, Any]:
    """What the file says about its model, by GGUF's names, such as "general.license".

    Raises:
        InputError: a file that is no GGUF.
    """
    return _fields(_open(path))


def read_gguf(path: Path) -> tuple[dict[str, Any], int]:
    """What the file says about its model, vocabulary aside, and how many weights it holds; no weight is read.

    Raises:
        InputError: a file that is no GGUF.
    """
    reader = _open(path)
    said = {name: field.contents() for name, field in reader.fields.items() if name not in _VOCABULARY}
    return said, sum(int(tensor.n_elements) for tensor in reader.tensors)


def check_convertible(fields: dict[str, Any], path: Path) -> None:
    """Nothing when `convert_gguf` takes the model of these fields.

    Raises:
        InputError: an architecture or a kind of vocabulary that it does not know.
    """
    from transformers.modeling_gguf_pytorch_utils import GGUF_SUPPORTED_ARCHITECTURES

    kind = fields.get("general.architecture")
    if kind not in GGUF_SUPPORTED_ARCHITECTURES:
        raise InputError(f'{path} is of the architecture "{kind}", which cannot be converted: use its folder')
    _check_vocabulary(fields, path)


def build_tokenizer(fields: dict[str, Any], path: Path) -> Any:
    """The tokenizer that the fields of a GGUF file describe; `path` names the file in what is raised.

    Raises:
        InputError: a vocabulary of a kind that is not known here, or that does not give a text back as it was.
    """
    from tokenizers import AddedToken, Tokenizer, decoders, models
    from transformers import PreTrainedTokenizerFast

    _check_vocabulary(fields, path)
    words = fields["tokenizer.ggml.tokens"]
    merges = [tuple(merge.split(" ", 1)) for merge in fields["tokenizer.ggml.merges"]]
    core = Tokenizer(models.BPE(vocab={word: i for i, word in enumerate(words)}, merges=merges))
    core.pre_tokenizer = _pre_tokenizer(fields.get("tokenizer.ggml.pre", "default"))
    core.decoder = decoders.ByteLevel()
    special = [w for w, t in zip(words, fields["tokenizer.ggml.token_type"], strict=True) if t == _CONTROL]
    core.add_special_tokens([AddedToken(word, special=True, normalized=False) for word in special])

    eos = words[fields["tokenizer.ggml.eos_token_id"]]
    pad = fields.get("tokenizer.ggml.padding_token_id")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core,
        eos_token=eos,
        pad_token=eos if pad is None else words[pad],
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = fields.get("tokenizer.chat_template")
    if tokenizer.decode(tokenizer.encode(_ROUND_TRIP)) != _ROUND_TRIP:
        raise InputError(f"the vocabulary of {path} does not give a text back as it was: use the Hugging Face folder")
    return tokenizer


def _check_vocabulary(fields: dict[str, Any], path: Path) -> None:
    kind = fields.get("tokenizer.ggml.model")
    if kind != "gpt2":
        raise InputError(
            f'{path} has a "{kind}" vocabulary; only byte-level BPE ("gpt2") is read: use the Hugging Face folder'
        )


def _open(path: Path) -> Any:
    """A `GGUFReader`; it takes seconds where the vocabulary is large."""
    from gguf import GGUFReader

    try:
        return GGUFReader(path)
    except ValueError as error:
        raise InputError(f"{path} is not a GGUF file: {error}") from error


def _fields(reader: Any) -> dict[str, Any]:
    return {name: field.contents() for name, field in reader.fields.items()}


def _pre_tokenizer(name: str) -> Any:
    from tokenizers import Regex
    from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence, Split

    if name in _SPLITS:
        split = Split(Regex(_SPLITS[name]), behavior="isolated")
        return Sequence([split, ByteLevel(add_prefix_space=False, use_regex=False)])
    words = ByteLevel(add_prefix_space=False, use_regex=True)
    return Sequence([Digits(individual_digits=True), words]) if name == "smollm" else words
