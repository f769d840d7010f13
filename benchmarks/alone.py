"""One measurement in a process of its own, on a machine as quiet as can be had; and what machine it was."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

__all__ = ["THREADS", "describe", "peak_mb", "run_alone"]

THREADS = 2
QUIET = 0.7  # load average below which a measurement starts at once


def run_alone(script: Path, arguments: Sequence[str], wait_s: float) -> dict[str, Any]:
    """The JSON object that a script prints last, run with two threads once the machine is quiet or `wait_s` are over.

    "load" is added: the machine's load average just before it started, that is, what other processes asked for.
    """
    deadline = time.monotonic() + wait_s
    while os.getloadavg()[0] > QUIET and time.monotonic() < deadline:
        time.sleep(5)
    load = os.getloadavg()[0]
    environment = {**os.environ, "OMP_NUM_THREADS": str(THREADS), "TOKENIZERS_PARALLELISM": "false"}
    command = [sys.executable, str(script), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-3000:]}")
    return {**json.loads(done.stdout.splitlines()[-1]), "load": load}


def peak_mb() -> float:
    """The most memory that this process has had at a time, in MB; getrusage would count its parent's at the start."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def describe(rounds: Sequence[dict[str, dict[str, Any]]]) -> str:
    """When, on what shape of machine, and how busy it was besides; `rounds` hold what `run_alone` returned, by name."""
    import psutil
    import torch

    loads = [row["load"] for one in rounds for row in one.values()]
    memory = psutil.virtual_memory().total / 2**30
    shape = f"{psutil.cpu_count()} cores ({torch.backends.cpu.get_cpu_capability()}), {memory:.0f} GB"
    busy = f"load average before a measurement {median(loads):.1f}, highest {max(loads):.1f}"
    return f"{date.today()}, {shape}, {THREADS} threads; median of {len(rounds)} rounds, each in turn; {busy}."
