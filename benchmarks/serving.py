"""assay serve under clients that stream: time to the first token, throughput, and far too many at once.

    python benchmarks/serving.py [--clients 1 8 32] [--a-client 4] [--overload SECONDS] [--xllamacpp FOLDER]

The prompts are those of retrieved/zero-shot over the example company. "Engine": the same prompts begun one after the
other in this process, without search and network. llama.cpp's server gets the same tokens, the same weights as Q8_0 and
eight slots, in a process of its own; FOLDER is where `pip install --target FOLDER xllamacpp` put it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

import httpx
import psutil
from alone import THREADS
from company import COMPANY, base_model, read_questions

import assay
from assay.exporting.gguf_file import write_gguf
from assay.grid.asked_stepwise import Prompt
from assay.models.chat import ChatFormat
from assay.models.stepwise import as_stepwise
from assay.serving.asked import Asked
from assay.serving.measured_run import load

CELL = "retrieved/zero-shot"
N_NEW = 32
SLOTS = 8


@dataclass(frozen=True)
class Timed:
    """One answer: its status, seconds to the first piece and to the last; None where none came."""

    status: int
    first_s: float | None
    whole_s: float
    retry_s: float = 0.0  # after which it may be asked again


Ask = Callable[[int], Timed]


def main() -> None:
    """A table, printed and written to serving.md."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--a-client", type=int, default=4, help="questions of each")
    parser.add_argument("--overload", type=float, default=300, help="seconds; 0: none")
    parser.add_argument("--xllamacpp", type=Path)
    parser.add_argument("--llama-job", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.llama_job:
        _serve_llama(json.loads(options.llama_job.read_text()), options.xllamacpp)
        return
    with tempfile.TemporaryDirectory() as folder:
        texts = finish_run(Path(folder))
        prompts = _prompts(Path(folder) / "ws", texts)
        lines = [_first_token(Path(folder) / "ws", texts, prompts)]
        rows = []
        with serve(Path(folder) / "ws", "--waiting", "200") as (address, _):
            rows += [
                _row("assay serve", n, _load(_asking(address, texts), n, options.a_client)) for n in options.clients
            ]
        if options.xllamacpp:
            with _llama(Path(folder), prompts, options.xllamacpp) as address:
                ask = _completing(address, _tokens(prompts))
                rows += [_row("llama.cpp Q8_0, 8 slots", n, _load(ask, n, options.a_client)) for n in options.clients]
        if options.overload:
            with serve(Path(folder) / "ws") as (address, _):
                lines.append(_overload(address, texts, options.overload))
    head = "| server | clients | answers/s | first piece, median s | p95 s | whole, median s | p95 s | not answered |"
    table = "\n".join([head, "|---|---:|---:|---:|---:|---:|---:|---:|", *rows])
    text = f"# Serving on a CPU\n\n{_machine()}\n\n{table}\n\n" + "\n\n".join(lines) + "\n"
    Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)


def _machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    load = os.getloadavg()[1]
    busy = f"load average of the 5 minutes before: {load:.1f}"
    return f"{date.today()}, {psutil.cpu_count()} cores, {memory:.0f} GB; {busy}."


def finish_run(folder: Path) -> list[str]:
    """A small run in the workspace `ws` of a folder; the questions that are asked of it."""
    rows = [row for row in read_questions() if row.get("answers")]
    chosen = folder / "questions.jsonl"
    chosen.write_text("".join(json.dumps(row) + "\n" for row in [row for row in rows if row["split"] == "test"][:12]))
    settings = {"cells": CELL, "max_new_tokens": N_NEW, "first_check": "off", "interventions": 0, "decline": "off"}
    assay.run(COMPANY / "documents", chosen, out=folder / "ws", **settings)
    return [row["question"] for row in rows]


def _prompts(workspace: Path, texts: Sequence[str]) -> list[Prompt]:
    with load(out=workspace) as run:
        return [next(run.begin(Asked(text, CELL))) for text in texts[:64]]


def _tokens(prompts: Sequence[Prompt]) -> list[list[int]]:
    chat: ChatFormat = prompts[0].engine.chat  # type: ignore[attr-defined]
    return [chat.encode(prompt.conversation) for prompt in prompts]


def _first_token(workspace: Path, texts: Sequence[str], prompts: Sequence[Prompt], n: int = 16) -> str:
    """Engine and server in turn, question by question: what disturbs one disturbs the other."""
    engine = as_stepwise(prompts[0].engine)
    own, served = [], []
    with serve(workspace) as (address, _):
        ask = _asking(address, texts)
        for i in range(n + 1):
            began = time.perf_counter()
            begun = engine.begin(prompts[i].conversation, N_NEW)
            while not begun.read().text and not begun.is_done:
                engine.step()
            own.append(time.perf_counter() - began)
            begun.cancel()
            engine.step()
            served.append(ask(i).first_s or 0.0)
    own, served = own[1:], served[1:]  # the first of each warms it up
    ratios = [b / a for a, b in zip(own, served, strict=True)]
    return (
        f"First token of one question at a time, {n} of them, medians: engine {median(own):.3f} s, server "
        f"{median(served):.3f} s with search and network; {median(ratios):.2f} × the engine's."
    )


