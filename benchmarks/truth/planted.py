"""Plants one fault in the input of a run and looks what the closing lines name first.

The whole real study runs over each: real documents, index, search, marks, diagnosis and lines; only the model is a
scripted reader (see simulated.py). From the repository:

    python benchmarks/truth/planted.py --draws 40 --kept planted.tsv

A draw takes over a minute of processor time; with --kept, what was named is kept line by line, and not drawn again.
"""

import argparse
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import get_args

import numpy as np
from simulated import (
    Company,
    Reader,
    Skill,
    draw_company,
    foreign_template,
    lost_passages,
    lost_system,
    reworded,
    with_skill,
)
from simulated_exams import Row, met

import assay
from assay.bench.bench import open_bench
from assay.bench.progress import Progress
from assay.grid.cell import parse_cells
from assay.grid.pipelines import Pipelines
from assay.models.cache import cache_folder
from assay.questions.exam import build_exam
from assay.report.lines import verdict_lines
from assay.training.training_settings import TrainingLog
from assay.verdict.result import CauseName, RunResult
from assay.words import catalogued

__all__ = ["FAULTS", "first_named", "planted_faults", "run_fault", "section"]

_STEPS = Path(__file__).with_name("planted_steps.py")
_CELLS = "none/zero-shot,none/tuned,retrieved/zero-shot,retrieved/tuned,oracle/zero-shot,oracle/tuned"
_SETTINGS = {
    "max_new_tokens": 32, "tuning_dtype": "float32", "probe": "off", "latency_sample": 0, "first_check": "auto",
    "fit_retriever": "off",
}  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A run with a fault: the company, the reader, the skill of its adapters, and further settings."""

    company: Company
    reader: Reader
    tuned: Skill
    settings: dict[str, str]


Plant = Callable[[Planted, np.random.Generator], Planted]


def _documents_deleted(healthy: Planted, rng: np.random.Generator) -> Planted:
    """Three of ten handbooks that questions name are gone."""
    named = sorted(path for path in healthy.company.documents if "2025" in path)
    gone = {named[i] for i in rng.permutation(len(named))[: round(0.3 * len(named))]}
    kept = {path: text for path, text in healthy.company.documents.items() if path not in gone}
    return replace(healthy, company=replace(healthy.company, documents=kept))


def _gold_wrong(healthy: Planted, rng: np.random.Generator) -> Planted:
    """A tenth of the accepted answers are those of other questions."""
    rows = [dict(row) for row in healthy.company.rows]
    told = [row for row in rows if row["answers"]]
    for i in rng.permutation(len(told))[: round(0.1 * len(told))]:
        others = [row["answers"][0] for row in told if row["answers"] != told[i]["answers"]]
        told[i]["answers"] = [str(rng.choice(others))]
    return replace(healthy, company=replace(healthy.company, rows=rows))


def _leak(healthy: Planted, rng: np.random.Generator, say: Callable[[dict[str, object]], object]) -> Planted:
    """Three of ten test questions stand in the training set too."""
    tested = [row for row in healthy.company.rows if row["split"] == "test" and row["answers"]]
    leaked = [tested[i] for i in rng.permutation(len(tested))[: round(0.3 * len(tested))]]
    more = [row | {"id": f"{row['id']}-too", "split": "train", "question": say(row)} for row in leaked]
    return replace(healthy, company=replace(healthy.company, rows=[*healthy.company.rows, *more]))


def _rendered(render: Callable[..., str]) -> Plant:
    return lambda healthy, rng: replace(healthy, reader=replace(healthy.reader, render=render))


def _with_step(name: str) -> Plant:
    return lambda healthy, rng: replace(healthy, settings={"search_steps": name})


def _weak(healthy: Planted, rng: np.random.Generator) -> Planted:
    """Another base, which is as it should be and reads four of ten questions."""
    reader = with_skill(replace(healthy.reader, name=f"{healthy.reader.name} weak"), reading=0.4, easy=0.8)
    return replace(healthy, reader=reader, tuned=replace(reader.skill, is_terse=True))


def _perfect(healthy: Planted, rng: np.random.Generator) -> Planted:
    reader = with_skill(replace(healthy.reader, name=f"{healthy.reader.name} perfect"), reading=0.99, declining=0.99)
    return replace(healthy, reader=reader, tuned=replace(reader.skill, is_terse=True))


FAULTS: dict[str, tuple[Plant, frozenset[str]]] = {
    "documents deleted": (_documents_deleted, frozenset({"not_in_documents"})),
    "foreign template": (_rendered(foreign_template), frozenset({"broken_prompt"})),
    "system turn lost": (_rendered(lost_system), frozenset({"broken_prompt"})),
    "passages lost": (_rendered(lost_passages), frozenset({"broken_prompt"})),
    "destroyed adapter": (
        lambda healthy, rng: replace(healthy, tuned=replace(healthy.tuned, is_broken=True)),
        frozenset({"broken_adapter"}),
    ),
    "a tenth of gold wrong": (_gold_wrong, frozenset({"gold_doubtful"})),
    "test questions reworded": (lambda healthy, rng: _leak(healthy, rng, reworded), frozenset({"leak"})),
    "shuffled ranking": (_with_step("shuffled"), frozenset({"not_found"})),
    "old version returned": (_with_step("superseded"), frozenset({"other_version"})),
    "weak model": (_weak, frozenset({"capability"})),
    "adapter of nothing": (
        lambda healthy, rng: replace(healthy, tuned=healthy.reader.skill),
        frozenset({"idle_adapter"}),
    ),
    "perfect cells": (_perfect, frozenset({""})),
    "leak by copies": (
        lambda healthy, rng: _leak(healthy, rng, lambda row: row["question"].replace("?", ", please?")),
        frozenset({"leak"}),
    ),
}


def run_fault(name: str, seed: int, folder: Path, encoder: str) -> RunResult:
    """A run of the company of a seed with one fault; "" for none. What is read of its documents stays in the folder."""
    company = draw_company(seed)
    reader = Reader(company, f"reader {seed}")
    healthy = Planted(company, reader, replace(reader.skill, reading=0.93, is_terse=True), {})
    planted = FAULTS[name][0](healthy, np.random.default_rng(seed)) if name else healthy
    own = folder / (name.replace(" ", "-") or "healthy")
    own.mkdir()
    is_whole = planted.company.documents == company.documents
    documents = planted.company.write_documents(folder / "documents" if is_whole else own / "documents")
    questions = planted.company.write_questions(own / "questions.jsonl")
    steps = {"parts": [str(_STEPS)], **planted.settings} if planted.settings else {}
    settings = {**_SETTINGS, "encoder": encoder, "seed": seed, **steps}
    if (folder / "read").exists():
        shutil.copytree(folder / "read", own / "ws")
    _plant_adapters(planted, documents, questions, own / "ws", settings)
    if is_whole and not (folder / "read").exists():
        shutil.copytree(own / "ws", folder / "read")
    told = {"out": own / "ws", "model": planted.reader, "progress": _Quiet(), "cells": _CELLS}
    return assay.run(documents, questions, **told, **settings).result


def _plant_adapters(planted: Planted, documents: Path, questions: Path, out: Path, settings: dict[str, object]) -> None:
    """Adapters as they would lie in the workspace after a training."""
    with open_bench(out, settings, _Quiet()) as bench:
        exam = build_exam(documents, questions, bench)
        pipelines = Pipelines(exam, planted.reader, bench)
        pipelines.search.make_ready()
        adapters = pipelines.adapters
        for cell in parse_cells(_CELLS, bench.parts):
            if cell.tuned_model is not None:
                key = adapters.key(cell.tuned_model)
                place = bench.workspace.adapter_folder(key)
                place.mkdir(parents=True, exist_ok=True)
                (place / "skill.json").write_text(json.dumps(asdict(planted.tuned)))
                log = {"name": cell.tuned_model.name, **asdict(TrainingLog(n_examples=len(exam.train), epochs=1))}
                bench.store.once(f"adapter/{key}", lambda meter, log=log: log | {"best_loss": 0.0})


class _Quiet(Progress):
    """Says nothing."""

    def say(self, line: str) -> None:
        pass

    def step(self, name: str, done: int, total: int, note: str = "") -> None:
        pass


def first_named(result: RunResult) -> str:
    """The name of the cause whose sentence comes first in the closing lines; "" where none does."""
    text = "\n".join(verdict_lines(result, "en"))
    places = {}
    for name in get_args(CauseName):
        for key in (f"fault.{name}", f"named.{name}"):
            sentence = _english(key)
            found = re.search(sentence, text) if sentence else None
            if found:
                places[name] = min(found.start(), places.get(name, len(text)))
    return min(places, key=lambda name: places[name], default="")


def _english(key: str) -> str:
    try:
        return re.sub(r"\\\{.*?\\\}", ".+?", re.escape(catalogued(key)["en"]))
    except KeyError:
        return ""


def section(quick: bool) -> Iterator[Row]:
    """How often each fault is named first, in 40 draws; quick: in one."""
    for name, found in planted_faults(range(1 if quick else 40)).items():
        right, n = _n_right(name, found), found.total()
        told = f"first {f'{right} of {n}: ' if name else ''}{_told(found)}"
        yield name or "no fault", told, "first in 95%" if name else "", met(right >= 0.95 * n) if name else "-"


def planted_faults(
    draws: Sequence[int],
    wanted: Sequence[str] = tuple(FAULTS),
    encoder: str = "auto",
    tell: bool = False,
    kept: Path | None = None,
) -> dict[str, Counter[str]]:
    """Fault -> how often each cause was named first; healthy runs too, as "".

    Args:
        draws: seeds of companies, each with every fault.
        wanted: faults.
        encoder: of the search and of the check of the questions.
        tell: whether the closing lines of the first draw are printed.
        kept: what was named before and is not drawn again; grows line by line.
    """
    known = _load(kept)
    named: dict[str, Counter[str]] = {name: Counter() for name in ("", *wanted)}
    with tempfile.TemporaryDirectory() as home:
        _own_cache(Path(home))
        for draw in draws:
            with tempfile.TemporaryDirectory() as folder:
                for name, found in named.items():
                    if (draw, name) not in known:
                        result = run_fault(name, draw, Path(folder), encoder)
                        known[draw, name] = first_named(result)
                        _keep(kept, draw, name, known[draw, name])
                        if tell and draw == draws[0]:
                            print(f"## {name or 'no fault'}", *verdict_lines(result, "en"), sep="\n", flush=True)
                    found[known[draw, name]] += 1
    return named


def _load(kept: Path | None) -> dict[tuple[int, str], str]:
    if kept is None or not kept.exists():
        return {}
    lines = [line.split("\t") for line in kept.read_text("utf-8").splitlines()]
    return {(int(draw), name): cause for draw, name, cause in lines}


def _keep(kept: Path | None, draw: int, name: str, cause: str) -> None:
    print(draw, name or "no fault", cause or "nothing", file=sys.stderr, flush=True)
    if kept is not None:
        with kept.open("a", encoding="utf-8") as file:
            file.write(f"{draw}\t{name}\t{cause}\n")


def _table(named: Mapping[str, Counter[str]]) -> str:
    rows = [
        f"| {name or 'no fault'} | {f'{_n_right(name, found)} of {found.total()}' if name else ''} | {_told(found)} |"
        for name, found in named.items()
    ]
    return "\n".join(["| fault | named first | by what |\n|---|---|---|", *rows])


def _n_right(name: str, found: Counter[str]) -> int:
    return sum(n for cause, n in found.items() if name and cause in FAULTS[name][1])


def _told(found: Counter[str]) -> str:
    return ", ".join(f"{cause or 'nothing'} {n}" for cause, n in found.most_common())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--draws", type=int, default=40)
    parser.add_argument("--first", type=int, default=0, help="seed of the first draw")
    parser.add_argument("--only", action="append", default=[], help="one of the faults; healthy runs are always made")
    parser.add_argument("--encoder", default="auto")
    parser.add_argument("--kept", type=Path, help="file of what was named before; it grows")
    parser.add_argument("--lines", action="store_true", help="print the closing lines of the first draw")
    options = parser.parse_args()
    started = time.process_time()
    wanted = [name for name in FAULTS if not options.only or name in options.only]
    draws = range(options.first, options.first + options.draws)
    print(_table(planted_faults(draws, wanted, options.encoder, options.lines, options.kept)))
    print(f"\n{options.draws} draws, {time.process_time() - started:.0f} s of processor time")


def _own_cache(home: Path) -> None:
    """What is learnt of a base in these runs stays out of the user's cache; what is converted there is used."""
    there = cache_folder()
    for place in there.iterdir() if there.is_dir() else ():
        if place.name != "canaries":
            (home / place.name).symlink_to(place)
    os.environ["ASSAY_CACHE"] = str(home)


if __name__ == "__main__":
    main()
