"""What is needed to do a run again: versions, hashes, seed, machine."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

__all__ = ["describe_software"]

_LIBRARIES = (
    "assay", "torch", "transformers", "peft", "openvino-genai", "optimum-intel", "sentence-transformers", "lancedb",
    "kreuzberg", "numpy", "scipy",
)  # fmt: skip


def describe_software() -> dict[str, Any]:
    """Versions of the libraries that numbers depend on, and the machine."""
    return {
        "versions": {name: _version(name) for name in _LIBRARIES} | {"python": platform.python_version()},
        "machine": {"cores": os.cpu_count(), "processor": platform.machine(), "system": platform.system()},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
