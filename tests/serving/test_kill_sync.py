"""A sync that is killed leaves index and folder in agreement; benchmarks/kill_sync.py does it fifty times."""

import subprocess
import sys
from pathlib import Path


def test_index_and_folder_agree_after_kills() -> None:
    script = Path(__file__).parents[2] / "benchmarks" / "kill_sync.py"
    command = [sys.executable, str(script), "--kills", "5", "--seed", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "| 5 |" in done.stdout
