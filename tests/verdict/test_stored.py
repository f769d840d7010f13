"""Results as files, and those of another format."""

import json
import re
from functools import partial
from pathlib import Path

import pytest
from tests.report.sample import sample_result, small_result

import assay
from assay.bench.workspace import Workspace
from assay.errors import AssayError, InputError, NotFound
from assay.questions.exam import load_exam
from assay.report import render_report
from assay.report.difference_view import forest
from assay.report.grid_view import cell_name
from assay.report.lines import verdict_lines
from assay.studies.known_kinds import find_study, list_studies
from assay.verdict.result import RunResult
from assay.verdict.stored import FORMAT, load_result, save_result
from assay.words import message
from assay.words.page_words import word


def _rewrite(file: Path, format_: int | None) -> None:
    kept = json.loads(file.read_text("utf-8"))
    kept = {name: value for name, value in kept.items() if name != "format"}
    file.write_text(json.dumps(kept if format_ is None else {"format": format_, **kept}), "utf-8")


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    save_result(small_result(), file)
    assert json.loads(file.read_text("utf-8"))["format"] == FORMAT
    assert load_result(RunResult, file) == small_result()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_result_from_before_causes_were_found_by_prompts_still_opens(lang: str, tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    save_result(sample_result(40), file)
    kept = json.loads(file.read_text("utf-8"))
    for name in ("named", "tried", "effects", "n_asked"):
        del kept["diagnosis"][name]
    del kept["canary"], kept["findings"]
    before = {"not_found": "retrieval", "other_version": "retrieval", "not_declined": "unknown"}
    kept["diagnosis"]["cause"] = {id: before.get(one, one) for id, one in kept["diagnosis"]["cause"].items()}
    kept["diagnosis"]["waterfall"][2]["name"] = "retrieval"
    del kept["diagnosis"]["waterfall"][3]
    file.write_text(json.dumps(kept), "utf-8")
    result = load_result(RunResult, file)
    assert message("gap.capability.why", lang) in verdict_lines(result, lang)[2]  # by gaps, as it was said then
    assert word("cause.retrieval.why", lang) in render_report(result, lang)


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
    _, (line,) = list_studies(Workspace(tmp_path), "en")
    assert line.startswith("abc") and re.search(said, line)
    with pytest.raises(error, match=said):
        find_study(Workspace(tmp_path), "abc", "en")


def test_a_result_from_before_there_was_a_choice_of_question_still_opens(tmp_path: Path) -> None:
    """What was added since has defaults; its intervals are told to be about other documents, as they were."""
    file = tmp_path / "result.json"
    save_result(small_result(), file)
    kept = json.loads(file.read_text("utf-8"))
    later = {"verdict": ("unanswered", "elsewhere"), "settings": ("generalise",)}
    for part, names in later.items():
        for name in names:
            kept[part].pop(name)
    kept.pop("disagreement")
    kept["cells"] = [{name: value for name, value in one.items() if name != "bounds"} for one in kept["cells"]]
    kept["comparisons"] = [{n: value for n, value in one.items() if n != "standing"} for one in kept["comparisons"]]
    file.write_text(json.dumps(kept), "utf-8")
    result = load_result(RunResult, file)
    assert "other documents, too" in " ".join(verdict_lines(result, "en"))
    plotted = forest(result, "en", partial(cell_name, result))
    certain = [row.is_certain for row in (*plotted.rows, *plotted.others)]
    assert sorted(certain) == sorted(one.p_holm is not None and one.p_holm < 0.05 for one in result.comparisons)


_DAMAGED = [b"", b"[1]", b'{"format": 1}', b'{"format": 1, "run_', b"\x00\xff\xfe", b'{"format": "x"}', b"null"]


@pytest.mark.parametrize("data", _DAMAGED)
def test_a_damaged_result_is_one_sentence_and_hides_no_other(tmp_path: Path, data: bytes) -> None:
    workspace = Workspace(tmp_path)
    save_result(small_result(), tmp_path / "runs" / "whole" / "result.json")
    (tmp_path / "runs" / "broken").mkdir()
    (tmp_path / "runs" / "broken" / "result.json").write_bytes(data)
    with pytest.raises(NotFound, match=r"result\.json is damaged \(.*\): run the same line again"):
        find_study(workspace, "broken", "en")
    (row,), (line,) = list_studies(workspace, "en")
    assert row["id"] == small_result().run_id and "is damaged" in line


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
