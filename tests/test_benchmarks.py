"""The benchmarks are not run by tests; that they find each other is checked without importing what they measure."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SCRIPTS = sorted([*BENCHMARKS.glob("*.py"), *BENCHMARKS.glob("truth/*.py")])


def _defined(script: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.parse(script.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return names


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_what_a_benchmark_takes_from_another_is_there(script: Path) -> None:
    siblings = {sibling.stem: sibling for sibling in SCRIPTS if sibling.parent == script.parent}
    taken = [
        (node.module, name.name)
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in siblings
        for name in node.names
    ]
    assert not [(module, name) for module, name in taken if name not in _defined(siblings[str(module)])]


def test_the_table_of_truth_runs_and_names_what_it_has_not() -> None:
    """One section, coarse: the sections that others add are found as this one is."""
    line = [sys.executable, str(BENCHMARKS / "truth.py")]
    made = subprocess.run([*line, "power", "--quick"], capture_output=True, text=True, check=True)
    rows = [row.split(" | ") for row in made.stdout.splitlines()[2:]]
    assert len(rows) == 19 and all(len(row) == 5 and row[0] == "| power" for row in rows)
    wrong = subprocess.run([*line, "powder"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2 and "no section powder: choose of" in wrong.stderr
    assert {"claims", "planted", "seconds"} <= set(re.findall(r"\w+", wrong.stderr))  # of both folders
