"""What is run, in the order of what an hour of it tells: each part puts one exam to one base over one set.

What the figures need of a finished run is kept (`field.kept`); the workspaces keep answers and adapters, so that a part
that was stopped goes on where it was. Knows no claim.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from encoder_tasks import write_texts
from field.exams import write_changed, write_crossed, write_labelled_questions, write_wordings
from field.kept import Result, is_held, keep, keep_failure
from real_sets import write_documents, write_questions

import assay
from assay.cli.console import Console
from assay.errors import AssayError

__all__ = ["PARTS", "Job", "Part", "base_name", "jobs_of", "run_jobs"]

SMALL = "SmolLM2-135M-Instruct"
MIDDLE = "Qwen2.5-Coder-0.5B-Instruct"
READING = ("xquad_en", "xquad_zh", "gitlab_handbook", "cmrc2018_trial", "northwind")
LABELS = ("banking77", "sms_spam", "pubmedqa", "weibo_ner", "wnut17_ner")
CHANGING = ("xquad_en", "xquad_zh", "cmrc2018_trial")
N_QUESTIONS = 120  # of each set: 60 in the test, 24 to choose by, 36 to learn from
N_TEXTS, N_TEST_TEXTS = 500, 100  # labelled texts to learn from, and asked
SETTINGS: dict[str, Any] = {"interventions": 0, "first_check": "off", "test_share": 0.5, "validation_share": 0.2}
LATER = str(Path(__file__).with_name("found_later.py"))

_ASKED = "none/zero-shot,retrieved/zero-shot,oracle/zero-shot"
_PROMPTED = f"{_ASKED},none/few-shot,retrieved/few-shot,oracle/few-shot,adaptive/zero-shot"
_TUNED = "none/zero-shot,none/tuned,retrieved/zero-shot,retrieved/tuned,found-later/tuned"
_DRILLED = "none/zero-shot,none/tuned,retrieved/zero-shot"
_WAYS = "none/zero-shot,none/few-shot,retrieved/zero-shot,none/tuned-encoder,none/tuned"


@dataclass(frozen=True)
class Job:
    """One run to be held: of a part, over a set, by a base."""

    part: str
    set: str
    base: str

    @property
    def name(self) -> str:
        """What it is called in the log and among what is kept."""
        return f"{self.part}--{self.set}--{base_name(self.base)}"


@dataclass(frozen=True)
class Part:
    """Runs of one kind: which sets and bases, and how one is held; `more` are settings and cells of its own."""

    sets: Sequence[str]
    bases: Sequence[str]
    hold: Callable[[Job, Path, Path, dict[str, Any]], Result]  # job, data, work, more
    more: dict[str, Any] = field(default_factory=dict)


def base_name(base: str) -> str:
    """A base as it is called here: without folders, and without what the file's name says of its form."""
    return base.rsplit("/", 1)[-1].split(".Q")[0].removesuffix(".gguf")


def _ask(job: Job, data: Path, work: Path, more: dict[str, Any]) -> Result:
    folder = work / job.set
    documents = write_documents(data / job.set, folder / "documents")
    questions = write_questions(data / job.set, folder / "questions.jsonl", N_QUESTIONS)
    return _run(documents, questions, folder, job, more)


def _ask_crossed(job: Job, data: Path, work: Path, more: dict[str, Any]) -> Result:
    """The questions of one language over the documents of the other."""
    folder = work / f"{job.set}-crossed"
    other = job.set.removesuffix("_en") + "_zh" if job.set.endswith("_en") else job.set.removesuffix("_zh") + "_en"
    documents = write_documents(data / other, folder / "documents")
    questions = write_crossed(data / job.set, data / other, folder / "questions.jsonl", N_QUESTIONS)
    return _run(documents, questions, folder, job, more)


def _ask_reworded(job: Job, data: Path, work: Path, more: dict[str, Any]) -> Result:
    """Facts that are learnt in as many wordings as `most` of `more` says, and asked in another."""
    folder = work / f"{job.set}-worded"
    documents = write_documents(data / job.set, folder / "documents")
    questions, epochs = write_wordings(data / job.set, folder, more["most"], MIDDLE)
    return _run(documents, questions, folder, job, {"cells": more["cells"], "epochs_closed_book": epochs})


def _run(documents: Path, questions: Path, folder: Path, job: Job, more: dict[str, Any]) -> Result:
    with Console() as console:
        done = assay.run(documents, questions, out=folder / "ws", base=job.base, progress=console, **SETTINGS, **more)
    done.close()
    return done.result


