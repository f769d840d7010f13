"""The whole grid with the real small model, two adapters and a kill in the middle."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

import assay
from assay.bench.parts import Parts
from assay.grid.cell import parse_cell
from assay.models import LocalModel
from assay.serving.measured_run import FinishedRun
from assay.verdict.result import RunResult
from assay.verdict.stored import load_result

_QUICK = {
    "epochs_closed_book": 1,
    "epochs_open_book": 1,
    "training_batch": 4,
    "latency_sample": 2,
    "answer_batch": 8,
    "max_new_tokens": 12,
}
_GRID = _QUICK | {"answer_batch": 32}  # 140 probes of each model in fewer batches


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory, shared_company: tuple[Path, Path], model: LocalModel) -> FinishedRun:
    """All nine cells, run once for the tests below."""
    out = tmp_path_factory.mktemp("grid")
    assay.run(*shared_company, out=out, model=model, **_GRID)
    return assay.load(out=out, model=model)


def test_nine_cells_with_two_adapters(grid: FinishedRun) -> None:
    result = grid.result
    assert len(result.cells) == 9
    assert not result.left_out
    assert {log["name"] for log in result.training} == {"closed book", "with passages"}
    assert result.retriever is not None
    assert result.retriever.recall["10"] == 1.0  # six short documents


def test_costs_are_measured(grid: FinishedRun) -> None:
    costs = {cell.cell: cell.cost for cell in grid.result.cells}
    assert costs["none/zero-shot"].prepare_s == 0
    assert costs["retrieved/tuned"].prepare_s > costs["retrieved/zero-shot"].prepare_s > 0
    assert costs["retrieved/zero-shot"].prompt_tokens > costs["none/zero-shot"].prompt_tokens
    assert all(cost.answer_s > 0 and cost.n_latency == 2 for cost in costs.values())


def test_no_cell_answers_with_another_adapters_cache(grid: FinishedRun) -> None:
    """The answers of a cell are the same whatever ran before it: here in the reverse order, in one process."""
    measured = {q.id: {a.cell: a.text for a in q.cells} for q in grid.result.questions}
    pipelines = grid.pipelines
    for name in ("oracle/tuned", "none/tuned", "retrieved/tuned", "retrieved/zero-shot", "none/zero-shot"):
        pipeline = pipelines.pipeline(parse_cell(name, Parts()))
        for answer in pipeline.answer(pipelines.batches[-1]):
            assert answer.text == measured[answer.question_id][name]


def test_tuned_answers_differ_from_the_base_models(grid: FinishedRun) -> None:
    answers = [{a.cell: a.text for a in q.cells} for q in grid.result.questions]
    for context in ("none", "retrieved"):
        assert any(row[f"{context}/tuned"] != row[f"{context}/zero-shot"] for row in answers)


def test_what_tuning_cost_is_measured(grid: FinishedRun) -> None:
    closed, with_passages = grid.result.forgetting
    assert (closed.cells, with_passages.cells) == (["none/tuned"], ["retrieved/tuned", "oracle/tuned"])
    assert with_passages.gain is not None
    assert with_passages.gain.b == "retrieved/zero-shot"
    for one in (closed, with_passages):
        (general,) = one.probes  # six training questions with an answer make too few passages that contradict
        assert {part.name: part.loss.n for part in general.languages} == {"en": 70, "zh": 70}
        assert general.languages[0].before >= 0.3  # the embedded model has something to lose, in English
        assert general.n_lost == len(one.lost) > 0
    assert closed.probes[0].languages[0].before == with_passages.probes[0].languages[0].before


def test_six_who_ask_at_once_get_what_each_gets_alone(grid: FinishedRun, model: LocalModel) -> None:
    texts = [question.text for question in grid.result.questions]
    alone = [grid.ask(text, cell="retrieved/tuned").text for text in texts]
    fresh = assay.load(out=grid.report.parents[2], model=model)  # what answers is made while others wait for it
    with ThreadPoolExecutor(6) as clients:
        replies = list(clients.map(lambda text: fresh.ask(text, cell="retrieved/tuned").text, texts * 3))
    assert replies == alone * 3


def test_the_number_type_of_tuning_is_settled_and_told(grid: FinishedRun) -> None:
    chosen = grid.result.settings["tuning_dtype"]
    assert chosen in ("float32", "bfloat16")
    assert {log["dtype"] for log in grid.result.training} == {chosen}


def test_answers_at_the_limit_are_told(grid: FinishedRun) -> None:
    """Some of at most 12 tokens break off; what the result counts is what `ask` says."""
    cut = {summary.cell: summary.n_cut for summary in grid.result.cells}
    answers = [answer for question in grid.result.questions for answer in question.cells]
    assert cut == {name: sum(one.is_cut for one in answers if one.cell == name) for name in cut}
    assert all(one.n_new_tokens == 12 for one in answers if one.is_cut) and sum(cut.values()) > 0
    question, broken = next(
        (question.text, one)
        for question in grid.result.questions
        for one in question.cells
        if one.is_cut and one.cell == "none/zero-shot" and one.latency_s is not None
    )
    reply = grid.ask(question, cell="none/zero-shot")
    assert (reply.text, reply.is_cut) == (broken.text, True)


@pytest.mark.usefixtures("model")  # converted before the clock runs
def test_a_killed_run_goes_on_and_ends_with_the_same_answers(company: tuple[Path, Path], tmp_path: Path) -> None:
    quick = [part for name, value in _QUICK.items() for part in ("--set", f"{name}={value}")]
    cells = ["--cells", "none/zero-shot,retrieved/zero-shot"]
    command = [sys.executable, "-m", "assay", "run", *map(str, company), *cells, *quick]
    killed, whole = tmp_path / "killed", tmp_path / "whole"

    process = subprocess.Popen([*command, "--out", str(killed)], stdout=subprocess.DEVNULL)
    _wait_for_answers(killed / "assay.db", at_least=3)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not list(killed.glob("runs/*/result.json"))

    for out in (killed, whole):
        subprocess.run([*command, "--out", str(out)], check=True, stdout=subprocess.DEVNULL)
    assert _answers(killed) == _answers(whole)


def _wait_for_answers(database: Path, at_least: int) -> None:
    for _ in range(600):
        if database.exists() and _count(database) >= at_least:
            return
        time.sleep(0.1)
    raise TimeoutError(f"no {at_least} answers in {database}")


def _count(database: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection, connection:
            return int(connection.execute("select count(*) from answers").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def _answers(workspace: Path) -> list[tuple[str, str, str]]:
    result = load_result(RunResult, next(workspace.glob("runs/*/result.json")))
    return [(q.id, a.cell, a.text) for q in result.questions for a in q.cells]


def test_an_adaptive_cell_that_always_reads_answers_like_the_open_book_one(
    grid: FinishedRun, shared_company: tuple[Path, Path], model: LocalModel
) -> None:
    """Six validation questions fit no threshold; both adapters are at hand, and no engine reads the other's cache."""
    out = grid.report.parents[2]
    cells = "adaptive/zero-shot,adaptive/tuned"
    result = assay.run(*shared_company, out=out, model=model, cells=cells, **_GRID).result
    measured = {q.id: {a.cell: a.text for a in q.cells} for q in grid.result.questions}
    for question in result.questions:
        for answer in question.cells:
            assert answer.text == measured[question.id][answer.cell.replace("adaptive", "retrieved")]
    assert [cell.skipped for cell in result.cells] == [0.0, 0.0]
    assert {log["name"] for log in result.training} == {"closed book", "with passages"}
