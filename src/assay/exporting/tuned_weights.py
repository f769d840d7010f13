"""What is exported: a base model with the weights that a cell of a run was tuned to. And what a format is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assay.models import Engine, LocalModel

__all__ = ["Format", "Tuned"]


@dataclass(frozen=True)
class Tuned:
    """A base model on this machine, and what was trained on it: an adapter, or a whole model."""

    base: LocalModel
    trained: Path
    max_new_tokens: int
    llama_cpp: str = ""  # folder of llama.cpp's converter; empty: see `assay.exporting.gguf`

    @property
    def is_adapter(self) -> bool:
        """Whether it is an adapter in PEFT's format; otherwise it is a Hugging Face folder."""
        return (self.trained / "adapter_config.json").is_file()


class Format(Protocol):
    """One way to hand a tuned model on."""

    name: str  # as people choose it
    bits: tuple[int, ...]  # widths of the weights that can be chosen, the usual one first; empty: nothing to choose

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        """Write the artifact to an empty folder.

        Raises:
            InputError: a model that this format cannot hold.
            EngineError: a converter failed.
        """

    def load(self, tuned: Tuned, folder: Path, bits: int) -> Engine:
        """The artifact itself, ready to answer, run by what will run it elsewhere."""

    def usage(self, tuned: Tuned) -> str:
        """Markdown: how to run it."""
