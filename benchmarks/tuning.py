"""How fast an adapter is tuned on a CPU, beside TRL's SFTTrainer and LLaMA-Factory: same data, model, rank and batch.

`python benchmarks/tuning.py` prints a Markdown table and writes it to tuning.md. Every trainer sees the same texts in
the same order, once, in a process of its own; loading the model is not counted. The held-out loss is computed by one
function from the adapter that each wrote, in float32. `--only "its defaults"` puts Assay beside the other two alone, in
less time for more rounds. It says nothing about a GPU.

`--llama-factory PYTHON` is the interpreter of an environment with llamafactory, whose requirements are not Assay's; an
empty module named torchaudio in it is enough. It trains with its own template of the model, which differs by one line
break after each answer.
"""

import argparse
import json
import math
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from alone import THREADS, describe, run_alone
from company import base_model, chat_format, cut_passages, read_questions

from assay.corpus.document import Passage
from assay.models import Message
from assay.questions.question import Question
from assay.training import (
    TrainingExample,
    TrainingSettings,
    closed_book_examples,
    default_learning_rate,
    gradients,
    layers,
    open_book_examples,
)
from assay.training import train as run_training
from assay.training.loss import Pack, encode
from assay.training.train import shuffle

N_PASSAGE_TOKENS = 180
N_PASSAGES = 3
RANK = 16
BATCH = 8

Job = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="every trainer once a round, in turn")
    parser.add_argument("--examples", type=int, default=48)
    parser.add_argument("--wait", type=float, default=120, help="longest wait for a quiet machine before each, in s")
    parser.add_argument("--only", action="append", help="a part of the names to measure; prints, and writes nothing")
    parser.add_argument("--llama-factory", help="interpreter of an environment with llamafactory")
    parser.add_argument("--trainer", help=argparse.SUPPRESS)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.trainer:
        print(json.dumps(measure(arguments.trainer, json.loads(arguments.job.read_text()))))
        return
    names = [name for name in TRAINERS if not arguments.only or any(part in name for part in arguments.only)]
    if not arguments.llama_factory:
        names = [name for name in names if name != LLAMA_FACTORY]
    if not names:
        raise SystemExit(f"no trainer is named so; there are: {'; '.join(TRAINERS)}")
    with TemporaryDirectory() as folder:
        job = write_job(arguments.examples, Path(folder), arguments.llama_factory)
        rounds = [measure_round(names, job, arguments.wait) for _ in range(arguments.rounds)]
    table = render_table(rounds)
    if not arguments.only:
        Path(__file__).with_suffix(".md").write_text(table, encoding="utf-8")
    print(table)


def measure_round(names: Sequence[str], job: Path, wait_s: float) -> dict[str, Job]:
    """What every trainer measured, each in a fresh process."""
    results = {}
    for name in names:
        done = results[name] = run_alone(Path(__file__), ["--trainer", name, "--job", str(job)], wait_s)
        print(f"{name}: {done['seconds']:.0f} s, loss {done['loss']:.3f}, load {done['load']:.1f}", file=sys.stderr)
    return results


# The data


def write_job(n_examples: int, folder: Path, llama_factory: str | None = None) -> Path:
    """A file with training and held-out examples as (prompt, answer, source)."""
    model = base_model()
    passages = cut_passages(chat_format(model.folder).tokenizer, N_PASSAGE_TOKENS)
    rows = [row for row in read_questions() if row["answerable"]]
    asked = [row for row in rows if row["split"] == "train"][:n_examples]
    train = make_examples(asked, passages)
    bare = closed_book_examples([Question(row["id"], row["question"], tuple(row["answers"])) for row in asked], "en")
    closed_book = [(example.conversation[0].content, example.answer, "") for example in bare]
    held_out = make_examples([row for row in rows if row["split"] == "validation"], passages)
    job = {"train": train, "closed_book": closed_book, "held_out": held_out, "folder": str(model.folder)}
    job["llama_factory"] = llama_factory
    path = folder / "job.json"
    path.write_text(json.dumps(job))
    return path


