"""Whether broken, encrypted, odd and huge files harm a run: each must be read, or listed with its reason.

The folder holds manifest.json (a list of {file, category, expect}) and the files. Prints Markdown.

    python benchmarks/robustness.py --data DIR
"""

import argparse
import importlib
import json
import os
import re
import resource
import time
from collections import Counter
from pathlib import Path
from typing import Any

from assay.corpus import Document, SkippedFile
from assay.corpus.extraction import SUFFIXES
from assay.corpus.pool import Limits, map_in_workers
from assay.corpus.reading import read_file
from assay.corpus.recognition import recognition_languages
from assay.corpus.worker import Lost

Row = dict[str, Any]

SLOWEST = 8
FOUND = 0.9  # of the expected words, for a file that comes with them


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    jobs = [(folder / row["file"], row["file"]) for row in manifest]
    read_timed = importlib.import_module(Path(__file__).stem).read_timed  # not of __main__, which workers do not have
    start = time.perf_counter()
    outcomes = [outcome_of(result) for result in map_in_workers(read_timed, jobs, Limits())]
    seconds = time.perf_counter() - start
    print_counts(manifest, outcomes)
    n_listed = sum(outcome["reason"] is not None for outcome in outcomes)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"\n{len(manifest)} files in {seconds:.1f} s, {children.ru_utime + children.ru_stime:.1f} s of a core "
        f"(load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores): "
        f"{len(manifest) - n_listed} read, {n_listed} listed with reason, "
        f"{sum(outcome['lost'] for outcome in outcomes)} of these stopped at a limit or crashed their reader. "
        f"Recognition: {' '.join(recognition_languages()) or 'none'}. "
        f"Most memory of a worker: {max(outcome['memory_gb'] for outcome in outcomes):.2f} GB."
    )
    print_slowest(manifest, outcomes)
    print_disagreements(folder, manifest, outcomes)


def read_timed(job: tuple[Path, str]) -> tuple[float, float, Document | SkippedFile]:
    """Runs in the worker: seconds, the worker's peak memory in GB, and the result."""
    start = time.perf_counter()
    result = read_file(job)
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, result


def outcome_of(result: tuple[float, float, Document | SkippedFile] | Lost) -> Row:
    if isinstance(result, Lost):
        return {"seconds": 0.0, "memory_gb": 0.0, "lost": True, "reason": result.reason, "text": ""}
    seconds, memory_gb, read = result
    reason = read.reason if isinstance(read, SkippedFile) else None
    text = "\n".join(page.text for page in read.pages) if isinstance(read, Document) else ""
    return {"seconds": seconds, "memory_gb": memory_gb, "lost": False, "reason": reason, "text": text}


def print_counts(manifest: list[Row], outcomes: list[Row]) -> None:
    total = Counter(row["category"] for row in manifest)
    read = Counter(row["category"] for row, done in zip(manifest, outcomes, strict=True) if done["reason"] is None)
    print("| category | files | read | listed |\n|---|---|---|---|")
    for category in sorted(total):
        print(f"| {category} | {total[category]} | {read[category]} | {total[category] - read[category]} |")


def print_slowest(manifest: list[Row], outcomes: list[Row]) -> None:
    print("\n| slowest files | s |\n|---|---|")
    pairs = sorted(zip(manifest, outcomes, strict=True), key=lambda pair: -pair[1]["seconds"])
    for row, outcome in pairs[:SLOWEST]:
        print(f"| {row['file'].removeprefix('raw/')} | {outcome['seconds']:.1f} |")


def print_disagreements(folder: Path, manifest: list[Row], outcomes: list[Row]) -> None:
    found = [
        (row["file"].removeprefix("raw/"), row["expect"], why)
        for row, outcome in zip(manifest, outcomes, strict=True)
        if (why := disagreement(folder, row, outcome))
    ]
    print(f"\n{len(found)} disagree with the manifest:\n\n| file | expected | got |\n|---|---|---|")
    for name, expected, why in found:
        print(f"| {name} | {expected} | {why.replace('|', chr(92) + '|')} |")


def disagreement(folder: Path, row: Row, outcome: Row) -> str:
    """What is not as the manifest says, or ""."""
    reason = outcome["reason"]
    locked = re.search(r"password|encrypt", row["expect"]) and "no_password" not in row["file"]
    if locked and reason is not None and "password" not in reason:
        return reason
    if row["category"] in ("formats_valid", "legacy_office_zh", "pdf_valid", "html_variety") and reason is not None:
        return reason if Path(row["file"]).suffix.lower() in SUFFIXES else ""
    expected = folder / "raw" / "formats_expected"
    wanted = expected / f"{Path(row['file']).name}.md"
    if row["category"] == "formats_valid" and reason is None and wanted.is_file() and wanted.stat().st_size:
        share = share_found(wanted.read_text("utf-8"), outcome["text"])
        return f"{share:.0%} of the expected words" if share < FOUND else ""
    return ""


def share_found(wanted: str, text: str) -> float:
    plain = re.sub(r"<!--.*?-->|!?\[[^\]]*\]\([^)]*\)|&\w+;", " ", wanted)
    words, there = (Counter(re.findall(r"\w+", each.casefold())) for each in (plain, text))
    return sum(min(count, there[word]) for word, count in words.items()) / max(sum(words.values()), 1)


if __name__ == "__main__":
    main()
