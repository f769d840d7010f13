"""Supervised tuning, read top to bottom. Knows no questions and no passages.

What makes it safe to kill: after every evaluation the whole state is written, and a resumed training takes the same
steps as an unbroken one. What makes it fast is in `loss`, `layers` and `threads` beside it.
"""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assay.bench.freed_memory import return_freed_memory
from assay.errors import TrainingError
from assay.models.chat import ChatFormat
from assay.training.examples import TrainingExample
from assay.training.gradients import Gradients
from assay.training.loss import Encoded, encode
from assay.training.methods import METHODS, default_learning_rate, load_trainable
from assay.training.processes import Processes, join_processes
from assay.training.state import forget_state, read_state, save_tuned, write_state
from assay.training.training_settings import TrainingLog, TrainingSettings

__all__ = ["shuffle", "train"]

_TRIM_EVERY = 8  # steps; after every one it costs a twelfth of the time


def train(
    model_folder: Path,
    examples: Sequence[TrainingExample],
    validation: Sequence[TrainingExample],
    settings: TrainingSettings,
    folder: Path,
    start: Path | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
    goes_on: Callable[[TrainingLog], bool] = lambda log: True,
) -> TrainingLog:
    """Train on `examples`, keep the weights with the lowest validation loss, write them to `folder`.

    Written is an adapter in PEFT's format or a whole model, as the method has it. A state file in `folder` lets a
    killed training go on.

    Args:
        model_folder: the base model.
        examples: what is learnt.
        validation: what tells when to stop; empty: the loss of training does.
        settings: how.
        folder: where state and result are written.
        start: a LoRA adapter to go on from; None: a fresh start.
        progress: told the steps done, the steps in all, and the latest losses.
        goes_on: asked after every evaluation; the training stops where it says no.

    Raises:
        TrainingError: no examples, a loss that is not a number before any evaluation, a result that changes nothing, or
            too little memory for a single example.
        OSError: the disk is full; after the last evaluation that was kept, training goes on when there is room.
    """
    trainer = _Trainer(model_folder, examples, validation, settings, folder, join_processes(), start)
    trainer.resume()
    if trainer.log.curve and not goes_on(trainer.log):  # it was killed before it could be told to stop
        return trainer.log
    while not trainer.finished:
        trainer.step()
        if trainer.has_evaluated and not goes_on(trainer.log):
            return trainer.log
        if trainer.processes.is_first:
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
        processes: Processes,
        start: Path | None = None,
    ) -> None:
        import torch
        from transformers import AutoTokenizer

        from assay.models.transformers import choose_dtype, pick_device

        self.settings, self.folder, self.processes = settings, folder, processes
        torch.manual_seed(settings.seed)
        dtype = choose_dtype(settings.dtype, pick_device())
        self.model = load_trainable(
            model_folder, settings.method, settings.rank, settings.targets, start, settings.dtype
        )
        self.is_adapter = METHODS[settings.method].is_adapter
        self.gradients = Gradients(self.model, processes, is_mixed=dtype == torch.bfloat16)
        self.tokenizer = AutoTokenizer.from_pretrained(model_folder)
        s = settings
        named = str(dtype).removeprefix("torch.")
        self.log = TrainingLog(s.method, s.rank, s.targets, epochs=s.epochs, seed=s.seed, dtype=named)
        self.examples = self._encode(examples)
        self.validation = self._encode(validation, is_counted=False)
        if not self.examples:
            raise TrainingError("there is nothing to train on: no training question can be used")
        self.log.n_examples = len(self.examples)
        self.log.n_shortened = sum(example.n_dropped > 0 for example in examples)
        self.gradients.begin(self.log, self.examples)
        width = self.model.config.hidden_size
        self.log.learning_rate = settings.learning_rate or default_learning_rate(width, settings.method)
        self.optimiser = torch.optim.AdamW(
            self.gradients.weights, lr=self.log.learning_rate, weight_decay=0.0, fused=True
        )
        self.steps_per_epoch = math.ceil(len(self.examples) / settings.batch_size)
        self.n_steps = self.steps_per_epoch * settings.epochs
        self.note = ""
        self._before = self._last_logits()
        self._best: dict[str, Any] = {}
        self._recent: list[float] = []

    @property
    def finished(self) -> bool:
        return self.log.stopped_early or bool(self.log.diverged_at) or self.log.n_steps >= self.n_steps

    @property
    def has_evaluated(self) -> bool:
        return not self._recent

    def step(self) -> None:
        """One optimiser step over one batch, and an evaluation when it is due."""
        started = time.perf_counter()
        batch = self._batch()
        loss = self.gradients.accumulate(batch)
        if math.isfinite(loss) and self._update():
            self.log.n_tokens += sum(len(example.ids) for example in batch)
            self._recent.append(loss)
            if self.log.n_steps % _TRIM_EVERY == 0:
                return_freed_memory()
            self.note = f"loss {loss:.2f}"
            if self._evaluation_is_due():
                self._evaluate()
        else:
            self._stop_diverging()
        self.log.seconds += time.perf_counter() - started
        if self.has_evaluated and self.processes.is_first:
            self._write_state()

    def _encode(self, examples: Sequence[TrainingExample], is_counted: bool = True) -> list[Encoded]:
        """The examples that can be learnt: with an answer, and within the model's window."""
        chat = ChatFormat(self.tokenizer)
        window = getattr(self.model.config, "max_position_embeddings", None) or math.inf
        with_answer = [encode(example, chat) for example in examples if example.answer.strip()]
        fitting = [example for example in with_answer if len(example.ids) <= window]
        if is_counted:
            self.log.n_empty = len(examples) - len(with_answer)
            self.log.n_too_long = len(with_answer) - len(fitting)
        return fitting

    def _batch(self) -> list[Encoded]:
        """The examples of the current step: a new order every epoch, from the seed and the epoch alone."""
        epoch, place = divmod(self.log.n_steps, self.steps_per_epoch)
        order = shuffle([e.source for e in self.examples], np.random.default_rng([self.settings.seed, epoch]))
        size = self.settings.batch_size
        return [self.examples[i] for i in order[place * size : (place + 1) * size]]

    def _update(self) -> bool:
        """Take the step, or say that its gradients are not numbers."""
        import torch

        for group in self.optimiser.param_groups:
            group["lr"] = self.log.learning_rate * _schedule(self.log.n_steps, self.n_steps)
        norm = torch.nn.utils.clip_grad_norm_(self.gradients.weights, 1.0)
        if not torch.isfinite(norm):
            return False
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.log.n_steps += 1
        return True

    def _stop_diverging(self) -> None:
        """Go back to the best weights so far.

        Raises:
            TrainingError: there are none that are known to be good.
        """
        if not self._best or not self.validation:
            raise TrainingError(f"the loss at step {self.log.n_steps + 1} is not a number: lower learning_rate")
        self.log.diverged_at = self.log.n_steps + 1
        self.note = f"the loss is not a number: the weights of step {self.log.best_step} are kept"

    def _evaluation_is_due(self) -> bool:
        every = max(1, self.steps_per_epoch // self.settings.evaluations_per_epoch)
        return self.log.n_steps % every == 0 or self.log.n_steps == self.n_steps

    def _evaluate(self) -> None:
        loss = self._validation_loss()
        if not math.isfinite(loss):
            self._stop_diverging()
            return
        self.log.curve.append([self.log.n_steps, float(np.mean(self._recent)), loss])
        self._recent = []
        self.note = f"validation loss {loss:.2f}"
        if loss < self.log.best_loss:
            self.log.best_loss, self.log.best_step = loss, self.log.n_steps
            self._best = {name: p.detach().clone() for name, p in self.model.named_parameters() if p.requires_grad}
        worse = [row for row in self.log.curve if row[0] > self.log.best_step]
        self.log.stopped_early = len(worse) >= self.settings.patience

    def _validation_loss(self) -> float:
        """Mean loss over the validation answers' tokens; over the last batches of training where there are none."""
        return self.gradients.mean_loss(self.validation) if self.validation else float(np.mean(self._recent))

    def _write_state(self) -> None:
        current = {name: p.detach() for name, p in self.model.named_parameters() if p.requires_grad}
        optimiser = self.optimiser.state_dict()
        write_state(self.folder, {"now": current, "best": self._best, "optimiser": optimiser, "log": vars(self.log)})

    def resume(self) -> None:
        """Take up the state that a killed training left, if there is one."""
        state = read_state(self.folder, self.gradients.device)
        if state is None:
            return
        self._set_weights(state["now"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.log, self._best = TrainingLog(**state["log"]), state["best"]
        self.gradients.go_on(self.log)

    def _set_weights(self, weights: dict[str, Any]) -> None:
        import torch

        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                if name in weights:
                    parameter.copy_(weights[name])

    def finish(self) -> None:
        """Write the best weights, which are known to change the model's answers."""
        import torch

        self._set_weights(self._best)
        if torch.equal(self._last_logits(), self._before):
            raise TrainingError("the training changes nothing: the logits of the tuned model equal the base model's")
        if self.processes.is_first:
            save_tuned(self.model, self.tokenizer, self.is_adapter, self.folder)
            forget_state(self.folder)

    def _last_logits(self) -> Any:
        """What the model expects after the first example, (1, 1, V)."""
        import torch

        self.model.eval()
        with torch.no_grad():
            ids = torch.tensor([self.examples[0].ids], device=self.gradients.device)
            logits = self.model(input_ids=ids, use_cache=False, logits_to_keep=1).logits
        self.model.train()
        return logits


def shuffle(sources: Sequence[str], rng: np.random.Generator) -> list[int]:
    """Places in random order, but those of one source side by side; "" is a source of its own every time."""
    groups: dict[str | int, list[int]] = {}
    for place, source in enumerate(sources):
        groups.setdefault(source or place, []).append(place)
    in_groups = list(groups.values())
    return [place for i in rng.permutation(len(in_groups)) for place in rng.permutation(in_groups[i]).tolist()]


def _schedule(step: int, n_steps: int) -> float:
    """Share of the learning rate: a tenth of the steps to warm up, then linearly down to a twentieth."""
    warm_up = max(1, n_steps // 10)
    if step < warm_up:
        return (step + 1) / warm_up
    return max(0.05, 1 - (step - warm_up) / max(1, n_steps - warm_up))
