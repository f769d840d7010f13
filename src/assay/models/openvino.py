"""The CPU engine: OpenVINO GenAI with int8 weights, continuous batching and LoRA adapters loaded at run time.

One engine is one pipeline with at most one adapter, for its whole life: keys and values computed under one adapter
are never read under another.
"""

import json
import logging
import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from math import sqrt
from pathlib import Path
from typing import Any

from assay.errors import EngineError
from assay.models.chat import ChatFormat
from assay.models.engine import Completion, Conversation
from assay.models.tokenizer import load_tokenizer

__all__ = ["OpenVINOEngine", "export_openvino"]

WEIGHTS = "int8"
_BROKEN = "\N{REPLACEMENT CHARACTER}"
_MAX_BATCHED_TOKENS = 2048  # prompt tokens a step; 256 to 4096 differ by less than 5%


def export_openvino(model_folder: Path, folder: Path, bits: int = 8) -> None:
    """Write a Hugging Face folder as an OpenVINO model with 8-bit or 4-bit weights (about 40 s for 135M parameters).

    Raises:
        EngineError: an architecture that the exporter refuses.
    """
    from optimum.exporters.openvino.convert import export_tokenizer
    from optimum.intel import OVModelForCausalLM
    from transformers import AutoTokenizer

    for name in ("nncf", "optimum"):
        logging.getLogger(name).setLevel(logging.ERROR)
    tokenizer = AutoTokenizer.from_pretrained(model_folder)
    try:
        with redirect_stdout(StringIO()), warnings.catch_warnings(action="ignore"):  # the exporter is talkative
            model = OVModelForCausalLM.from_pretrained(
                model_folder, export=True, compile=False, quantization_config=_weights(bits)
            )
            model.save_pretrained(folder)
            export_tokenizer(tokenizer, folder)
    except (ValueError, RuntimeError, NotImplementedError) as error:
        raise EngineError(f"OpenVINO cannot take this model: {error}") from error
    tokenizer.save_pretrained(folder)


def _weights(bits: int) -> Any:
    """Four bits in groups that share a scale; where a layer's width is no multiple of 64, in smaller ones."""
    from optimum.intel import OVWeightQuantizationConfig

    groups = {} if bits == 8 else {"group_size": 64, "group_size_fallback": "adjust"}
    return OVWeightQuantizationConfig(bits=bits, sym=False, **groups)


class OpenVINOEngine:
    """An exported model, ready to answer; see `Engine`."""

    def __init__(self, folder: Path, adapter: Path | None = None, cache_gb: int = 0, weights: str = WEIGHTS) -> None:
        self.name = f"openvino-genai {weights}"
        self.chat = ChatFormat(load_tokenizer(folder))
        config = json.loads((folder / "config.json").read_text())
        self.window = int(config.get("max_position_embeddings", 4096))
        self._pipeline = _load_pipeline(folder, adapter, cache_gb)
        self._n_begun = 0

    def count_tokens(self, text: str) -> int:
        """How many tokens a text is, without special tokens."""
        return len(self.chat.tokenizer.encode(text, add_special_tokens=False))

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]:
        """Greedy completions, all conversations in one continuous batch. The same batch gives the same texts."""
        import numpy as np
        from openvino import Tensor

        prompts = [self.chat.encode(conversation) for conversation in conversations]
        config = _greedy(max_new_tokens, self.chat.tokenizer.eos_token_id)
        tensors = [Tensor(np.array([ids], dtype=np.int64)) for ids in prompts]
        try:
            results = self._pipeline.generate(tensors, [config] * len(tensors))
        except RuntimeError as error:
            raise EngineError(f"OpenVINO stopped while answering: {error}") from error
        return [
            self._completion(ids, list(result.m_generation_ids[0]), float(result.m_scores[0]), max_new_tokens)
            for ids, result in zip(prompts, results, strict=True)
        ]

    def begin(self, conversation: Conversation, max_new_tokens: int) -> "OpenVINOAnswer":
        """An answer that `step` goes on with; not while `generate` is at work, which answers all that was begun."""
        import numpy as np
        from openvino import Tensor

        ids = self.chat.encode(conversation)
        self._n_begun += 1
        config = _greedy(max_new_tokens, self.chat.tokenizer.eos_token_id)
        try:
            handle = self._pipeline.add_request(self._n_begun, Tensor(np.array([ids], dtype=np.int64)), config)
        except RuntimeError as error:
            raise EngineError(f"OpenVINO does not take a question: {error}") from error
        return OpenVINOAnswer(handle, self.chat, len(ids))

    def step(self) -> None:
        """One step of the continuous batch."""
        try:
            if self._pipeline.has_non_finished_requests():
                self._pipeline.step()
        except RuntimeError as error:
            raise EngineError(f"OpenVINO stopped while answering: {error}") from error

    def _completion(self, prompt: list[int], new: list[int], logprob: float, most: int) -> Completion:
        is_cut = len(new) >= most and new[-1] != self.chat.tokenizer.eos_token_id
        return Completion(self.chat.decode(new), len(prompt), len(new), logprob, is_cut)


