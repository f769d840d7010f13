"""Results as files, and those of another format."""

import json
import re
from pathlib import Path

import pytest
from tests.report.sample import small_result

import assay
from assay.bench.workspace import Workspace
from assay.errors import AssayError, InputError, NotFound
from assay.questions.exam import load_exam
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


@pytest.mark.parametrize(
    ("format_", "error", "said"),
    [
        (None, NotFound, "an earlier version of Assay.*run the same line again"),
        (FORMAT + 1, InputError, "a later version of Assay.*read it with that version, or give another --out"),
    ],
)
def test_another_format_says_what_to_do(
    tmp_path: Path, format_: int | None, error: type[AssayError], said: str
) -> None:
    file = tmp_path / "runs" / "abc" / "result.json"
    save_result(small_result(), file)
    _rewrite(file, format_)
    with pytest.raises(error, match=f"made by {said}"):
        load_result(RunResult, file)
    (line,) = list_studies(Workspace(tmp_path))
    assert line.startswith("abc") and re.search(said, line)
    with pytest.raises(error, match=said):
        find_study(Workspace(tmp_path), "abc", "en")


_DAMAGED = [b"", b"[1]", b'{"format": 1}', b'{"format": 1, "run_', b"\x00\xff\xfe", b'{"format": "x"}', b"null"]


@pytest.mark.parametrize("data", _DAMAGED)
def test_a_damaged_result_is_one_sentence_and_hides_no_other(tmp_path: Path, data: bytes) -> None:
    workspace = Workspace(tmp_path)
    save_result(small_result(), tmp_path / "runs" / "whole" / "result.json")
    (tmp_path / "runs" / "broken").mkdir()
    (tmp_path / "runs" / "broken" / "result.json").write_bytes(data)
    with pytest.raises(NotFound, match=r"result\.json is damaged \(.*\): run the same line again"):
        find_study(workspace, "broken", "en")
    lines = list_studies(workspace)
    assert len(lines) == 2 and sum("is damaged" in line for line in lines) == 1


@pytest.mark.parametrize("data", _DAMAGED)
def test_a_damaged_exam_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "exam.json").write_bytes(data)
    with pytest.raises(NotFound, match=r"exam\.json is damaged \(.*\): run the same line again"):
        load_exam(tmp_path / "exam.json")


def test_letters_that_fit_several_runs_choose_none(tmp_path: Path) -> None:
    for name in ("7a", "7b"):
        save_result(small_result(), tmp_path / "runs" / name / "result.json")
    with pytest.raises(InputError, match=r'"7" fits several studies in .*: 7[ab], 7[ab]\. Give more letters'):
        find_study(Workspace(tmp_path), "7", "en")
    with pytest.raises(InputError, match=r'"7" fits several studies'):
        assay.load("7", out=tmp_path)
    assert find_study(Workspace(tmp_path), "7a", "en").folder.name == "7a"
