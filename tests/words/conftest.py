import shutil
from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from assay.words import catalogue


@pytest.fixture
def add_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Drop one more catalogue into a copy of the folder of catalogues."""
    folder = tmp_path / "locales"
    shutil.copytree(catalogue.FOLDER, folder)
    monkeypatch.setattr(catalogue, "FOLDER", folder)

    def add(code: str, entries: list[polib.POEntry], header: dict[str, str] | None = None) -> Path:
        file = polib.POFile()
        file.metadata = {"Content-Type": "text/plain; charset=utf-8"} | (header or {})
        file.extend(entries)
        file.save(str(folder / f"{code}.po"))
        return folder / f"{code}.po"

    return add
