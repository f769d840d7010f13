"""How fast engines answer on a CPU: the same retrieval-sized prompts, each engine in a process of its own, in turn.

`python benchmarks/answering.py` prints a Markdown table and writes it to answering.md. Every engine answers the same
conversations with exactly 32 new tokens each, and is timed after one request that does not count. It says nothing about
the quality of answers, about the waiting time of a single request, or about a GPU.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from alone import THREADS, describe, peak_mb, run_alone
from company import base_model, chat_format, cut_passages, read_questions

from assay.columns import ZeroShot
from assay.exporting.gguf_file import write_gguf
from assay.models import Conversation, Message
from assay.questions.question import Question

N_NEW = 32
N_PASSAGE_TOKENS = 236  # three of them, their titles, the instruction and the question: about 820 tokens
N_SHARING = 8  # questions on the same passages, in the rows that say so
BATCH = 8

Answer = tuple[str, int]  # text, new tokens
Ask = Callable[[Sequence[Conversation]], list[Answer]]
Job = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="every engine once a round, in turn")
    parser.add_argument("--requests", type=int, default=16)
    parser.add_argument("--wait", type=float, default=120, help="longest wait for a quiet machine before each, in s")
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.engine:
        print(json.dumps(measure(arguments.engine, json.loads(arguments.job.read_text()))))
        return
    with TemporaryDirectory() as folder:
        job = write_job(arguments.requests, Path(folder))
        rounds = [measure_round(job, arguments.wait) for _ in range(arguments.rounds)]
    table = render_table(rounds)
    Path(__file__).with_suffix(".md").write_text(table, encoding="utf-8")
    print(table)


def measure_round(job: Path, wait_s: float) -> dict[str, Job]:
    """What every engine measured, each in a fresh process."""
    results = {}
    for name in [*ENGINES, *GEMMS]:
        done = results[name] = run_alone(Path(__file__), ["--engine", name, "--job", str(job)], wait_s)
        print(f"{name}: {done['seconds']:.1f} s, load {done['load']:.1f}: {done['sample']!r}", file=sys.stderr)
    return results


def write_job(n_requests: int, folder: Path) -> Path:
    """A file with the models and the prompts: each with passages of its own, and eight at a time on the same ones."""
    model = base_model()
    passages = cut_passages(chat_format(model.folder).tokenizer, N_PASSAGE_TOKENS)
    order = np.random.default_rng(0).permutation(len(passages))
    questions = [Question(row["id"], row["question"], ()) for row in read_questions()[:n_requests]]

    def ask(number: int, group: int) -> str:
        shown = [passages[order[(3 * group + k) % len(order)]] for k in range(3)]
        return ZeroShot("en").conversation(questions[number], shown)[0].content

    job = {
        "prompts": [ask(i, i) for i in range(n_requests)],
        "sharing prompts": [ask(i, i // N_SHARING) for i in range(n_requests)],
        "folder": str(model.folder),
        "exported": str(model.exported),
        "gguf": str(write_gguf(model.folder, folder / "q8_0.gguf")),
    }
    path = folder / "job.json"
    path.write_text(json.dumps(job))
    return path


def measure(name: str, job: Job) -> Job:
    """Seconds that an engine takes for all prompts, after one request that does not count."""
    import torch

    torch.set_num_threads(THREADS)
    texts = job["sharing prompts" if "sharing" in name else "prompts"]
    conversations = [(Message("user", text),) for text in texts]
    chat = chat_format(job["folder"])
    n_tokens = sum(len(chat.encode(conversation)) for conversation in conversations)
    seconds, sample = time_gemms(GEMMS[name], job, n_tokens) if name in GEMMS else time_engine(name, job, conversations)
    counts = {"n_requests": len(conversations), "n_prompt_tokens": n_tokens}
    return {"seconds": seconds, **counts, "peak_mb": peak_mb(), "sample": sample}


def time_engine(name: str, job: Job, conversations: Sequence[Conversation]) -> tuple[float, str]:
    """Seconds, and the first answer for a look at its sense."""
    ask = ENGINES[name](job)
    ask([(Message("user", "Count to one hundred. " * 30),)])
    started = time.perf_counter()
    answers = ask(conversations)
    seconds = time.perf_counter() - started
    if any(n_new != N_NEW for _, n_new in answers):
        raise SystemExit(f"{name} did not write {N_NEW} tokens each: {[n_new for _, n_new in answers]}")
    return seconds, answers[0][0]


def load_assay(job: Job) -> Ask:
    """The engine as the product loads it, only told to go on after the end of an answer."""
    from assay.models import openvino

    greedy = openvino._greedy
    openvino._greedy = lambda max_new_tokens, eos: without_end(greedy(max_new_tokens, eos))
    engine = openvino.OpenVINOEngine(Path(job["exported"]))
    return lambda conversations: [(done.text, done.n_new_tokens) for done in engine.generate(conversations, N_NEW)]


def without_end(config: Any) -> Any:
    """A generation config that writes all its tokens, whatever the model says."""
    config.ignore_eos = True
    config.stop_token_ids = set()
    return config


def load_prefix_caching(job: Job) -> Ask:
    """The same with prefix caching; the first question on each set of passages goes ahead of the others."""
    import openvino_genai

    from assay.models import openvino

    scheduler = openvino_genai.SchedulerConfig()
    scheduler.max_num_batched_tokens = 2048
    scheduler.enable_prefix_caching = True
    openvino._load_pipeline = lambda folder, adapter, cache_gb: openvino_genai.ContinuousBatchingPipeline(
        folder, scheduler, "CPU", {}
    )
    ask = load_assay(job)

    def ask_in_waves(conversations: Sequence[Conversation]) -> list[Answer]:
        others = [conversation for i, conversation in enumerate(conversations) if i % N_SHARING]
        return ask(conversations[::N_SHARING]) + (ask(others) if others else [])

    return ask_in_waves


def load_transformers(job: Job, dtype: str) -> Ask:
    """Plain `generate` in batches of eight, padded on the left."""
    import torch
    from transformers import AutoModelForCausalLM

    chat = chat_format(job["folder"])
    model = AutoModelForCausalLM.from_pretrained(job["folder"], dtype=getattr(torch, dtype)).eval()

    def ask(conversations: Sequence[Conversation]) -> list[Answer]:
        answers: list[Answer] = []
        for start in range(0, len(conversations), BATCH):
            ids = [chat.encode(conversation) for conversation in conversations[start : start + BATCH]]
            inputs = chat.tokenizer.pad({"input_ids": ids}, return_tensors="pt")
            with torch.inference_mode():
                output = model.generate(**inputs, max_new_tokens=N_NEW, min_new_tokens=N_NEW, do_sample=False)
            new = output[:, inputs["input_ids"].shape[1] :].tolist()
            answers += [(chat.decode(row), len(row)) for row in new]
        return answers

    return ask


def load_llama_cpp(job: Job) -> Ask:
    """llama.cpp's server in this process: eight slots, the same weights as Q8_0, nothing kept between requests."""
    import xllamacpp

    chat = chat_format(job["folder"])
    params = xllamacpp.CommonParams()
    params.model.path = job["gguf"]
    params.n_parallel, params.n_ctx, params.n_gpu_layers = BATCH, BATCH * 1024, 0
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = THREADS
    server = xllamacpp.Server(params)

    def ask_one(conversation: Conversation) -> Answer:
        prompt = chat.encode(conversation)
        request = {"prompt": prompt, "max_tokens": N_NEW, "temperature": 0.0, "ignore_eos": True, "cache_prompt": False}
        done = server.handle_completions(request)
        if done["usage"]["prompt_tokens"] != len(prompt):
            raise SystemExit(f"llama.cpp read {done['usage']['prompt_tokens']} tokens of {len(prompt)}")
        return done["choices"][0]["text"], done["usage"]["completion_tokens"]

    def ask(conversations: Sequence[Conversation]) -> list[Answer]:
        with ThreadPoolExecutor(BATCH) as pool:
            return list(pool.map(ask_one, conversations))

    return ask


