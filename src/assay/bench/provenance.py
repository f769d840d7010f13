"""What is needed to do a run again: versions, hashes, seed, machine."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from assay.models import Model
from assay.questions.exam import Exam
from assay.settings import Settings

__all__ = ["describe_provenance", "describe_software"]

_LIBRARIES = (
    "assay", "torch", "transformers", "peft", "openvino-genai", "optimum-intel", "sentence-transformers", "lancedb",
    "kreuzberg", "numpy", "scipy",
)  # fmt: skip


def describe_provenance(exam: Exam, model: Model, settings: Settings) -> dict[str, Any]:
    """Hashes of data and weights, versions of the libraries that numbers depend on, the seed and the machine."""
    return {
        "weights_sha256": model.sha256,
        "questions_sha256": exam.questions.sha256,
        "corpus_sha256": exam.corpus.sha256,
        "exam": exam.key,
        "seed": settings.seed,
        **describe_software(),
    }


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
