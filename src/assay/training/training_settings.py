"""How a training is to go, and how it went. Knows no model."""

import math
from dataclasses import dataclass, field
from typing import Any

__all__ = ["TrainingLog", "TrainingSettings"]


@dataclass(frozen=True)
class TrainingSettings:
    """How a model is tuned. `learning_rate` None: `default_learning_rate` of the method and the model's width."""

    epochs: int
    method: str = "lora"  # a name of METHODS
    rank: int = 16
    targets: str = "all-linear"  # which layers get an adapter: all-linear, or attention
    batch_size: int = 8
    learning_rate: float | None = None
    evaluations_per_epoch: int = 1
    patience: int = 2  # evaluations without a better validation loss before stopping
    seed: int = 0
    dtype: str = "auto"  # of products: bfloat16, float32, or the faster one here


@dataclass
class TrainingLog:
    """What a training did: how, seconds, tokens, and the curve [[step, train loss, validation loss], ...]."""

    method: str = "lora"
    rank: int = 0
    targets: str = ""
    learning_rate: float = 0.0
    epochs: int = 0
    seed: int = 0
    dtype: str = ""  # that products were computed in
    seconds: float = 0.0
    n_examples: int = 0
    n_empty: int = 0  # examples without an answer, left out
    n_too_long: int = 0  # examples longer than the model's window, left out
    n_shortened: int = 0  # examples without some of their distractors, which did not fit
    n_tokens: int = 0  # of the examples, however many of them were computed once for several
    n_steps: int = 0
    best_step: int = 0
    best_loss: float = math.inf
    temperature: float = 1.0  # by which the logits of a classifier are divided: above 1 it was too sure
    stopped_early: bool = False
    diverged_at: int = 0  # the step whose loss was not a number; 0: none
    micro_batch: int = 0  # tokens computed together, at most
    n_halved: int = 0  # how often the tokens computed together were halved because memory ran out
    checkpointed: bool = False  # whether memory was saved by computing what is needed backwards a second time
    packed: bool = False  # whether examples stood behind one copy of what their prompts share
    trials: list[dict[str, Any]] = field(default_factory=list)  # of a search: settings, loss, whether pruned
    curve: list[list[float]] = field(default_factory=list)
