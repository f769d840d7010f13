"""The commands of docs/translating.md, run on a copy."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import polib

from assay.words import catalogue

_LOCALES = Path("src/assay/words/locales")


def _commands() -> dict[str, list[str]]:
    text = (Path(__file__).parents[2] / "docs" / "translating.md").read_text("utf-8")
    lines = re.findall(r"^\.venv/bin/pybabel (.+)$", text, re.MULTILINE)
    return {line.split()[0]: shlex.split(line) for line in lines}


def _pybabel(args: list[str], folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *args], cwd=folder, check=True, capture_output=True
    )


def test_a_new_language_starts_empty(tmp_path: Path) -> None:
    shutil.copytree(catalogue.FOLDER, tmp_path / _LOCALES)
    _pybabel(_commands()["init"], tmp_path)
    made = polib.pofile(str(tmp_path / _LOCALES / "de.po"), encoding="utf-8")
    english = polib.pofile(str(catalogue.FOLDER / "assay.pot"), encoding="utf-8")
    assert len(made) == len(english) > 600 and not made.translated_entries()
    assert made.metadata["Language"] == "de"


def test_a_reworded_sentence_is_marked_and_the_others_stay(tmp_path: Path) -> None:
    shutil.copytree(catalogue.FOLDER, tmp_path / _LOCALES)
    source = tmp_path / _LOCALES / "assay.pot"
    text = source.read_text("utf-8")
    assert 'msgid "Left out {cell}: {reason}"' in text
    source.write_text(text.replace('msgid "Left out {cell}: {reason}"', 'msgid "Not run, {cell}: {reason}"'), "utf-8")
    _pybabel(_commands()["update"], tmp_path)
    updated = polib.pofile(str(tmp_path / _LOCALES / "zh.po"), encoding="utf-8")
    before = polib.pofile(str(catalogue.FOLDER / "zh.po"), encoding="utf-8")
    assert [entry.msgctxt for entry in updated.fuzzy_entries()] == ["plan.left_out"]
    assert [entry.msgstr for entry in updated] == [entry.msgstr for entry in before]
