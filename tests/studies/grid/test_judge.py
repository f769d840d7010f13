"""A run whose scorer leaves half of the answers unjudged, a judge behind a real endpoint, and people's marks."""

import csv
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import assay
from assay.judges.known_judges import open_judge
from assay.marks.kept_marks import marks_folder
from assay.models import ScriptedModel
from assay.models.engine import Conversation
from assay.report import render_report
from assay.report.lines import verdict_lines
from assay.studies.study import Finished
from assay.verdict.result import RunResult
from command import call_assay
from loopback import Endpoint, serve_endpoint
from typed_blocks import blocks_of, type_block

_HALLS = range(4, 164)


def _rule(hall: int) -> str:
    return (
        f"Visitors of hall {hall} sign in at the gate, put on a helmet and are gone before the late shift of team "
        f"{hall} begins."
    )


def _answers(conversation: Conversation) -> str:
    """By hall: the rule; another one; the rule in words that no scorer knows; these with the end turned round."""
    hall = int((re.findall(r"hall (\d+)", conversation[-1].content) or ["0"])[-1])
    end = "ahead of" if hall % 4 == 2 else "along with"
    if hall % 4 < 2:
        return _rule(hall + hall % 4)
    return f"You put your name down at the entrance of {hall}, keep your head safe and go home {end} the night people."


def _is_right(text: str) -> bool:
    return "along with" not in text


