"""Base models by name: the embedded one, a folder, a GGUF file, a hub id or an endpoint."""

import ctypes
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from assay.errors import EngineError, InputError, MissingExtra, NotFound
from assay.masking import mask
from assay.models.cache import build_once, hash_known, kept_in
from assay.models.engine import Conversation, Engine
from assay.models.known import EMBEDDED, KNOWN, require_weights
from assay.privacy import hub_for
from assay.settings import check_whole

__all__ = [
    "EMBEDDED",
    "USUAL_BITS",
    "EndpointModel",
    "LocalModel",
    "Model",
    "ScriptedModel",
    "gguf_file",
    "has_cuda",
    "is_hub_id",
    "open_model",
    "split_bits",
]

Say = Callable[..., None]
_CONVERTING, _EXPORTING = 0.25e-6, 0.15e-6  # seconds a byte, on two cores
_WEIGHTS = ("*.safetensors", "*.bin")
_TOKENIZERS = (
    "tokenizer.json",
    "tokenizer.model",
    "vocab.*",
    "spiece.model",
    "*.bpe.model",
    "*.tiktoken",
    "tekken.json",
)
_JSON = ("config.json", "tokenizer.json", "tokenizer_config.json")
USUAL_BITS = 8
_BITS = re.compile(r"@(\d+)bit$")  # behind a model's name: the precision that its weights are kept in
_BUILT_FOR = re.compile(r"^(cuda|hip)\b[^=\n]*= *(\S+)", re.MULTILINE)  # in torch/version.py


def check_there(folder: Path) -> None:
    """Nothing while a model's folder is where it was found.

    Raises:
        EngineError: somebody has deleted it.
    """
    if not folder.is_dir():
        raise EngineError(f"{folder} is gone: run the same line again, which makes it anew")


def weight_files(folder: Path) -> list[Path]:
    """The files of a Hugging Face folder that hold its weights."""
    return [path for pattern in _WEIGHTS for path in folder.glob(pattern)]


def say_nothing(key: str, **values: object) -> None:
    """Where nobody listens."""


