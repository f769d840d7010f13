"""The documentation names what there is, and what it names is there."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

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


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "CONTRIBUTING.md"])
def test_links_and_pictures_are_there(name: str) -> None:
    text = (_ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (_ROOT / target).exists(), target


@pytest.mark.parametrize(
    "name",
    ["README.md", "README.zh.md", "CONTRIBUTING.md", ".pre-commit-config.yaml", ".github/workflows/checks.yml"],
)
def test_make_targets_that_are_named_exist_and_are_listed(name: str) -> None:
    makefile = (_ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"(?:^|run: |entry: )make ([\w-]+)", (_ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert targets
    for target in targets:
        assert re.search(rf"^{target}:.* ## ", makefile, re.MULTILINE), target


def test_tests_that_are_named_exist() -> None:
    named = re.findall(r"\btests(?:/\w+)+(?:\.py)?", (_ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    assert named
    for path in named:
        assert (_ROOT / path).exists(), path


def test_the_licence_is_the_one_that_the_package_names() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"
    text = (_ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_package_says_that_it_is_typed() -> None:
    assert (_ROOT / "src" / "assay" / "py.typed").is_file()
    build = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert build["targets"]["wheel"] == {"packages": ["src/assay"]}  # all of it, whatever the ending


def test_the_lock_leaves_torchvision_out() -> None:
    lock = (_ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"^torchvision", lock, re.MULTILINE)
    assert re.search(r"^torch==", lock, re.MULTILINE)


def test_the_lock_has_what_the_package_asks_for() -> None:
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    text = "".join(
        (_ROOT / name).read_text(encoding="utf-8") for name in ("requirements.lock", "requirements-dev.lock")
    )
    pins = {
        canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    }
    asked = [*project["dependencies"], *(line for name in ("local", "index", "cpu", "dev") for line in extras[name])]
    for requirement in map(Requirement, asked):
        if requirement.name not in ("assay", "pip"):  # pip is in every environment that make sets up
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_documents_speak_of_the_project_alone() -> None:
    for path in [*_ROOT.glob("*.md"), *_ROOT.glob("docs/**/*.md")]:
        assert not re.search(r"/(root|work|home)/", path.read_text(encoding="utf-8")), path