def time_gemms(dtype: str, job: Job, n_tokens: int) -> tuple[float, str]:
    """Seconds for the matrix products alone of so many prompt tokens: what no engine of that dtype can beat."""
    import torch

    config = json.loads((Path(job["folder"]) / "config.json").read_text())
    width, inner, n_kv = config["hidden_size"], config["intermediate_size"], config["num_key_value_heads"]
    kv = n_kv * config["head_dim"]
    shapes = [(width, width), (width, kv), (width, kv), (width, width), (width, inner), (width, inner), (inner, width)]
    n_rows = 2048
    pairs = [(numbers(n_rows, k, dtype), numbers(k, n, dtype)) for k, n in shapes]
    multiply = torch._int_mm if dtype == "int8" else torch.mm
    times = []
    for _ in range(12):
        started = time.perf_counter()
        for left, right in pairs:
            multiply(left, right)
        times.append(time.perf_counter() - started)
    return min(times) * config["num_hidden_layers"] * n_tokens / n_rows, ""


def numbers(rows: int, columns: int, dtype: str) -> Any:
    import torch

    values = torch.randn(rows, columns) * 30
    return values.to(getattr(torch, dtype))


ASSAY = "Assay (OpenVINO int8)"
GEMMS = {f"limit: matrix products of the prompt alone, {dtype}": dtype for dtype in ("float32", "bfloat16", "int8")}
ENGINES: dict[str, Callable[[Job], Ask]] = {
    ASSAY: load_assay,
    "transformers bf16, batch 8": partial(load_transformers, dtype="bfloat16"),
    "transformers fp32, batch 8": partial(load_transformers, dtype="float32"),
    "llama.cpp Q8_0, 8 slots": load_llama_cpp,
    "Assay, 8 prompts sharing passages": load_assay,
    "Assay, 8 prompts sharing passages, prefix caching": load_prefix_caching,
}


