"""A study as a run of MLflow: metrics by cell, settings as parameters, report and tables as artefacts.

Written into a store of this machine, and nowhere else: MLflow's telemetry is off before it is imported.
"""

import logging
import os
import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assay.errors import InputError, MissingExtra
from assay.exporting.results.table_files import write_csv
from assay.studies.study import Finished
from assay.verdict.stored import save_result

__all__ = ["write_mlflow"]

_SQLITE = "sqlite:///"
_LONGEST = 6000  # characters of a parameter that MLflow keeps
_TAG = "assay.run_id"
_NOT_ALLOWED = re.compile(r"[^\w\-. /]")  # in the name of a metric or a parameter


def write_mlflow(finished: Finished[Any], where: str) -> list[str]:
    """One run in the store at `where`: a folder, in which mlflow.db is made, or sqlite:///FILE; where it can be seen.

    Raises:
        InputError: a store that is not on this machine; the study is in it already.
        MissingExtra: MLflow is not installed.
    """
    if find_spec("mlflow") is None or find_spec("alembic") is None:
        raise MissingExtra('a run for MLflow needs its package: pip install "assay[mlflow]"')
    file = _database(where)
    file.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own, about what it is built on
        _add(finished, file)
    return [_uri(file)]


def _add(finished: Finished[Any], file: Path) -> None:
    client, run_id = _client(_uri(file)), finished.result.run_id
    experiment = _experiment(client, finished, file)
    known = client.search_runs([experiment], f"tags.`{_TAG}` = '{run_id}'", max_results=1)
    if known:
        raise InputError(f"{run_id} is in {_uri(file)} already, as run {known[0].info.run_id}: delete it there")
    _log(client, experiment, finished)


def _uri(file: Path) -> str:
    return f"{_SQLITE}{file.resolve()}"


def _database(where: str) -> Path:
    if where.startswith(_SQLITE):
        return Path(where.removeprefix(_SQLITE))
    if "://" in where or where.startswith("databricks"):
        raise InputError(f"{where}: results are written to a store of this machine: give a folder or {_SQLITE}FILE")
    folder = Path(where)
    if folder.is_file():
        raise InputError(f"{where} is a file: give a folder or {_SQLITE}{where}")
    return folder / "mlflow.db"


def _client(uri: str) -> Any:
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"
    from mlflow.tracking import MlflowClient

    for name in ("mlflow", "alembic"):  # which tell of each step of making a database
        logging.getLogger(name).setLevel(logging.ERROR)
    return MlflowClient(tracking_uri=uri, registry_uri=uri)


def _experiment(client: Any, finished: Finished[Any], file: Path) -> str:
    """That of the study's title; artefacts of a new one lie beside the database."""
    name = f"assay/{finished.result.title}"
    known = client.get_experiment_by_name(name)
    if known is not None:
        return str(known.experiment_id)
    return str(client.create_experiment(name, artifact_location=(file.resolve().parent / "artifacts").as_uri()))


def _log(client: Any, experiment: str, finished: Finished[Any]) -> None:
    from mlflow.entities import Metric, Param

    result = finished.result
    ended = int(datetime.fromisoformat(result.created).timestamp() * 1000)
    started = int(1000 * result.provenance.get("started", ended / 1000))
    tags = {_TAG: result.run_id, "assay.kind": finished.kind.folder, "mlflow.note.content": _note(finished)}
    run = client.create_run(experiment, started, tags, run_name=f"{result.title} {result.run_id}")
    params = {"model": result.model, "advised": result.advised, **result.settings}
    client.log_batch(
        run.info.run_id,
        metrics=[Metric(name, value, ended, 0) for name, value in _metrics(finished)],
        params=[Param(_allowed(name), str(value)[:_LONGEST]) for name, value in params.items()],
    )
    with TemporaryDirectory() as folder:
        write_csv(finished, folder)
        client.log_artifacts(run.info.run_id, folder, "tables")
        save_result(result, Path(folder) / "result.json")
        client.log_artifact(run.info.run_id, str(Path(folder) / "result.json"))
    if not finished.report.is_file():
        finished.write_report()
    client.log_artifact(run.info.run_id, str(finished.report))
    client.set_terminated(run.info.run_id, "FINISHED", ended)


def _note(finished: Finished[Any]) -> str:
    return "\n\n".join(finished.outcome.lines)


def _metrics(finished: Finished[Any]) -> Iterator[tuple[str, float]]:
    """Every number of the table of cells, as "retrieved/tuned/correct"; a row's way, where it has one, between."""
    for row in finished.table:
        cell = "/".join(str(row[name]) for name in ("cell", "way") if name in row)
        for name, value in row.items():
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield _allowed(f"{cell}/{name}"), float(value)


def _allowed(name: str) -> str:
    return _NOT_ALLOWED.sub("-", name)
