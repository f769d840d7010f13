"""The same training on all GPUs of this machine: one process a GPU, started by Accelerate's launcher."""

import json
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from assay.errors import TrainingError
from assay.training.examples import TrainingExample
from assay.training.train import train
from assay.training.training_settings import TrainingLog, TrainingSettings

__all__ = ["Job", "run_job", "train_on_all_gpus"]

_STEP = "assay step "  # what a line of progress begins with
_KEPT_LINES = 20  # of what the processes print, for the message of an error


@dataclass(frozen=True)
class Job:
    """What `assay.training.train` is called with, in a file."""

    model_folder: Path
    examples: list[TrainingExample]
    validation: list[TrainingExample]
    settings: TrainingSettings
    folder: Path
    start: Path | None = None


_JOB = TypeAdapter(Job)


def train_on_all_gpus(
    model_folder: Path,
    examples: Sequence[TrainingExample],
    validation: Sequence[TrainingExample],
    settings: TrainingSettings,
    folder: Path,
    start: Path | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
    goes_on: Callable[[TrainingLog], bool] = lambda log: True,
    n_processes: int | None = None,
) -> TrainingLog:
    """As `assay.training.train`, each batch shared by all GPUs; here in this process where there is at most one.

    Several processes go on to the end: `goes_on` is asked of one alone.

    Raises:
        TrainingError: one of the processes failed; the message holds what they printed last.
    """
    import torch

    n = torch.cuda.device_count() if n_processes is None else n_processes
    if n < 2:
        return train(model_folder, examples, validation, settings, folder, start, progress, goes_on)
    folder.mkdir(parents=True, exist_ok=True)
    job = Job(model_folder, list(examples), list(validation), settings, folder, start)
    (folder / "job.json").write_bytes(_JOB.dump_json(job))
    _launch(folder / "job.json", n, progress)
    log = TrainingLog(**json.loads((folder / "log.json").read_text()))
    for name in ("job.json", "log.json"):
        (folder / name).unlink()
    return log


def run_job(path: Path) -> None:
    """One process's part of a job: its progress goes line by line to standard output, its log into a file."""
    job = _JOB.validate_json(path.read_bytes())
    say = lambda *step: print(_STEP + json.dumps(step), flush=True)  # noqa: E731
    log = train(job.model_folder, job.examples, job.validation, job.settings, job.folder, job.start, say)
    (job.folder / "log.json").write_text(json.dumps(vars(log)))


def _launch(job: Path, n_processes: int, progress: Callable[[int, int, str], None]) -> None:
    launcher = ["accelerate.commands.launch", "--multi_gpu", "--num_processes", str(n_processes)]
    shape = ["--num_machines", "1", "--mixed_precision", "no", "--dynamo_backend", "no"]
    command = [sys.executable, "-m", *launcher, *shape, "-m", "assay.training", str(job)]
    lines: deque[str] = deque(maxlen=_KEPT_LINES)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            if line.startswith(_STEP):
                progress(*json.loads(line.removeprefix(_STEP)))
            else:
                lines.append(line)
    if process.returncode:
        raise TrainingError(f"tuning in {n_processes} processes failed:\n{''.join(lines)}")
