"""A cross-encoder tuned to a corpus: of the passages that the search finds, the right ones first. Knows no index."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assay.corpus.document import Passage
from assay.retrieval.rerank import load_cross_encoder, text_of

__all__ = ["Lesson", "tune_cross_encoder"]

EPOCHS, BATCH, RATE = 3, 4, 2e-5
SHOWN = 8  # passages of a question in one step: a right one, and wrong ones that were found for it


@dataclass(frozen=True)
class Lesson:
    """A question, the passages that answer it, and others that are found for it, best first."""

    question: str
    right: tuple[Passage, ...]
    wrong: tuple[Passage, ...]


def tune_cross_encoder(
    source: str, lessons: Sequence[Lesson], folder: Path, seed: int, progress: Callable[[int, int], None]
) -> None:
    """Tune all weights and write the model. The same input, the same result on one machine.

    The loss of a question is −log of the softmax's mass on its right passage among those shown, as in localised
    contrastive estimation (Gao et al. 2021): what the search ranks high and wrongly is what it has to learn.

    Args:
        source: of the cross-encoder: a folder, or an id of the hub.
        lessons: each with a right passage and a wrong one at least.
        folder: to write into.
        seed: of the order of the questions and of the passages shown.
        progress: called with steps done and in all.

    Raises:
        MissingExtra: sentence-transformers is not installed.
        InputError: there is no such model, or it cannot be read.
    """
    import torch

    torch.manual_seed(seed)
    model, rng = load_cross_encoder(source), np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    n_steps, step = EPOCHS * math.ceil(len(lessons) / BATCH), 0
    model.train()
    for _ in range(EPOCHS):
        order = rng.permutation(len(lessons)).tolist()
        for start in range(0, len(order), BATCH):
            batch = [lessons[place] for place in order[start : start + BATCH]]
            for group in optimiser.param_groups:
                group["lr"] = RATE * min((step + 1) / max(1, n_steps // 10), 1 - step / n_steps)
            for lesson in batch:
                (_loss(model, lesson, rng) / len(batch)).backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1
            progress(step, n_steps)
    model.eval()
    model.save_pretrained(str(folder))


def _loss(model: Any, lesson: Lesson, rng: np.random.Generator) -> Any:
    """−log of the mass on the right passage, which stands first among those shown."""
    import torch
    from sentence_transformers.util import batch_to_device

    from assay.models.transformers import pick_dtype

    right = lesson.right[rng.integers(len(lesson.right))]
    wrong = [lesson.wrong[place] for place in rng.permutation(len(lesson.wrong))[: SHOWN - 1]]
    pairs = [(lesson.question, text_of(passage)) for passage in (right, *wrong)]
    inputs = batch_to_device(model.preprocess(pairs), model.device)
    is_mixed = pick_dtype(model.device.type) == torch.bfloat16
    with torch.autocast(model.device.type, torch.bfloat16, enabled=is_mixed):
        scores = model(inputs)["scores"].float().reshape(-1)
    return -scores.log_softmax(0)[0]