def _label(job: Job, data: Path, work: Path, more: dict[str, Any]) -> Result:
    folder = work / job.set
    texts = folder / f"{job.set}.jsonl"
    if (data / job.set / "qa.jsonl").is_file():
        write_labelled_questions(data / job.set, texts)
    else:
        write_texts(data / job.set, texts, N_TEXTS)
    with Console() as console:
        done = assay.label(texts, out=folder / "ws", base=job.base, test_texts=N_TEST_TEXTS, progress=console, **more)
    return done.result


def _drill(job: Job, data: Path, work: Path, more: dict[str, Any]) -> Result:
    folder = work / f"{job.set}-changed"
    old = write_documents(data / job.set, folder / "old")
    asked = write_questions(data / job.set, folder / "asked.jsonl", N_QUESTIONS)
    questions, new = write_changed(old, asked, folder)
    with Console() as console:
        done = assay.drill(questions, old, new, out=folder / "ws", base=job.base, progress=console, **SETTINGS, **more)
    return done.result


def _steady(cell: str) -> dict[str, Any]:
    return {"cells": cell, "repeats": 2, "paraphrases": 2}


PARTS: dict[str, Part] = {
    "prompted": Part(READING, (SMALL, MIDDLE), _ask, {"cells": _PROMPTED}),
    "ladder": Part(READING[:4], (), _ask, {"cells": _ASKED}),  # its bases: those of --base beyond the two
    "words": Part(READING[:4], (SMALL, MIDDLE), _ask, {"cells": "retrieved/zero-shot", "encoder": "none"}),
    "unfitted": Part(READING[:4], (SMALL, MIDDLE), _ask, {"cells": "retrieved/zero-shot", "fit_retriever": "off"}),
    "reranked": Part(READING[:4], (SMALL,), _ask, {"cells": "retrieved/zero-shot", "reranker": "likelihood"}),
    "steady": Part(READING[:4], (SMALL, MIDDLE), _ask, _steady("retrieved/zero-shot")),
    "tuned": Part(READING[:4], (SMALL, MIDDLE), _ask, {"cells": _TUNED, "parts": [LATER]}),
    "labels": Part(LABELS, (SMALL,), _label, {"cells": _WAYS}),
    "tuned-full": Part(READING[:4], (SMALL,), _ask, {"cells": "none/zero-shot,none/tuned,none/tuned-full"}),
    "steady-tuned": Part(READING[:4], (SMALL, MIDDLE), _ask, _steady("retrieved/tuned")),
    "drill": Part(CHANGING, (SMALL,), _drill, {"cells": _DRILLED}),
    "crossed": Part(READING[:2], (SMALL, MIDDLE), _ask_crossed, {"cells": "none/zero-shot,retrieved/zero-shot"}),
    "worded-once": Part(CHANGING, (SMALL,), _ask_reworded, {"cells": "none/tuned", "most": 1}),
    "worded-often": Part(CHANGING, (SMALL,), _ask_reworded, {"cells": "none/tuned", "most": 10}),
}


def jobs_of(larger: Sequence[str] = (), sets: Sequence[str] = (), parts: Sequence[str] = ()) -> list[Job]:
    """All that there is to run, in order; of the sets and parts that are named, else of all.

    The first three sets of a part come before its others, and all parts with one base before the next larger one.

    Args:
        larger: bases for the ladder, above the two that the other parts use.
        sets: names of folders.
        parts: names of PARTS.
    """
    jobs = []
    for is_extra, base in product((False, True), (SMALL, MIDDLE, *larger)):
        for name in parts or PARTS:
            part = PARTS[name]
            if base in (larger if name == "ladder" else part.bases):
                chosen = part.sets[3:] if is_extra else part.sets[:3]
                jobs += [Job(name, one, base) for one in chosen if not sets or one in sets]
    return jobs


def run_jobs(jobs: Sequence[Job], data: Path, work: Path, runs: Path, hours: float) -> None:
    """Hold one after the other; none is begun once the hours are over. Those that are held are not held again."""
    began = time.monotonic()
    for job in jobs:
        if is_held(job.name, runs):
            continue
        if time.monotonic() - began > hours * 3600:
            return
        _hold(job, data, work, runs)


def _hold(job: Job, data: Path, work: Path, runs: Path) -> None:
    _say(f"{time.strftime('%H:%M:%S')} {job.name}")
    part, started, used = PARTS[job.part], time.monotonic(), time.process_time()
    try:
        result = part.hold(job, data, work, part.more)
    except AssayError as error:
        _say(f"{job.name}: {error}")
        keep_failure(job.name, str(error), runs)
        return
    seconds, processor_s = round(time.monotonic() - started), round(time.process_time() - used)
    _say(f"{job.name}: {seconds} s, {processor_s} s of the processor")
    keep(job.name, result, seconds, processor_s, runs)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
