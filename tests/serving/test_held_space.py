from pathlib import Path

import pytest

from assay.bench.workspace import Workspace
from command import call_assay


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a workspace, and a cache of its own."""
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "cache"))
    for name, size in {
        "cache/models/big-1234/model.safetensors": 5000,
        "cache/models/small-5678/model.safetensors": 100,
        "cache/openvino/big-int8/model.bin": 2000,
        ".assay/runs/abc/report.html": 300,
        ".assay/index/one/data": 700,
        ".assay/assay.db": 50,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x" * size * 1000)
    return tmp_path


def _names(place: Path) -> list[str]:
    lines = call_assay("clean", cwd=place).stdout.splitlines()
    return [line.split()[-1] for line in lines[:-1]]


def test_what_takes_room_is_listed_the_largest_first(place: Path) -> None:
    done = call_assay("clean", cwd=place)
    assert _names(place) == [
        "cache/models/big-1234", "cache/openvino/big-int8", "workspace/index/one", "workspace/runs/abc",
        "cache/models/small-5678",
    ]  # fmt: skip
    assert done.stdout.splitlines()[0].split()[:2] == ["5", "MB"] and "5 in all, 8 MB" in done.stdout


def test_what_is_named_is_deleted_and_nothing_else(place: Path) -> None:
    done = call_assay("clean", "cache/models/big-1234", "workspace/runs", cwd=place)
    assert "Deleted: 2, 5 MB" in done.stdout
    assert _names(place) == ["cache/openvino/big-int8", "workspace/index/one", "cache/models/small-5678"]
    assert call_assay("clean", "cache", cwd=place).returncode == 0
    assert _names(place) == ["workspace/index/one"] and (place / ".assay" / "assay.db").is_file()


@pytest.mark.parametrize("name", ["nothing", "cache/models/big", "../..", "/", ""])
def test_a_name_of_nothing_deletes_nothing(name: str, place: Path) -> None:
    before = _names(place)
    done = call_assay("clean", "cache/models/big-1234", name, cwd=place)
    assert done.returncode == 2 and "there is no" in done.stderr
    assert _names(place) == before


def test_a_workspace_in_use_is_left_alone(place: Path) -> None:
    with Workspace(place / ".assay").lock():
        done = call_assay("clean", "workspace", cwd=place)
    assert done.returncode == 2 and "workspace/index/one" in _names(place)


def test_nothing_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "none"))
    assert "0 in all" in call_assay("clean", cwd=tmp_path).stdout


@pytest.mark.parametrize("variables", [{"ASSAY_CACHE": ""}, {"ASSAY_CACHE": None, "XDG_CACHE_HOME": ""}])
def test_a_variable_that_is_empty_names_no_folder(variables: dict[str, str | None], tmp_path: Path) -> None:
    mine = [tmp_path / "models" / "mine.bin", tmp_path / "assay" / "models" / "mine.bin"]
    for file in mine:
        file.parent.mkdir(parents=True)
        file.write_text("mine")
    usual = tmp_path / "home" / ".cache" / "assay" / "models" / "one"
    usual.mkdir(parents=True)
    environment = {"XDG_CACHE_HOME": None, "HOME": str(tmp_path / "home")} | variables
    done = call_assay("clean", "cache", cwd=tmp_path, **environment)
    assert done.returncode == 0 and all(file.is_file() for file in mine) and not usual.exists()


def test_what_others_keep_in_the_cache_folder_is_left_alone(place: Path) -> None:
    other = place / "cache" / "thesis" / "chapter.md"
    other.parent.mkdir()
    other.write_text("mine")
    assert "thesis" not in call_assay("clean", cwd=place).stdout
    assert call_assay("clean", "cache", cwd=place).returncode == 0 and other.is_file()
    assert call_assay("clean", "cache/thesis", cwd=place).returncode == 2 and other.is_file()


def test_a_link_is_deleted_and_not_what_it_leads_to(place: Path) -> None:
    elsewhere = place / "elsewhere" / "weights.bin"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"x" * 9_000_000)
    (place / "cache" / "models" / "linked").symlink_to(elsewhere.parent)
    (place / "cache" / "models" / "broken").symlink_to(place / "nowhere")
    listed = call_assay("clean", cwd=place)
    assert listed.returncode == 0 and "7 in all, 8 MB" in listed.stdout
    done = call_assay("clean", "cache/models/linked", "cache/models/broken", cwd=place)
    assert done.returncode == 0, done.stderr
    assert elsewhere.is_file() and not (place / "cache" / "models" / "broken").is_symlink()
