"""The whole grid with the real small model and two adapters."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

import assay
from assay.bench.parts import Parts
from assay.grid.cell import parse_cell
from assay.models import LocalModel
from assay.probes import general_probes
from assay.serving.measured_run import FinishedRun
from small_company import write_company

_GRID = {
    "epochs_closed_book": 1,
    "epochs_open_book": 1,
    "training_batch": 4,
    "latency_sample": 2,
    "answer_batch": 32,
    "max_new_tokens": 8,
}


@pytest.fixture(scope="module")
def shared_company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Five documents, 12 questions for the test."""
    return write_company(tmp_path_factory.mktemp("company"), n_tested=2)


@pytest.fixture(scope="module")
def fewer_probes() -> Iterator[None]:
    """Every other English general question and every seventh Chinese one: three models are asked all of them."""
    every = general_probes()
    with pytest.MonkeyPatch.context() as patch:
        english, chinese = ([one for one in every.probes if one.lang == lang] for lang in ("en", "zh"))
        fewer = replace(every, probes=(*english[::2], *chinese[::7]))
        patch.setattr("assay.studies.grid.probing.general_probes", lambda: fewer)
        yield


@pytest.fixture(scope="module")
def grid(
    tmp_path_factory: pytest.TempPathFactory,
    shared_company: tuple[Path, Path],
    model: LocalModel,
    fewer_probes: None,
) -> FinishedRun:
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
    assert result.retriever.recall["10"] == 1.0  # five short documents


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
    for name in ("oracle/tuned", "none/tuned", "none/zero-shot"):
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
        assert {part.name: part.loss.n for part in general.languages} == {"en": 35, "zh": 10}
        assert general.languages[0].before >= 0.3  # the embedded model has something to lose, in English
        assert general.n_lost == len(one.lost)
    assert closed.lost or with_passages.lost
    assert closed.probes[0].languages[0].before == with_passages.probes[0].languages[0].before


def test_six_who_ask_at_once_get_what_each_gets_alone(grid: FinishedRun, model: LocalModel) -> None:
    texts = [question.text for question in grid.result.questions][:5]
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
    """Some of at most 8 tokens break off; what the result counts is what `ask` says."""
    cut = {summary.cell: summary.n_cut for summary in grid.result.cells}
    answers = [answer for question in grid.result.questions for answer in question.cells]
    assert cut == {name: sum(one.is_cut for one in answers if one.cell == name) for name in cut}
    assert all(one.n_new_tokens == 8 for one in answers if one.is_cut) and sum(cut.values()) > 0
    question, broken = next(
        (question.text, one)
        for question in grid.result.questions
        for one in question.cells
        if one.is_cut and one.cell == "none/zero-shot" and one.latency_s is not None
    )
    reply = grid.ask(question, cell="none/zero-shot")
    assert (reply.text, reply.is_cut) == (broken.text, True)


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
