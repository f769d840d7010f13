"""Supervised tuning of a LoRA adapter, read top to bottom. Knows no questions and no passages.

What makes it fast on a CPU: hardly any padding (long examples one at a time, short ones of like length together,
gradients summed over the batch), logits at answer tokens only, and the dtype that is fastest on the machine. What makes
it safe to kill: after every evaluation the whole state is written, and a resumed training takes the same steps as an
unbroken one.
"""

import errno
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from assay.errors import TrainingError
from assay.models.chat import ChatFormat
from assay.training.examples import TrainingExample
from assay.writing import write_whole

__all__ = ["TrainingLog", "TrainingSettings", "default_learning_rate", "train_adapter"]


_GROUP_TOKENS = 512  # short examples are at their best speed from about 240 tokens on; more only pads


@dataclass(frozen=True)
class TrainingSettings:
    """How an adapter is trained. `learning_rate` None: `default_learning_rate` of the model's width."""

    epochs: int
    rank: int = 16
    batch_size: int = 8
    learning_rate: float | None = None
    evaluations_per_epoch: int = 1
    patience: int = 2  # evaluations without a better validation loss before stopping
    seed: int = 0


@dataclass
class TrainingLog:
    """What a training did: seconds, tokens, and the curve [[step, train loss, validation loss], ...]."""

    seconds: float = 0.0
    n_examples: int = 0
    n_tokens: int = 0
    n_steps: int = 0
    best_step: int = 0
    best_loss: float = math.inf
    stopped_early: bool = False
    curve: list[list[float]] = field(default_factory=list)


@dataclass(frozen=True)
class _Encoded:
    ids: list[int]
    n_answer: int


def default_learning_rate(hidden_size: int) -> float:
    """The LoRA rate for a model's width: 5e-5 · 10 · (2000 / width)^0.781 (Thinking Machines, 2025)."""
    return float(5e-4 * (2000 / hidden_size) ** 0.781)


def train_adapter(
    model_folder: Path,
    examples: Sequence[TrainingExample],
    validation: Sequence[TrainingExample],
    settings: TrainingSettings,
    folder: Path,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
) -> TrainingLog:
    """Train on `examples`, keep the weights with the lowest validation loss, write them to `folder` in PEFT's format.

    `progress` is told the steps done, the steps in all, and the latest losses. A state file in `folder` lets a killed
    training go on.

    Raises:
        TrainingError: no examples, a loss that is not a number, or an adapter that changes nothing.
        OSError: the disk is full; after the last evaluation that was kept, training goes on when there is room.
    """
    if not examples:
        raise TrainingError("there is nothing to train on: no training question can be used")
    trainer = _Trainer(model_folder, examples, validation, settings, folder)
    trainer.resume()
    while not trainer.finished:
        trainer.step()
        progress(trainer.log.n_steps, trainer.n_steps, trainer.note)
    trainer.finish()
    return trainer.log


