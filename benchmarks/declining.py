"""Off-topic questions declined, and questions about the documents declined by mistake, on real sets.

    python benchmarks/declining.py --data FOLDER [SET ...]

The line is fitted as in a run: to the training and validation questions of a set, against the general questions of
the package. What is printed is of others: the set's test questions, and the hundred of truth/off_topic_*.txt.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from retrieval_sets import load_set

from assay.probes import general_probes
from assay.questions.question import Question
from assay.retrieval import ExactIndex, Retriever, load_encoder
from assay.retrieval.nearness import fit_near_line, measure_nearness

_SETS = (
    "northwind", "gitlab_handbook", "aws_docs", "tatqa_dev", "xquad_en", "xquad_zh",
    "cmrc2018_trial",
)  # fmt: skip
_QUICK = ("northwind", "gitlab_handbook")
_MOST_PASSAGES = 1500


@dataclass(frozen=True)
class Tried:
    """A set, how many questions the line was fitted to and tried on, and the shares declined: of these, of others."""

    name: str
    language: str
    n_own: int
    n_test: int
    lost: float
    refused: float


def main() -> None:
    """A line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("sets", nargs="*", default=_SETS)
    options = parser.parse_args()
    print("| set | language | fitted to | tested on | of these declined | of 100 off-topic declined |")
    print("|---|---|---|---|---|---|")
    for name in options.sets:
        if (options.data / name).is_dir():
            one = _try(options.data / name, _MOST_PASSAGES)
            figures = f"{one.n_own} | {one.n_test} | {one.lost:.1%} | {one.refused:.0%}"
            print(f"| {one.name} | {one.language} | {figures} |", flush=True)


def section(quick: bool, data: Path) -> Iterator[tuple[str, str, str, str]]:
    """Rows of benchmarks/truth.py: of every public set that is there; quick: of two small ones."""
    for name in _QUICK if quick else _SETS:
        if (data / name).is_dir():
            one = _try(data / name, 300 if quick else _MOST_PASSAGES)
            told = f"declined: {one.refused:.0%} of 100 off-topic ones, {one.lost:.1%} of {one.n_test} of its own"
            is_met = one.refused >= 0.8 and one.lost <= 0.03
            yield f"{name}, fitted to {one.n_own}", told, "80%; at most 3%", "yes" if is_met else "no"


def _try(folder: Path, most_passages: int) -> Tried:
    rows = load_set(folder, most_passages)
    encoder = load_encoder("auto", rows.language, "auto")
    assert encoder is not None
    vectors = np.array(list(encoder.encode_passages([f"{p.heading} {p.text}" for p in rows.corpus.passages])))
    search = Retriever(ExactIndex(rows.corpus, vectors), encoder, rows.corpus)
    own, test = rows.of("train", "validation"), rows.of("test")
    general = [probe.question for probe in general_probes().probes if probe.lang == rows.language]
    off = (Path(__file__).parent / "truth" / f"off_topic_{rows.language}.txt").read_text("utf-8").splitlines()
    near, far, tested, others = (
        measure_nearness(lambda groups: search, asked)
        for asked in (own, general, test, [Question(str(i), text, ()) for i, text in enumerate(off)])
    )
    line = fit_near_line(near, far)
    lost, refused = (~line.is_near(tested)).mean(), (~line.is_near(others)).mean()
    return Tried(folder.name, rows.language, len(own), len(test), float(lost), float(refused))


if __name__ == "__main__":
    main()
