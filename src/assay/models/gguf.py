"""A GGUF file as a Hugging Face folder: weights de-quantised, tokenizer rebuilt from the file's own vocabulary.

transformers can read GGUF weights, but its tokenizer conversion follows the architecture rather than the file: for a
"llama" model with a byte-level BPE vocabulary it builds a SentencePiece one, which turns every space into the unknown
token.
"""

from collections.abc import Mapping
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
_CONTROL, _USER_DEFINED = 3, 4  # token types in GGUF: special ones, and words that are never cut
_VOCABULARIES = ("gpt2", "llama")  # byte-level BPE, and that of SentencePiece
_SPACE = "▁"
_MAGIC = b"GGUF"
_ROUND_TRIP = "Round trip:  2025, EUR 45.50 (naïve) 中文\n\tok"


def convert_gguf(path: Path, folder: Path) -> None:
    """Write the model of a GGUF file to `folder` as float16 safetensors with tokenizer and chat template.

    Raises:
        InputError: a file that is no GGUF, or whose vocabulary is of a kind that is not known here.
    """
    reader = _open(path)
    tokenizer = build_tokenizer(_fields(reader, path), path)
    tokenizer.save_pretrained(folder)
    write_weights(reader, path, folder, eos=tokenizer.eos_token_id, pad=tokenizer.pad_token_id)


