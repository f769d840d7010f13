"""Likelihoods of given answers from a Hugging Face folder, by transformers in this process."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assay.models.answer_rows import group_answers, shared_start
from assay.models.chat import ChatFormat
from assay.models.engine import Conversation
from assay.models.transformers import pick_device, pick_dtype

__all__ = ["TransformersChooser"]


class TransformersChooser:
    """A model that chooses, on a GPU where there is one; see `Chooser`. What prompts share is read once."""

    name = "transformers likelihood"

    def __init__(self, folder: Path, answers: Sequence[str], alike: tuple[Conversation, Conversation]) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache

        self._device = pick_device()
        self._chat = ChatFormat(AutoTokenizer.from_pretrained(folder))
        self._groups = group_answers(answers, self._chat)
        self._n_answers = len(answers)
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=pick_dtype(self._device)).to(self._device)
        self._model: Any = model.eval()
        longest = max(group.ids.shape[1] for group in self._groups)
        self._room = int(getattr(model.config, "max_position_embeddings", 4096)) - longest
        self._new_cache = DynamicCache
        self.n_tokens = 0
        self._start = shared_start(alike, self._chat)
        self._after_start = self._read(self._start, self._new_cache())

    def score_answers(self, conversations: Sequence[Conversation]) -> np.ndarray:
        """Log-probabilities N×C."""
        return np.stack([self._score(self._chat.encode(conversation)[-self._room :]) for conversation in conversations])

    def _score(self, prompt: list[int]) -> np.ndarray:
        from copy import deepcopy

        known = len(self._start) if prompt[: len(self._start)] == self._start and len(prompt) > len(self._start) else 0
        cache = deepcopy(self._after_start) if known else self._new_cache()
        cache = self._read(prompt[known:-1], cache)
        scores = np.empty(self._n_answers)
        for group in self._groups:
            spread = deepcopy(cache)
            if spread.get_seq_length():
                spread.batch_repeat_interleave(len(group.numbers))
            scores[group.numbers] = group.sums(self._logprobs(group, prompt[-1], spread))
        return scores

    def _read(self, ids: list[int], cache: Any) -> Any:
        """The cache after some more tokens."""
        import torch

        if ids:
            with torch.inference_mode():
                self._model.base_model(input_ids=torch.tensor([ids], device=self._device), past_key_values=cache)
            self.n_tokens += len(ids)
        return cache

    def _logprobs(self, group: Any, last: int, cache: Any) -> np.ndarray:
        import torch

        def given(values: np.ndarray) -> Any:
            return torch.from_numpy(values).to(self._device)

        n_before = np.ones((len(group.ids), cache.get_seq_length()), dtype=np.int64)
        with torch.inference_mode():
            hidden = self._model.base_model(
                input_ids=given(group.after(last)),
                attention_mask=given(np.hstack([n_before, group.mask])),
                past_key_values=cache,
            ).last_hidden_state  # C T D
            logits = self._model.get_output_embeddings()(hidden.flatten(0, 1)[given(group.places)]).float()  # N V
            scored = torch.log_softmax(logits, dim=-1).gather(1, given(group.targets)[:, None])[:, 0]
        self.n_tokens += int(group.mask.sum())
        logprobs: np.ndarray = scored.double().cpu().numpy()
        return logprobs
