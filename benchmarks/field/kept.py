"""Finished runs as they are kept beside this program: what the figures need, without a word of the sets.

So a run is held once, on whatever machine, and anybody can make the pages again. Knows no claim and no part.
"""

import gzip
import json
from dataclasses import dataclass, replace
from functools import singledispatch
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assay.bench.whole_files import write_whole
from assay.verdict.drill_result import DrillResult
from assay.verdict.label_result import LabelResult
from assay.verdict.result import Diagnosis, RunResult

__all__ = ["RUNS", "Kept", "Result", "is_held", "keep", "keep_failure", "read_kept_run"]

Result = RunResult | LabelResult | DrillResult

RUNS = Path(__file__).with_name("runs")
_KINDS: dict[str, type[Result]] = {kind.__name__: kind for kind in (RunResult, LabelResult, DrillResult)}


@dataclass(frozen=True)
class Kept:
    """A run that was held, or the reason why there is none; seconds on the clock and of the processor."""

    result: Result | None
    failed: str = ""
    seconds: float = 0.0
    processor_s: float = 0.0


def keep(name: str, result: Result, seconds: float, processor_s: float, runs: Path) -> None:
    """Write what the figures need of a result."""
    kind = type(result)
    told = TypeAdapter(kind).dump_python(_bare(result), mode="json")
    _write(name, {"kind": kind.__name__, "seconds": seconds, "processor_s": processor_s, "result": told}, runs)


def keep_failure(name: str, why: str, runs: Path) -> None:
    """Write why there is no result."""
    _write(name, {"failed": why}, runs)


def is_held(name: str, runs: Path) -> bool:
    """Whether a result is kept."""
    return read_kept_run(name, runs).result is not None


def read_kept_run(name: str, runs: Path) -> Kept:
    """What is kept of a run; neither result nor reason where it was not begun or is not done."""
    file = _file(name, runs)
    if not file.is_file():
        return Kept(None)
    told = json.loads(gzip.decompress(file.read_bytes()))
    if "failed" in told:
        return Kept(None, told["failed"])
    result = TypeAdapter(_KINDS[told["kind"]]).validate_python(told["result"])
    return Kept(result, "", told["seconds"], told["processor_s"])


def _file(name: str, runs: Path) -> Path:
    return runs / f"{name}.json.gz"


def _write(name: str, told: dict[str, Any], runs: Path) -> None:
    runs.mkdir(parents=True, exist_ok=True)
    write_whole(_file(name, runs), gzip.compress(json.dumps(told, ensure_ascii=False).encode(), mtime=0))


@singledispatch
def _bare(result: Any) -> Any:
    raise TypeError(type(result))


@_bare.register
def _(result: RunResult) -> RunResult:
    questions = [
        replace(
            one,
            text="",
            answers=[],
            quote=None,
            cells=[replace(answer, text="", error=None, citations=[]) for answer in one.cells],
        )
        for one in result.questions
    ]
    return replace(
        result,
        questions=questions,
        diagnosis=Diagnosis([], [], 0, 0, {}),
        forgetting=[replace(one, lost=[]) for one in result.forgetting],
        skipped_files=[],
        warnings=[],
        passages={},
        training=[],
        settings={},
        provenance={},
        findings=[],
        words={},
        prompts=[],
    )


@_bare.register
def _(result: LabelResult) -> LabelResult:
    texts = [
        replace(one, text="", right=[], said={way: replace(said, items=[]) for way, said in one.said.items()})
        for one in result.texts
    ]
    return replace(result, texts=texts, warnings=[], names=[], confusions=[], training=[], settings={}, provenance={})


@_bare.register
def _(result: DrillResult) -> DrillResult:
    return replace(result, questions=[], warnings=[], settings={}, provenance={}, words={})