def read_gguf_fields(path: Path) -> dict[str, Any]:
    """What the file says about its model, by GGUF's names, such as "general.license".

    Raises:
        InputError: a file that is no GGUF.
    """
    return _fields(_open(path), path)


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
        InputError: an architecture that it does not know.
    """
    from transformers.modeling_gguf_pytorch_utils import GGUF_SUPPORTED_ARCHITECTURES

    kind = fields.get("general.architecture")
    if kind not in GGUF_SUPPORTED_ARCHITECTURES:
        raise InputError(f'{path} is of the architecture "{kind}", which cannot be converted: use its folder')


def build_tokenizer(fields: dict[str, Any], path: Path) -> Any:
    """The tokenizer that the fields of a GGUF file describe; `path` names the file in what is raised.

    Raises:
        InputError: a vocabulary of a kind that is not known here, or that does not give a text back as it was.
    """
    from transformers import PreTrainedTokenizerFast

    kind = fields.get("tokenizer.ggml.model")
    if kind not in _VOCABULARIES:
        raise InputError(
            f'{path} has a "{kind}" vocabulary; only {" and ".join(_VOCABULARIES)} are read: '
            "use the Hugging Face folder"
        )
    words = fields["tokenizer.ggml.tokens"]
    core = _byte_level(fields, words) if kind == "gpt2" else _sentence_pieces(fields, words)
    eos = words[fields["tokenizer.ggml.eos_token_id"]]
    pad = fields.get("tokenizer.ggml.padding_token_id")
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=core,
        eos_token=eos,
        pad_token=eos if pad is None else words[pad],
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = fields.get("tokenizer.chat_template")
    if tokenizer.decode(tokenizer.encode(_ROUND_TRIP, add_special_tokens=False)) != _ROUND_TRIP:
        raise InputError(f"the vocabulary of {path} does not give a text back as it was: use the Hugging Face folder")
    return tokenizer


def _byte_level(fields: dict[str, Any], words: list[str]) -> Any:
    """BPE over bytes, with the merges of the file."""
    from tokenizers import Tokenizer, decoders, models

    merges = [tuple(merge.split(" ", 1)) for merge in fields["tokenizer.ggml.merges"]]
    core = Tokenizer(models.BPE(vocab={word: i for i, word in enumerate(words)}, merges=merges))
    core.pre_tokenizer = _pre_tokenizer(fields.get("tokenizer.ggml.pre", "default"))
    core.decoder = decoders.ByteLevel()
    core.add_special_tokens(_added(fields, words, _CONTROL))
    return core


def _sentence_pieces(fields: dict[str, Any], words: list[str]) -> Any:
    """SentencePiece's BPE: the merges are told by the pieces' scores; what is no piece is written in bytes."""
    from tokenizers import Tokenizer, decoders, models, normalizers
    from tokenizers.processors import TemplateProcessing

    vocabulary = {word: i for i, word in enumerate(words)}
    unknown = words[fields.get("tokenizer.ggml.unknown_token_id", 0)]
    merges = _merges(vocabulary, fields["tokenizer.ggml.scores"])
    core = Tokenizer(models.BPE(vocabulary, merges, unk_token=unknown, fuse_unk=True, byte_fallback=True))
    has_prefix = bool(fields.get("tokenizer.ggml.add_space_prefix", True))
    space = normalizers.Replace(" ", _SPACE)
    core.normalizer = normalizers.Sequence([normalizers.Prepend(_SPACE), space]) if has_prefix else space
    steps = [decoders.Replace(_SPACE, " "), decoders.ByteFallback(), decoders.Fuse()]
    core.decoder = decoders.Sequence([*steps, *([decoders.Strip(" ", 1, 0)] if has_prefix else [])])
    core.add_special_tokens(_added(fields, words, _CONTROL))
    core.add_tokens(_added(fields, words, _USER_DEFINED))
    if fields.get("tokenizer.ggml.add_bos_token"):
        first = words[fields["tokenizer.ggml.bos_token_id"]]
        core.post_processor = TemplateProcessing(single=f"{first} $A", special_tokens=[(first, vocabulary[first])])
    return core


def _merges(vocabulary: dict[str, int], scores: list[float]) -> list[tuple[str, str]]:
    """All pairs of pieces that make a third one, those with the best one first."""
    found = []
    for word, i in vocabulary.items():
        cuts = ((word[:place], word[place:]) for place in range(1, len(word)))
        pairs = [(left, right) for left, right in cuts if left in vocabulary and right in vocabulary]
        found += [(-scores[i], vocabulary[left], vocabulary[right], left, right) for left, right in pairs]
    return [(left, right) for *_, left, right in sorted(found)]


def _added(fields: dict[str, Any], words: list[str], kind: int) -> list[Any]:
    """The tokens of a kind, which are found in a text before anything else."""
    from tokenizers import AddedToken

    kinds = fields["tokenizer.ggml.token_type"]
    found = [word for word, one in zip(words, kinds, strict=True) if one == kind]
    return [AddedToken(word, special=kind == _CONTROL, normalized=False) for word in found]


def _open(path: Path) -> Any:
    """A `GGUFReader`; it takes seconds where the vocabulary is large."""
    from gguf import GGUFReader

    try:
        return GGUFReader(path)
    except (ValueError, LookupError, ArithmeticError, MemoryError, TypeError) as error:
        with path.open("rb") as file:
            what = "is cut off or damaged" if file.read(len(_MAGIC)) == _MAGIC else "is not a GGUF file"
        raise InputError(f"{path} {what}: {error}") from error


class _Fields(dict[str, Any]):
    """What a file says, by GGUF's names.

    Raises:
        InputError: of what it does not say.
    """

    def __init__(self, told: Mapping[str, Any], path: Path) -> None:
        super().__init__(told)
        self._path = path

    def __missing__(self, name: str) -> Any:
        raise InputError(f"{self._path} holds no whole model: it does not say {name}")


def _fields(reader: Any, path: Path) -> dict[str, Any]:
    return _Fields({name: field.contents() for name, field in reader.fields.items()}, path)


def _pre_tokenizer(name: str) -> Any:
    from tokenizers import Regex
    from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence, Split

    if name in _SPLITS:
        split = Split(Regex(_SPLITS[name]), behavior="isolated")
        return Sequence([split, ByteLevel(add_prefix_space=False, use_regex=False)])
    words = ByteLevel(add_prefix_space=False, use_regex=True)
    return Sequence([Digits(individual_digits=True), words]) if name == "smollm" else words