class OpenVINOAnswer:
    """An answer of the continuous batch; see `Begun`."""

    def __init__(self, handle: Any, chat: ChatFormat, n_prompt_tokens: int) -> None:
        self._handle, self._chat, self._n_prompt_tokens = handle, chat, n_prompt_tokens
        self._ids: list[int] = []
        self._logprob = 0.0
        self.is_done = False

    def read(self) -> Completion:
        """What has come; without the bytes of a character that is not whole."""
        from openvino_genai import GenerationStatus

        status = self._handle.get_status()  # before it is read: nothing comes once it is final
        while self._handle.can_read():
            for one in self._handle.read().values():
                self._ids += one.generated_ids
                self._logprob = float(one.score)
        if status == GenerationStatus.IGNORED:
            raise EngineError("OpenVINO has no memory for one more question: ask again when others are answered")
        self.is_done = status != GenerationStatus.RUNNING
        text = self._chat.decode(self._ids)
        is_cut = self.is_done and (not self._ids or self._ids[-1] != self._chat.tokenizer.eos_token_id)
        return Completion(
            text if self.is_done else text.rstrip(_BROKEN), self._n_prompt_tokens, len(self._ids), self._logprob, is_cut
        )

    def cancel(self) -> None:
        """The engine forgets it at its next step."""
        self._handle.cancel()


def _load_pipeline(folder: Path, adapter: Path | None, cache_gb: int) -> Any:
    import openvino_genai

    scheduler = openvino_genai.SchedulerConfig()
    scheduler.cache_size = cache_gb  # 0: grows with what is asked
    scheduler.max_num_batched_tokens = _MAX_BATCHED_TOKENS
    scheduler.enable_prefix_caching = False  # answers must not depend on what was asked before
    properties: dict[str, Any] = {}
    if adapter is not None:
        properties["adapters"] = _adapter_config(adapter)
    try:
        return openvino_genai.ContinuousBatchingPipeline(folder, scheduler, "CPU", properties)
    except RuntimeError as error:
        raise EngineError(f"OpenVINO cannot load {folder}: {error}") from error


def _adapter_config(adapter: Path) -> Any:
    import openvino_genai

    settings = json.loads((adapter / "adapter_config.json").read_text())
    rank = sqrt(settings["r"]) if settings.get("use_rslora") else settings["r"]
    scaling = settings["lora_alpha"] / rank  # the weights file does not hold it
    loaded = openvino_genai.Adapter(adapter / "adapter_model.safetensors")
    return openvino_genai.AdapterConfig(loaded, scaling, openvino_genai.AdapterConfig.Mode.MODE_STATIC)


def _greedy(max_new_tokens: int, eos: int) -> Any:
    import openvino_genai

    config = openvino_genai.GenerationConfig()
    config.max_new_tokens = max_new_tokens
    config.do_sample = False
    config.apply_chat_template = False
    config.eos_token_id = eos
    config.stop_token_ids = {eos}
    config.logprobs = 1
    return config
