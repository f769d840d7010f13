"""The licence of a base model, as far as its own files tell. Guesses nothing."""

from pathlib import Path
from typing import Any

from assay.models.model import LocalModel, gguf_file

__all__ = ["card_of", "licence_files", "licence_of", "licence_of_folder"]

_TITLES = {"apache license": "apache-2.0", "mit license": "mit", "bsd 3-clause": "bsd-3-clause"}
_HEAD = 300  # characters in which a licence names itself


def licence_of(base: LocalModel, name: str) -> str | None:
    """The licence's short name, such as "apache-2.0"; None where no file tells.

    Args:
        base: the opened model.
        name: what it was opened by: a GGUF file says its licence itself.
    """
    packed = gguf_file(name)
    if packed is not None:
        return _in_gguf(packed)
    return licence_of_folder(base.folder)


def licence_of_folder(folder: Path) -> str | None:
    """The short name that its model card, or a licence's text beside the weights, tells."""
    said = card_of(folder)
    licence = said.get("license_name") if said.get("license") == "other" else said.get("license")
    return str(licence) if licence else _in_text(folder)


def licence_files(base: LocalModel) -> list[Path]:
    """The texts of licences beside the weights, which a copy of the weights has to carry on."""
    return sorted(path for path in base.folder.glob("LICEN[CS]E*") if path.is_file())


def card_of(folder: Path) -> dict[str, Any]:
    """The front matter of the folder's model card; empty where there is none."""
    from huggingface_hub import metadata_load

    path = folder / "README.md"
    return (metadata_load(path) if path.is_file() else None) or {}


def _in_gguf(path: Path) -> str | None:
    from assay.models.gguf import read_gguf_fields

    return read_gguf_fields(path).get("general.license")


def _in_text(folder: Path) -> str | None:
    for path in sorted(folder.glob("LICEN[CS]E*")):
        head = " ".join(path.read_text(encoding="utf-8", errors="replace")[:_HEAD].lower().split())
        found = next((short for title, short in _TITLES.items() if title in head), None)
        if found:
            return found
    return None
