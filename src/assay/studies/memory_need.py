"""How much memory a run will take at most, by its model's shape, and whether that is to be had. Loads nothing.

The formula is held to what the example company's nine cells took, in bfloat16: 4.3 GB measured (docs/LOG.md).
"""

import json
from typing import Any

from assay.bench.bench import Bench
from assay.errors import InputError
from assay.models import LocalModel, Model, has_cuda
from assay.models.base_facts import bytes_a_weight
from assay.models.model import weight_files
from assay.settings import Settings, parse_gigabytes
from assay.words import message

__all__ = ["PROGRAM", "memory_need", "say_memory"]

_GB = 1e9
PROGRAM = 1.5 * _GB  # Python with its libraries, index, encoder, and what allocators keep
_ACTIVATIONS = (
    88  # bytes that a step of training keeps for each token, layer and unit of width, whatever it multiplies in
)
_TWO_AT_ONCE = 3e8  # weights, up to which two packs are computed at a time (assay.training.gradients)
_TOKENS_A_WORD = 1.6  # of passages, in prompts
_PROMPT = 150  # tokens beside the passages


def memory_need(model: Model, settings: Settings, is_tuned: bool) -> float:
    """Bytes at the highest, of the whole process. Of a model that runs elsewhere, what the rest takes."""
    if not isinstance(model, LocalModel) or has_cuda():
        return PROGRAM
    shape: dict[str, Any] = json.loads((model.folder / "config.json").read_text())
    n_weights = sum(path.stat().st_size for path in weight_files(model.folder)) / bytes_a_weight(shape)
    longest = settings.passages * settings.max_passage_tokens * _TOKENS_A_WORD + _PROMPT
    kept = float(2 * shape["num_hidden_layers"] * _key_width(shape))  # keys and values of a token, a byte each
    answering = n_weights + settings.answer_batch * longest * kept
    return PROGRAM + max(answering, _training(shape, n_weights, longest, settings) if is_tuned else 0.0)


def say_memory(model: Model, is_tuned: bool, bench: Bench) -> str | None:
    """Say what the run will need and what there is; a warning where that may not suffice.

    Raises:
        InputError: more than the setting `memory` allows.
    """
    import psutil

    s = bench.settings
    need, free = memory_need(model, s, is_tuned), float(psutil.virtual_memory().available)
    told = {"need": f"{need / _GB:.1f}", "free": f"{free / _GB:.1f}"}
    allowed = parse_gigabytes(s.memory)
    if allowed is not None and need > allowed * _GB:
        way = "leave tuned cells out (--cells), or take" if is_tuned else "take"
        raise InputError(
            f"this run would need about {told['need']} GB of memory, more than memory={s.memory}: {way} a smaller base "
            "model, fewer passages or a smaller answer_batch"
        )
    bench.say("plan.memory", **told)
    return message("warning.memory", s.lang, **told) if need > free else None


def _training(shape: dict[str, Any], n_weights: float, longest: float, settings: Settings) -> float:
    """The weights, and what the longest packs keep for the way back."""
    n_bytes = 2 if settings.tuning_dtype == "bfloat16" else 4
    at_once = 2 if n_weights <= _TWO_AT_ONCE else 1
    a_token: float = _ACTIVATIONS * shape["num_hidden_layers"] * shape["hidden_size"]
    return n_weights * n_bytes + at_once * longest * a_token


def _key_width(shape: dict[str, Any]) -> int:
    heads = shape["num_attention_heads"]
    width = shape.get("head_dim") or shape["hidden_size"] // heads
    return int(shape.get("num_key_value_heads", heads) * width)
