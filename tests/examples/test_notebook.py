"""The notebook of the examples is executed as it stands, and shows what it promises."""

from pathlib import Path
from typing import Any

import pytest

_NOTEBOOK = Path(__file__).parents[2] / "examples" / "notebook.ipynb"


@pytest.mark.model
@pytest.mark.filterwarnings("ignore")  # of what runs notebooks
def test_the_notebook(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(_NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)  # what it shows depends on the machine
    client = NotebookClient(notebook, timeout=900, resources={"metadata": {"path": str(_NOTEBOOK.parent)}})
    for cell in notebook.cells:
        cell.source = cell.source.replace('"notebook-workspace"', repr(str(tmp_path / "workspace")))
        cell.source = cell.source.replace("head(60)", "head(20)")
    client.execute()
    shown = [_html(cell) for cell in notebook.cells if cell.cell_type == "code"]
    run = next(text for text in shown if "Read 26 documents" in text)
    assert "<table>" in run and "What to do:" in run and "<progress" not in run
    assert sum("dataframe" in text for text in shown) >= 3


def _html(cell: Any) -> str:
    """All HTML below a cell; what was shown in one place, as it was at last."""
    return " ".join(str(output.get("data", {}).get("text/html", "")) for output in cell.outputs)
