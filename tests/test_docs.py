"""The documentation names what there is, and what it names is there."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assay.settings import settings_table

_ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_every_verb_is_in_the_readme(name: str) -> None:
    text = (_ROOT / name).read_text(encoding="utf-8")
    shown = subprocess.run([sys.executable, "-m", "assay", "--help"], capture_output=True, text=True, check=True).stdout
    verbs = re.findall(r"^  (\w+) ", shown.split("Commands:")[1], re.MULTILINE)
    assert len(verbs) >= 4
    for verb in verbs:
        assert f"`assay {verb}" in text


def test_every_setting_is_in_the_docs_with_its_default() -> None:
    text = (_ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, default, doc in settings_table():
        shown = f"`{default}`" if default else "(empty)"
        assert f"| `{name}` | {shown} | {doc} |" in text


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_links_and_pictures_are_there(name: str) -> None:
    text = (_ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (_ROOT / target).exists(), target


def test_make_targets_of_the_readme_exist() -> None:
    makefile = (_ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", (_ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_lock_leaves_torchvision_out() -> None:
    lock = (_ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^torchvision", lock, re.MULTILINE)
    assert re.search(r"^torch==", lock, re.MULTILINE)


def test_documents_speak_of_the_project_alone() -> None:
    for path in [*_ROOT.glob("*.md"), *_ROOT.glob("docs/**/*.md")]:
        assert not re.search(r"/(root|work|home)/", path.read_text(encoding="utf-8")), path
