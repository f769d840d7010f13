"""Likelihoods from an exported OpenVINO model. Knows the exported graph, no generation and no adapters."""

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from assay.errors import EngineError
from assay.models.continuations import Batch, batch_continuations, mean_by_row
from assay.models.tokenizer import load_tokenizer

__all__ = ["OpenVINOScorer", "score_only"]


class OpenVINOScorer:
    """An exported model that scores given text; see `Scorer`. Logits are computed where they are scored, no more."""

    def __init__(self, folder: Path, weights: str) -> None:
        """Load from the exported folder of the weights with this hash."""
        self.name = f"openvino int8 likelihood of {weights[:8]}"
        self._tokenizer: Any = load_tokenizer(folder)
        config = json.loads((folder / "config.json").read_text())
        self._window = int(config.get("max_position_embeddings", 4096))
        ov: Any = import_module("openvino")
        core = ov.Core()
        model = score_only(core.read_model(folder / "openvino_model.xml"), folder)
        self._inputs = {name for port in model.inputs for name in port.get_names()}
        self._request: Any = core.compile_model(model, "CPU", {"PERFORMANCE_HINT": "LATENCY"}).create_infer_request()

    def score_continuations(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Mean log-likelihoods in nats a token, in the order of the pairs."""
        scores: dict[int, float] = {}
        for batch in batch_continuations(pairs, self._tokenizer, self._window):
            scores |= mean_by_row(batch, self._logprobs(batch))
        return [scores[row] for row in range(len(pairs))]

    def _logprobs(self, batch: Batch) -> np.ndarray:
        n_rows, n_tokens = batch.ids.shape
        given = {
            "input_ids": batch.ids,
            "attention_mask": batch.mask,
            "position_ids": np.tile(np.arange(n_tokens, dtype=np.int64), (n_rows, 1)),
            "beam_idx": np.arange(n_rows, dtype=np.int32),
            "places": batch.places,
            "targets": batch.targets[None, :, None],
        }
        self._request.reset_state()
        outputs = self._request.infer({name: values for name, values in given.items() if name in self._inputs})
        logprobs: np.ndarray = outputs[0][0, :, 0].astype(np.float64)
        return logprobs


def score_only(model: Any, folder: Path) -> Any:
    """The graph with log-probabilities 1×N×1 of `targets` at `places` N of the flattened B·T instead of logits B×T×V.

    Raises:
        EngineError: the graph does not end in a product with the vocabulary.
    """
    ov: Any = import_module("openvino")
    op: Any = import_module("openvino.opset13")
    result = model.output("logits").get_node()
    product = result.input_value(0).get_node()
    if product.get_type_name() != "MatMul":
        raise EngineError(f"{folder} does not end in a matrix product: its likelihoods cannot be read")
    places = op.parameter([-1], ov.Type.i64, name="places")
    targets = op.parameter([1, -1, 1], ov.Type.i64, name="targets")
    for node in (places, targets):
        node.output(0).get_tensor().set_names({node.get_friendly_name()})
    hidden = product.input_value(0)
    width = hidden.get_partial_shape()[2].get_length()
    flat = op.reshape(hidden, np.array([-1, width], dtype=np.int64), special_zero=False)
    chosen = op.unsqueeze(op.gather(flat, places, np.int64(0)), np.int64(0))  # 1×N×D
    product.input(0).replace_source_output(chosen.output(0))
    model.add_parameters([places, targets])
    model.remove_result(result)
    scores = op.gather_elements(op.log_softmax(product.output(0), axis=-1), targets, 2)
    model.add_results([op.result(scores)])
    model.validate_nodes_and_infer_types()
    return model
