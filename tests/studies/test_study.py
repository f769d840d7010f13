"""What a study does with a workspace that lies in its way, or is not as it was left."""

import json
from pathlib import Path

import pytest

import assay
from assay.bench.workspace import MADE_IN
from assay.errors import InputError
from assay.models import ScriptedModel
from assay.serving.measured_run import FinishedRun
from assay.studies.known_kinds import list_kinds


@pytest.fixture
def unsure() -> ScriptedModel:
    return ScriptedModel(lambda conversation: "I don't know.", name="unsure", sha256="unsure")


def _run(company: tuple[Path, Path], out: Path, model: ScriptedModel, row: str = "none") -> FinishedRun:
    return assay.run(*company, out=out, cells=f"{row}/zero-shot", model=model, encoder="none")


@pytest.mark.parametrize("place", ["ws", "."])
def test_reports_in_a_workspace_among_the_documents_are_not_read(
    place: str, company: tuple[Path, Path], unsure: ScriptedModel
) -> None:
    out = company[0] / place
    first, second = (_run(company, out, unsure, row) for row in ("none", "retrieved"))
    assert first.report.is_file() and first.folder != second.folder
    for run in (first, second):
        assert (run.result.counts["documents"], run.result.counts["skipped_files"]) == (6, 0)


def test_what_any_kind_keeps_counts_as_made() -> None:
    """Else it were read as documents, and `assay clean` would not name it."""
    assert {kind.folder for kind in list_kinds()} <= set(MADE_IN)


def test_a_damaged_result_is_made_anew(company: tuple[Path, Path], tmp_path: Path, unsure: ScriptedModel) -> None:
    file = _run(company, tmp_path / "ws", unsure).folder / "result.json"
    before = json.loads(file.read_text("utf-8"))
    file.write_bytes(file.read_bytes()[:1000])
    _run(company, tmp_path / "ws", unsure)
    after = json.loads(file.read_text("utf-8"))
    assert after["cells"][0]["cell"] == before["cells"][0]["cell"] and after["run_id"] == before["run_id"]


def test_a_result_of_a_later_version_is_left_as_it_is(
    company: tuple[Path, Path], tmp_path: Path, unsure: ScriptedModel
) -> None:
    folder = _run(company, tmp_path / "ws", unsure).folder
    (folder / "result.json").write_text('{"format": 99}')
    (folder / "exam.json").write_text("of a later version")
    with pytest.raises(InputError, match=r"made by a later version of Assay .*give another --out"):
        _run(company, tmp_path / "ws", unsure)
    assert (folder / "result.json").read_text() == '{"format": 99}'
    assert (folder / "exam.json").read_text() == "of a later version"
