"""assay doctor: what this machine can run, and what is missing."""

import os
import shutil
import sys
from importlib.util import find_spec

__all__ = ["doctor"]

_PARTS = [
    ("torch", "tuning, and models on this machine", 'pip install "assay[cpu]" without a GPU, "assay[gpu]" with one'),
    ("openvino_genai", "fast answering on a CPU", 'pip install "assay[cpu]"'),
    ("lancedb", "searching more than 20,000 passages", 'pip install "assay[index]"'),
    ("optuna", "searching for the settings of tuning", 'pip install "assay[search]"'),
    ("psycopg", "results in PostgreSQL", 'pip install "assay[postgres]"'),
]
_ROLES = {"base": "a base model", "encoder": "an encoder"}
_GIB = 2**30


def doctor() -> None:
    """Say what this machine can run, and what to type for what is missing."""
    import psutil

    from assay.models.cache import cache_folder
    from assay.models.known import KNOWN

    memory, disk = psutil.virtual_memory(), shutil.disk_usage(_existing(cache_folder()))
    print(f"Python     {sys.version.split()[0]}")
    print(
        f"Machine    {os.cpu_count()} cores, {memory.total / _GIB:.0f} GB memory, {disk.free / _GIB:.0f} GB disk free"
    )
    print(f"GPU        {_gpu()}")
    print(f"Models in  {cache_folder()}")
    for module, purpose, line in _PARTS:
        print(_line(find_spec(module) is not None, purpose, line))
    for model in KNOWN.values():
        print(_line(model.find() is not None, f"{model.name}, {_ROLES[model.role]}", model.fetch_line))
    print(_recognition())
    print(f"\n{_advice(memory.total / _GIB)}")


def _line(is_there: bool, purpose: str, line: str) -> str:
    return f"ok         {purpose}" if is_there else f"missing    {purpose}: {line}"


def _recognition() -> str:
    from assay.corpus.recognition import INSTALL_TESSERACT, recognition_languages

    languages = recognition_languages()
    if not languages:
        return f"missing    text in images and scanned pages: {INSTALL_TESSERACT}"
    lacking = "" if "chi_sim" in languages else f"; for Chinese: {INSTALL_TESSERACT}"
    return f"ok         text in images and scanned pages ({' '.join(languages)}){lacking}"


def _gpu() -> str:
    if find_spec("torch") is None:
        return "unknown without torch"
    import torch

    if not torch.cuda.is_available():
        return "none that torch can use"
    name, memory = torch.cuda.get_device_name(0), torch.cuda.get_device_properties(0).total_memory
    return f"{name}, {memory / _GIB:.0f} GB"


def _advice(memory_gb: float) -> str:
    """Which base model fits: tuning in float32 on a CPU takes about eight bytes a parameter, with room to work."""
    if find_spec("torch") is None:
        return "Models behind endpoints can be asked from here: --base URL#MODEL."
    largest = next((size for size in ("3B", "1.5B", "0.5B") if memory_gb > 12 * _billions(size)), "0.135B")
    return f"On this machine's CPU, base models up to about {largest} parameters can be tuned and asked."


def _billions(size: str) -> float:
    return float(size.removesuffix("B"))


def _existing(path: os.PathLike[str]) -> str:
    folder = os.fspath(path)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    return folder