class _Judged:
    """A judge that goes by the end; it stumbles over some halls."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint, self.stops_after = endpoint, 10**6

    def __call__(self, prompt: str) -> str:
        if len(self.endpoint.asked) >= self.stops_after:
            self.endpoint.completion = {}
        hall, text = int(re.findall(r"entrance of (\d+)", prompt)[-1]), prompt.casefold()
        if hall == 6:
            return "Hard to say."
        if hall == 10:
            return "yes" if text.index("reference:") < text.index("answer:") else "no"
        return "Yes." if ("ahead of" in prompt) != (hall % 40 == 3) else "**No**"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with serve_endpoint() as running:
        running.reply = _Judged(running)  # type: ignore[method-assign]
        yield running


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judged")
    (folder / "docs").mkdir()
    (folder / "docs" / "halls.md").write_text("\n\n".join(f"# Hall {hall}\n\n{_rule(hall)}" for hall in _HALLS))
    return folder


def _run(place: Path, **settings: object) -> Finished[RunResult]:
    rows = [
        {"question": f"What must visitors do in hall {hall}?", "answers": [_rule(hall)], "split": "test"}
        for hall in _HALLS
    ]
    model = ScriptedModel(_answers)
    return assay.run(place / "docs", rows, out=place / ".assay", cells="none/zero-shot", model=model, **settings)


@pytest.fixture(scope="module")
def run(place: Path, endpoint: Endpoint) -> Finished[RunResult]:
    """Killed, as it were, while the judge was asked, and run again."""
    before = _run(place)
    assert before.result.judge is None and not endpoint.asked
    assert isinstance(endpoint.reply, _Judged)
    endpoint.reply.stops_after = 70
    broken = _run(place, judge=endpoint.name())
    assert broken.report.is_file() and broken.result.verdict == before.result.verdict
    said = broken.result.judge
    assert said is not None and not said.answers and "is no OpenAI-compatible endpoint, or failed" in said.failed
    told = "\n".join(verdict_lines(broken.result, "en"))
    assert f"{endpoint.name()} could not be asked: " in told and "the same line asks it again" in told
    assert "未能询问" in "\n".join(verdict_lines(broken.result, "zh"))
    n_asked, endpoint.completion, endpoint.reply.stops_after = len(endpoint.asked), None, 10**6
    after = _run(place, judge=endpoint.name())
    assert after.folder == before.folder
    assert n_asked + 2 * 80 - 64 == len(endpoint.asked)  # 32 pairs, in two orders, were kept
    return after


def test_only_what_the_scorer_cannot_judge_is_asked_and_once(
    run: Finished[RunResult], place: Path, endpoint: Endpoint
) -> None:
    said = run.result.judge
    assert said is not None and (said.n_asked, said.n_order, said.n_reply) == (80, 1, 1)
    assert len(said.answers) == 78 and said.replies == ["Hard to say."] and not said.is_under_test
    assert said.n_tokens == 80 * 2 * 9 and said.seconds > 0
    n = len(endpoint.asked)
    assert _run(place, judge=endpoint.name()).result == run.result and len(endpoint.asked) == n
    marks = {one.reason: one.correct for question in run.result.questions for one in question.cells}
    assert marks["unjudged"] is None  # what the judge says is no mark


def test_without_marks_it_is_a_suggestion_that_nobody_sees(run: Finished[RunResult]) -> None:
    lines = "\n".join(verdict_lines(run.result, "en"))
    assert "was asked about 80 answers that the scorer cannot judge (" in lines and "1,440 tokens)" in lines
    assert "On 1 it turned with the order" in lines and 'such as "Hard to say."' in lines
    assert "The judge's weight: none yet" in lines and "assay marks draw -n 120" in lines
    assert "裁判模型的作用：暂无" in "\n".join(verdict_lines(run.result, "zh"))
    assert "The judge's weight" in render_report(run.result, "en").replace("&#39;", "'")


@pytest.fixture(scope="module")
def marked(run: Finished[RunResult], place: Path) -> Finished[RunResult]:
    drawn = assay.draw_marks(n=130, to=place / "sheet.xlsx", out=place / ".assay")
    assert sum(row.scored is None for row in drawn.draw.rows) == 65
    assert any("65 of them are answers that the scorer cannot judge" in line for line in drawn.lines)
    right = {q.id: _is_right(q.cells[0].text) and q.cells[0].correct is not False for q in run.result.questions}
    with (place / "marks.csv").open("w", newline="") as file:
        lines = [(row.row, "y" if right[row.question] else "n", drawn.draw.run) for row in drawn.draw.rows]
        csv.writer(file).writerows([("row", "mark", "run"), *lines])
    return assay.take_marks(place / "marks.csv", out=place / ".assay").finished


def test_with_marks_its_own_stand_for_the_scorers(marked: Finished[RunResult], place: Path) -> None:
    people = marked.result.people
    assert people is not None and people.judge is not None
    assert (people.n_unjudged, people.judge.use) == (65, "in_use")
    (cell,) = people.cells
    assert cell.n_unjudged == 80 and cell.corrected is not None and cell.scored == pytest.approx(0.5)
    assert cell.corrected.value == pytest.approx(0.5, abs=0.03)
    shown = call_assay("marks", "show", cwd=place).stdout
    assert "The judge's weight: in use." in shown and "its corrected share is about these answers, too" in shown
    assert "裁判模型的作用：启用" in call_assay("marks", "show", "--lang", "zh", cwd=place).stdout


def test_another_judge_is_weighed_by_the_same_marks(
    marked: Finished[RunResult], place: Path, endpoint: Endpoint
) -> None:
    good, endpoint.reply = endpoint.reply, lambda prompt: "yes"  # type: ignore[method-assign]
    other = f"http://localhost:{endpoint.server_port}/v1#tiny"
    result = _run(place, judge=other).result
    assert result.people is not None and result.people.judge is not None
    assert result.people.judge.use == "low_kappa" and result.people.n_marked == 130
    assert "The judge's weight: none. On 65 of people's marks" in "\n".join(verdict_lines(result, "en"))
    endpoint.reply = good  # type: ignore[method-assign]
    assert (marks_folder(marked.folder) / "marks.json").is_file()


def test_the_page_on_judges(marked: Finished[RunResult], place: Path) -> None:
    named, draw, take = blocks_of("docs/guide/judge.md")
    assert open_judge(shlex.split(named[1])[-1].removeprefix("judge=")).name == "http://localhost:8000/v1#qwen2.5:7b"
    type_block("sh", draw[1].replace("-n 120", "-n 12"), place)
    for name in ("anna", "bo"):
        shutil.copy(marks_folder(marked.folder) / "sheet-2.xlsx", place / f"sheet-{name}.xlsx")
    assert "The judge's weight" in type_block(*take, place)
