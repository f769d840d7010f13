"""Whether index and folder agree after a sync was killed: SIGKILL at random moments, with the folder changed between.

A worker process syncs the folder and is killed at a moment drawn between its start and one and a fifth of the time
that a whole sync takes. Then the library must be at a whole state, the old or the new one, whose index is there; and
after the next sync everything must be as if the folder had just been read and indexed for the first time. Ends with
exit code 1 when it is not.

    python benchmarks/kill_sync.py [--kills 50] [--seed 0]
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np

from assay.bench.workspace import Workspace
from assay.corpus import build_corpus
from assay.corpus.document import Corpus
from assay.corpus.library import Library
from assay.retrieval import build_index, open_index
from assay.serving.sync import sync

TOKENS = 160
N_FILES = 40


class TextEncoder:
    """Vectors that depend on the text alone, a millisecond each: time enough to be killed in."""

    name, dimension = "text", 32

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        rows = [np.random.default_rng(list(text.encode())).normal(size=32) for text in texts]
        return np.stack([row / np.linalg.norm(row) for row in rows]).astype(np.float32)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        time.sleep(len(texts) / 1000)
        return self.encode_queries(texts)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--worker", type=Path, help="used by this script itself")
    arguments = parser.parse_args()
    if arguments.worker:
        work(arguments.worker)
        return
    with tempfile.TemporaryDirectory() as place:
        outcomes, problems = torture(Path(place), arguments.kills, np.random.default_rng(arguments.seed))
    print(f"| kills | old state left | new state left | sync was done | disagreements |\n|{'---|' * 5}")
    print(f"| {arguments.kills} | {outcomes['old']} | {outcomes['new']} | {outcomes['done']} | {len(problems)} |")
    print("\n".join(problems))
    sys.exit(1 if problems else 0)


def work(place: Path) -> None:
    """Be ready, with the slow imports behind, wait for the word, sync."""
    import_module("lancedb")
    print("ready", flush=True)
    sys.stdin.readline()
    print("done", sync_folder(place), flush=True)


def sync_folder(place: Path) -> float:
    return sync(place / "docs", Workspace(place / "ws"), load=lambda name, lang, precision: TextEncoder()).seconds


def torture(place: Path, n_kills: int, rng: np.random.Generator) -> tuple[Counter[str], list[str]]:
    """What was left after each kill, and what did not agree."""
    docs = place / "docs"
    docs.mkdir()
    for number in range(N_FILES):
        write_file(docs / f"f{number:03d}.md", rng)
    sync_folder(place)
    outcomes: Counter[str] = Counter()
    problems: list[str] = []
    usual_s = 1.0
    for kill in range(n_kills):
        old = current_corpus(place)
        change(docs, rng)
        new = build_corpus(docs, TOKENS)
        took_s = kill_worker(place, rng.uniform(0, 1.2 * usual_s))
        usual_s = took_s or 1.02 * usual_s
        left = current_corpus(place)
        if left.sha256 not in (old.sha256, new.sha256):
            problems.append(f"kill {kill}: neither the old nor the new state")
        elif differs(left, open_index(left, TextEncoder(), place / "ws" / "index"), place / f"check{kill}a", rng):
            problems.append(f"kill {kill}: the index differs from that of its state")
        outcomes["done" if took_s else "new" if left.sha256 == new.sha256 else "old"] += 1
        sync_folder(place)
        now = current_corpus(place)
        if now != new:
            problems.append(f"kill {kill}: the next sync does not agree with the folder")
        elif differs(now, open_index(now, TextEncoder(), place / "ws" / "index"), place / f"check{kill}b", rng):
            problems.append(f"kill {kill}: the index after the next sync differs from a new one")
        print(f"kill {kill}: {dict(outcomes)}, a sync takes {usual_s:.2f} s", file=sys.stderr, flush=True)
    return outcomes, problems


def kill_worker(place: Path, after_s: float) -> float | None:
    """Kill a sync so many seconds after its start; the seconds that it took when it was done before."""
    command = [sys.executable, __file__, "--worker", str(place)]
    worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdout.readline()
    worker.stdin.write("go\n")
    worker.stdin.flush()
    time.sleep(after_s)
    worker.kill()
    said, _ = worker.communicate()
    return float(said.split()[1]) if "done" in said else None


def write_file(file: Path, rng: np.random.Generator) -> None:
    """Two to eight paragraphs of made-up words."""
    paragraphs = [" ".join(f"w{number}" for number in rng.integers(300, size=100)) for _ in range(rng.integers(2, 9))]
    file.write_text("\n\n".join(f"## Part {number}\n\n{text}" for number, text in enumerate(paragraphs)))


def change(docs: Path, rng: np.random.Generator) -> None:
    """Some files more, some fewer, some renamed, some written anew, and other readers for some."""
    files = sorted(docs.glob("*.md"))
    chosen = [files[place] for place in rng.permutation(len(files))[:9]]
    for file in chosen[:3]:
        write_file(file, rng)
    for file in chosen[3:6]:
        file.rename(docs / f"r{rng.integers(10**9):09d}.md")
    for file in chosen[6 : 6 + rng.integers(0, 4)]:
        file.unlink()
    for _ in range(rng.integers(0, 4)):
        write_file(docs / f"n{rng.integers(10**9):09d}.md", rng)


def current_corpus(place: Path) -> Corpus:
    library = Library(place / "ws" / "library.db", place / "docs")
    state = library.current()
    assert state is not None
    return library.corpus(state, TOKENS)


def differs(corpus: Corpus, index, fresh_place: Path, rng: np.random.Generator) -> bool:
    """Whether an index finds anything else than a new one of the same corpus; ids, order and scores."""
    fresh = build_index(corpus, TextEncoder(), fresh_place)
    for _ in range(10):
        text = " ".join(f"w{number}" for number in rng.integers(300, size=3))
        vector = TextEncoder().encode_queries([text])[0]
        for mode in ("dense", "text", "hybrid"):
            if index.search(text, vector, 20, mode) != fresh.search(text, vector, 20, mode):
                return True
    return False


if __name__ == "__main__":
    main()
