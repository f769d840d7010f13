"""assay sync and assay watch as a person meets them."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from command import call_assay


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.md").write_text("Leave is 25 days a year.")
    (folder / "b.md").write_text("Lunch costs EUR 4.50.")
    return folder


def sync(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return call_assay("sync", folder, *args, cwd=folder.parent, ASSAY_ENCODER="none")


def test_what_changed_is_named_and_taken_back(folder: Path) -> None:
    first = sync(folder)
    assert "2 added" in first.stdout and "+ a.md" in first.stdout and "2 passages: searchable" in first.stdout
    assert first.stderr == ""
    assert "nothing has changed" in sync(folder).stdout
    (folder / "b.md").rename(folder / "c.md")
    (folder / "broken.docx").write_bytes(b"no zip")
    again = sync(folder).stdout
    assert "1 renamed, 1 cannot be read" in again
    assert "> b.md -> c.md" in again and "! broken.docx" in again
    back = sync(folder, "--undo", "--lang", "zh").stdout
    assert "改名 1 份" in back and "> c.md -> b.md" in back and "在下次同步之前" in back
    refused = sync(folder, "--undo")
    assert refused.returncode == 2 and refused.stdout == ""
    assert refused.stderr.strip().endswith(
        f"no earlier state of {folder} to go back to: assay sync takes in what it holds now"
    )


def test_a_slip_in_the_access_file_is_named(folder: Path) -> None:
    (folder / "access.toml").write_text('[rules]\n"hr/" = ["hr"]\n')
    refused = sync(folder)
    assert refused.returncode == 2 and 'the rule "hr/" matches no document' in refused.stderr
    (folder / "access.toml").write_text("[rules\n")
    refused = sync(folder)
    assert refused.returncode == 2 and "no valid TOML" in refused.stderr and "Traceback" not in refused.stderr


def test_a_document_that_leaves_a_rule_is_told(folder: Path) -> None:
    (folder / "hr").mkdir()
    for name in ("pay.md", "rest.md"):
        (folder / "hr" / name).write_text(f"What {name} says.")
    (folder / "access.toml").write_text('[rules]\n"HR/" = ["hr"]\n')
    assert "more people" not in sync(folder).stdout
    (folder / "hr" / "pay.md").rename(folder / "pay.md")
    told = [line for line in sync(folder).stdout.splitlines() if "more people may read it now" in line]
    assert told == ["pay.md: more people may read it now, since no rule closes it as before"]


def test_many_files_are_counted(folder: Path) -> None:
    for number in range(30):
        (folder / f"n{number}.md").write_text(f"Rule number {number}.")
    assert "and 12 more" in sync(folder).stdout


def test_watch_takes_in_what_is_saved_until_ctrl_c(folder: Path) -> None:
    command, environment = (
        [sys.executable, "-m", "assay", "watch", str(folder), "--lang", "zh"],
        os.environ | {"ASSAY_ENCODER": "none"},
    )
    process = subprocess.Popen(command, cwd=folder.parent, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "新增 2 份" in process.stdout.readline()
        assert "正在监视" in process.stdout.readline()
        time.sleep(1)
        with (folder / "new.md").open("w") as file:  # written piece by piece
            for _ in range(3):
                file.write("The pump needs oil. ")
                file.flush()
                time.sleep(0.3)
        assert "新增 1 份" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert "已停止监视" in said and process.returncode == 0
    assert "nothing has changed" in sync(folder).stdout
