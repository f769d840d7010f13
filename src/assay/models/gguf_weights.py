"""The weights of a GGUF file as float16 safetensors, one tensor in memory at a time.

Names, shapes and orders of rows are transformers' own: its name map and its processors. So every architecture that it
reads tensor by tensor is read so here; one whose processor joins or splits tensors is read whole.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assay.errors import InputError

__all__ = ["write_weights"]

_ONE_TO_ONE = ("TensorProcessor", "LlamaTensorProcessor")  # transformers' processors that keep tensors as they are
_PERMUTED = (".attn_q.", ".attn_k.")  # by LlamaTensorProcessor
_ROWS = 8192  # of a table at a time: that of the vocabulary is the largest tensor by far


def write_weights(reader: Any, path: Path, folder: Path, eos: int, pad: int) -> None:
    """Write model.safetensors, config.json and generation_config.json of the file's model.

    Args:
        reader: gguf's `GGUFReader` of the file.
        path: the file, which transformers reads itself for what it says of the model.
        folder: where they go.
        eos, pad: ids of the tokens that end and fill up.
    """
    import torch
    from transformers import GenerationConfig

    model, rows = _rows(reader, path)
    if model is None:
        model = _read_whole(path)
        model.config.eos_token_id = eos
        model.generation_config = GenerationConfig(eos_token_id=eos, pad_token_id=pad)
        model.to(torch.float16).save_pretrained(folder)
        return
    _write_file(folder / "model.safetensors", rows)
    model.config.architectures = [type(model).__name__]
    model.config.dtype = torch.float16
    model.config.eos_token_id = eos
    model.config.save_pretrained(folder)
    GenerationConfig(eos_token_id=eos, pad_token_id=pad).save_pretrained(folder)


class _Row:
    """One tensor: its name and shape in the model, and its values, read when they are asked for."""

    def __init__(self, name: str, shape: Sequence[int], tensor: Any, processor: Any) -> None:
        self.name, self.shape = name, list(shape)
        self._tensor, self._processor = tensor, processor

    @property
    def n_bytes(self) -> int:
        return 2 * int(np.prod(self.shape))

    def parts(self) -> Iterator[bytes]:
        """float16, in order."""
        from gguf import dequantize

        data, kind = self._tensor.data, self._tensor.tensor_type
        if data.ndim < 2 or any(part in self._tensor.name for part in _PERMUTED):
            whole = self._processor.process(weights=dequantize(data, kind), name=self._tensor.name).weights
            yield np.ascontiguousarray(whole).astype(np.float16).tobytes()
            return
        for start in range(0, len(data), _ROWS):
            yield dequantize(data[start : start + _ROWS], kind).astype(np.float16).tobytes()


def _rows(reader: Any, path: Path) -> tuple[Any, list[_Row]]:
    """The model without weights, and its tensors; None where they are not those of the file one by one."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM
    from transformers.modeling_gguf_pytorch_utils import (
        TENSOR_PROCESSORS,
        TensorProcessor,
        get_gguf_hf_weights_map,
        load_gguf_checkpoint,
    )

    kind = TENSOR_PROCESSORS.get(reader.fields["general.architecture"].contents(), TensorProcessor)
    if kind.__name__ not in _ONE_TO_ONE:
        return None, []
    told = load_gguf_checkpoint(str(path), return_tensors=False)["config"]
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**told))
    processor = kind(config=told)
    names: Mapping[str, str] = get_gguf_hf_weights_map(model, processor)
    shapes = {name: tuple(tensor.shape) for name, tensor in model.state_dict().items()}
    tied = set(getattr(model, "all_tied_weights_keys", None) or ()) if model.config.tie_word_embeddings else set()
    found = [(names[tensor.name], tensor) for tensor in reader.tensors if tensor.name in names]
    _check_shapes(found, shapes, path)
    rows = [
        _Row(name, shapes[name], tensor, processor) for name, tensor in found if name in shapes and name not in tied
    ]
    return (model, rows) if {row.name for row in rows} == set(shapes) - tied else (None, [])


def _check_shapes(found: Sequence[tuple[str, Any]], shapes: Mapping[str, Sequence[int]], path: Path) -> None:
    """Nothing when each tensor has as many values as the model that the file describes has in its place.

    Raises:
        InputError: one has not: the description lacks something.
    """
    for name, tensor in found:
        if name in shapes and int(np.prod(shapes[name])) != int(tensor.n_elements):
            raise InputError(f"{path} holds no whole model: {tensor.name} does not fit what it says of its layers")


def _write_file(file: Path, rows: Sequence[_Row]) -> None:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    place = 0
    for row in rows:
        header[row.name] = {"dtype": "F16", "shape": row.shape, "data_offsets": [place, place + row.n_bytes]}
        place += row.n_bytes
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    with file.open("wb") as stream:
        stream.write(len(head).to_bytes(8, "little") + head)
        for row in rows:
            for part in row.parts():
                stream.write(part)


def _read_whole(path: Path) -> Any:
    """The model as transformers reads it. It calls itself quantised and refuses to be saved: its weights go into a
    fresh one."""
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM

    loaded = AutoModelForCausalLM.from_pretrained(path.parent, gguf_file=path.name, dtype=torch.float32)
    settings = {key: value for key, value in loaded.config.to_dict().items() if key != "quantization_config"}
    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(AutoConfig.for_model(**settings))
    model.load_state_dict(loaded.state_dict(), assign=True)
    return model
