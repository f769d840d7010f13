"""Off-topic questions declined, and questions about the documents declined by mistake, on real sets.

    python benchmarks/declining.py --data FOLDER [SET ...]

The line is fitted as in a run: to the training and validation questions of a set, against the general questions of
the package. What is printed is of others: the set's test questions, and the hundred of truth/off_topic_*.txt.
"""

import argparse
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
_MOST_PASSAGES = 1500


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
            print(_row(options.data / name), flush=True)


def _row(folder: Path) -> str:
    rows = load_set(folder, _MOST_PASSAGES)
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
    return f"| {folder.name} | {rows.language} | {len(own)} | {len(test)} | {lost:.1%} | {refused:.0%} |"


if __name__ == "__main__":
    main()
