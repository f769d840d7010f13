"""Two real runs of one exam, by the function and by the verb."""

import os
import re
from pathlib import Path

import pytest

import assay
from assay.errors import InputError, NotFound
from assay.models import Conversation, ScriptedModel
from assay.studies.comparison import compare
from assay.studies.study import Finished
from assay.verdict.result import RunResult
from assay.verdict.stored import save_result
from command import call_assay
from report.test_label_page import make_result

_CELLS = "none/zero-shot,retrieved/zero-shot"
_PATTERNS = {
    "hours": r"In {town} a full working week has (\d+ hours)",
    "lunch": r"Lunch in {town} costs (EUR [\d.]+)",
    "park": r"The car park of {town} has (\d+) places",
}


def reads(*topics: str) -> ScriptedModel:
    """A model that finds these topics in the passages that it is shown, and knows nothing else."""

    def reply(conversation: Conversation) -> str:
        *passages, question = conversation[-1].content.split("\n\n")
        town = question.rstrip("?").rsplit(" ", 1)[-1]
        for topic in topics:
            found = re.search(_PATTERNS[topic].format(town=town), "\n".join(passages))
            if topic in question and found:
                return found.group(1)
        return "I don't know."

    return ScriptedModel(reply, name=f"reads {', '.join(topics)}", sha256="-".join(topics))


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ws")


@pytest.fixture(scope="module")
def runs(shared_company: tuple[Path, Path], workspace: Path) -> list[Finished[RunResult]]:
    """Of 18 test questions, 3 ask for hours, 3 for lunch, 3 for parking; the second run reads parking, too."""
    models = reads("hours", "lunch"), reads("hours", "lunch", "park")
    return [assay.run(*shared_company, out=workspace, cells=_CELLS, model=model).finished for model in models]


def test_a_model_that_reads_more_turns_three_questions(runs: list[Finished[RunResult]]) -> None:
    found = compare(runs[0], runs[1])
    base, rag = found.result.cells
    assert (base.cell, base.gained, base.lost, base.difference.value) == ("none/zero-shot", 0, 0, 0)
    assert (rag.gained, rag.lost) == (3, 0) and rag.difference.value == pytest.approx(3 / 18)
    assert {turned.turns[0].first for turned in found.result.turned} == {"I don't know."}
    assert found.result.changes.keys() == {"weights"}
    assert found.result.documents is not None and vars(found.result.documents) == {
        "added": [], "removed": [], "changed": [],
    }  # fmt: skip
    assert found.report.is_file() and found.report.parent.name == "comparisons"


def test_the_verb_takes_first_letters_and_other_workspaces(
    runs: list[Finished[RunResult]], workspace: Path, tmp_path: Path
) -> None:
    first, second = (run.result.run_id for run in runs)
    told = call_assay(
        "compare", first[:8], f"{workspace}:{second[:8]}", "--out", workspace, "--to", "page.html", cwd=tmp_path
    )
    assert told.returncode == 0, told.stderr
    assert "Compared: 18 questions that both runs asked." in told.stdout
    assert (
        "What had changed: base model and engine (base reads hours, lunch → reads hours, lunch, park)." in told.stdout
    )
    assert "Turned: 3 answers from wrong to right, 0 from right to wrong, on 3 questions." in told.stdout
    assert told.stdout.rstrip().endswith(str(tmp_path / "page.html"))
    assert first in (tmp_path / "page.html").read_text("utf-8")
    chinese = call_assay("compare", first, second, "--out", workspace, "--lang", "zh", cwd=tmp_path)
    assert "比较对象：两次运行都考过的 18 道题。" in chinese.stdout
    assert 'lang="zh-Hans"' in Path(chinese.stdout.splitlines()[-1]).read_text("utf-8")


def test_the_two_newest_are_compared_where_none_is_named(
    runs: list[Finished[RunResult]], workspace: Path, tmp_path: Path
) -> None:
    for age, run in enumerate(reversed(runs)):
        os.utime(run.folder / "result.json", (1_700_000_000 - age, 1_700_000_000 - age))
    found = compare(out=workspace).result
    assert (found.first.run_id, found.second.run_id) == tuple(run.result.run_id for run in runs)
    with pytest.raises(InputError, match="name two runs, or none"):
        compare(runs[0], out=workspace)
    with pytest.raises(InputError, match="holds fewer than two runs: name runs of several workspaces as WORKSPACE:ID"):
        compare(out=tmp_path)


def test_what_cannot_be_compared_is_one_sentence(
    runs: list[Finished[RunResult]], workspace: Path, tmp_path: Path
) -> None:
    first, second = (run.result.run_id for run in runs)
    with pytest.raises(InputError, match=f"both are run {first}"):
        compare(first, runs[0], out=workspace)
    with pytest.raises(NotFound, match='there is no run "zzz"'):
        compare(first, "zzz", out=workspace)
    with pytest.raises(NotFound, match="there is no run"):
        compare(first, f"{tmp_path}/nowhere:{second}", out=workspace)
    with pytest.raises(InputError, match=r'"" fits several studies in .*: .*Give more letters'):
        compare(first, "", out=workspace)
    with pytest.raises(InputError, match=r"can be written as \.html, \.htm"):
        compare(first, second, out=workspace, to=tmp_path)
    save_result(make_result(), tmp_path / "labels" / "abc123" / "result.json")
    with pytest.raises(InputError, match=r"abc123 is no run of the grid: only what assay run has made can be compared"):
        compare(first, f"{tmp_path}:abc", out=workspace)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"page\.html: there is no folder"):
        compare(first, second, out=workspace, to=tmp_path / "file" / "page.html")


def test_the_page_replaces_no_file_and_is_no_document(
    runs: list[Finished[RunResult]], shared_company: tuple[Path, Path], workspace: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("mine")
    with pytest.raises(InputError, match=r"mine\.html is there already"):
        compare(*runs, out=workspace, to=mine)
    with pytest.raises(InputError, match=r"questions\.jsonl: can be written as \.html"):
        compare(*runs, out=workspace, to=shared_company[1])
    with pytest.raises(InputError, match=r"page\.html is among the documents.*give another place"):
        compare(*runs, out=workspace, to=shared_company[0] / "page.html")
    done = call_assay(
        "show", runs[0].result.run_id, "--out", workspace, "--to", "csv", "--folder", shared_company[0], cwd=tmp_path
    )
    assert done.returncode == 2 and "is among the documents" in done.stderr
    assert mine.read_text() == "mine" and not list(shared_company[0].glob("*.csv"))
