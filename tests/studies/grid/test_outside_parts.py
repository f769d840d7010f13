"""Rows and columns from outside that go wrong: told with file and line, their cells left out, the run goes on."""

import re
from pathlib import Path

import pytest

import assay
from assay.errors import InputError, PartError
from assay.models import Conversation, ScriptedModel
from assay.report import render_report
from assay.serving.measured_run import load
from assay.studies.study import Finished
from assay.verdict.result import RunResult

_COLUMN = """
from assay.columns.zero_shot import ZeroShot
from assay.grid.column import Column


class Odd(ZeroShot):
    def conversation(self, question, passages):
        {body}
        return super().conversation(question, passages)


ODD = Column(name="odd", title={title}, behaviour=lambda pipelines, cell: Odd("en"){more})
"""
_ROW = """
from assay.grid.row import Row


class Odd:
    def passages(self, questions):
        return [() for _ in questions][1:]


ODD = Row(name="odd-row", title="Odd", context=lambda pipelines: Odd())
"""
_CELLS = "none/zero-shot,retrieved/zero-shot"


def says_hours(conversation: Conversation) -> str:
    return "38 hours"


def write(folder: Path, body: str = "pass", title: str = "'Odd'", more: str = "") -> Path:
    file = folder / "odd.py"
    file.write_text(_COLUMN.format(body=body, title=title, more=more), "utf-8")
    return file


def run(company: tuple[Path, Path], out: Path, file: Path, cells: str, **settings: object) -> Finished[RunResult]:
    model = ScriptedModel(says_hours)
    return assay.run(*company, out=out, cells=cells, parts=[str(file)], model=model, encoder="none", **settings)


def test_words_that_lack_a_language_fall_back_to_english(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = write(tmp_path, title="{'en': 'Oddly', 'fr': 'Bizarre'}")
    result = run(company, tmp_path / "ws", file, f"{_CELLS},odd", lang="zh").result
    assert "RAG + Oddly" in render_report(result, "zh")
    assert "RAG + Oddly" in render_report(result, "en")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('no words for it')", r"odd\.py:8: ValueError: no words for it"),
        ("return None", "its column must give a tuple of Message, got NoneType"),
    ],
)
def test_what_raises_while_answering_is_left_out(
    company: tuple[Path, Path], tmp_path: Path, body: str, said: str
) -> None:
    file = write(tmp_path, body)
    result = run(company, tmp_path / "ws", file, f"{_CELLS},none/odd").result
    assert [cell.cell for cell in result.cells] == _CELLS.split(",")
    assert re.search(said, result.left_out["none/odd"])
    assert result.left_out["none/odd"].split(":")[-1].strip() in render_report(result, "en")


