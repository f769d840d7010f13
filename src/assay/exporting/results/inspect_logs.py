"""A study as logs of inspect_ai, one for each cell, which its viewer shows and its `read_eval_log` opens."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

from assay.errors import InputError, MissingExtra
from assay.exporting.results.table_files import free_files
from assay.studies.study import Finished
from assay.verdict.tables import Rows
from assay.version import __version__

__all__ = ["write_inspect"]

_SHOWN = ("reason", "f1", "exact_match", "confidence", "cause", "outcome")  # of an answer: what explains its score
_ASKED = ("document", "page", "quote", "cluster", "answerable")
_COSTS = ("correct", "cell", "name")  # columns of a cell that are no metrics of it


def write_inspect(finished: Finished[Any], where: str) -> list[str]:
    """A .eval file for each cell (of a drill, for each cell and way) in a folder.

    Raises:
        InputError: one of them is there.
        MissingExtra: inspect_ai is not installed.
    """
    if find_spec("inspect_ai") is None:
        raise MissingExtra('logs for Inspect need its package: pip install "assay[inspect]"')
    from inspect_ai.log import write_eval_log

    tables, answers = finished.tables, dict[str, Rows]()
    for row in tables["answers"]:
        answers.setdefault(_name(row), []).append(row)
    if not answers:
        raise InputError("there are no answers to write")
    stamp = re.sub(r"[:+]", "-", finished.result.created)
    files = free_files(where, [f"{stamp}_{_slug(name)}_{finished.result.run_id}.eval" for name in answers])
    cells = {_name(row): row for row in tables["cells"]}
    texts = {row["id"]: row["text"] for row in tables.get("passages", [])}
    for (name, rows), file in zip(answers.items(), files, strict=True):
        samples = [_sample(row, f"assay/{finished.result.model}", texts) for row in rows]
        write_eval_log(_log(name, samples, _score(cells.get(name, {}), rows), finished), str(file))
    return [str(file) for file in files]


def _name(row: dict[str, Any]) -> str:
    """The cell; of a drill, with the way."""
    return " ".join(str(row[name]) for name in ("cell", "way") if name in row)


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name)


def _log(name: str, samples: list[Any], score: Any, finished: Finished[Any]) -> Any:
    from inspect_ai.log import (
        EvalConfig,
        EvalDataset,
        EvalLog,
        EvalPlan,
        EvalPlanStep,
        EvalResults,
        EvalSpec,
        EvalStats,
    )

    result = finished.result
    created, ids = result.created, [sample.id for sample in samples]
    spec = EvalSpec(
        run_id=result.run_id,
        eval_id=f"{result.run_id} {name}",
        task_id=f"{result.run_id} {name}",
        created=created,
        task=name,
        dataset=EvalDataset(name=result.title, samples=len(ids), sample_ids=ids),
        model=f"assay/{result.model}",
        config=EvalConfig(),
        metadata={"settings": result.settings, "kind": finished.kind.folder},
        packages={"assay": __version__},
    )
    results = EvalResults(total_samples=len(ids), completed_samples=score.scored_samples, scores=[score])
    return EvalLog(
        status="success",
        eval=spec,
        plan=EvalPlan(steps=[EvalPlanStep(solver=name)]),
        results=results,
        stats=EvalStats(started_at=created, completed_at=created),
        samples=samples,
    )


def _score(cell: dict[str, Any], rows: Rows) -> Any:
    """The numbers of the table of cells; the share of right answers where it has none for this cell."""
    from inspect_ai.log import EvalMetric, EvalScore

    right = [row["correct"] for row in rows if row["correct"] is not None]
    metrics = {"accuracy": sum(right) / len(right) if right else 0.0}
    metrics |= {
        name: float(value)
        for name, value in cell.items()
        if name not in _COSTS and isinstance(value, int | float) and not isinstance(value, bool)
    }
    return EvalScore(
        name="assay",
        scorer="assay",
        scored_samples=len(right),
        unscored_samples=len(rows) - len(right),
        metrics={name: EvalMetric(name=name, value=value) for name, value in metrics.items()},
    )


def _sample(row: dict[str, Any], model: str, texts: Mapping[str, str]) -> Any:
    from inspect_ai.log import EvalSample
    from inspect_ai.model import ChatMessageAssistant, ChatMessageUser, ModelOutput
    from inspect_ai.scorer import CORRECT, INCORRECT, Score

    score = {}
    if row["correct"] is not None:
        value = CORRECT if row["correct"] else INCORRECT
        told = {column: row[column] for column in _SHOWN if row.get(column) is not None}
        score["assay"] = Score(value=value, answer=row["answer"], explanation=row.get("reason"), metadata=told)
    return EvalSample(
        id=row["question_id"],
        epoch=1,
        input=row["question"],
        target=row["accepted"],
        messages=[ChatMessageUser(content=row["question"]), ChatMessageAssistant(content=row["answer"], model=model)],
        output=ModelOutput.from_content(model, row["answer"]),
        scores=score,
        metadata={column: row[column] for column in _ASKED if row.get(column) is not None}
        | {"read": [texts.get(id, id) for id in row.get("passages", ())]},
        model_usage=_usage(row, model),
        total_time=row.get("latency_s"),
        error=_error(row),
    )


def _usage(row: dict[str, Any], model: str) -> dict[str, Any]:
    from inspect_ai.model import ModelUsage

    if row.get("prompt_tokens") is None:
        return {}
    read, wrote = row["prompt_tokens"], row["new_tokens"]
    return {model: ModelUsage(input_tokens=read, output_tokens=wrote, total_tokens=read + wrote)}


def _error(row: dict[str, Any]) -> Any:
    from inspect_ai.log import EvalError

    told = row.get("error")
    return EvalError(message=told, traceback="", traceback_ansi="") if told else None
