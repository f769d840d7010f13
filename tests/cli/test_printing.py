import os
import subprocess
import sys
from pathlib import Path

_PRINT = """
from pathlib import Path
from assay.cli.printing import print_outcome
from assay.report.outcome import Outcome, Table
row = ["prompt + nearest examples", "60% (55–64%)", "58% (55–64%)", "0.60 s"]
table = Table(["Way", "Right", "F1", "A text"], [row], n_words=1, width=100)
print_outcome(Outcome(["What to do."], table), Path("r.html"))
"""


def test_a_narrow_terminal_cuts_no_number(tmp_path: Path) -> None:
    environment = os.environ | {"COLUMNS": "40"}
    done = subprocess.run(
        [sys.executable, "-c", _PRINT], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    said = done.stdout.splitlines()
    assert said[2].split("  ") == ["prompt + nearest examples", "60% (55–64%)", "58% (55–64%)", "0.60 s"]
    assert said[4:] == ["What to do.", "", str(tmp_path / "r.html")]