@contextmanager
def serve(workspace: Path, *more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server that is ready: its address and its process."""
    line = [sys.executable, "-m", "assay", "serve", "--port", "0", "--workspace", str(workspace), *more]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().split()[3]
        while httpx.get(f"{address}/ready").status_code != 200:
            time.sleep(0.1)
        try:
            yield address, process
        finally:
            process.terminate()


@contextmanager
def _llama(folder: Path, prompts: Sequence[Prompt], package: Path) -> Iterator[str]:
    job = folder / "llama.json"
    job.write_text(json.dumps({"gguf": str(write_gguf(base_model().folder, folder / "q8_0.gguf"))}))
    line = [sys.executable, __file__, "--llama-job", str(job), "--xllamacpp", str(package)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdin is not None
        address = next(line for line in process.stdout if line.startswith("at ")).split()[1]
        try:
            yield address
        finally:
            process.stdin.close()


def _serve_llama(job: dict[str, str], package: Path) -> None:
    """Until standard input is closed."""
    sys.path.insert(0, str(package))
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = job["gguf"]
    params.n_parallel, params.n_ctx, params.n_gpu_layers = SLOTS, SLOTS * 2048, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    server = xllamacpp.Server(params)
    print(f"\nat {server.listening_address}", flush=True)
    sys.stdin.read()


def _asking(address: str, texts: Sequence[str]) -> Ask:
    def ask(number: int) -> Timed:
        messages = [{"role": "user", "content": texts[number % len(texts)]}]
        return _timed(f"{address}/v1/chat/completions", {"model": CELL, "messages": messages, "stream": True})

    return ask


def _completing(address: str, prompts: Sequence[list[int]]) -> Ask:
    def ask(number: int) -> Timed:
        prompt = prompts[number % len(prompts)]
        body = {"prompt": prompt, "max_tokens": N_NEW, "temperature": 0.0, "cache_prompt": False, "stream": True}
        return _timed(f"{address}/v1/completions", body)

    return ask


def _timed(url: str, body: dict[str, object]) -> Timed:
    """A streamed answer; its first piece is the first that has text."""
    began, first = time.perf_counter(), None
    with httpx.stream("POST", url, json=body, timeout=600) as reply:
        for line in reply.iter_lines():
            if first is None and line.startswith("data: {"):
                choices = json.loads(line[6:]).get("choices") or [{}]
                if choices[0].get("text") or choices[0].get("delta", {}).get("content"):
                    first = time.perf_counter() - began
    retry_s = float(reply.headers.get("retry-after", 0))
    return Timed(reply.status_code, first, time.perf_counter() - began, retry_s)


def _load(ask: Ask, n_clients: int, a_client: int) -> tuple[float, list[Timed]]:
    ask(0)
    began = time.perf_counter()
    with ThreadPoolExecutor(n_clients) as pool:
        done = list(pool.map(ask, range(1, n_clients * a_client + 1)))
    return time.perf_counter() - began, done


def _row(name: str, n_clients: int, measured: tuple[float, list[Timed]]) -> str:
    seconds, done = measured
    good = [one for one in done if one.status == 200 and one.first_s is not None]
    first, whole = sorted(one.first_s or 0.0 for one in good), sorted(one.whole_s for one in good)
    figures = [median(first), _p95(first), median(whole), _p95(whole)]
    shown = " | ".join(f"{figure:.2f}" for figure in figures)
    row = f"| {name} | {n_clients} | {len(good) / seconds:.2f} | {shown} | {len(done) - len(good)} |"
    print(row, file=sys.stderr, flush=True)
    return row


def _p95(values: Sequence[float]) -> float:
    return values[min(len(values) - 1, int(0.95 * len(values)))]


def _overload(address: str, texts: Sequence[str], seconds: float) -> str:
    """Ten times as many clients as are answered or wait, which ask again as soon as they may."""
    ask, end = _asking(address, texts), time.monotonic() + seconds
    told: Counter[str] = Counter()
    lock = threading.Lock()
    memory = [_memory_mb(address)]

    def press(client: int) -> None:
        number = client
        while time.monotonic() < end:
            try:
                given = ask(number)
                status, wait_s = str(given.status), given.retry_s
            except httpx.HTTPError as error:
                status, wait_s = type(error).__name__, 0.0
            with lock:
                told[status] += 1
            number += 7
            time.sleep(wait_s)

    with ThreadPoolExecutor(800) as pool:
        pressing = [pool.submit(press, client) for client in range(800)]
        time.sleep(seconds / 2)
        memory.append(_memory_mb(address))
        for one in pressing:
            one.result()
    memory.append(_memory_mb(address))
    shown = ", ".join(f"{name}: {n}" for name, n in told.most_common())
    grown = " → ".join(f"{mb:.0f}" for mb in memory)
    pressed = f"800 clients for {seconds:.0f} s against 16 at once and 64 waiting"
    return f"{pressed}: {shown}. Memory of the server, MB: {grown}."


def _memory_mb(address: str) -> float:
    lines = httpx.get(f"{address}/metrics", timeout=60).text.splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("process_resident_memory_bytes ")) / 1e6


if __name__ == "__main__":
    main()
