"""What a training leaves on the disk: its state while it goes on, and the tuned model at the end."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["forget_state", "read_state", "save_tuned", "write_state"]


def write_state(folder: Path, state: dict[str, Any]) -> None:
    """Keep everything that the next step depends on, whole or not at all.

    Raises:
        OSError: the disk is full; the state before is still there.
    """
    import torch

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "state.part").open("wb") as file:  # given a path, torch hides that the disk is full
        torch.save(state, file)
    (folder / "state.part").replace(folder / "state.pt")


def read_state(folder: Path, device: Any) -> dict[str, Any] | None:
    """The state that a killed training left, or None."""
    import torch

    path = folder / "state.pt"
    if not path.exists():
        return None
    state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
    return state


def forget_state(folder: Path) -> None:
    """Remove the state of a training that is over."""
    for name in ("state.pt", "state.part"):
        (folder / name).unlink(missing_ok=True)


def save_tuned(model: Any, tokenizer: Any, is_adapter: bool, folder: Path) -> None:
    """Write an adapter in PEFT's format, or a whole model with its tokenizer, adapters merged into the weights.

    Raises:
        OSError: the disk is full.
    """
    with _full_disk_told():
        if is_adapter:
            model.save_pretrained(folder)
            return
        whole = model.merge_and_unload() if hasattr(model, "merge_and_unload") else model
        tokenizer.save_pretrained(folder)
        whole.save_pretrained(folder)


@contextmanager
def _full_disk_told() -> Iterator[None]:
    from safetensors import SafetensorError

    try:
        yield
    except SafetensorError as error:
        if "No space left" not in str(error):
            raise
        raise OSError(errno.ENOSPC, "the disk is full") from error
