"""The house's floors: nothing imports from above it; see docs/architecture.md and [tool.importlinter]."""

from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

_ROOT = Path(__file__).parents[1]


def test_no_floor_imports_from_above(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_ROOT)
    failed = lint_imports(config_filename=str(_ROOT / "pyproject.toml"), no_cache=True)
    assert not failed, capsys.readouterr().out


def test_no_two_files_import_each_other_however_indirectly() -> None:
    graph = grimp.build_graph("assay", exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(list(TopologicalSorter(imports).static_order())) == len(graph.modules)


def test_every_folder_says_what_it_knows() -> None:
    for folder in (_ROOT / "src" / "assay").rglob("__init__.py"):
        text = folder.read_text("utf-8")
        assert text.startswith('"""'), folder
        if folder.parent.parent.name == "assay" and folder.parent.parent.parent.name == "src":
            assert "nows" in text.split('"""')[1], folder


def test_few_files_share_a_name() -> None:
    """A name that stands twice says little; those of formats, verbs, kinds of study and what a server has do."""
    files = [path for path in (_ROOT / "src" / "assay").rglob("*.py") if not path.name.startswith("__")]
    twice = {path.name for path in files if sum(other.name == path.name for other in files) > 1}
    of_a_server = {"answering.py", "errors.py", "keys.py", "models.py"}
    assert twice <= {"gguf.py", "kind.py", "openvino.py", "parts.py", "sync.py"} | of_a_server
