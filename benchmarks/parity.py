"""What each way of exporting a tuned model costs: the same questions to the trained model and to each artifact.

Up to 200 validation questions of a finished run (`make demo` leaves one with fewer, which is filled up with training
questions), asked in the same batches; the trained model once more in other batches, which shows how many answers change
by rounding alone. `--data` makes the run first, in `--out`: the set's documents are dealt out in turn, so that two
fifths of the questions validate and no document is shared between splits. Prints one line of a Markdown table a
format, as it gets ready.

    python benchmarks/parity.py [--data DIR/xquad_en] [--out .assay] [--cell retrieved/tuned] [--llama-cpp FOLDER] \
        [FORMAT[:BITS] ...]
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from data_sets import read_rows
from real_sets import write_documents, write_questions

import assay
from assay.bench.progress import Silent
from assay.cli.console import Console
from assay.exporting import FORMATS
from assay.exporting.exported_run import open_tuned, tuned_cell
from assay.exporting.parity import Parity, ask_exported, ask_trained, compare, parity_questions, points, why_refused
from assay.exporting.tuned_weights import Tuned
from assay.grid.cell import Cell
from assay.serving.measured_run import FinishedRun
from assay.settings import load_settings

ALL = ["batches", "adapter", "merged", "openvino:8", "openvino:4", "gguf:16", "gguf:8"]
COLUMNS = (
    "export | run by | n | trained | exported | difference | interval | other answers | MB | s to write | s an answer"
)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("wanted", nargs="*", default=ALL, metavar="FORMAT[:BITS]")
    parser.add_argument("--data", type=Path, help="a folder with docs.jsonl and qa.jsonl, to make the run from")
    parser.add_argument("--out", type=Path, default=Path(".assay"))
    parser.add_argument("--cell", default="retrieved/tuned")
    parser.add_argument("--llama-cpp", default="")
    options = parser.parse_args()
    if options.data:
        run(options.data, options.out, options.cell)
    finished = assay.load(out=options.out)
    cell = tuned_cell(finished, options.cell)
    tuned = open_tuned(finished, cell, load_settings({"llama_cpp": options.llama_cpp}))
    print(f"| {COLUMNS} | verdict |\n|{'---|' * (COLUMNS.count('|') + 2)}", flush=True)
    for name in options.wanted:
        print(measure(name, finished, cell, tuned), flush=True)


def run(data: Path, out: Path, cell: str) -> None:
    documents = write_documents(data, out / "documents")
    questions = write_questions(data, out / "questions.jsonl", None)
    rows = list(read_rows(questions))
    turn = {document: i for i, document in enumerate(dict.fromkeys(row["document"] for row in rows))}
    splits = ["train", "train", "validation", "validation", "test"]
    split = [row | {"split": splits[turn[row["document"]] % len(splits)]} for row in rows]
    questions.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in split), "utf-8")
    with Console() as console:
        assay.run(documents, questions, out=out, cells=cell, progress=console)


def measure(name: str, finished: FinishedRun, cell: Cell, tuned: Tuned) -> str:
    """One row of the table."""
    pipelines = finished.pipelines
    questions = parity_questions(pipelines.exam, pipelines.settings.seed)
    trained = ask_trained(pipelines, cell, questions, Silent())
    if name == "batches":
        pipeline = pipelines.pipeline(cell)
        again, seconds = timed(lambda: {a.question_id: a.text for q in questions for a in pipeline.answer([q])})
        parity = compare(questions, trained, again, pipelines.model.engine_name, 0)
        return row("none: asked one at a time", parity, 0, 0, seconds)
    to, _, bits = name.partition(":")
    form, width = FORMATS[to], int(bits or 0)
    with TemporaryDirectory() as place:
        folder = Path(place) / "artifact"
        folder.mkdir()
        _, writing = timed(lambda: form.write(tuned, folder, width))
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
        engine = form.load(tuned, folder, width)
        pipeline = pipelines.pipeline_on(engine, cell)
        exported, seconds = timed(lambda: ask_exported(pipelines, pipeline, questions, name, Silent()))
    parity = compare(questions, trained, exported, engine.name, 0)
    return row(f"{to} {width} bit" if width else to, parity, size, writing, seconds)


def timed(do: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    return do(), time.perf_counter() - started


def row(name: str, parity: Parity, size: float, writing: float, seconds: float) -> str:
    settings = load_settings({})
    d = parity.difference
    reasons = why_refused(parity, settings.margin, settings.export_differing, "en")
    cells = [
        name, parity.engine, str(parity.n), f"{parity.trained.value:.3f}", f"{parity.exported.value:.3f}",
        f"{d.value:+.3f}", f"{d.low:+.3f} to {d.high:+.3f}", f"{points(parity.differing)}%", f"{size:.0f}",
        f"{writing:.0f}", f"{seconds / parity.n:.2f}", "; ".join(reasons) or "passed",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
