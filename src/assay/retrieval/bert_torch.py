"""BERT in torch with an encoder's weights, to be tuned. Knows no loss and no head.

The vectors of word pieces stay as they are: their table is the largest tensor by far, training sees little of it, and
it may be packed. Everything above them is tuned.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from assay.models.transformers import pick_dtype
from assay.retrieval.bert import Pooling
from assay.retrieval.bert_encoder import BertParts

__all__ = ["build_body", "pad", "pool", "read"]


def build_body(parts: BertParts) -> Any:
    """transformers' BERT with the weights of the parts, save the table of word pieces."""
    from transformers import BertConfig, BertModel

    weights = {name: torch.tensor(np.asarray(value, dtype=np.float32)) for name, value in parts.weights.items()}
    positions, types = (weights[f"embeddings.{name}_embeddings.weight"] for name in ("position", "token_type"))
    n_layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    config = BertConfig(
        vocab_size=1,
        hidden_size=positions.shape[1],
        num_hidden_layers=n_layers,
        num_attention_heads=parts.n_heads,
        intermediate_size=weights["encoder.layer.0.intermediate.dense.weight"].shape[0],
        max_position_embeddings=positions.shape[0],
        type_vocab_size=types.shape[0],
        layer_norm_eps=parts.epsilon,
        pad_token_id=0,
    )
    body = BertModel(config, add_pooling_layer=False)
    needed = body.state_dict()
    taken = {name: weights[name] for name in needed if name in weights and "word_embeddings" not in name}
    body.load_state_dict(needed | taken)
    body.embeddings.word_embeddings.weight.requires_grad_(False)
    return body


def read(
    body: Any, parts: BertParts, rows: Sequence[Sequence[int]], added: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """The last layer's vectors B×T×D of rows of word pieces, and the mask B×T of what is no padding.

    `added` is added to the pieces' own vectors. A body in training multiplies in bfloat16 where that is faster here.
    """
    words = torch.from_numpy(parts.words(pad(rows))).to(body.device)
    mask = torch.from_numpy(pad([[1] * len(row) for row in rows])).to(body.device)
    places = torch.arange(mask.shape[1], device=body.device)[None] + parts.first_position
    is_mixed = body.training and pick_dtype(body.device.type) == torch.bfloat16
    with torch.autocast(body.device.type, torch.bfloat16, enabled=is_mixed):
        output = body(inputs_embeds=words if added is None else words + added, attention_mask=mask, position_ids=places)
    return output.last_hidden_state.float(), mask


def pad(rows: Sequence[Sequence[int]]) -> np.ndarray:
    """B×T, shorter rows filled up with 0."""
    padded = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for place, row in enumerate(rows):
        padded[place, : len(row)] = row
    return padded


def pool(hidden: Tensor, mask: Tensor, pooling: Pooling = "mean") -> Tensor:
    """Unit vectors B×D: the mean over what is no padding, or the first."""
    if pooling == "cls":
        return nn.functional.normalize(hidden[:, 0], dim=-1)
    seen = mask[:, :, None].to(hidden.dtype)
    return nn.functional.normalize((hidden * seen).sum(1) / seen.sum(1), dim=-1)
