import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assay.bench.whole_files import may_write, whole_files, write_whole
from assay.errors import InputError


@contextmanager
def room_for(n_bytes: int) -> Iterator[None]:
    """No file may grow beyond so many bytes: a write fails in its middle, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_who_reads_finds_the_old_file_or_the_new(tmp_path: Path) -> None:
    file = tmp_path / "new" / "result.json"
    write_whole(file, b"old")
    with file.open("rb") as reader:
        write_whole(file, b"the new one")
        assert reader.read() == b"old"
    assert file.read_bytes() == b"the new one" and list(file.parent.iterdir()) == [file]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    write_whole(file, b"old")
    with (
        room_for(1000),
        pytest.raises(InputError, match=r"cannot write .*result\.json \(File too large\): give another"),
    ):
        write_whole(file, b"new" * 1000)
    assert file.read_bytes() == b"old" and list(tmp_path.iterdir()) == [file]


def test_a_neighbour_of_any_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "page.part").write_text("mine")
    write_whole(tmp_path / "page.html", b"page")
    assert (tmp_path / "page.part").read_text() == "mine"


def test_several_files_come_together_or_not_at_all(tmp_path: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "b.csv"]
    with room_for(1000), pytest.raises(OSError, match="File too large"), whole_files(files) as parts:
        for part, n_bytes in zip(parts, (10, 10_000), strict=True):
            part.write_bytes(b"x" * n_bytes)
    assert not list(tmp_path.iterdir())
    with whole_files(files) as parts:
        for part in parts:
            part.write_bytes(b"x")
    assert sorted(tmp_path.iterdir()) == files


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_no_fault_of_the_place(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"), may_write(tmp_path):
        Path("/dev/full").write_bytes(b"x")


def test_a_place_below_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(
        InputError, match=r"cannot write .*x\.csv \((Not a directory|File exists)\): give another place"
    ):
        write_whole(tmp_path / "file" / "x.csv", b"x")