def test_another_number_of_passages_than_questions_is_told(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "odd.py"
    file.write_text(_ROW, "utf-8")
    result = run(company, tmp_path / "ws", file, f"{_CELLS},odd-row/zero-shot").result
    assert "passages for 0 of 1 questions" in result.left_out["odd-row/zero-shot"]
    assert [cell.cell for cell in result.cells] == _CELLS.split(",")


def test_a_reading_that_gives_no_text_is_told(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = write(tmp_path, more=", read=lambda text: None")
    result = run(company, tmp_path / "ws", file, f"{_CELLS},none/odd").result
    assert "must be text" in result.left_out["none/odd"]


def test_what_fails_in_the_plan_is_told_before_any_work(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = write(tmp_path, more=", why_not=lambda exam, model: 1 / 0")
    with pytest.raises(assay.AssayError, match=r"odd\.py:12: ZeroDivisionError"):
        run(company, tmp_path / "ws", file, f"{_CELLS},none/odd")


def test_a_file_that_is_gone_is_named_and_the_rest_is_served(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = write(tmp_path)
    done = run(company, tmp_path / "ws", file, f"{_CELLS},none/odd")
    file.unlink()
    again = load(out=tmp_path / "ws", model=ScriptedModel(says_hours))
    with pytest.raises(assay.NotFound, match=r"odd\.py is not there"):
        again.ask("How many hours?", "none/odd")
    assert again.ask("How many hours?", "none/zero-shot").text == "38 hours"
    assert "base model + Odd" in render_report(done.result, "en")
    with pytest.raises(InputError, match=r"odd\.py is not there"):
        run(company, tmp_path / "ws", file, f"{_CELLS},none/odd")


def test_what_raises_while_serving_is_told_as_well(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = write(tmp_path, "assert 'odd' not in question.text, 'too odd'")
    run(company, tmp_path / "ws", file, f"{_CELLS},none/odd")
    served = load(out=tmp_path / "ws", model=ScriptedModel(says_hours))
    assert served.ask("How many hours?", "none/odd").text == "38 hours"
    with pytest.raises(assay.PartError, match=r"odd\.py:8: AssertionError: too odd"):
        served.ask("What is odd?", "none/odd")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (", behaviour=Odd", r"odd\.py.*TypeError: .*positional argument"),
        (", behaviour=lambda pipelines: Odd('en')", r"odd\.py.*TypeError: .*positional argument"),
        (", behaviour=lambda pipelines, cell: None", r"odd\.py.*NoneType.*conversation"),
        (", depends_on=lambda pipelines, cell: [1, 2]", r"odd\.py.*TypeError"),
        (", depends_on=lambda pipelines, cell: {'a': pipelines.settings}", r"odd\.py.*not JSON serializable"),
        (", read=lambda: ''", r"odd\.py.*TypeError: .*\(question .*, reply '38 hours'\)"),
    ],
)
def test_what_ours_stumbles_over_in_its_values_is_its_error(
    company: tuple[Path, Path], tmp_path: Path, more: str, said: str
) -> None:
    file = write(tmp_path)
    text = file.read_text("utf-8")
    if "behaviour" in more:
        text = text.replace(', behaviour=lambda pipelines, cell: Odd("en")', more)
    file.write_text(text if "behaviour" in more else text.replace('Odd("en"))', f'Odd("en"){more})'), "utf-8")
    result = run(company, tmp_path / "ws", file, f"{_CELLS},none/odd").result
    assert re.search(said, result.left_out["none/odd"]), result.left_out
    assert [cell.cell for cell in result.cells] == _CELLS.split(",")


def test_a_passage_of_another_id_leaves_its_cell_out(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "odd.py"
    file.write_text(
        "from dataclasses import replace\nfrom assay.grid.row import Row\n\n\nclass Odd:\n"
        "    def __init__(self, search):\n        self.search = search\n\n"
        "    def passages(self, questions):\n        found = self.search.retrieve(questions, 1)\n"
        "        return [tuple(replace(p, id=p.id + 'x') for p in found[q.id]) for q in questions]\n\n\n"
        "ODD = Row(name='odd-row', title='Odd', context=lambda pipelines: Odd(pipelines.search))\n",
        "utf-8",
    )
    result = run(company, tmp_path / "ws", file, f"{_CELLS},odd-row/zero-shot").result
    assert "which no document has: keep the id" in result.left_out["odd-row/zero-shot"]


def test_what_failed_once_is_tried_again_by_the_same_line(company: tuple[Path, Path], tmp_path: Path) -> None:
    needed = tmp_path / "needed.txt"
    file = write(tmp_path, f"open({str(needed)!r}).close()")
    first = run(company, tmp_path / "ws", file, f"{_CELLS},none/odd").result
    assert "FileNotFoundError" in first.left_out["none/odd"]
    needed.write_text("")
    again = run(company, tmp_path / "ws", file, f"{_CELLS},none/odd").result
    assert again.run_id == first.run_id
    assert "none/odd" in [cell.cell for cell in again.cells] and not again.left_out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("Change(key=[{1, 2}])", "not JSON serializable"),
        ("Change(reword=lambda questions: [[1] for _ in questions])", "has no attribute"),
        ("Change(widen=lambda passage, corpus: 'text')", "has no attribute"),
    ],
)
def test_a_step_s_values_that_ours_stumbles_over_are_its_error(
    company: tuple[Path, Path], tmp_path: Path, change: str, said: str
) -> None:
    file = tmp_path / "odd.py"
    file.write_text(
        "from assay.retrieval.step import Change, SearchStep\n\n"
        f"ODD = SearchStep(name='odd-step', title='Odd', build=lambda site: {change})\n",
        "utf-8",
    )
    result = run(company, tmp_path / "ws", file, _CELLS, search_steps="odd-step").result
    assert [cell.cell for cell in result.cells] == ["none/zero-shot"]
    assert re.search(rf"odd\.py.*{said}", result.left_out["retrieved/zero-shot"]), result.left_out


def test_a_moved_file_is_named_anew(company: tuple[Path, Path], tmp_path: Path) -> None:
    file = write(tmp_path)
    run(company, tmp_path / "ws", file, f"{_CELLS},none/odd")
    moved = tmp_path / "elsewhere.py"
    file.rename(moved)
    served = load(out=tmp_path / "ws", model=ScriptedModel(says_hours), parts=[str(moved)])
    assert served.ask("How many hours?", "none/odd").text == "38 hours"


def test_a_step_s_values_that_ours_stumbles_over_when_asked_are_its_error_too(
    company: tuple[Path, Path], tmp_path: Path
) -> None:
    file = tmp_path / "odd.py"
    file.write_text(
        "from assay.retrieval.step import Change, SearchStep\n\n\n"
        "def reword(questions):\n"
        "    return [[1 if 'zanzibar' in str(question) else 'salary'] for question in questions]\n\n\n"
        "ODD = SearchStep(name='odd-step', title='Odd', build=lambda site: Change(reword=reword))\n",
        "utf-8",
    )
    run(company, tmp_path / "ws", file, _CELLS, search_steps="odd-step")
    with pytest.raises(PartError, match=r'odd\.py \("odd-step"\).*has no attribute'):
        load(out=tmp_path / "ws").ask("How far is zanzibar?", cell="retrieved/zero-shot")
