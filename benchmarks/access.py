"""Whether a group can ever get what it may not read: 10,000 random questions for random groups over mixed documents.

The documents are the workplace policies with their roles (`--data`: docs.jsonl of them) and the example company with
rules made up here. A question is a piece of a passage drawn from all, often one that the asker may not read, with that
passage's own vector: the search that would find it first if it were there. Who may read what is checked against the
roles as they were written, not against Assay's reading of them. Ends with exit code 1 on a leak.

    python benchmarks/access.py --data DIR [--questions 10000]
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from assay.corpus.access import visible_to
from assay.corpus.document import Corpus
from assay.corpus.library import Library
from assay.retrieval import Encoder, Index, build_index, load_encoder
from assay.retrieval.index import indexed_texts

COMPANY = Path(__file__).parents[1] / "examples" / "skerrivald" / "documents"
MADE_UP = {"handbook": ["staff"], "products": ["sales", "engineering"], "company": ["managers"]}
MODES = ("dense", "text", "hybrid")
K = 10


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="docs.jsonl with a field role; documents of all roles")
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    rng = np.random.default_rng(arguments.seed)
    encoder = load_encoder(None, "en")
    assert encoder is not None
    with tempfile.TemporaryDirectory() as place:
        readers = write_documents(arguments.data, Path(place) / "docs")
        library = Library(Path(place) / "library.db", Path(place) / "docs")
        library.commit(library.scan())
        corpus = library.corpus(library.current(), 160)
        n_leaks = ask(corpus, readers, encoder, Path(place) / "index", arguments.questions, rng)
    sys.exit(1 if n_leaks else 0)


def write_documents(data: Path, folder: Path) -> dict[str, set[str]]:
    """The documents as files with an access file; path -> groups that may read it, empty for everybody."""
    shutil.copytree(COMPANY, folder)
    readers = {
        file.relative_to(folder).as_posix(): set(MADE_UP.get(file.relative_to(folder).parts[0], []))
        for file in folder.rglob("*.*")
    }
    rules = {f"/{name}/": groups for name, groups in MADE_UP.items()}
    (folder / "workplace").mkdir()
    for line in (data / "docs.jsonl").read_text(encoding="utf-8").strip().split("\n"):
        row = json.loads(line)
        path = f"workplace/{row['id']}.md"
        (folder / path).write_text(f"# {row['title']}\n\n{row['text']}", encoding="utf-8")
        readers[path] = set(row["role"])
        rules[f"/{path}"] = row["role"]
    lines = [f"{json.dumps(pattern)} = {json.dumps(groups)}" for pattern, groups in rules.items()]
    (folder / "access.toml").write_text("\n".join(["[rules]", *lines]), encoding="utf-8")
    return readers


def ask(corpus: Corpus, readers: dict[str, set[str]], encoder: Encoder, folder: Path, n_questions: int, rng) -> int:
    """The number of leaks; prints the table."""
    started = time.perf_counter()
    build_index(corpus, encoder, folder)
    built_s = time.perf_counter() - started
    vectors = encoder.encode_passages(indexed_texts(corpus))
    names = sorted(set().union(*readers.values()))
    views: dict[tuple[str, ...], tuple[Corpus, Index | None]] = {}
    view_s, n_leaks, n_hits, n_aimed, took = [], 0, 0, 0, []
    for _ in range(n_questions):
        groups = tuple(sorted(rng.choice(names, size=rng.integers(0, len(names) + 1), replace=False)))
        if groups not in views:
            started = time.perf_counter()
            view = visible_to(corpus, groups)
            views[groups] = (view, build_index(view, encoder, folder) if view.passages else None)
            view_s.append(time.perf_counter() - started)
        target = int(rng.integers(len(corpus.passages)))
        aimed_at = readers[corpus.passages[target].document]
        n_aimed += bool(aimed_at) and aimed_at.isdisjoint(groups)
        words = corpus.passages[target].text.split()
        at = int(rng.integers(max(1, len(words) - 8)))
        index, mode = views[groups][1], MODES[rng.integers(3)]
        started = time.perf_counter()
        hits = index.search(" ".join(words[at : at + 8]), vectors[target], K, mode) if index else []
        took.append(time.perf_counter() - started)
        for hit in hits:
            allowed = readers[corpus.by_id[hit.passage_id].document]
            n_leaks += bool(allowed) and allowed.isdisjoint(groups)
        n_hits += len(hits)
    print(
        "documents | passages | groups | sets of groups | questions | aimed at a closed document | hits | leaks "
        "| ms a search, p50 / p95 | s to build all | s a view, mean / highest"
    )
    print("|".join(["---"] * 11))
    p50, p95 = np.percentile(took, [50, 95]) * 1000
    print(
        f"{len(corpus.documents)} | {len(corpus.passages)} | {len(names)} | {len(views)} | {n_questions} | {n_aimed} | "
        f"{n_hits} | {n_leaks} | {p50:.1f} / {p95:.1f} | {built_s:.1f} | {np.mean(view_s):.2f} / {max(view_s):.2f}"
    )
    return n_leaks


if __name__ == "__main__":
    main()
