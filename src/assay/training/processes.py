"""Several processes that train one model together, as Accelerate's launcher starts them; commonly there is one."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Processes", "join_processes"]


@dataclass(frozen=True)
class Processes:
    """This process among `count`, numbered from 0; each computes its share of a batch, and all take the same step."""

    number: int = 0
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this is the one that writes files and tells progress."""
        return self.number == 0

    def share(self, work: Sequence[Any]) -> Sequence[Any]:
        """Every `count`-th piece, from the own number on."""
        return work[self.number :: self.count]

    def any(self, is_so: bool) -> bool:
        """Whether it is so in at least one of the processes."""
        import torch

        number = torch.tensor(float(is_so), device="cuda" if torch.cuda.is_available() else "cpu")
        self.add_up([number])
        return bool(number.item() > 0)

    def add_up(self, tensors: Sequence[Any]) -> None:
        """Replace each tensor by its sum over all processes."""
        if self.count == 1:
            return
        import torch

        together = torch.cat([tensor.reshape(-1).float() for tensor in tensors])
        torch.distributed.all_reduce(together)
        sizes = [tensor.numel() for tensor in tensors]
        for tensor, part in zip(tensors, torch.split(together, sizes), strict=True):
            tensor.copy_(part.view_as(tensor))


def join_processes() -> Processes:
    """The processes that the launcher started with this one, connected; itself alone without a launcher."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return Processes()
    import torch
    from accelerate import PartialState

    state = PartialState(cpu=not torch.cuda.is_available())
    return Processes(state.process_index, state.num_processes)
