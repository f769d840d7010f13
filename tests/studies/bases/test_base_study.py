"""Bases with scripted replies, where the figures must be known, and the real small model at two precisions."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assay.bench.workspace import Workspace
from assay.errors import EngineError, InputError
from assay.models import LocalModel, ScriptedModel
from assay.models.engine import Conversation
from assay.report.base_lines import base_lines, base_table
from assay.report.base_page import render_base_report
from assay.studies.bases.base_study import choose_base
from assay.studies.known_kinds import find_study, list_studies
from assay.studies.study import Finished
from assay.verdict.base_result import BaseResult, dominated
from command import call_assay

Company = tuple[Path, Path]


@pytest.fixture(scope="module")
def exam(shared_company: Company) -> Company:
    """The company with 36 of its questions: 12 to train on, 18 for validation, 6 for the test."""
    documents, questions = shared_company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    for row in rows:
        if row["document"] in ("bruma.md", "lira.md"):
            row["split"] = "validation"
    file = questions.with_name("bases.jsonl")
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return documents, file


def reader(questions: Path, weak: bool = False) -> Callable[[Conversation], str]:
    """One that answers what stands in its passages and else declines; a weak one gets only working weeks right."""
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    known = {row["question"]: (row["quote"], row["answers"][0]) for row in rows if row["answers"]}

    def reply(conversation: Conversation) -> str:
        told = conversation[-1].content
        found = next((pair for question, pair in known.items() if question in told), None)
        if found is None or found[0] not in told:
            return "I don't know."
        return found[1] if not weak or "hours" in found[1] else "Seventeen."

    return reply


def scripted(exam: Company, weak: bool = False) -> ScriptedModel:
    name = "weak" if weak else "strong"
    return ScriptedModel(reader(exam[1], weak), name=name, sha256=name)


@pytest.fixture(scope="module")
def finished(exam: Company, tmp_path_factory: pytest.TempPathFactory) -> Finished[BaseResult]:
    models = [scripted(exam, weak=True), scripted(exam)]
    return choose_base(*exam, [], models=models, out=tmp_path_factory.mktemp("ws"), encoder="none")


def test_figures_of_scripted_bases(finished: Finished[BaseResult]) -> None:
    """18 validation questions: 9 answered, 9 to be declined. The weak one gets a third of the answered ones right."""
    result = finished.result
    weak, strong = result.summary("weak"), result.summary("strong")
    assert result.cells == ["retrieved/zero-shot", "oracle/zero-shot"]
    assert strong.correct["oracle/zero-shot"].value == 1.0
    assert weak.correct["oracle/zero-shot"].value == pytest.approx(12 / 18)
    assert strong.refusal_rate == 0 and strong.n_failed == 0
    assert {share.what: share.n for share in strong.shares} == {"answerable": 9, "unanswerable": 9}
    assert result.verdict.best == "strong" and result.counts["validation"] == 18
    assert len(result.answers) == 2 * 2 * 18


def test_no_test_question_is_asked(exam: Company, tmp_path: Path) -> None:
    asked: list[str] = []

    def reply(conversation: Conversation) -> str:
        asked.append(conversation[-1].content)
        return "I don't know."

    choose_base(*exam, [], models=[ScriptedModel(reply)], out=tmp_path, encoder="none")
    rows = [json.loads(line) for line in exam[1].read_text().splitlines()]
    of_the_test = [row["question"] for row in rows if row["split"] == "test"]
    assert asked and not [text for text in of_the_test if any(text in told for told in asked)]


def test_one_that_is_shown_to_be_worse_is_dropped(exam: Company, tmp_path: Path) -> None:
    silent = ScriptedModel(lambda conversation: "Seventeen.", name="silent", sha256="silent")
    result = choose_base(*exam, [], models=[silent, scripted(exam)], out=tmp_path, encoder="none").result
    dropped = result.summary("silent").dropped
    assert dropped is not None and (dropped.leader, dropped.n_asked) == ("strong", 18)
    assert result.verdict.kind == "decided" and result.finalists == ["strong"] and not result.verdict.unanswered


def test_a_base_whose_engine_fails_is_left_out(exam: Company, tmp_path: Path) -> None:
    def fail(conversation: Conversation) -> str:
        raise EngineError("the power is off")

    broken = ScriptedModel(fail, name="broken", sha256="broken")
    result = choose_base(*exam, [], models=[broken, scripted(exam)], out=tmp_path, encoder="none").result
    assert result.left_out == {"broken": "the power is off"} and result.verdict.cell == "strong"
    with pytest.raises(InputError, match="the power is off"):
        choose_base(*exam, [], models=[broken], out=tmp_path / "alone", encoder="none")


def test_the_same_call_asks_nothing_again(exam: Company, tmp_path: Path) -> None:
    asked: list[str] = []
    read = reader(exam[1])

    def reply(conversation: Conversation) -> str:
        asked.append(conversation[-1].content)
        return read(conversation)

    model = ScriptedModel(reply)
    first = choose_base(*exam, [], models=[model], out=tmp_path, encoder="none")
    n_asked = len(asked)
    (first.folder / "result.json").unlink()
    again = choose_base(*exam, [], models=[model], out=tmp_path, encoder="none")
    assert len(asked) == n_asked
    assert again.result.bases[0].correct == first.result.bases[0].correct


def test_without_a_base_there_is_nothing_to_choose(exam: Company, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no base model is named"):
        choose_base(*exam, [], out=tmp_path)


def test_bases_that_are_not_there_are_named_and_nobody_is_asked(
    exam: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name, an endpoint that is down, and an id for which no hub can be asked."""
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    bases = ["nosuch", "http://127.0.0.1:9/v1#m", "org/nosuch"]
    with pytest.raises(InputError) as found:
        choose_base(*exam, bases, out=tmp_path, encoder="none")
    lines = str(found.value)
    assert all(f"{base}: " in lines for base in bases) and 'there is no model "nosuch"' in lines
    assert "did not answer" in lines and "the hub did not give it" in lines