class Model(Protocol):
    """A base model from which engines are loaded."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def engine_name(self) -> str:
        """Which engine answers."""

    @property
    def sha256(self) -> str:
        """What names the weights: answers are kept under it."""

    @property
    def folder(self) -> Path | None:
        """The Hugging Face folder that tuning starts from; None where the model cannot be tuned."""

    @property
    def why_not_tunable(self) -> str | None:
        """Why it cannot be tuned; None where it can."""

    @property
    def tells_likelihood(self) -> bool:
        """Whether its completions carry a log-probability."""

    def load(self, tuned: Path | None = None) -> Engine:
        """A fresh engine, with what a training wrote if that is given: an adapter on top, or weights instead."""


@dataclass(frozen=True)
class LocalModel:
    """A model on this machine, run by OpenVINO (exported once into the cache) or by transformers."""

    name: str
    folder: Path
    sha256: str
    exported: Path | None  # OpenVINO's folder; None: transformers runs it
    why_not_tunable: str | None = None
    tells_likelihood: bool = True
    bits: int = 8  # of each weight, in OpenVINO's folder

    @property
    def engine_name(self) -> str:
        """Which engine answers, for the report."""
        return f"openvino-genai int{self.bits}" if self.exported else "transformers"

    def load(self, tuned: Path | None = None) -> Engine:
        """An engine with the weights in memory; a fresh one every time. Tuned weights are exported like the base's.

        Raises:
            EngineError: the weights are not there any more, or the engine does not take them.
        """
        for place in (self.folder, self.exported):
            if place is not None:
                check_there(place)
        is_whole = tuned is not None and (tuned / "config.json").is_file()
        folder, adapter = (tuned, None) if tuned is not None and is_whole else (self.folder, tuned)
        if self.exported is not None:
            from assay.models.openvino import OpenVINOEngine, export_openvino

            export = partial(export_openvino, folder, bits=self.bits)
            exported = build_once(folder / "openvino", export) if is_whole else self.exported
            return OpenVINOEngine(exported, adapter, weights=f"int{self.bits}")
        from assay.models.transformers import TransformersEngine

        return TransformersEngine(folder, adapter)


@dataclass(frozen=True)
class EndpointModel:
    """A model behind an OpenAI-compatible URL; it answers but cannot be tuned."""

    name: str
    url: str = field(repr=False)
    folder: None = None
    engine_name: str = "OpenAI-compatible endpoint"
    why_not_tunable: str | None = "an endpoint cannot be tuned from here"
    tells_likelihood: bool = False

    @property
    def sha256(self) -> str:
        """Its address without a password or key: the weights behind it cannot be seen."""
        return f"{mask(self.url)}#{self.name}"

    def load(self, tuned: Path | None = None) -> Engine:
        """The endpoint, checked to be up.

        Raises:
            EngineError: it does not answer, has no such model, or an adapter was asked for.
        """
        from assay.models.endpoint import EndpointEngine

        if tuned is not None:
            raise EngineError(f"{self.url} cannot take an adapter")
        engine = EndpointEngine(self.url, self.name)
        engine.check()
        return engine


@dataclass(frozen=True)
class ScriptedModel:
    """A model that answers by a function; cannot be tuned."""

    reply: Callable[[Conversation], str]
    name: str = "scripted"
    folder: None = None
    sha256: str = "scripted"
    engine_name: str = "scripted"
    why_not_tunable: str | None = "a scripted model has no weights"
    logprob: Callable[[str], float] | None = None  # of an answer's text

    @property
    def tells_likelihood(self) -> bool:
        """Whether it was given likelihoods."""
        return self.logprob is not None

    def load(self, tuned: Path | None = None) -> Engine:
        """A fresh scripted engine."""
        from assay.models.scripted import ScriptedEngine

        return ScriptedEngine(self.reply, logprob=self.logprob)


def open_model(name: str | None = None, engine: str = "auto", say: Say = say_nothing) -> Model:
    """The base model of a name.

    Args:
        name: None for the embedded model; that of a known one; a folder with config.json; a .gguf file; URL#MODEL of an
            endpoint; a hub id. With "@4bit" or "@8bit" behind it: the precision that OpenVINO keeps its weights in.
        engine: "openvino", "transformers", or "auto": transformers on CUDA, elsewhere OpenVINO if it takes the model.
        say: told the key of a sentence, and its values, before each long step.

    Raises:
        NotFound: no such folder, file or hub id.
        InputError: a file or name that is no model.
        MissingExtra: a known model that is not on this machine; an engine that is not installed.
    """
    if name and name.startswith(("http://", "https://")):
        return _endpoint(name)
    _check_installed()
    plain, bits = split_bits(name or EMBEDDED)
    folder, label = _find_folder(plain, say)
    weights = weight_files(folder)
    if not weights or not (folder / "config.json").is_file():
        raise InputError(f"{folder} is no model: it needs config.json and weights in .safetensors")
    _check_whole(folder, weights)
    sha256 = hash_known([*weights, folder / "config.json"])
    exported = _export(folder, sha256, engine, say, bits or USUAL_BITS)
    if bits in (None, USUAL_BITS):
        return LocalModel(label, folder, sha256, exported)
    if exported is None:
        raise InputError(f"{name}: weights of {bits} bits take OpenVINO, and transformers is to run this model")
    return LocalModel(f"{label}@{bits}bit", folder, f"{sha256}-int{bits}", exported, bits=bits)


def _check_whole(folder: Path, weights: Sequence[Path]) -> None:
    """Nothing when a model has a tokenizer, its weights are all there and its JSON files can be read.

    Of the weights the heads are read alone.

    Raises:
        InputError: it has none, or they are not.
    """
    from safetensors import SafetensorError, safe_open

    if not any(found for pattern in _TOKENIZERS for found in folder.glob(pattern)):
        raise InputError(f"{folder} has no tokenizer: put the tokenizer.json of the model beside its weights")
    for file in filter(Path.is_file, (folder / name for name in _JSON)):
        try:
            json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise InputError(f"{file} is no valid JSON: {error}") from error
    for file in weights:
        try:
            if file.suffix == ".safetensors":
                with safe_open(file, framework="np"):  # type: ignore[no-untyped-call]
                    pass
        except (SafetensorError, OSError) as error:
            raise InputError(f"{file} is cut off or damaged: fetch it anew ({error})") from error


def split_bits(name: str) -> tuple[str, int | None]:
    """A model's name without its precision, and that: bits of each weight, None where the name says nothing.

    Raises:
        InputError: a precision that there is not.
    """
    found = _BITS.search(name)
    if found is None:
        return name, None
    if found[1] not in ("4", "8"):
        raise InputError(f"weights can be kept in 4 or 8 bits: write @4bit or @8bit, not {name[found.start() :]}")
    return name[: found.start()], int(found[1])


def _check_installed() -> None:
    if not all(map(find_spec, ("torch", "transformers"))):
        raise MissingExtra(
            'a model on this machine needs torch and transformers: pip install "assay[cpu]" without a GPU, '
            '"assay[gpu]" with one; or give an endpoint as URL#MODEL'
        )


def _endpoint(name: str) -> EndpointModel:
    check_whole(name, "base")
    url, _, model = name.partition("#")
    if not model:
        raise InputError(f'"{name}" names no model: write URL#MODEL, for example http://localhost:11434/v1#qwen2.5:7b')
    return EndpointModel(model, url)


def _find_folder(name: str, say: Say) -> tuple[Path, str]:
    path, packed = Path(name).expanduser(), gguf_file(name)
    if packed is not None:
        return _convert(packed, say), name if name in KNOWN else packed.stem
    if path.is_dir():
        return path, path.resolve().name
    if not is_hub_id(name):
        known = " or ".join(model.name for model in KNOWN.values() if model.role == "base")
        raise NotFound(
            f'there is no model "{name}": give {known}, a folder, a .gguf file, URL#MODEL or a hub id (org/name)'
        )
    return _download(name, say), name


def is_hub_id(name: str) -> bool:
    """Whether a name that is no file or folder here may be one on the hub: org/name."""
    return name.count("/") == 1 and not name.startswith((".", "/", "~"))


def gguf_file(name: str) -> Path | None:
    """The GGUF file that a base model's name stands for; None where it is no such file.

    Raises:
        NotFound: a file that is not there.
        MissingExtra: a known model that is not on this machine.
    """
    path = Path(name).expanduser()
    if name in KNOWN and KNOWN[name].role == "base":
        return require_weights(KNOWN[name])
    if path.suffix == ".gguf" and not path.is_file():
        raise NotFound(f"there is no file {path}")
    return path if path.suffix == ".gguf" else None


def _convert(path: Path, say: Say) -> Path:
    from assay.models.gguf import convert_gguf

    folder = kept_in("models") / f"{path.stem}-{hash_known([path])[:16]}"
    if not folder.exists():
        say("model.converting", name=path.name, seconds=_whole_tens(path.stat().st_size * _CONVERTING))
    return build_once(folder, lambda empty: convert_gguf(path, empty))


def _whole_tens(seconds: float) -> int:
    return max(10, 10 * round(seconds / 10))


def _download(name: str, say: Say) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    say("model.fetching", name=name)
    patterns = ["*.json", "*.safetensors", "*.model", "*.jinja", "*.txt", "README.md", "LICENSE*"]
    try:
        with hub_for(name):
            return Path(snapshot_download(name, allow_patterns=patterns))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise NotFound(f'"{name}" is no folder here, and the hub did not give it: {error}') from error


def _export(folder: Path, sha256: str, engine: str, say: Say, bits: int) -> Path | None:
    """OpenVINO's folder of the model, or None where transformers is to run it."""
    if engine == "transformers" or (engine == "auto" and (find_spec("openvino_genai") is None or has_cuda())):
        return None
    if find_spec("openvino_genai") is None or find_spec("optimum") is None:
        raise MissingExtra('the OpenVINO engine is not installed: pip install "assay[cpu]"')
    from assay.models.openvino import export_openvino

    target = kept_in("openvino") / f"{sha256[:16]}-int{bits}"
    if not target.exists():
        size = sum(path.stat().st_size for path in weight_files(folder))
        say("model.exporting", seconds=_whole_tens(size * _EXPORTING))
    try:
        return build_once(target, lambda empty: export_openvino(folder, empty, bits))
    except EngineError as error:
        if engine == "openvino":
            raise
        say("model.other_engine", error=error)
        return None


def has_cuda() -> bool:
    """Whether there is a CUDA device here. torch, which takes seconds to import, is asked only where it may say yes."""
    if not _torch_may_use_cuda():
        return False
    from assay.models.transformers import pick_device

    return pick_device() == "cuda"


def _torch_may_use_cuda() -> bool:
    """Whether torch was built for GPUs and a driver of NVIDIA is there; with one of AMD only torch knows."""
    spec = find_spec("torch")
    file = Path(spec.origin).with_name("version.py") if spec is not None and spec.origin is not None else None
    if file is None or not file.is_file():
        return file is not None
    built = {name: kind for name, kind in _BUILT_FOR.findall(file.read_text()) if kind != "None"}
    if built.keys() != {"cuda"}:
        return bool(built)
    try:
        ctypes.CDLL("libcuda.so.1")
    except OSError:
        return False
    return True
