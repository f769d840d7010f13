"""The licence of a base model, as far as its own files tell. Guesses nothing."""

from pathlib import Path

from assay.models import LocalModel, gguf_file

__all__ = ["licence_files", "licence_of"]

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
    return _in_card(base.folder / "README.md") or _in_text(base.folder)


def licence_files(base: LocalModel) -> list[Path]:
    """The texts of licences beside the weights, which a copy of the weights has to carry on."""
    return sorted(path for path in base.folder.glob("LICEN[CS]E*") if path.is_file())


def _in_gguf(path: Path) -> str | None:
    from assay.models.gguf import read_gguf_fields

    return read_gguf_fields(path).get("general.license")


def _in_card(path: Path) -> str | None:
    """From the front matter of a model card; "other" has its name in a field of its own."""
    from huggingface_hub import metadata_load

    said = (metadata_load(path) if path.is_file() else None) or {}
    licence = said.get("license_name") if said.get("license") == "other" else said.get("license")
    return str(licence) if licence else None


def _in_text(folder: Path) -> str | None:
    for path in sorted(folder.glob("LICEN[CS]E*")):
        head = " ".join(path.read_text(encoding="utf-8", errors="replace")[:_HEAD].lower().split())
        found = next((short for title, short in _TITLES.items() if title in head), None)
        if found:
            return found
    return None