def test_too_few_validation_questions(shared_company: Company, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="10 validation questions or more, and these have 6"):
        choose_base(*shared_company, [], models=[ScriptedModel(lambda conversation: "")], out=tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_table_and_page(finished: Finished[BaseResult], lang: str) -> None:
    result = finished.result
    lines = base_lines(result, lang)
    assert "strong" in lines[0] and "100%" in lines[1] and "--base strong" in lines[-1]
    head, rows = base_table(result, lang)
    assert [row[0] for row in rows] == [one.base for one in result.bases] and all(len(row) == len(head) for row in rows)
    page = render_base_report(result, lang)
    assert page.count('<details class="q"') == 18 and "<script src" not in page and "http" not in page.split("<body")[1]


def test_it_is_listed_shown_and_opened_again(finished: Finished[BaseResult]) -> None:
    workspace = Workspace(finished.folder.parents[1])
    rows, problems = list_studies(workspace, "en")
    assert not problems and rows[0]["kind"] == "bases" and rows[0]["model"] == "strong"
    found = find_study(workspace, finished.result.run_id[:6], "zh")
    assert found.result == finished.result
    assert {row["cell"]: row["advised"] for row in found.table} == {"weak": False, "strong": True}


def test_dominated_are_those_that_another_beats_in_all(finished: Finished[BaseResult]) -> None:
    result = finished.result
    slow = replace(result.summary("weak").cost, answer_s=9.0)
    bases = [replace(result.summary("weak"), cost=slow), result.summary("strong")]
    assert dominated(replace(result, bases=bases)) == {"weak"}
    quick = replace(result.summary("weak").cost, answer_s=1e-9)
    assert not dominated(replace(result, bases=[replace(bases[0], cost=quick), bases[1]]))


def test_the_real_model_at_two_precisions_from_the_command_line(
    exam: Company, tmp_path: Path, model: LocalModel
) -> None:
    line = ["models", *map(str, exam), "--out", str(tmp_path / "ws"), "--encoder", "none"]
    bases = ["SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct@4bit", "SmolLM2-135M-Instruct@8bit", "nosuch.gguf"]
    done = call_assay(*line, *(part for base in bases for part in ("--base", base)), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "SmolLM2-135M-Instruct@4bit" in done.stdout and "What to do" in done.stdout
    (folder,) = (tmp_path / "ws" / "bases").iterdir()
    kept = json.loads((folder / "result.json").read_text())
    assert {one["base"] for one in kept["bases"]} == {"SmolLM2-135M-Instruct", "SmolLM2-135M-Instruct@4bit"}
    assert kept["left_out"] == {
        "SmolLM2-135M-Instruct@8bit": "the same weights as SmolLM2-135M-Instruct, under another name",
        "nosuch.gguf": "there is no file nosuch.gguf",
    }
    four, eight = (next(one for one in kept["bases"] if one["base"].endswith(end)) for end in ("@4bit", "Instruct"))
    assert four["measured"]["disk_mb"] < 0.8 * eight["measured"]["disk_mb"]
    assert eight["measured"]["prompt_rate"] > 0 and eight["facts"]["n_weights"] == 134515008
