"""Tuning a small encoder with its head, read top to bottom. Knows labels and tags as numbers, no files of texts.

Batches of like length, the learning rate up and then down to nothing, and the weights of the pass with the lowest
validation loss.
"""

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn.functional import cross_entropy

from assay.errors import TrainingError
from assay.labelling.network import Encoded, Network
from assay.training import TrainingLog

__all__ = ["EncoderSettings", "Target", "train_network"]

Target = tuple[Encoded, list[int]]  # a text and its label, or the tags of its words

_WINDOW = 8  # batches that are sorted by length together


@dataclass(frozen=True)
class EncoderSettings:
    """How an encoder is tuned. `epochs` 0: enough for 800 steps, from 3 to 10."""

    epochs: int = 0
    batch_size: int = 16
    learning_rate: float = 3e-4
    patience: int = 2  # passes without a better validation loss before stopping
    seed: int = 0

    def n_epochs(self, n_examples: int) -> int:
        """Passes over so many examples."""
        steps = math.ceil(n_examples / self.batch_size)
        return self.epochs or min(10, max(3, math.ceil(800 / steps)))


def train_network(
    network: Network,
    train: Sequence[Target],
    validation: Sequence[Target],
    settings: EncoderSettings,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
) -> TrainingLog:
    """Tune in place; afterwards the network holds the best weights. The same seed gives the same weights.

    Raises:
        TrainingError: nothing to train on, or a loss that is not a number.
    """
    if not train:
        raise TrainingError("there is nothing to train on: no training text can be used")
    started = time.perf_counter()
    torch.manual_seed(settings.seed)
    weights = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=settings.learning_rate, weight_decay=0.01)
    n_epochs = settings.n_epochs(len(train))
    n_steps = n_epochs * math.ceil(len(train) / settings.batch_size)
    log, best = TrainingLog(n_examples=len(train)), copy.deepcopy(network.state_dict())
    for epoch in range(n_epochs):
        losses = []
        for batch in _batches(train, settings, epoch):
            losses.append(_step(network, batch, optimiser, settings.learning_rate * _share(log.n_steps, n_steps)))
            log.n_steps += 1
            log.n_tokens += sum(len(one.ids) for one, _ in batch)
            progress(log.n_steps, n_steps, f"loss {np.mean(losses):.2f}")
        mean = float(np.mean(losses))
        loss = _loss_over(network, validation) if validation else mean
        log.curve.append([log.n_steps, mean, loss])
        if loss < log.best_loss:
            log.best_loss, log.best_step, best = loss, log.n_steps, copy.deepcopy(network.state_dict())
        log.stopped_early = sum(row[0] > log.best_step for row in log.curve) >= settings.patience
        if log.stopped_early:
            break
    network.load_state_dict(best)
    network.eval()
    log.seconds = time.perf_counter() - started
    return log


def _batches(train: Sequence[Target], settings: EncoderSettings, epoch: int) -> list[list[Target]]:
    """The examples of one pass in a seeded order, batches of like length."""
    rng, size = np.random.default_rng([settings.seed, epoch]), settings.batch_size
    order = rng.permutation(len(train))
    batches = []
    for start in range(0, len(order), size * _WINDOW):
        window = sorted(order[start : start + size * _WINDOW], key=lambda place: len(train[place][0].ids))
        batches += [window[i : i + size] for i in range(0, len(window), size)]
    return [[train[place] for place in batches[number]] for number in rng.permutation(len(batches))]


def _step(network: Network, batch: Sequence[Target], optimiser: Any, rate: float) -> float:
    for group in optimiser.param_groups:
        group["lr"] = rate
    network.train()
    loss = _loss(network, batch)
    if not math.isfinite(loss.item()):
        raise TrainingError("the loss of the encoder is not a number: its weights or the texts are broken")
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return float(loss.item())


def _loss(network: Network, batch: Sequence[Target], reduction: str = "mean") -> torch.Tensor:
    logits = network([one for one, _ in batch])
    targets = torch.tensor([name for _, names in batch for name in names], device=logits.device)
    return cross_entropy(logits, targets, reduction=reduction)


@torch.no_grad()
def _loss_over(network: Network, validation: Sequence[Target]) -> float:
    network.eval()
    by_length = sorted(validation, key=lambda target: len(target[0].ids))
    sums = [_loss(network, by_length[i : i + 32], "sum").item() for i in range(0, len(by_length), 32)]
    return float(sum(sums) / sum(len(names) for _, names in validation))


def _share(step: int, n_steps: int) -> float:
    """Share of the learning rate: a tenth of the steps to warm up, then linearly down to nothing."""
    warm_up = max(1, n_steps // 10)
    return (step + 1) / warm_up if step < warm_up else 1 - (step - warm_up) / (n_steps - warm_up)
