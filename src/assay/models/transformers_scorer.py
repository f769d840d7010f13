"""Likelihoods from a Hugging Face folder, by transformers in this process."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assay.models.continuations import Batch, batch_continuations, mean_by_row
from assay.models.transformers import pick_device, pick_dtype

__all__ = ["TransformersScorer"]


class TransformersScorer:
    """A model that scores given text, on a GPU where there is one; see `Scorer`."""

    def __init__(self, folder: Path, weights: str) -> None:
        """Load from a folder that holds the weights with this hash."""
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self.name = f"transformers likelihood of {weights[:8]}"
        self._device = pick_device()
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=pick_dtype(self._device)).to(self._device)
        self._window = int(getattr(model.config, "max_position_embeddings", 4096))
        self._model: Any = model.eval()

    def score_continuations(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Mean log-likelihoods in nats a token, in the order of the pairs."""
        scores: dict[int, float] = {}
        for batch in batch_continuations(pairs, self._tokenizer, self._window):
            scores |= mean_by_row(batch, self._logprobs(batch))
        return [scores[row] for row in range(len(pairs))]

    def _logprobs(self, batch: Batch) -> np.ndarray:
        import torch

        ids, mask, places, targets = (
            torch.from_numpy(values).to(self._device) for values in (batch.ids, batch.mask, batch.places, batch.targets)
        )
        with torch.inference_mode():
            hidden = self._model.base_model(input_ids=ids, attention_mask=mask).last_hidden_state  # B T D
            logits = self._model.get_output_embeddings()(hidden.flatten(0, 1)[places]).float()  # N V
            scored = torch.log_softmax(logits, dim=-1).gather(1, targets[:, None])[:, 0]
        logprobs: np.ndarray = scored.double().cpu().numpy()
        return logprobs
