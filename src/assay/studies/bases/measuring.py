"""How fast a base loads, reads and writes, and how much memory it takes, on this machine."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from assay.bench.keys import key_of
from assay.corpus.document import Passage
from assay.grid.pipelines import Pipelines
from assay.models import Conversation, Engine, LocalModel, Message, Model
from assay.models.prompt import render_question
from assay.verdict.base_result import Measured

__all__ = ["measure_base"]

_MIB = 2**20
_N_PROMPTS = 3  # of each kind
_N_NEW = 32
_FEW_NEW = 8  # tokens, of which no speed is told


def measure_base(pipelines: Pipelines) -> Measured:
    """Measured once and kept; no engine may be loaded yet.

    Prompts as long as those of the exam: questions with passages of the documents, each asked once and alone, since an
    engine may remember what it has read.
    """
    model, s = pipelines.model, pipelines.settings
    key = key_of(measured=[model.sha256, model.engine_name], passages=[s.passages, s.max_passage_tokens])

    return Measured(**pipelines.bench.store.once(f"base/{key}", lambda meter: asdict(_measure(pipelines))).value)


def _measure(pipelines: Pipelines) -> Measured:
    import psutil

    before = psutil.Process().memory_info().rss / _MIB
    started = time.perf_counter()
    engine = pipelines.base_engine()
    engine.generate([(Message("user", "Hello"),)], 1)
    load_s = time.perf_counter() - started
    prompts = _prompts(pipelines)
    prompt_rate = _reading(engine, prompts[:_N_PROMPTS])
    new_rate = _writing(engine, prompts[_N_PROMPTS:], prompt_rate)
    grown = max(0.0, psutil.Process().memory_info().rss / _MIB - before)
    is_here = isinstance(pipelines.model, LocalModel)
    return Measured(load_s, prompt_rate, new_rate, grown if is_here else None, _disk_mb(pipelines.model))


def _prompts(pipelines: Pipelines) -> list[Conversation]:
    """Twice as many as are asked of each kind, or fewer: questions with as many passages as a cell reads."""
    exam, n = pipelines.exam, pipelines.settings.passages
    passages: Sequence[Passage] = exam.corpus.passages
    asked = exam.validation[: 2 * _N_PROMPTS]
    starts = [place * max(1, len(passages) // max(1, len(asked))) for place in range(len(asked))]
    return [
        (render_question(question.text, passages[start : start + n], exam.lang),)
        for question, start in zip(asked, starts, strict=True)
    ]


def _reading(engine: Engine, prompts: Sequence[Conversation]) -> float | None:
    """Tokens a second."""
    started = time.perf_counter()
    n_tokens = sum(engine.generate([prompt], 1)[0].n_prompt_tokens for prompt in prompts)
    seconds = time.perf_counter() - started
    return n_tokens / seconds if n_tokens and seconds > 0 else None


def _writing(engine: Engine, prompts: Sequence[Conversation], prompt_rate: float | None) -> float | None:
    """Tokens a second, reading aside; None where hardly anything is written."""
    n_new = n_read = 0
    started = time.perf_counter()
    for prompt in prompts:
        done = engine.generate([prompt], _N_NEW)[0]
        n_new, n_read = n_new + done.n_new_tokens, n_read + done.n_prompt_tokens
    seconds = time.perf_counter() - started - (n_read / prompt_rate if prompt_rate else 0.0)
    return n_new / seconds if n_new >= _FEW_NEW and seconds > 0 else None


def _disk_mb(model: Model) -> float | None:
    """Of the files that the engine loads."""
    if not isinstance(model, LocalModel):
        return None
    folder: Path = model.exported or model.folder
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
