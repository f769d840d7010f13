"""What can be known of a base model before its weights are loaded: size, window, licence, languages, template."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

from assay.errors import InputError, NotFound
from assay.models.known import KNOWN
from assay.models.licence import card_of, licence_of_folder
from assay.models.model import USUAL_BITS, gguf_file, is_hub_id, split_bits, weight_files
from assay.privacy import hub_for

__all__ = ["BaseFacts", "bytes_a_weight", "memory_to_answer", "memory_to_make", "read_facts"]

_TIMEOUT_S = 10.0
_EXPORT_BYTES = 4.0  # a weight, while a folder is written as an OpenVINO model: 6.0 GB measured for 1.5 billion


@dataclass(frozen=True)
class BaseFacts:
    """What its files say; None and () where they do not.

    Args:
        n_weights: how many numbers.
        bits: that each is kept in when the model answers.
        disk_bytes: of the file or folder that it comes in.
        window: tokens that it reads and writes at most.
        licence: its short name.
        languages: that its maker names, as codes.
        has_template: whether it was trained on conversations and says how they look.
    """

    n_weights: int | None = None
    bits: int | None = None
    disk_bytes: int | None = None
    window: int | None = None
    licence: str | None = None
    languages: tuple[str, ...] = ()
    has_template: bool | None = None


def read_facts(name: str) -> BaseFacts:
    """The facts of a model that `open_model` opens by this name; nothing of an endpoint.

    Of a model on the hub, what the hub tells before a file of it is fetched; nothing where it cannot be asked.

    Raises:
        InputError: a GGUF file whose model cannot be converted, a folder whose config.json cannot be read.
        NotFound: a file that is not there.
        MissingExtra: a known model that is not on this machine.
    """
    if name.startswith(("http://", "https://")):
        return BaseFacts()
    plain, bits = split_bits(name)
    packed, folder = gguf_file(plain), Path(plain).expanduser()
    if packed is not None:
        known = KNOWN[plain].licence if plain in KNOWN else None
        return _of_gguf(packed, bits or USUAL_BITS, known)
    if folder.is_dir():
        return _of_folder(folder, bits or USUAL_BITS)
    return _of_hub(plain, bits or USUAL_BITS) if is_hub_id(plain) else BaseFacts()


def memory_to_answer(facts: BaseFacts) -> float | None:
    """Bytes of its weights while it answers; None where that is not known."""
    return facts.n_weights * facts.bits / 8 if facts.n_weights and facts.bits else None


def memory_to_make(facts: BaseFacts) -> float | None:
    """Bytes that converting it takes at the highest, once; None where that is not known."""
    return facts.n_weights * _EXPORT_BYTES if facts.n_weights else None


def bytes_a_weight(config: Mapping[str, Any]) -> int:
    """In the files of a model, by its config.json."""
    return 4 if str(config.get("dtype") or config.get("torch_dtype")) == "float32" else 2


def _of_gguf(path: Path, bits: int, licence: str | None) -> BaseFacts:
    from assay.models.gguf import check_convertible, read_gguf

    fields, n_weights = read_gguf(path)
    check_convertible(fields, path)
    kind = fields["general.architecture"]
    return BaseFacts(
        n_weights=n_weights,
        bits=bits,
        disk_bytes=path.stat().st_size,
        window=_whole(fields.get(f"{kind}.context_length")),
        licence=fields.get("general.license") or (licence and licence.lower()),
        languages=_languages(fields.get("general.languages")),
        has_template=bool(fields.get("tokenizer.chat_template")),
    )


def _of_folder(folder: Path, bits: int) -> BaseFacts:
    config, weights = _json(folder / "config.json"), weight_files(folder)
    card = card_of(folder)
    return BaseFacts(
        n_weights=_count_weights(weights, config),
        bits=bits,
        disk_bytes=sum(path.stat().st_size for path in weights) or None,
        window=_whole(config.get("max_position_embeddings")),
        licence=licence_of_folder(folder),
        languages=_languages(card.get("language")),
        has_template=_has_template(folder),
    )


def _of_hub(name: str, bits: int) -> BaseFacts:
    """Weights, bytes, licence and languages, by the hub's description."""
    from httpx import HTTPError
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    try:
        with hub_for(name):
            told = HfApi().model_info(name, files_metadata=True, timeout=_TIMEOUT_S)
    except (HfHubHTTPError, HFValidationError, OfflineModeIsEnabled, HTTPError, OSError):
        return BaseFacts()
    weights = [file.size or 0 for file in told.siblings or () if file.rfilename.endswith((".safetensors", ".bin"))]
    card: dict[str, Any] = told.card_data.to_dict() if told.card_data else {}  # type: ignore[no-untyped-call]
    return BaseFacts(
        n_weights=told.safetensors.total if told.safetensors else None,
        bits=bits,
        disk_bytes=sum(weights) or None,
        licence=card.get("license"),
        languages=_languages(card.get("language")),
    )


def _count_weights(files: list[Path], config: Mapping[str, Any]) -> int | None:
    """By the heads of safetensors files; by size and number type for other files."""
    if not files:
        return None
    if all(path.suffix == ".safetensors" for path in files):
        from safetensors import safe_open

        total = 0
        for path in files:
            with safe_open(path, framework="np") as opened:  # type: ignore[no-untyped-call]
                total += sum(prod(opened.get_slice(name).get_shape()) for name in opened.keys())  # noqa: SIM118
        return total
    return sum(path.stat().st_size for path in files) // bytes_a_weight(config)


def _has_template(folder: Path) -> bool:
    if (folder / "chat_template.jinja").is_file():
        return True
    file = folder / "tokenizer_config.json"
    return bool(_json(file).get("chat_template")) if file.is_file() else False


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NotFound(f"{path.parent} is no model: it has no {path.name}") from error
    except (UnicodeDecodeError, ValueError) as error:
        raise InputError(f"{path} is no valid JSON: {error}") from error
    if not isinstance(read, dict):
        raise InputError(f"{path} holds no settings of a model")
    return read


def _languages(told: Any) -> tuple[str, ...]:
    listed = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    return tuple(str(code) for code in listed)


def _whole(told: Any) -> int | None:
    return told if isinstance(told, int) and not isinstance(told, bool) else None
