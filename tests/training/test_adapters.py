"""The tuned columns that are run on request, with the real model cut down to its first layers."""

from pathlib import Path

import pytest

import assay
from assay.bench.workspace import Workspace
from assay.models import LocalModel, ScriptedModel, has_cuda
from assay.models.cache import hash_files
from assay.serving.measured_run import FinishedRun
from assay.studies.study import Finished
from assay.training import default_learning_rate
from assay.verdict.result import RunResult
from small_company import write_company

_CELLS = "none/zero-shot,none/tuned-full,none/tuned-pretrained,retrieved/tuned-dora,none/tuned-qlora"
_QUICK = {"epochs_closed_book": 2, "epochs_open_book": 1, "max_new_tokens": 4, "latency_sample": 2, "probe": "off"}


@pytest.fixture(scope="module")
def shared_company(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Four documents, 6 questions for the test."""
    return write_company(tmp_path_factory.mktemp("company"), n_tested=1)


@pytest.fixture(scope="module")
def base(small: Path) -> LocalModel:
    return LocalModel("small", small, hash_files([small / "model.safetensors"]), None)


@pytest.fixture(scope="module")
def ran(
    shared_company: tuple[Path, Path], base: LocalModel, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Finished[RunResult], Path]:
    out = tmp_path_factory.mktemp("ws")
    return assay.run(*shared_company, out=out, model=base, cells=_CELLS, **_QUICK), out


def _cells(result: RunResult) -> list[str]:
    return [cell.cell for cell in result.cells]


def test_each_method_is_a_column_of_its_own(ran: tuple[Finished[RunResult], Path]) -> None:
    result = ran[0].result
    assert _cells(result) == [
        "none/zero-shot", "none/tuned-full", "none/tuned-pretrained", "retrieved/tuned-dora",
    ]  # fmt: skip
    if not has_cuda():
        assert result.left_out == {"none/tuned-qlora": "it needs a CUDA device"}
    compared = {comparison.a for comparison in result.comparisons} | {c.b for c in result.comparisons}
    assert compared == set(_cells(result))
    page = ran[0].report.read_text(encoding="utf-8")
    for name in ("hybrid: RAG + fine-tuning (DoRA)", "fine-tuning (all weights)", "after reading the documents"):
        assert name in page


def test_every_training_is_in_the_report_with_its_curve_and_seed(ran: tuple[Finished[RunResult], Path]) -> None:
    trainings = {log["name"]: log for log in ran[0].result.training}
    assert list(trainings) == [
        "closed book, full", "documents", "closed book, pretrained", "with passages, dora",
    ]  # fmt: skip
    assert all(log["curve"] and log["seed"] == 0 for log in trainings.values())
    assert trainings["documents"]["n_examples"] == ran[0].result.counts["passages"]
    assert trainings["closed book, full"]["learning_rate"] == pytest.approx(
        trainings["closed book, pretrained"]["learning_rate"] / 10
    )
    costs = {cell.cell: cell.cost.prepare_tokens for cell in ran[0].result.cells}
    both = trainings["documents"]["n_tokens"] + trainings["closed book, pretrained"]["n_tokens"]
    assert costs["none/tuned-pretrained"] == both


def test_what_was_measured_is_asked(ran: tuple[Finished[RunResult], Path], base: LocalModel) -> None:
    finished, out = ran
    asked = FinishedRun(finished, Workspace(out), base)
    for cell in ("none/tuned-full", "retrieved/tuned-dora"):
        question = finished.result.questions[0]
        (measured,) = [answer.text for answer in question.cells if answer.cell == cell]
        assert asked.ask(question.text, cell).text == measured


def test_a_search_is_kept_with_its_trials(shared_company: tuple[Path, Path], base: LocalModel, tmp_path: Path) -> None:
    pytest.importorskip("optuna", reason="the extra search is not installed")
    searched = assay.run(*shared_company, out=tmp_path, model=base, cells="none/tuned", **_QUICK, search=2).result
    (log,) = searched.training
    assert len(log["trials"]) == 2
    assert log["trials"][0]["learning_rate"] == pytest.approx(default_learning_rate(576))  # the usual one comes first
    assert log["best_loss"] == min(trial["loss"] for trial in log["trials"])


def test_a_search_without_optuna_names_what_is_missing(
    company: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assay.training import search

    monkeypatch.setattr(search, "find_spec", lambda name: None)
    with pytest.raises(assay.MissingExtra, match=r'pip install "assay\[search\]"'):
        assay.run(*company, out=tmp_path, model=ScriptedModel(lambda conversation: ""), search=2)
