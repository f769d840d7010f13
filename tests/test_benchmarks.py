"""The benchmarks are not run by tests; that they find each other is checked without importing what they measure."""

import ast
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SCRIPTS = sorted(BENCHMARKS.glob("*.py"))


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
    siblings = {sibling.stem: sibling for sibling in SCRIPTS}
    taken = [
        (node.module, name.name)
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in siblings
        for name in node.names
    ]
    assert not [(module, name) for module, name in taken if name not in _defined(siblings[str(module)])]
