"""Losses and gradients of many examples with the memory that there is. Takes no step and knows no schedule."""

import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from assay.errors import TrainingError
from assay.training.loss import Encoded, Pack, group_by_length, pack_loss, share_beginnings
from assay.training.processes import Processes
from assay.training.threads import halve, sum_in_threads
from assay.training.training_settings import TrainingLog

__all__ = ["Gradients"]

_MICRO_BATCH = {"cpu": 512, "cuda": 8192}  # tokens; a CPU is at its best speed from about 240 on
_FEW = 0.1  # share of the weights, up to which the room for their gradients twice is small beside the model
_SMALL = 3e8  # weights, up to which all cores are too many for one operation: 5e8 gained nothing by two at a time
_SAME_LOSS = {"torch.float32": 1e-3, "torch.bfloat16": 3e-2}  # relative, of the same examples packed and alone


class Gradients:
    """Computes on one model, and writes into the log how it went about it.

    Args:
        model: with what is trained marked.
        processes: that share each batch.
        is_mixed: whether products are in bfloat16, although what is trained is in float32.
    """

    def __init__(self, model: Any, processes: Processes, is_mixed: bool) -> None:
        import torch

        self.model, self._processes, self._is_mixed = model, processes, is_mixed
        self.device = next(model.parameters()).device
        self.weights = [p for p in model.parameters() if p.requires_grad]
        n_trained, n_all = (sum(p.numel() for p in some) for some in (self.weights, model.parameters()))
        is_even = torch.get_num_threads() % 2 == 0
        is_small = n_all <= _SMALL and n_trained <= _FEW * n_all
        self._in_threads = self.device.type == "cpu" and is_even and is_small

    def begin(self, log: TrainingLog, examples: Sequence[Encoded]) -> None:
        """Find out how this model's examples can be put together, and note it in the log."""
        self._log = log
        log.micro_batch = _MICRO_BATCH[self.device.type]
        log.packed = self._packs_rightly(examples)

    def go_on(self, log: TrainingLog) -> None:
        """Go on as an earlier log says."""
        self._log = log
        if log.checkpointed:
            self._compute_activations_twice()

    def accumulate(self, batch: Sequence[Encoded]) -> float:
        """Gives the weights the gradients of the mean loss over the batch's answer tokens; returns that loss.

        Raises:
            TrainingError: the memory does not suffice for one example.
        """
        total, *gradients = self._with_the_memory_there_is(batch, self._mean_loss_and_gradients)
        for weight, gradient in zip(self.weights, gradients, strict=True):
            weight.grad = gradient
        return float(total.item())

    def mean_loss(self, examples: Sequence[Encoded]) -> float:
        """The mean loss over the examples' answer tokens; no gradients.

        Raises:
            TrainingError: the memory does not suffice for one example.
        """
        self.model.eval()
        (total,) = self._with_the_memory_there_is(examples, self._summed_loss)
        self.model.train()
        return float(total.item()) / sum(example.n_answer for example in examples)

    def _with_the_memory_there_is(
        self, examples: Sequence[Encoded], compute: Callable[[Sequence[Encoded]], list[Any]]
    ) -> list[Any]:
        """The tensors that `compute` gives, summed over all processes; these take less memory together, or their packs
        would differ."""
        import torch

        while True:
            sums = None
            with suppress(torch.OutOfMemoryError):  # no more within: what failed keeps its tensors
                sums = compute(examples)
            ran_out = self._processes.any(sums is None)
            if sums is not None and not ran_out:
                self._processes.add_up(sums)
                return sums
            del sums
            self._take_less_memory(examples)

    def _mean_loss_and_gradients(self, batch: Sequence[Encoded]) -> list[Any]:
        """This process's share of the batch's mean loss, and the share's gradients."""
        import torch

        n_answer = sum(example.n_answer for example in batch)
        shares = self._shares(batch)
        if len(shares) == 2:
            return sum_in_threads(lambda half: self._loss_and_gradients(half, n_answer), shares)
        total = torch.zeros((), device=self.device)
        for weight in self.weights:
            weight.grad = torch.zeros_like(weight)
        for pack in shares[0]:
            loss = self._loss(pack) / n_answer
            loss.backward()
            total += loss.detach()
        return [total, *(weight.grad for weight in self.weights)]

    def _loss_and_gradients(self, packs: Sequence[Pack], n_answer: int) -> list[Any]:
        """The loss of the packs, divided by `n_answer`, and its gradients, apart from those that the weights hold."""
        import torch

        sums = [torch.zeros(()), *(torch.zeros_like(weight) for weight in self.weights)]
        for pack in packs:
            loss = self._loss(pack) / n_answer
            gradients = torch.autograd.grad(loss, self.weights, materialize_grads=True)
            for so_far, more in zip(sums, [loss.detach(), *gradients], strict=True):
                so_far += more
        return sums

    def _summed_loss(self, examples: Sequence[Encoded]) -> list[Any]:
        shares = self._shares(examples)
        return sum_in_threads(self._losses, shares) if len(shares) == 2 else self._losses(shares[0])

    def _losses(self, packs: Sequence[Pack]) -> list[Any]:
        """The summed loss of the packs, without gradients."""
        import torch

        total = torch.zeros((), device=self.device)
        with torch.no_grad():
            for pack in packs:
                total += self._loss(pack)
        return [total]

    def _loss(self, pack: Pack) -> Any:
        import torch

        with torch.autocast(self.device.type, torch.bfloat16, enabled=self._is_mixed):
            return pack_loss(self.model, pack, self.device)

    def _shares(self, examples: Sequence[Encoded]) -> Sequence[Sequence[Pack]]:
        """What this process computes: two halves where each has a thread of its own, else all packs in one."""
        packs = self._processes.share(self._packs(examples))
        return (halve(packs) if self._in_threads else []) or [packs]

    def _packs(self, examples: Sequence[Encoded]) -> list[Pack]:
        put_together = share_beginnings if self._log.packed else group_by_length
        return put_together(examples, self._log.micro_batch)

    def _packs_rightly(self, examples: Sequence[Encoded]) -> bool:
        """Whether this model gives examples in one pack the loss that they have alone: not every attention can."""
        import torch

        packs = [pack for pack in share_beginnings(examples, self._log.micro_batch) if pack.n_shared]
        window = getattr(self.model.config, "sliding_window", None)  # our mask would take its place
        if not packs or (window and max(len(example.ids) for example in examples) > window):
            return False
        pack = min(packs, key=lambda pack: pack.n_tokens)
        with torch.no_grad():
            together = self._loss(pack).item()
            alone = math.fsum(self._loss(Pack((example,))).item() for example in pack.examples)
        return bool(abs(together - alone) <= _SAME_LOSS.get(str(self.model.dtype), 1e-2) * alone)

    def _take_less_memory(self, examples: Sequence[Encoded]) -> None:
        """Half the tokens at a time; where single examples are too much, activations are computed a second time."""
        import torch

        torch.cuda.empty_cache()
        if max(len(pack.examples) for pack in self._packs(examples)) > 1:
            self._log.micro_batch //= 2
            self._log.n_halved += 1
        elif not self._log.checkpointed:
            self._compute_activations_twice()
        else:
            raise TrainingError(
                "the memory does not suffice for one example: lower passages or max_passage_tokens, or take a smaller "
                "base model"
            )

    def _compute_activations_twice(self) -> None:
        self._log.checkpointed = True
        self.model.gradient_checkpointing_enable({"use_reentrant": False})
