"""Likelihoods of given answers from an exported OpenVINO model: what prompts share is read once."""

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from assay.models.answer_rows import AnswerRows, group_answers, shared_start
from assay.models.chat import ChatFormat
from assay.models.engine import Conversation
from assay.models.openvino_scorer import score_only
from assay.models.tokenizer import load_tokenizer

__all__ = ["OpenVINOChooser"]

State = dict[str, np.ndarray]  # keys and values of what was read, by the graph's names


class OpenVINOChooser:
    """An exported model that chooses; see `Chooser`.

    Keys and values are the graph's own state. That of the shared start is put back for each conversation, and that of
    the conversation for each group of answers, over which `beam_idx` spreads it.
    """

    name = "openvino int8 likelihood"

    def __init__(self, folder: Path, answers: Sequence[str], alike: tuple[Conversation, Conversation]) -> None:
        self._chat = ChatFormat(load_tokenizer(folder))
        self._groups = group_answers(answers, self._chat)
        self._n_answers = len(answers)
        config = json.loads((folder / "config.json").read_text())
        longest = max(group.ids.shape[1] for group in self._groups)
        self._room = int(config.get("max_position_embeddings", 4096)) - longest
        ov: Any = import_module("openvino")
        core, self._tensor = ov.Core(), ov.Tensor
        model = score_only(core.read_model(folder / "openvino_model.xml"), folder)
        self._inputs = {name for port in model.inputs for name in port.get_names()}
        self._request: Any = core.compile_model(model, "CPU", {"PERFORMANCE_HINT": "LATENCY"}).create_infer_request()
        self.n_tokens = 0
        self._start = shared_start(alike, self._chat)
        self._request.reset_state()
        self._read_on(self._start, 0)
        self._after_start = self._state() if self._start else None

    def score_answers(self, conversations: Sequence[Conversation]) -> np.ndarray:
        """Log-probabilities N×C."""
        return np.stack([self._score(self._chat.encode(conversation)[-self._room :]) for conversation in conversations])

    def _score(self, prompt: list[int]) -> np.ndarray:
        known = len(self._start) if prompt[: len(self._start)] == self._start and len(prompt) > len(self._start) else 0
        self._put_back(self._after_start if known else None)
        self._read_on(prompt[known:-1], known)
        state = self._state() if len(self._groups) > 1 else None  # copying it takes as long as reading some words
        scores = np.empty(self._n_answers)
        for number, group in enumerate(self._groups):
            if number:
                self._put_back(state)
            logprobs = self._infer(group.after(prompt[-1]), group.mask, len(prompt) - 1, group)
            scores[group.numbers] = group.sums(logprobs)
        return scores

    def _read_on(self, ids: list[int], n_before: int) -> None:
        if ids:
            given = np.array([ids], dtype=np.int64)
            self._infer(given, np.ones_like(given), n_before, None)

    def _state(self) -> State:
        return {state.name: state.state.data.copy() for state in self._request.query_state()}

    def _put_back(self, state: State | None) -> None:
        if state is None:
            self._request.reset_state()
            return
        for kept in self._request.query_state():
            kept.state = self._tensor(state[kept.name])

    def _infer(self, ids: np.ndarray, mask: np.ndarray, n_before: int, group: AnswerRows | None) -> np.ndarray:
        """The log-probabilities of a group's tokens, N; without a group nothing of use."""
        n_rows, n_tokens = ids.shape
        given = {
            "input_ids": ids,
            "attention_mask": np.hstack([np.ones((n_rows, n_before), dtype=np.int64), mask]),
            "position_ids": np.tile(np.arange(n_before, n_before + n_tokens, dtype=np.int64), (n_rows, 1)),
            "beam_idx": np.zeros(n_rows, dtype=np.int32),
            "places": np.zeros(1, dtype=np.int64) if group is None else group.places,
            "targets": np.zeros((1, 1, 1), dtype=np.int64) if group is None else group.targets[None, :, None],
        }
        outputs = self._request.infer({name: values for name, values in given.items() if name in self._inputs})
        self.n_tokens += int(mask.sum())
        logprobs: np.ndarray = outputs[0][0, :, 0].astype(np.float64)
        return logprobs
