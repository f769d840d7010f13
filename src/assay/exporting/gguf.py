"""The merged model as one GGUF file, for llama.cpp and what is built on it.

Written by llama.cpp's own converter where there is one: in the folder that the setting `llama_cpp` names, or on PATH.
Without it, by `assay.exporting.gguf_file`, for the architectures known there.
"""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from assay.errors import EngineError, MissingExtra, NotFound
from assay.exporting.gguf_file import write_gguf
from assay.exporting.merged import merge
from assay.exporting.tuned_weights import Tuned
from assay.models import Engine

__all__ = ["FILE", "GGUFFormat", "find_converter"]

FILE = "model.gguf"
_CONVERTER = "convert_hf_to_gguf.py"
_TYPES = {8: "q8_0", 16: "f16"}


class GGUFFormat:
    """A GGUF file that holds its chat template; see `Format`. Answers through llama.cpp where that is installed."""

    name = "gguf"
    bits: tuple[int, ...] = (8, 16)

    def write(self, tuned: Tuned, folder: Path, bits: int) -> None:
        """Merged first, in a folder beside that is removed, then converted."""
        converter = find_converter(tuned.llama_cpp)
        with TemporaryDirectory(dir=folder.parent) as merged:
            merge(tuned, Path(merged))
            if converter is None:
                write_gguf(Path(merged), folder / FILE, bits, tuned.base.name)
            else:
                _convert(converter, Path(merged), folder / FILE, bits, tuned.base.name)

    def load(self, tuned: Tuned, folder: Path, bits: int) -> Engine:
        """The file in llama.cpp; without it, its weights read back and run by transformers."""
        return _in_llama_cpp(tuned, folder / FILE) if find_spec("xllamacpp") else _read_back(folder / FILE)

    def usage(self, tuned: Tuned) -> str:
        """Serving with llama.cpp."""
        return f"""```sh
llama-server -m {FILE} --temp 0 -n {tuned.max_new_tokens}
```

The chat template is in the file: send conversations to `/v1/chat/completions`."""


def find_converter(llama_cpp: str) -> Path | None:
    """llama.cpp's converter: in the folder named, or on PATH where none is; None where there is none.

    Raises:
        NotFound: a folder without it.
    """
    if not llama_cpp:
        found = which(_CONVERTER)
        return Path(found) if found else None
    path = Path(llama_cpp).expanduser() / _CONVERTER
    if not path.is_file():
        raise NotFound(f"there is no {_CONVERTER} in {llama_cpp} (llama_cpp): name a checkout of llama.cpp")
    return path


def _convert(converter: Path, model: Path, path: Path, bits: int, name: str) -> None:
    command = [sys.executable, str(converter), str(model), "--outfile", str(path), "--outtype", _TYPES[bits]]
    command += ["--model-name", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        if "No module named" in last:  # it asks for sentencepiece even where the vocabulary is none
            raise MissingExtra(f'{converter} needs a package that is not here ({last}): pip install "assay[llama-cpp]"')
        raise EngineError(f"{converter} could not convert the model: {last}")


def _in_llama_cpp(tuned: Tuned, path: Path) -> Engine:
    from transformers import AutoConfig, AutoTokenizer

    from assay.models.chat import ChatFormat
    from assay.models.llama_cpp import LlamaCppEngine

    chat = ChatFormat(AutoTokenizer.from_pretrained(tuned.base.folder))
    config = AutoConfig.from_pretrained(tuned.base.folder)
    return LlamaCppEngine(path, chat, int(getattr(config, "max_position_embeddings", 4096)))


def _read_back(path: Path) -> Engine:
    from assay.models.gguf import convert_gguf
    from assay.models.transformers import TransformersEngine

    with TemporaryDirectory(dir=path.parent) as folder:
        convert_gguf(path, Path(folder))
        engine = TransformersEngine(Path(folder))
    engine.name += ", its weights read back"
    return engine
