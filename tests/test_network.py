"""Everything that is done with documents, from the first run on: nothing is looked up, nothing leaves the machine, and
nothing is written but the workspace and the cache folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from network import build_guard, guarded, why_no_guard
from small_company import write_company

_WHY_NOT = why_no_guard()
pytestmark = [pytest.mark.usefixtures("model"), pytest.mark.skipif(bool(_WHY_NOT), reason=_WHY_NOT)]

_LINES = """
run documents questions.jsonl --cells retrieved/tuned
ask "What does lunch cost in Lira?" --cell retrieved/tuned
sync documents
label labels.csv --cells none/tuned-encoder
tag "a number 7" --cell none/tuned-encoder
export --to adapter --cell retrieved/tuned --differing 1
questions check questions.jsonl
doctor
"""
_QUICK = {
    "ASSAY_EPOCHS_OPEN_BOOK": "1",
    "ASSAY_ENCODER_EPOCHS": "1",
    "ASSAY_LATENCY_SAMPLE": "1",
    "ASSAY_MAX_NEW_TOKENS": "8",
    "ASSAY_PROBE": "off",
    "ASSAY_MARGIN": "0.5",  # of an export that is asked few questions
}


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_guard(tmp_path_factory.mktemp("guard"))


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.getaddrinfo('telemetry.example.org', 443)",
        "import socket; socket.create_connection(('192.0.2.1', 443), 1)",
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import urllib.request as u; u.urlopen(\"http://example.org\")'])",
    ],
)
def test_the_guard_refuses_and_records(attempt: str, guard: Path, tmp_path: Path) -> None:
    """Else the test below could not fail."""
    record = tmp_path / "record"
    subprocess.run([sys.executable, "-c", attempt], env=guarded(guard, record), capture_output=True, timeout=60)
    assert record.read_text().split()[1] in ("telemetry.example.org", "192.0.2.1", "example.org")


def test_nothing_leaves_the_house(guard: Path, tmp_path: Path) -> None:
    folder, record = write_company(tmp_path, n_tested=1)[1].parent, tmp_path / "record"
    (folder / "labels.csv").write_text(
        "text,label\n" + "".join(f"{a} number {i},{a}\n" for i in range(20) for a in "ab")
    )
    places = {name: tmp_path / name.lower() for name in ("HOME", "TMPDIR", "ASSAY_CACHE")}
    for place in places.values():
        place.mkdir()
    environment = guarded(guard, record, _QUICK | {name: str(place) for name, place in places.items()})
    for line in _LINES.strip().splitlines():
        _run(line, folder, environment)
    assert not record.exists(), record.read_text()
    assert not _files(places["HOME"]) and not _files(places["TMPDIR"])


def _run(line: str, folder: Path, environment: dict[str, str]) -> None:
    import shlex

    command = [sys.executable, "-m", "assay", *shlex.split(line)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def _files(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()]
