"""Tuning a small encoder with its head, read top to bottom. Knows labels and tags as numbers, no files of texts.

Batches of like length, the learning rate up and then down to nothing, and the weights of the pass that does best on the
validation texts. Best by what is right, not by the loss: that one is lowest while a tagger still tags nothing.
"""

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from scipy.optimize import minimize_scalar
from torch.nn.functional import cross_entropy

from assay.errors import TrainingError
from assay.training.encoder_heads import Target
from assay.training.encoder_network import Network
from assay.training.training_settings import TrainingLog

__all__ = ["EncoderSettings", "train_network"]

_WINDOW = 8  # batches that are sorted by length together
_LOG_TEMPERATURES = (0.0, 2.5)  # the bounds of its logarithm: 1 to 12


@dataclass(frozen=True)
class EncoderSettings:
    """How an encoder is tuned. `epochs` 0: enough for 800 steps, from 3 to 20."""

    epochs: int = 0
    batch_size: int = 16
    learning_rate: float = 3e-4
    patience: int = 4  # passes that do no better on the validation texts before stopping
    seed: int = 0

    def n_epochs(self, n_examples: int) -> int:
        """Passes over so many examples."""
        steps = math.ceil(n_examples / self.batch_size)
        return self.epochs or min(20, max(3, math.ceil(800 / steps)))


def train_network(
    network: Network,
    train: Sequence[Target],
    validation: Sequence[Target],
    settings: EncoderSettings,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
) -> TrainingLog:
    """Tune in place; afterwards the network holds the best weights, calibrated. The same seed gives the same weights.

    Raises:
        TrainingError: nothing to train on, or a loss that is not a number.
    """
    if not train:
        raise TrainingError("there is nothing to train on: no training text can be used")
    started = time.perf_counter()
    torch.manual_seed(settings.seed)
    weights = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=settings.learning_rate, weight_decay=0.01, fused=True)
    n_epochs = settings.n_epochs(len(train))
    n_steps = n_epochs * math.ceil(len(train) / settings.batch_size)
    log, best, best_score = TrainingLog(n_examples=len(train)), copy.deepcopy(network.state_dict()), (-1.0, 0.0)
    for epoch in range(n_epochs):
        losses = []
        for batch in _batches(train, settings, epoch):
            losses.append(_step(network, batch, optimiser, settings.learning_rate * _share(log.n_steps, n_steps)))
            log.n_steps += 1
            log.n_tokens += sum(len(one.ids) for one, _ in batch)
            progress(log.n_steps, n_steps, f"loss {np.mean(losses):.2f}")
        score, loss = _judge(network, validation) if validation else (float(epoch), float(np.mean(losses)))
        log.curve.append([log.n_steps, float(np.mean(losses)), loss])
        if (score, -loss) > best_score:
            best, best_score = copy.deepcopy(network.state_dict()), (score, -loss)
            log.best_loss, log.best_step = loss, log.n_steps
        log.stopped_early = sum(row[0] > log.best_step for row in log.curve) >= settings.patience
        if log.stopped_early:
            break
    network.load_state_dict(best)
    log.temperature = _calibrate(network, validation)
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
    logits = network([one for one, _ in batch])
    targets = torch.tensor([name for _, names in batch for name in names], device=logits.device)
    loss = cross_entropy(logits, targets)
    if not math.isfinite(loss.item()):
        raise TrainingError("the loss of the encoder is not a number: its weights or the texts are broken")
    loss.backward()  # type: ignore[no-untyped-call]
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    optimiser.zero_grad(set_to_none=True)
    return float(loss.item())


def _judge(network: Network, validation: Sequence[Target]) -> tuple[float, float]:
    """What is right and the mean loss: the share of right labels, or the F1 of tags other than the first ("O", "-")."""
    logits, targets = _read(network, validation)
    mine, gold = logits.argmax(-1).numpy(), targets.numpy()
    loss = cross_entropy(logits, targets).item()
    if not network.tags_words and network.n_choices == 1:
        return float(np.mean(mine == gold)), loss
    n_right = np.sum((mine == gold) & (gold > 0))
    return float(2 * n_right / max(1, np.sum(mine > 0) + np.sum(gold > 0))), loss


def _calibrate(network: Network, validation: Sequence[Target]) -> float:
    """Divide the logits by the temperature from 1 on with the lowest validation loss (Guo et al. 2017); it is told.

    No answer changes. A network that has seen its texts many times is too sure of itself; without validation texts it
    stays so. None is made surer than it is: the pass was chosen by these very texts, which makes them look better.
    """
    if not validation:
        return 1.0
    logits, targets = _read(network, validation)
    found = minimize_scalar(lambda log: cross_entropy(logits / math.exp(log), targets).item(), bounds=_LOG_TEMPERATURES)
    with torch.no_grad():
        for weight in network.head.parameters():
            weight.div_(math.exp(found.x))
    return math.exp(found.x)


@torch.no_grad()
def _read(network: Network, texts: Sequence[Target]) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits of some texts N×L, and what each should be: a row a choice, or a word."""
    network.eval()
    by_length = sorted(texts, key=lambda target: len(target[0].ids))
    batches = [by_length[start : start + 32] for start in range(0, len(by_length), 32)]
    logits = torch.cat([network([one for one, _ in batch]).cpu() for batch in batches])
    return logits, torch.tensor([name for _, names in by_length for name in names])


def _share(step: int, n_steps: int) -> float:
    """Share of the learning rate: a tenth of the steps to warm up, then linearly down to nothing."""
    warm_up = max(1, n_steps // 10)
    return (step + 1) / warm_up if step < warm_up else 1 - (step - warm_up) / (n_steps - warm_up)
