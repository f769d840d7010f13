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
