"""assay doctor: what this machine can run, and what is missing."""

import os
import shutil
import sys
from importlib.util import find_spec

from assay.cli.options import SpokenLanguage, spoken_language

__all__ = ["doctor"]

_PARTS = [
    ("torch", 'pip install "assay[cpu]" without a GPU, "assay[gpu]" with one'),
    ("openvino_genai", 'pip install "assay[cpu]"'),
    ("lancedb", 'pip install "assay[index]"'),
    ("optuna", 'pip install "assay[search]"'),
    ("gepa", 'pip install "assay[prompts]"'),
    ("psycopg", 'pip install "assay[postgres]"'),
]
_GIB = 2**30
_LABEL = 11  # columns of the terminal


def doctor(lang: SpokenLanguage = None) -> None:
    """Say what this machine can run, and what to type for what is missing."""
    import psutil

    from assay.models.cache import cache_folder
    from assay.models.known import KNOWN
    from assay.words import message

    spoken = spoken_language(lang)
    memory, disk = psutil.virtual_memory(), shutil.disk_usage(_existing(cache_folder()))
    sizes = {"memory": f"{memory.total / _GIB:.0f}", "disk": f"{disk.free / _GIB:.0f}"}
    _say("python", sys.version.split()[0], spoken)
    _say("machine", message("doctor.machine", spoken, cores=os.cpu_count() or 1, **sizes), spoken)
    _say("gpu", _gpu(spoken), spoken)
    _say("models", str(cache_folder()), spoken)
    for module, line in _PARTS:
        _say_whether(find_spec(module) is not None, message(f"doctor.{module}", spoken), line, spoken)
    for model in KNOWN.values():
        what = message(f"doctor.{model.role}", spoken, name=model.name)
        _say_whether(model.find() is not None, what, model.fetch_line, spoken)
    _say_recognition(spoken)
    print(f"\n{_advice(memory.total / _GIB, spoken)}")


def _say(label: str, text: str, lang: str) -> None:
    """A line, its label as wide as every other."""
    from rich.cells import set_cell_size

    from assay.words import message

    print(f"{set_cell_size(message(f'doctor.label.{label}', lang), _LABEL)}{text}")


def _say_whether(is_there: bool, what: str, line: str, lang: str) -> None:
    from assay.words import message

    _say("ok" if is_there else "missing", what if is_there else message("doctor.how", lang, what=what, line=line), lang)


def _say_recognition(lang: str) -> None:
    from assay.corpus.recognition import INSTALL_TESSERACT, recognition_languages
    from assay.words import message

    languages, what = recognition_languages(), message("doctor.recognition", lang)
    if languages:
        what = message("doctor.languages", lang, what=what, languages=" ".join(languages))
    if languages and "chi_sim" not in languages:
        what = message("doctor.no_chinese", lang, what=what, line=INSTALL_TESSERACT)
    _say_whether(bool(languages), what, INSTALL_TESSERACT, lang)


def _gpu(lang: str) -> str:
    from assay.words import message

    if find_spec("torch") is None:
        return message("doctor.no_torch", lang)
    import torch

    if not torch.cuda.is_available():
        return message("doctor.no_gpu", lang)
    name, memory = torch.cuda.get_device_name(0), torch.cuda.get_device_properties(0).total_memory
    return message("doctor.gpu", lang, name=name, memory=f"{memory / _GIB:.0f}")


def _advice(memory_gb: float, lang: str) -> str:
    """Which base model fits: tuning in float32 on a CPU takes about eight bytes a parameter, with room to work."""
    from assay.words import message

    if find_spec("torch") is None:
        return message("doctor.endpoints", lang)
    largest = next((size for size in ("3B", "1.5B", "0.5B") if memory_gb > 12 * _billions(size)), "0.135B")
    return message("doctor.largest", lang, largest=largest)


def _billions(size: str) -> float:
    return float(size.removesuffix("B"))


def _existing(path: os.PathLike[str]) -> str:
    folder = os.fspath(path)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    return folder
