import ctypes
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from assay.corpus.pool import Limits, map_in_workers
from assay.corpus.worker import Lost, allow_more_time

LIMITS = Limits(time_s=1.0, memory_bytes=300_000_000)


def work(order: str) -> str:
    """What a job may do to its worker; runs there."""
    if order == "hang":
        re.fullmatch(r"(a+)+b", "a" * 60)  # never returns and never gives up the interpreter
    if order == "eat":
        hoard = [bytearray(10_000_000) for _ in range(10_000)]
        return str(len(hoard))
    if order == "grab":
        return str(len(bytearray(10**11)))
    if order == "crash":
        ctypes.string_at(0)
    if order == "leave":
        os._exit(3)
    if order == "fail":
        raise KeyError("no such thing")
    if order.startswith("slow "):
        time.sleep(0.02)
    if order == "linger":
        allow_more_time(30.0)
        time.sleep(1.5)
    return f"{order} by {os.getpid()}"


def _results(orders: list[str]) -> list[str]:
    return [
        result.reason if isinstance(result, Lost) else result.split(" by ")[0]
        for result in map_in_workers(work, orders, LIMITS)
    ]


@pytest.fixture(autouse=True)
def _no_process_is_left() -> Iterator[None]:
    before = {child.pid for child in psutil.Process().children(recursive=True)}
    yield
    assert {child.pid for child in psutil.Process().children(recursive=True)} <= before


def test_results_come_in_order_from_several_workers() -> None:
    orders = [f"slow {number}" for number in range(100)]
    results = list(map_in_workers(work, orders, LIMITS))
    assert [result.split(" by ")[0] for result in results] == orders
    workers = {result.split(" by ")[1] for result in results}
    assert str(os.getpid()) not in workers and len(workers) == min(4, len(os.sched_getaffinity(0)))


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("hang", "takes too long"),
        ("eat", "needs too much memory"),
        ("grab", "needs too much memory"),
        ("crash", r"made its reader crash \(SIGSEGV\)"),
        ("leave", r"made its reader crash \(exit code 3\)"),
        ("fail", r"made the reader fail \(KeyError: 'no such thing'\)"),
    ],
)
def test_a_bad_job_is_lost_and_the_others_are_done(order: str, reason: str) -> None:
    first, bad, last = _results(["first", order, "last"])
    assert (first, last) == ("first", "last")
    assert re.match(reason, bad)


def test_a_job_can_be_given_more_time() -> None:
    assert _results(["linger", "next"]) == ["linger", "next"]


def test_a_reader_that_stops_asking_leaves_no_process() -> None:
    before = psutil.Process().children()
    with closing(map_in_workers(work, ["first", *["hang"] * 20], LIMITS)) as results:
        assert next(results).startswith("first")
    assert psutil.Process().children() == before


def test_nothing_to_do_starts_nothing() -> None:
    assert list(map_in_workers(work, [], LIMITS)) == []


def test_the_callers_main_module_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("from assay.corpus.pool import map_in_workers\nprint(list(map_in_workers(len, ['abc'])))\n")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "[3]\n" and not done.stderr


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_no_process(tmp_path: Path, stop: signal.Signals) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        textwrap.dedent("""\
        import time
        from assay.corpus.pool import Limits, map_in_workers
        for _ in map_in_workers(time.sleep, [0, 600], Limits(time_s=0.1)):
            print("begun", flush=True)
        """)
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None and process.stdout.readline() == b"begun\n"
    workers = psutil.Process(process.pid).children()
    process.send_signal(stop)
    process.wait(10)
    process.stdout.close()
    assert workers and not psutil.wait_procs(workers, timeout=30)[1]
