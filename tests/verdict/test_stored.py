"""Results as files, and those of another format."""

import json
from pathlib import Path

import pytest
from tests.report.sample import small_result

from assay.bench.workspace import Workspace
from assay.errors import NotFound
from assay.studies.known_kinds import find_study, list_studies
from assay.verdict.result import RunResult
from assay.verdict.stored import FORMAT, load_result, save_result


def _rewrite(file: Path, format_: int | None) -> None:
    kept = json.loads(file.read_text("utf-8"))
    kept = {name: value for name, value in kept.items() if name != "format"}
    file.write_text(json.dumps(kept if format_ is None else {"format": format_, **kept}), "utf-8")


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    save_result(small_result(), file)
    assert json.loads(file.read_text("utf-8"))["format"] == FORMAT
    assert load_result(RunResult, file) == small_result()


@pytest.mark.parametrize(("format_", "said"), [(None, "an earlier version"), (FORMAT + 1, "a later version")])
def test_another_format_says_what_to_do(tmp_path: Path, format_: int | None, said: str) -> None:
    file = tmp_path / "runs" / "abc" / "result.json"
    save_result(small_result(), file)
    _rewrite(file, format_)
    with pytest.raises(NotFound, match=f"made by {said} of Assay.*run the same line again"):
        load_result(RunResult, file)
    (line,) = list_studies(Workspace(tmp_path))
    assert line.startswith("abc") and said in line
    with pytest.raises(NotFound, match="run the same line again"):
        find_study(Workspace(tmp_path), "abc", "en")
