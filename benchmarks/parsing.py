"""Pages a second from files to clean text: Assay's worker processes, and what people use instead, in the same run.

Peers are taken where they can be imported: pip install pypdf pdfminer.six. They read the PDFs alone, in as
many processes as Assay has workers, and stop at plain text: no headings, no tables, no repeated lines taken out.

    python benchmarks/parsing.py --data DIR [--data DIR ...] [--rounds 2]
"""

import argparse
import importlib
import importlib.util
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from assay.corpus import count_tokens, read_documents

PEERS = {"pypdf": "pypdf", "pdfminer.six": "pdfminer"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, action="append", required=True)
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    there = [name for name, module in PEERS.items() if importlib.util.find_spec(module)]
    print(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; the better of {options.rounds} rounds\n"
    )
    columns = "documents | reader | files | pages | tokens | s | pages/s | pages/s of a core"
    print(f"| {columns} |\n|{'---|' * (columns.count('|') + 1)}", flush=True)
    for folder in options.data:
        for reader in ("Assay", *there):
            runs = [measure(reader, folder) for _ in range(options.rounds)]
            n_files, n_pages, n_tokens, seconds, core_s = min(runs, key=lambda run: run[3])
            name = folder.parent.name if folder.name == "raw" else folder.name
            rates = (f"{n_pages / seconds:.0f}", f"{n_pages / core_s:.0f}")
            cells = (name, reader, n_files, n_pages, n_tokens, f"{seconds:.1f}", *rates)
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def measure(reader: str, folder: Path) -> tuple[int, int, int, float, float]:
    """Files, pages, tokens, seconds by the clock and of a core; the start of the processes counts."""
    start, core_start = time.perf_counter(), core_seconds()
    if reader == "Assay":
        documents, _ = read_documents(folder)
        texts = [[page.text for page in document.pages] for document in documents]
    else:
        files = sorted(folder.rglob("*.pdf"))
        own = importlib.import_module(Path(__file__).stem)  # not __main__, which the processes do not have
        n_workers = min(4, os.cpu_count() or 1)
        with ProcessPoolExecutor(n_workers, get_context("spawn")) as pool:
            texts = list(pool.map(own.READERS[reader], files))
    seconds = time.perf_counter() - start
    core_s = core_seconds() - core_start
    pages = [text for document in texts for text in document]
    return len(texts), len(pages), sum(map(count_tokens, pages)), seconds, core_s


def core_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def read_with_pypdf(path: Path) -> list[str]:
    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(path).pages]


def read_with_pdfminer(path: Path) -> list[str]:
    from pdfminer.high_level import extract_text

    return extract_text(path).split("\f")[:-1]


READERS = {"pypdf": read_with_pypdf, "pdfminer.six": read_with_pdfminer}


if __name__ == "__main__":
    main()
