from pathlib import Path

import pytest

from assay.bench.whole_files import write_whole


def test_who_reads_finds_the_old_file_or_the_new(tmp_path: Path) -> None:
    file = tmp_path / "new" / "result.json"
    write_whole(file, b"old")
    with file.open("rb") as reader:
        write_whole(file, b"the new one")
        assert reader.read() == b"old"
    assert file.read_bytes() == b"the new one" and list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    write_whole(file, b"old")
    (tmp_path / "result.part").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