def make_examples(rows: Sequence[Job], passages: Sequence[Passage]) -> list[tuple[str, str, str]]:
    """The product's own open-book examples; word overlap stands in for its retriever, and for the evidence's place."""
    questions = [Question(row["id"], row["question"], tuple(row["answers"])) for row in rows]
    gold = {row["id"]: [max(passages, key=lambda p: overlap(row["quote"], p))] for row in rows}
    found = {q.id: sorted(passages, key=lambda p: -overlap(q.text, p))[:N_PASSAGES] for q in questions}
    examples = open_book_examples(questions, found, gold, "en", N_PASSAGES, np.random.default_rng(0))
    return [(example.conversation[0].content, example.answer, example.source) for example in examples]


def overlap(text: str, passage: Passage) -> float:
    """Share of the text's different words that the passage has."""
    words = set(re.findall(r"\w+", text.lower()))
    return len(words & set(re.findall(r"\w+", passage.text.lower()))) / len(words)


def as_examples(rows: Sequence[tuple[str, str, str]]) -> list[TrainingExample]:
    return [TrainingExample((Message("user", prompt),), answer, source) for prompt, answer, source in rows]


# The trainers: each writes an adapter and returns the seconds of the training itself


def measure(name: str, job: Job) -> Job:
    """Seconds, peak memory and held-out loss of one trainer."""
    import torch
    from transformers import AutoConfig

    torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    rate = default_learning_rate(AutoConfig.from_pretrained(job["folder"]).hidden_size)
    with TemporaryDirectory() as folder:
        seconds = TRAINERS[name](job, rate, Path(folder))
        processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        peak_mb = max(resource.getrusage(one).ru_maxrss for one in processes) / 1024
        loss = held_out_loss(job, Path(folder))
    chat = chat_format(job["folder"])
    n_tokens = sum(len(encode(example, chat).ids) for example in as_examples(job["train"]))
    counts = {"n_examples": len(job["train"]), "n_tokens": n_tokens, "n_held_out": len(job["held_out"])}
    return {"seconds": seconds, "peak_mb": peak_mb, "loss": loss, **counts}


def held_out_loss(job: Job, adapter: Path) -> float:
    """Mean loss over the held-out answers' tokens, by transformers and PEFT alone, in float32."""
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(job["folder"], dtype=torch.float32)
    if (adapter / "adapter_config.json").exists():
        model = PeftModel.from_pretrained(model, adapter)
    model.eval()
    chat = chat_format(job["folder"])
    total, count = 0.0, 0
    for example in as_examples(job["held_out"]):
        prompt, answer = chat.encode(example.conversation), chat.encode_answer(example.answer)
        labels = torch.tensor([[-100] * len(prompt) + answer])
        with torch.no_grad():
            mean = model(input_ids=torch.tensor([prompt + answer]), labels=labels).loss.item()
        total, count = total + mean * len(answer), count + len(answer)
    return total / count


def train_assay(job: Job, rate: float, folder: Path) -> float:
    """The product's own training, without validation, which the other trainer does not do either."""
    settings = TrainingSettings(epochs=1, rank=RANK, batch_size=BATCH, learning_rate=rate)
    return run_training(Path(job["folder"]), as_examples(job["train"]), [], settings, folder).seconds


def train_closed_book(job: Job, rate: float, folder: Path, train: Callable[..., float] = train_assay) -> float:
    """One of the trainings on the bare questions; the held-out loss is still that with passages."""
    job["train"] = job["closed_book"]
    return train(job, rate, folder)


def train_unpacked(job: Job, rate: float, folder: Path) -> float:
    """Assay's training without shared beginnings: examples of like length are padded together."""
    gradients.Gradients._packs_rightly = lambda *args: False
    return train_assay(job, rate, folder)


def train_one_at_a_time(job: Job, rate: float, folder: Path) -> float:
    """Assay's training, but every example goes through the model alone."""
    gradients.group_by_length = lambda batch, most_tokens: [Pack((example,)) for example in batch]
    return train_unpacked(job, rate, folder)


def train_with_all_logits(job: Job, rate: float, folder: Path) -> float:
    """As one at a time, and the vocabulary is multiplied out at every position."""
    import torch

    def loss(model: Any, pack: Pack, device: Any) -> Any:
        (example,) = pack.examples
        inputs = torch.tensor([example.ids], device=device)  # 1 T
        logits = model(input_ids=inputs[:, :-1], use_cache=False).logits[0, -example.n_answer :].float()
        return torch.nn.functional.cross_entropy(logits, inputs[0, -example.n_answer :], reduction="sum")

    gradients.pack_loss = loss
    return train_one_at_a_time(job, rate, folder)


