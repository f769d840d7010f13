"""How soon a changed page is searchable: a folder of 600 pages, one of which is written anew.

The pages are real text (`--data`: a folder with docs.jsonl), one Markdown file of about 350 words each. `warm` is a
process that stays, as of `assay watch`; `cold` is the command line from start to end, with all imports and the
encoder to load.

    python benchmarks/sync.py --data DIR
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from assay.bench.workspace import Workspace
from assay.retrieval import load_encoder
from assay.serving.sync import sync

N_PAGES, WORDS, ROUNDS = 600, 350, 5


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), arguments.data)


def measure(place: Path, data: Path) -> None:
    """Print the table."""
    docs, workspace, load = place / "docs", Workspace(place / "ws"), cache(load_encoder)
    docs.mkdir()
    pages = write_pages(docs, data)
    workspace.create()
    first = sync(docs, workspace, load=load)
    nothing = sync(docs, workspace, load=load).seconds
    warm = []
    for number in range(ROUNDS):
        pages[number].write_text(pages[-number - 1].read_text() + f"\n\nThe pump of bay {number} was replaced.\n")
        warm.append(sync(docs, workspace, load=load).seconds)
    pages[ROUNDS].write_text("The valve of bay 9 was replaced.\n")
    started = time.perf_counter()
    command = [sys.executable, "-m", "assay", "sync", str(docs), "--out", str(place / "ws")]
    subprocess.run(command, check=True, capture_output=True)
    cold = time.perf_counter() - started
    print(
        "| pages | passages | first sync s | nothing changed s | one page warm s, best / worst of 5 | cold s | load |"
    )
    print(f"|{'---|' * 7}")
    print(
        f"| {N_PAGES} | {first.n_passages} | {first.seconds:.0f} | {nothing:.2f} | {min(warm):.2f} / {max(warm):.2f} | "
        f"{cold:.1f} | {os.getloadavg()[0]:.0f} |"
    )


def write_pages(docs: Path, data: Path) -> list[Path]:
    lines = (data / "docs.jsonl").read_text(encoding="utf-8").strip().split("\n")
    words = " ".join(json.loads(line)["text"] for line in lines).split(" ")
    pages = []
    for number in range(N_PAGES):
        pages.append(docs / f"page{number:03d}.md")
        pages[-1].write_text(" ".join(words[number * WORDS : (number + 1) * WORDS]), encoding="utf-8")
    return pages


if __name__ == "__main__":
    main()
