"""In which numbers an encoder computes on a CPU."""

from typing import Literal

__all__ = ["Precision"]

Precision = Literal["int8", "bfloat16", "float32"]