def train_padded(job: Job, rate: float, folder: Path) -> float:
    """Assay's training, but each batch goes through the model at once, padded to its longest example."""
    gradients.group_by_length = lambda batch, most_tokens: [Pack(tuple(batch))]
    return train_unpacked(job, rate, folder)


def train_in_one_thread(job: Job, rate: float, folder: Path) -> float:
    """Assay's training, all cores computing one pack after another."""
    gradients.halve = lambda packs: []
    return train_assay(job, rate, folder)


def train_with_peft_layers(job: Job, rate: float, folder: Path) -> float:
    """Assay's training with PEFT's own computation of an adapted layer."""
    layers._is_plain = lambda layer: False
    return train_assay(job, rate, folder)


def train_in(dtype: str, job: Job, rate: float, folder: Path) -> float:
    """Assay's training in one dtype; without this in that which this processor multiplies faster."""
    import torch

    from assay.models import transformers

    transformers.pick_dtype = lambda device: getattr(torch, dtype)
    return train_assay(job, rate, folder)


def train_with_their_schedule(job: Job, rate: float, folder: Path) -> float:
    """Assay's training with the learning rate falling as TRL's does: linearly from the first step to zero."""
    sys.modules["assay.training.train"]._schedule = lambda step, n_steps: 1 - step / n_steps
    return train_assay(job, rate, folder)


def train_trl(job: Job, rate: float, folder: Path, **settings: Any) -> float:
    """TRL's trainer with its defaults but for what both have to share, what a CPU makes it ask for, and `settings`."""
    from datasets import Dataset
    from peft import LoraConfig
    from trl import SFTConfig, SFTTrainer

    config = SFTConfig(
        output_dir=str(folder / "runs"),
        use_cpu=True,  # without it, it refuses its own default of bf16
        num_train_epochs=1,
        per_device_train_batch_size=BATCH,
        learning_rate=rate,
        train_sampling_strategy="sequential",  # the rows below are in the order that Assay takes them in
        save_strategy="no",
        report_to="none",
        **settings,
    )
    adapter = LoraConfig(r=RANK, lora_alpha=2 * RANK, target_modules="all-linear", task_type="CAUSAL_LM")
    chat = chat_format(job["folder"])
    rows = [{"prompt": chat.render(e.conversation), "completion": e.answer} for e in in_order(job)]  # it ends the turn
    trainer = SFTTrainer(job["folder"], config, train_dataset=Dataset.from_list(rows), peft_config=adapter)
    check_same_tokens(trainer.train_dataset, job)
    started = time.perf_counter()
    trainer.train()
    seconds = time.perf_counter() - started
    trainer.model.save_pretrained(folder)
    return seconds


def in_order(job: Job) -> list[TrainingExample]:
    """The examples in the order in which Assay takes them."""
    order = shuffle([source for _, _, source in job["train"]], np.random.default_rng([0, 0]))
    return as_examples([job["train"][i] for i in order])


def check_same_tokens(dataset: Any, job: Job) -> None:
    """Stops the benchmark where the two trainers would not see the same tokens."""
    chat = chat_format(job["folder"])
    ours = sorted(encode(example, chat).ids for example in as_examples(job["train"]))
    if sorted(dataset["input_ids"]) != ours:
        raise SystemExit("TRL would train on other tokens than Assay")