def render_table(rounds: Sequence[dict[str, Job]]) -> str:
    """Markdown: one row an engine, medians over the rounds; the ratio is that of the medians."""
    rows = [render_row(name, rounds) for name in rounds[0]]
    head = ["| engine | s a request | prompt tokens/s | time, Assay = 1 | peak MB | s a request in each round |"]
    first = rounds[0][ASSAY]
    n_prompt = first["n_prompt_tokens"] / first["n_requests"]
    note = f"{first['n_requests']} requests of {n_prompt:.0f} prompt tokens on average and {N_NEW} new ones; "
    note += "one request before them is not counted. Prompt tokens/s: prompt tokens by the whole time."
    lines = ["# Answering on a CPU", "", describe(rounds), note, "", *head, "|---|---:|---:|---:|---:|---|", *rows]
    return "\n".join([*lines, ""])


def render_row(name: str, rounds: Sequence[dict[str, Job]]) -> str:
    ours = median(seconds_each(one[ASSAY]) for one in rounds)
    each = [seconds_each(one[name]) for one in rounds]
    speed = rounds[0][name]["n_prompt_tokens"] / rounds[0][name]["n_requests"] / median(each)
    memory = max(one[name]["peak_mb"] for one in rounds)
    times = ", ".join(f"{seconds:.2f}" for seconds in each)
    return f"| {name} | {median(each):.2f} | {speed:.0f} | {median(each) / ours:.2f} | {memory:.0f} | {times} |"


def seconds_each(row: Job) -> float:
    return float(row["seconds"] / row["n_requests"])


if __name__ == "__main__":
    main()
