"""The engine for CUDA, and for what OpenVINO refuses: transformers in this process, with PEFT adapters."""

import math
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assay.models.chat import ChatFormat
from assay.models.engine import Completion, Conversation

__all__ = ["TransformersEngine", "choose_dtype", "pick_device", "pick_dtype"]

_BATCH = 8


def pick_device() -> str:
    """ "cuda" where there is one, otherwise "cpu"."""
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def pick_dtype(device: str) -> Any:
    """The faster torch dtype here, of bfloat16 and float32: bfloat16 on CUDA, on a CPU the one whose product is faster.

    Instructions for bfloat16 are no sign: with AVX-512's, a product took half the time on one processor (Zen 4) and
    twice the time on another.
    """
    import torch

    return torch.bfloat16 if device == "cuda" or _cpu_multiplies_faster_in_bfloat16() else torch.float32


def choose_dtype(name: str, device: str) -> Any:
    """The torch dtype of a name; "auto": the faster one here."""
    import torch

    return pick_dtype(device) if name == "auto" else getattr(torch, name)


@cache
def _cpu_multiplies_faster_in_bfloat16() -> bool:
    """By a product of the size of a small model's layer; bfloat16 has to win clearly, or nothing is gained.

    In one thread, by the time that it computes: what others do on the machine has no part in that.
    """
    import torch

    n_threads, seconds = torch.get_num_threads(), {torch.float32: math.inf, torch.bfloat16: math.inf}
    torch.set_num_threads(1)
    try:
        for _ in range(5):  # in turn, and the best of each: the first ones find caches cold
            for dtype in seconds:
                texts, weights = torch.ones(256, 512, dtype=dtype), torch.ones(1024, 512, dtype=dtype)
                started = time.thread_time()
                torch.nn.functional.linear(texts, weights)
                seconds[dtype] = min(seconds[dtype], time.thread_time() - started)
    finally:
        torch.set_num_threads(n_threads)
    return seconds[torch.bfloat16] < 0.75 * seconds[torch.float32]


class TransformersEngine:
    """A Hugging Face folder with at most one PEFT adapter; see `Engine`."""

    def __init__(self, folder: Path, adapter: Path | None = None) -> None:
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self._device = pick_device()
        dtype = pick_dtype(self._device)
        self.name = f"transformers {str(dtype).removeprefix('torch.')} {self._device}"
        self.chat = ChatFormat(AutoTokenizer.from_pretrained(folder, padding_side="left"))
        if self.chat.tokenizer.pad_token_id is None:
            self.chat.tokenizer.pad_token = self.chat.tokenizer.eos_token
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=dtype).to(self._device)
        self.window = int(getattr(model.config, "max_position_embeddings", 4096))
        self._model = model if adapter is None else _with_adapter(model, adapter)
        self._model.eval()

    def count_tokens(self, text: str) -> int:
        """How many tokens a text is, without special tokens."""
        return len(self.chat.tokenizer.encode(text, add_special_tokens=False))

    def generate(self, conversations: Sequence[Conversation], max_new_tokens: int) -> list[Completion]:
        """Greedy completions, in batches of similar length."""
        prompts = [self.chat.encode(conversation) for conversation in conversations]
        by_length = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        completions: dict[int, Completion] = {}
        for start in range(0, len(by_length), _BATCH):
            part = by_length[start : start + _BATCH]
            answers = self._generate_batch([prompts[i] for i in part], max_new_tokens)
            completions.update(zip(part, answers, strict=True))
        return [completions[i] for i in range(len(prompts))]

    def _generate_batch(self, prompts: list[list[int]], max_new_tokens: int) -> list[Completion]:
        import torch

        tokenizer = self.chat.tokenizer
        inputs = tokenizer.pad({"input_ids": prompts}, return_tensors="pt").to(self._device)
        logprobs: list[Any] = []  # a step: B
        with torch.inference_mode():
            output = self._model.generate(
                **inputs,
                logits_processor=[_recording(logprobs)],
                max_new_tokens=max_new_tokens,
                do_sample=False,
                temperature=None,
                top_p=None,
                top_k=None,
                pad_token_id=tokenizer.pad_token_id,
                eos_token_id=tokenizer.eos_token_id,
            )
        new_ids = output[:, inputs["input_ids"].shape[1] :].tolist()
        by_answer = torch.stack(logprobs, dim=1).tolist()  # B T
        return [self._completion(*one) for one in zip(prompts, new_ids, by_answer, strict=True)]

    def _completion(self, prompt: list[int], new: list[int], logprobs: list[float]) -> Completion:
        eos = self.chat.tokenizer.eos_token_id
        n_new = new.index(eos) + 1 if eos in new else len(new)
        return Completion(self.chat.decode(new[:n_new]), len(prompt), n_new, sum(logprobs[:n_new]), eos not in new)


def _recording(logprobs: list[Any]) -> Any:
    """A logits processor that changes nothing and notes each step's log-probability of the likeliest token, (B,)."""

    def note(ids: Any, scores: Any) -> Any:
        logprobs.append(scores.float().log_softmax(-1).max(-1).values)
        return scores

    return note


def _with_adapter(model: Any, adapter: Path) -> Any:
    from peft import PeftModel

    return PeftModel.from_pretrained(model, adapter)