def train_llama_factory(job: Job, rate: float, folder: Path) -> float:
    """LLaMA-Factory with its defaults but for what all have to share; it counts the seconds of the training itself."""
    rows = [{"instruction": e.conversation[0].content, "input": "", "output": e.answer} for e in in_order(job)]
    (folder / "rows.json").write_text(json.dumps(rows))
    (folder / "dataset_info.json").write_text(json.dumps({"rows": {"file_name": "rows.json"}}))
    system = chat_format(job["folder"]).render((Message("user", ""),)).partition("system\n")[2].partition("<|")[0]
    settings = {
        "stage": "sft",
        "do_train": True,
        "model_name_or_path": job["folder"],
        "dataset": "rows",
        "dataset_dir": str(folder),
        "template": "smollm2",
        "default_system": system,
        "finetuning_type": "lora",
        "lora_rank": RANK,
        "lora_alpha": 2 * RANK,
        "lora_target": "all",
        "output_dir": str(folder),
        "num_train_epochs": 1,
        "per_device_train_batch_size": BATCH,
        "learning_rate": rate,
        "disable_shuffling": True,
        "bf16": True,  # as in its examples; without it, in the dtype of the model's file, on a CPU too
        "use_cpu": True,
        "report_to": "none",
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    program = "import json, sys; from llamafactory.train.tuner import run_exp; run_exp(json.load(open(sys.argv[1])))"
    subprocess.run([job["llama_factory"], "-c", program, str(folder / "settings.json")], check=True, stdout=sys.stderr)
    seconds: float = json.loads((folder / "train_results.json").read_text())["train_runtime"]
    return seconds


def train_nothing(job: Job, rate: float, folder: Path) -> float:
    """No training: the base model's loss."""
    return math.inf


ASSAY = "Assay, its defaults"
TRL = "TRL SFTTrainer, its defaults"
LLAMA_FACTORY = "LLaMA-Factory, its defaults"
TRAINERS: dict[str, Callable[[Job, float, Path], float]] = {
    ASSAY: train_assay,
    TRL: train_trl,
    "TRL, float32 and no checkpoints": partial(train_trl, bf16=False, gradient_checkpointing=False),
    LLAMA_FACTORY: train_llama_factory,
    "Assay, TRL's schedule": train_with_their_schedule,
    "Assay, no shared beginnings, by length": train_unpacked,
    "Assay, one example at a time": train_one_at_a_time,
    "Assay, one at a time, logits at all positions": train_with_all_logits,
    "Assay, batches of eight padded": train_padded,
    "Assay, one pack at a time": train_in_one_thread,
    "Assay, PEFT's adapted layers": train_with_peft_layers,
    "Assay, float32": partial(train_in, "float32"),
    "Assay, closed book": train_closed_book,
    "Assay, closed book, no shared beginnings": partial(train_closed_book, train=train_unpacked),
    "Assay, closed book, one at a time": partial(train_closed_book, train=train_one_at_a_time),
    "no training": train_nothing,
}


def render_table(rounds: Sequence[dict[str, Job]]) -> str:
    """Markdown: one row a trainer, medians over the rounds; the ratio is that of the medians."""
    names = list(rounds[0])
    base = TRL if TRL in names else names[0]
    first = rounds[0][ASSAY] if ASSAY in names else rounds[0][base]
    note = (
        f"{first['n_examples']} open-book examples of {first['n_tokens'] / first['n_examples']:.0f} tokens on average, "
    )
    note += f"one epoch, batch {BATCH}, rank {RANK}, all linear layers; loss on {first['n_held_out']} held-out answers."
    head = f"| trainer | examples/s | tokens/s | speed, {base} = 1 | peak MB | held-out loss | s in each round |"
    rows = [render_row(name, base, rounds) for name in names]
    lines = ["# Tuning on a CPU", "", describe(rounds), note, "", head, "|---|---:|---:|---:|---:|---:|---|", *rows]
    return "\n".join([*lines, ""])


def render_row(name: str, base: str, rounds: Sequence[dict[str, Job]]) -> str:
    one = rounds[0][name]
    each = [row[name]["seconds"] for row in rounds]
    theirs = median(row[base]["seconds"] for row in rounds)
    loss = median(row[name]["loss"] for row in rounds)
    memory = max(row[name]["peak_mb"] for row in rounds)
    if math.isinf(each[0]):
        return f"| {name} | | | | | {loss:.3f} | |"
    speed = (
        f"{one['n_examples'] / median(each):.2f} | {one['n_tokens'] / median(each):.0f} | {theirs / median(each):.2f}"
    )
    return f"| {name} | {speed} | {memory:.0f} | {loss:.3f} | {', '.join(f'{s:.0f}' for s in each)} |"


if __name__ == "__main__":
    main()