class _Trainer:
    """The state of one training: model, optimiser, log."""

    def __init__(
        self,
        model_folder: Path,
        examples: Sequence[TrainingExample],
        validation: Sequence[TrainingExample],
        settings: TrainingSettings,
        folder: Path,
    ) -> None:
        import torch
        from transformers import AutoTokenizer

        self.settings, self.folder = settings, folder
        chat = ChatFormat(AutoTokenizer.from_pretrained(model_folder))
        self.examples = [_encode(example, chat) for example in examples]
        self.validation = [_encode(example, chat) for example in validation]
        torch.manual_seed(settings.seed)
        self.model = _load_model(model_folder, settings.rank)
        self.device = next(self.model.parameters()).device
        self.weights = [p for p in self.model.parameters() if p.requires_grad]
        rate = settings.learning_rate or default_learning_rate(self.model.config.hidden_size)
        self.optimiser = torch.optim.AdamW(self.weights, lr=rate, weight_decay=0.0)
        self.rate = rate
        self.steps_per_epoch = math.ceil(len(examples) / settings.batch_size)
        self.n_steps = self.steps_per_epoch * settings.epochs
        self.log = TrainingLog(n_examples=len(examples))
        self.note = ""
        self._best: dict[str, Any] = {}
        self._recent: list[float] = []

    @property
    def finished(self) -> bool:
        return self.log.stopped_early or self.log.n_steps >= self.n_steps

    def step(self) -> None:
        """One optimiser step over one batch, and an evaluation when it is due."""
        started = time.perf_counter()
        batch = self._batch()
        loss = self._accumulate(batch)
        self._update()
        self.log.n_tokens += sum(len(example.ids) for example in batch)
        self._recent.append(loss)
        self.note = f"loss {loss:.2f}"
        if self._evaluation_is_due():
            self._evaluate()
        self.log.seconds += time.perf_counter() - started
        if not self._recent:
            self._save_state()

    def _batch(self) -> list[_Encoded]:
        """The examples of the current step: a new order every epoch, from the seed and the epoch alone."""
        epoch, place = divmod(self.log.n_steps, self.steps_per_epoch)
        order = np.random.default_rng([self.settings.seed, epoch]).permutation(len(self.examples))
        size = self.settings.batch_size
        return [self.examples[i] for i in order[place * size : (place + 1) * size]]

    def _accumulate(self, batch: list[_Encoded]) -> float:
        """Gradients of the mean loss over the batch's answer tokens; returns that loss."""
        n_answer = sum(example.n_answer for example in batch)
        total = 0.0
        for group in group_by_length(batch):
            loss = answer_loss(self.model, group, self.device) / n_answer
            loss.backward()
            total += loss.item()
        if not math.isfinite(total):
            raise TrainingError(f"the loss at step {self.log.n_steps + 1} is not a number: lower learning_rate")
        return total

    def _update(self) -> None:
        import torch

        for group in self.optimiser.param_groups:
            group["lr"] = self.rate * _schedule(self.log.n_steps, self.n_steps)
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.log.n_steps += 1

    def _evaluation_is_due(self) -> bool:
        every = max(1, self.steps_per_epoch // self.settings.evaluations_per_epoch)
        return self.log.n_steps % every == 0 or self.log.n_steps == self.n_steps

    def _evaluate(self) -> None:
        loss = self._validation_loss()
        self.log.curve.append([self.log.n_steps, float(np.mean(self._recent)), loss])
        self._recent = []
        self.note = f"validation loss {loss:.2f}"
        if loss < self.log.best_loss or not self._best:
            self.log.best_loss, self.log.best_step = loss, self.log.n_steps
            self._best = {name: p.detach().clone() for name, p in self.model.named_parameters() if p.requires_grad}
        worse = [row for row in self.log.curve if row[0] > self.log.best_step]
        self.log.stopped_early = len(worse) >= self.settings.patience

    def _validation_loss(self) -> float:
        """Mean loss over the validation answers' tokens; over the last batches of training where there are none."""
        import torch

        if not self.validation:
            return float(np.mean(self._recent))
        self.model.eval()
        with torch.no_grad():
            losses = [answer_loss(self.model, g, self.device).item() for g in group_by_length(self.validation)]
        self.model.train()
        return float(sum(losses) / sum(example.n_answer for example in self.validation))

    def _save_state(self) -> None:
        """Everything that the next step depends on, written whole or not at all."""
        import torch

        current = {name: p.detach() for name, p in self.model.named_parameters() if p.requires_grad}
        state = {"now": current, "best": self._best, "optimiser": self.optimiser.state_dict(), "log": vars(self.log)}
        whole = BytesIO()  # torch's own writing to a file hides that the disk is full
        torch.save(state, whole)
        write_whole(self.folder / "state.pt", whole.getbuffer())

    def resume(self) -> None:
        """Take up the state that a killed training left, if there is one."""
        import torch

        path = self.folder / "state.pt"
        if not path.exists():
            return
        state = torch.load(path, map_location=self.device, weights_only=True)
        self._set_weights(state["now"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.log, self._best = TrainingLog(**state["log"]), state["best"]

    def _set_weights(self, weights: dict[str, Any]) -> None:
        import torch

        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                if name in weights:
                    parameter.copy_(weights[name])

    def finish(self) -> None:
        """Write the best weights as an adapter that is known to change the model's answers."""
        self._set_weights(self._best)
        self.model.eval()
        _check_changes_logits(self.model, self.examples[0], self.device)
        _save_adapter(self.model, self.folder)
        (self.folder / "state.pt").unlink(missing_ok=True)


def _save_adapter(model: Any, folder: Path) -> None:
    from safetensors import SafetensorError

    try:
        model.save_pretrained(folder)
    except SafetensorError as error:
        if "No space left" not in str(error):
            raise
        raise OSError(errno.ENOSPC, "the disk is full") from error


def _encode(example: TrainingExample, chat: ChatFormat) -> _Encoded:
    answer = chat.encode_answer(example.answer)
    return _Encoded(chat.encode(example.conversation) + answer, len(answer))


def _load_model(folder: Path, rank: int) -> Any:
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    from assay.models.transformers import pick_device, pick_dtype

    device = pick_device()
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=pick_dtype(device)).to(device)
    config = LoraConfig(r=rank, lora_alpha=2 * rank, target_modules="all-linear", task_type="CAUSAL_LM")
    return get_peft_model(model, config)


def group_by_length(examples: Sequence[_Encoded]) -> list[list[_Encoded]]:
    """The examples in groups of like length, each of at most `_GROUP_TOKENS` when padded; a longer one stands alone."""
    groups: list[list[_Encoded]] = []
    for example in sorted(examples, key=lambda example: len(example.ids)):
        if groups and (len(groups[-1]) + 1) * len(example.ids) <= _GROUP_TOKENS:
            groups[-1].append(example)
        else:
            groups.append([example])
    return groups


def answer_loss(model: Any, group: Sequence[_Encoded], device: Any) -> Any:
    """Summed cross-entropy of the answers' tokens; the vocabulary is multiplied out at their positions only.

    Padding stands on the right, where causal attention cannot see it: no mask is needed, and the fast kernel runs.
    """
    import torch

    width = max(len(example.ids) for example in group) - 1
    inputs = [example.ids[:-1] + [0] * (width + 1 - len(example.ids)) for example in group]
    answers = [range(len(e.ids) - 1 - e.n_answer, len(e.ids) - 1) for e in group]  # positions that predict them
    kept = sorted({place for places in answers for place in places})
    output = model(
        input_ids=torch.tensor(inputs, device=device), use_cache=False, logits_to_keep=torch.tensor(kept, device=device)
    )  # B P V
    columns = {place: column for column, place in enumerate(kept)}
    rows = [row for row, places in enumerate(answers) for _ in places]
    logits = output.logits[rows, [columns[place] for places in answers for place in places]].float()
    targets = [e.ids[place + 1] for e, places in zip(group, answers, strict=True) for place in places]
    return torch.nn.functional.cross_entropy(logits, torch.tensor(targets, device=device), reduction="sum")


def _schedule(step: int, n_steps: int) -> float:
    """Share of the learning rate: a tenth of the steps to warm up, then linearly down to a twentieth."""
    warm_up = max(1, n_steps // 10)
    if step < warm_up:
        return (step + 1) / warm_up
    return max(0.05, 1 - (step - warm_up) / max(1, n_steps - warm_up))


def _check_changes_logits(model: Any, example: _Encoded, device: Any) -> None:
    import torch

    inputs = torch.tensor([example.ids], device=device)
    with torch.no_grad():
        tuned = model(input_ids=inputs, logits_to_keep=1).logits
        with model.disable_adapter():
            base = model(input_ids=inputs, logits_to_keep=1).logits
    if torch.equal(tuned, base):
        raise TrainingError("the trained adapter changes nothing: its logits equal the base model's")
