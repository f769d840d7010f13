"""For machines that watch a server: whether it lives, whether it can answer, and how much it did."""

import psutil
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.concurrency import run_in_threadpool

from assay.server.api.asker import WhoAsks
from assay.server.served import served_by

__all__ = ["router"]

router = APIRouter(tags=["watching"])


@router.head("/health", include_in_schema=False)
@router.get("/health")
async def tell_health() -> dict[str, str]:
    """That the process answers."""
    return {"status": "ok"}


@router.head("/ready", include_in_schema=False)
@router.get("/ready")
async def tell_ready(request: Request) -> JSONResponse:
    """200 once questions are answered; 503 before, with the reason where everybody may know it."""
    served = served_by(request)
    if served.current.now() is not None:
        return JSONResponse({"status": "ready"})
    body = {"status": "loading" if served.current.is_loading else "nothing to serve"}
    if served.current.problem and not await run_in_threadpool(served.keys.are_needed):
        body["problem"] = served.current.problem
    return JSONResponse(body, 503, {"Retry-After": "1"})


@router.get("/metrics")
async def tell_metrics(request: Request, asker: WhoAsks) -> PlainTextResponse:
    """Counters and gauges, as Prometheus reads them."""
    served = served_by(request)
    answering, again = served.answering, served.exam_again
    lines = [
        *answering.counts.lines(),
        "# TYPE assay_questions_waiting gauge",
        f"assay_questions_waiting {answering.n_waiting}",
        "# TYPE assay_questions_in_work gauge",
        f"assay_questions_in_work {answering.n_in_work}",
        "# TYPE process_resident_memory_bytes gauge",
        f"process_resident_memory_bytes {psutil.Process().memory_info().rss}",
        *(again.told.lines() if again and again.told else []),
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4; charset=utf-8")
