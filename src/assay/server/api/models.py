"""Every cell that can be asked, as a model; `assay` is the one that is recommended."""

import asyncio
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request

from assay.errors import AssayError
from assay.questions.question import Question
from assay.server.api.asker import WhoAsks
from assay.server.api.errors import NoModel
from assay.server.keys import Asker
from assay.server.served import Served, served_by
from assay.serving.measured_run import FinishedRun

__all__ = ["RECOMMENDED", "check_model", "find_cell_name", "router"]

RECOMMENDED = "assay"
router = APIRouter(prefix="/v1", tags=["models"])


@router.get("/models")
async def list_models(request: Request, asker: WhoAsks) -> dict[str, Any]:
    """The recommended cell and every other that whoever asks may ask."""
    return {"object": "list", "data": await _models(served_by(request), asker)}


@router.get("/models/{name:path}")
async def show_model(request: Request, name: str, asker: WhoAsks) -> dict[str, Any]:
    """One of them."""
    models = await _models(served_by(request), asker)
    found = next((one for one in models if one["id"] == name), None)
    if found is None:
        raise _no_model(name, [one["id"] for one in models])
    return found


def find_cell_name(model: str) -> str | None:
    """The cell of a model's name; None for the recommended one."""
    return None if model == RECOMMENDED else model


def check_model(run: FinishedRun, model: str) -> None:
    """Nothing where there is such a model.

    Raises:
        NoModel: there is none.
    """
    served = [name for name, cell in run.cells.items() if cell.can_be_served]
    if model != RECOMMENDED and model not in served:
        raise _no_model(model, [RECOMMENDED, *served])


def _no_model(name: str, there: list[str]) -> NoModel:
    return NoModel(f'there is no model "{name[:200]}"; these are: {", ".join(there)}')


async def _models(served: Served, asker: Asker) -> list[dict[str, Any]]:
    run = served.current.now()
    return [] if run is None else await asyncio.wrap_future(served.answering.do(lambda: _list(run, asker)))


def _list(run: FinishedRun, asker: Asker) -> list[dict[str, Any]]:
    recommended = run.result.verdict.cell
    names = [name for name, cell in run.cells.items() if cell.can_be_served]
    first = [(RECOMMENDED, recommended)] if recommended in names else []
    models = [_model(run, id, name, asker) for id, name in [*first, *((name, name) for name in names)]]
    return [one for one in models if one is not None]


def _model(run: FinishedRun, id: str, name: str, asker: Asker) -> dict[str, Any] | None:
    """None for a cell that these groups may not ask."""
    problem = ""
    try:
        cell = run.served_cell(name)
        if cell.is_tuned:
            run.check_learnt(cell, Question("asked", "", (), groups=asker.groups))
    except AssayError as error:
        if asker.groups is not None:
            return None
        problem = str(error)
    summary = next(one for one in run.result.cells if one.cell == name)
    correct = summary.correct
    told = {
        "cell": name,
        "run": run.result.run_id,
        "is_recommended": name == run.result.verdict.cell,
        "correct": {"share": correct.value, "low": correct.low, "high": correct.high, "n": correct.n},
        "can_be_asked": not problem,
        "problem": problem or None,
        "as_of": run.as_of,
        "is_as_measured": not problem and (run.as_of is None or not cell.searches),
    }
    return {"id": id, "object": "model", "created": _seconds(run.result.created), "owned_by": "assay", "assay": told}


def _seconds(created: str) -> int:
    return int(datetime.fromisoformat(created).timestamp())
