"""A finished study leaves as tables, as a run of MLflow and as logs of Inspect, which these read back."""

import csv
import importlib.util
import json
import sqlite3
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pytest

from assay.bench.workspace import Workspace
from assay.errors import InputError, MissingExtra
from assay.exporting.results import FORMS, write_result
from assay.studies.known_kinds import find_study
from assay.studies.study import Finished
from assay.verdict.stored import save_result
from command import call_assay


def _report_tests(name: str) -> ModuleType:
    """A module of the tests of the report, which makes results of a kind."""
    path = Path(__file__).parents[1] / "report" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"results_{name}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


_MADE = {
    "runs": lambda: _report_tests("sample").sample_result(12),
    "labels": lambda: _report_tests("test_label_page").make_result(),
    "drills": lambda: _report_tests("test_drill_page").make_drill(),
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a finished study of each kind."""
    folder = tmp_path_factory.mktemp("ws")
    for kind, make in _MADE.items():
        save_result(make(), folder / kind / kind / "result.json")
    return folder


@pytest.fixture
def finished(workspace: Path, request: pytest.FixtureRequest) -> Finished[Any]:
    return find_study(Workspace(workspace), getattr(request, "param", "runs"), "en")


every_kind = pytest.mark.parametrize("finished", list(_MADE), indirect=True)


@every_kind
def test_every_study_has_cells_and_answers_of_one_form(finished: Finished[Any]) -> None:
    tables = finished.tables
    assert finished.table == tables["cells"] and finished.answers == tables["answers"]
    assert finished.differences == tables.get("differences", [])
    for rows in tables.values():
        assert rows and all(list(row) == list(rows[0]) for row in rows)
    for row in finished.answers:
        assert {"question_id", "question", "accepted", "cell", "answer", "correct"} <= set(row)
    assert json.loads(json.dumps(tables)) == tables  # plain values


def test_the_tables_of_a_run_say_what_its_result_says(finished: Finished[Any]) -> None:
    result = finished.result
    assert [row["cell"] for row in finished.table] == [cell.cell for cell in result.cells]
    assert [row["cell"] for row in finished.table if row["advised"]] == [result.verdict.cell]
    assert len(finished.answers) == len(result.questions) * len(result.cells)
    view = result.questions[4].cells[7]
    row = next(
        row for row in finished.answers if (row["question_id"], row["cell"]) == (result.questions[4].id, view.cell)
    )
    assert (row["answer"], row["correct"], row["reason"], row["f1"]) == (view.text, view.correct, view.reason, view.f1)
    assert row["passages"] == view.passages and row["latency_s"] == view.latency_s
    failed = [row for row in finished.answers if row["correct"] is None]
    assert [row["error"] for row in failed] == ["the prompt does not fit the window"]


@every_kind
def test_csv_holds_every_row(finished: Finished[Any], tmp_path: Path) -> None:
    files = [Path(file) for file in write_result(finished, "csv", tmp_path / "out")]
    assert [file.stem for file in files] == list(finished.tables)
    for file in files:
        rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
        assert list(rows[0]) == list(finished.tables[file.stem][0])
        assert len(rows) == len(finished.tables[file.stem])
    answers = list(csv.DictReader((tmp_path / "out" / "answers.csv").read_text("utf-8-sig").splitlines(keepends=True)))
    assert [json.loads(row["accepted"]) for row in answers] == [row["accepted"] for row in finished.answers]
    with pytest.raises(InputError, match="is there already: give another folder"):
        write_result(finished, "csv", tmp_path / "out")


@every_kind
def test_parquet_gives_back_the_same_values(finished: Finished[Any], tmp_path: Path) -> None:
    for file in write_result(finished, "parquet", tmp_path):
        assert pq.read_table(file).to_pylist() == finished.tables[Path(file).stem]


def test_it_is_written_beside_the_report_unless_a_folder_is_named(workspace: Path, tmp_path: Path) -> None:
    done = call_assay("show", "runs", "--out", workspace, "--to", "csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert str(workspace / "runs" / "runs" / "csv" / "answers.csv") in done.stdout.splitlines()
    done = call_assay("show", "labels", "--out", workspace, "--to", "parquet", "--folder", "here", cwd=tmp_path)
    assert sorted(path.name for path in (tmp_path / "here").iterdir()) == [
        "answers.parquet", "cells.parquet", "differences.parquet", "learning.parquet", "names.parquet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("runs", "--to", "excel"), '--to must be one of csv, parquet, mlflow, inspect, got "excel"'),
        (("--to", "csv"), "to write a study name it and a form: assay show RUN --to csv"),
        (("runs", "--folder", "here"), "to write a study name it and a form"),
        (("nothing", "--to", "csv"), 'there is no run "nothing"'),
        (("runs", "--to", "csv", "--folder", "file.txt"), "file.txt is there already"),
    ],
)
def test_mistakes_are_named(workspace: Path, tmp_path: Path, args: tuple[str, ...], said: str) -> None:
    (tmp_path / "file.txt").write_text("mine")
    done = call_assay("show", *args, "--out", workspace, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert (tmp_path / "file.txt").read_text() == "mine"


@pytest.mark.parametrize(("form", "package"), [("mlflow", "mlflow"), ("inspect", "inspect_ai")])
def test_a_package_that_is_missing_is_named(
    finished: Finished[Any], tmp_path: Path, form: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # as Python marks what cannot be imported
    with pytest.raises(MissingExtra, match=rf'pip install "assay\[{form}\]"'):
        write_result(finished, form, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@every_kind
def test_mlflow_has_a_run_with_metrics_settings_and_files(finished: Finished[Any], tmp_path: Path) -> None:
    pytest.importorskip("mlflow", reason="mlflow is not installed")
    (uri,) = write_result(finished, "mlflow", tmp_path / "store")
    from mlflow.tracking import MlflowClient

    client = MlflowClient(tracking_uri=uri)
    experiment = client.get_experiment_by_name(f"assay/{finished.result.title}")
    (run,) = client.search_runs([experiment.experiment_id])
    row = finished.table[-1]
    cell = "/".join(row[name] for name in ("cell", "way") if name in row).replace("+", "-")  # as MLflow allows
    assert run.data.metrics[f"{cell}/correct"] == row["correct"]
    assert run.data.params["model"] == finished.result.model
    assert run.data.tags["assay.run_id"] == finished.result.run_id
    assert {file.path for file in client.list_artifacts(run.info.run_id)} == {"report.html", "result.json", "tables"}
    assert {file.path for file in client.list_artifacts(run.info.run_id, "tables")} == {
        f"tables/{name}.csv" for name in finished.tables
    }
    assert [path.name for path in (tmp_path / "store").iterdir() if path.name != "artifacts"] == ["mlflow.db"]
    with pytest.raises(InputError, match=f"{finished.result.run_id} is in {uri} already"):
        write_result(finished, "mlflow", uri)


def test_mlflow_stays_on_this_machine(finished: Finished[Any], tmp_path: Path) -> None:
    pytest.importorskip("mlflow", reason="mlflow is not installed")
    for where in ("https://mlflow.example.com", "databricks"):
        with pytest.raises(InputError, match="written to a store of this machine"):
            write_result(finished, "mlflow", where)
    write_result(finished, "mlflow", f"sqlite:///{tmp_path}/mine.db")
    with sqlite3.connect(tmp_path / "mine.db") as store:
        assert store.execute("SELECT count(*) FROM runs").fetchone() == (1,)


@every_kind
def test_inspect_opens_a_log_for_each_cell(finished: Finished[Any], tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai", reason="inspect_ai is not installed")
    from inspect_ai.log import list_eval_logs, read_eval_log

    files = write_result(finished, "inspect", tmp_path / "logs")
    names = list(dict.fromkeys(" ".join(r[n] for n in ("cell", "way") if n in r) for r in finished.answers))
    assert len(list_eval_logs(str(tmp_path / "logs"))) == len(files) == len(names)
    for name, file in zip(names, files, strict=True):
        log = read_eval_log(file)
        rows = [row for row in finished.answers if " ".join(row[n] for n in ("cell", "way") if n in row) == name]
        assert log.status == "success" and log.eval.task == name and log.samples is not None
        assert [sample.id for sample in log.samples] == [row["question_id"] for row in rows]
        for sample, row in zip(log.samples, rows, strict=True):
            told = sample.scores["assay"].value if sample.scores else None
            assert told == {True: "C", False: "I", None: None}[row["correct"]]
            assert sample.output.completion == row["answer"] and sample.target == row["accepted"]


def test_every_form_is_in_the_help(tmp_path: Path) -> None:
    shown = call_assay("show", "--help", cwd=tmp_path, COLUMNS="300").stdout
    assert all(form in shown for form in FORMS)
