"""Which base model: how often the screening keeps the right one, and whether it ranks as a whole exam would.

    python benchmarks/bases.py simulated
    python benchmarks/bases.py real --data ../shared/data --base A --base B --set xquad_en

The first needs no model: exams are drawn with known shares of right answers. The second screens real bases on real
sets, then asks all of them all test questions in the same two cells, and prints both rankings with the seconds.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from base_sets import write_set

import assay
from assay.statistics.dropping import count_comparisons, cut_rounds, shown_worse
from assay.statistics.sampling import over_questions
from assay.verdict.base_result import BaseResult
from assay.verdict.cell_choice import choose

__all__ = ["screened", "simulate"]

Floats = npt.NDArray[np.float64]

MARGIN = 0.05
_CELLS = "retrieved/zero-shot,oracle/zero-shot"
_LADDERS = {
    "five equal": (0.5,) * 5,
    "two equal": (0.6, 0.6),
    "steep": (0.25, 0.4, 0.5, 0.75),
    "five, two near the top": (0.25, 0.4, 0.5, 0.72, 0.75),
    "a small step": (0.5, 0.6),
    "near equals": (0.6, 0.62, 0.65),
    "one good": (0.2, 0.2, 0.2, 0.2, 0.7),
}


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=["simulated", "real"])
    parser.add_argument("--draws", type=int, default=400)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--set", action="append", dest="sets", default=[])
    parser.add_argument("--base", action="append", dest="bases", default=[])
    parser.add_argument("--questions", type=int, default=200, help="of each set, at most")
    parser.add_argument("--documents", type=int, default=240, help="of each set, at most; those with evidence stay")
    parser.add_argument("--validation", type=float, default=0.25, help="share of the questions to screen with")
    parser.add_argument("--work", type=Path, default=Path("bases-work"))
    options = parser.parse_args()
    if options.part == "simulated":
        simulate(options.draws)
    else:
        for name in options.sets:
            documents, questions = write_set(
                options.data / name, options.work / name, options.questions, options.documents
            )
            compare_with_whole(documents, questions, options.bases, options.validation, options.work / name / "ws")


def simulate(draws: int) -> None:
    """Shares of screenings in which the right base stayed, and in which one as good as the best was dropped."""
    print("| bases | validation questions | right one kept | an equal dropped | left | questions asked |")
    print("|---|---|---|---|---|---|")
    for title, shares in _LADDERS.items():
        best = max(shares)
        right = next(i for i, share in enumerate(shares) if share > best - MARGIN)
        for n in (24, 50, 120):
            found = [screened(shares, n, seed) for seed in range(draws)]
            kept = np.mean([right in standing for standing, _ in found])
            equals = [i for i, share in enumerate(shares) if share == best]
            lost = np.mean([not set(equals) <= standing for standing, _ in found])
            left = np.mean([len(standing) for standing, _ in found])
            asked = np.mean([share for _, share in found])
            print(
                f"| {title} | {n} | {kept:.1%} | {lost:.1%} | {left:.1f} of {len(shares)} | {asked:.0%} |", flush=True
            )


def screened(shares: Sequence[float], n: int, seed: int) -> tuple[set[int], float]:
    """The places of the bases that stay, and the share of all questions that were asked."""
    rng = np.random.default_rng(seed)
    marks, documents = _draw(shares, n, rng), rng.integers(0, max(2, n // 6), n)
    rounds, standing, asked, n_asked = cut_rounds(n, seed), set(range(len(shares))), list[int](), 0
    n_comparisons = count_comparisons(len(shares), len(rounds))
    for number, places in enumerate(rounds):
        if number and len(standing) < 2:
            break
        asked += places
        n_asked += len(places) * len(standing)
        used = np.array(sorted(asked))
        scores = {str(base): marks[base][used] for base in sorted(standing)}
        sampling = over_questions([int(documents[place]) for place in used], list(range(len(used))))
        worse = shown_worse(scores, sampling, MARGIN, n_comparisons, np.random.default_rng(seed))
        standing -= {int(one.name) for one in worse}
    return standing, n_asked / (n * len(shares))


def _draw(shares: Sequence[float], n: int, rng: np.random.Generator) -> list[Floats]:
    """The mean of two cells' marks: half of what makes a question hard is common to all, the ceiling is 8 points up."""
    from scipy.stats import norm

    hard = rng.normal(size=n)
    found = []
    for share in shares:
        own = hard + rng.normal(size=n)
        cells = [
            (own + 0.5 * rng.normal(size=n) < norm.ppf(min(0.995, share + more)) * np.sqrt(2.25)) for more in (0, 0.08)
        ]
        found.append(np.mean(np.array(cells, dtype=np.float64), axis=0))
    return found


def compare_with_whole(
    documents: Path, questions: Path, bases: Sequence[str], validation_share: float, out: Path
) -> None:
    """Screen, then ask every base every test question, and print both."""
    settings = {"interventions": 0, "first_check": "off", "validation_share": validation_share}
    started = time.process_time()
    chosen = assay.choose_base(documents, questions, list(bases), out=out, **settings).result
    screening_s = time.process_time() - started
    counts = chosen.counts
    n = counts["validation"]
    told = f"{counts['documents']} documents, {counts['passages']} passages"
    print(f"\n## {documents.parent.name}: {told}, {n} validation questions, {screening_s:.0f} s of processor time\n")
    whole, whole_s = {}, {}
    for one in chosen.bases:
        started = time.process_time()
        whole[one.base] = assay.run(documents, questions, out=out, cells=_CELLS, base=one.opened, **settings).result
        whole_s[one.base] = time.process_time() - started
    print(_ranking(chosen, whole), flush=True)
    print(f"\nthe same two cells over the whole test: {sum(whole_s.values()):.0f} s", file=sys.stdout, flush=True)


def _ranking(chosen: BaseResult, whole: dict[str, Any]) -> str:
    lines = ["| base | screening | after | whole test, retrieved | right page |", "|---|---|---|---|---|"]
    scores = {base: _marks(result) for base, result in whole.items()}
    n = len(next(iter(scores.values())))
    decided = choose(scores, over_questions([0] * n, list(range(n))), MARGIN, np.random.default_rng(0))
    for one in chosen.bases:
        state = f"dropped after {one.dropped.n_asked}" if one.dropped else "kept"
        right = {cell.cell: cell.correct.value for cell in whole[one.base].cells}
        retrieved, oracle = (right[name] for name in _CELLS.split(","))
        lines.append(f"| {one.base} | {one.score.value:.0%} | {state} | {retrieved:.0%} | {oracle:.0%} |")
    told = ", ".join([decided.cell, *decided.undecided])
    return "\n".join([*lines, "", f"screening: {chosen.verdict.kind} {chosen.verdict.cell}; whole test: {told}"])


def _marks(result: Any) -> Floats:
    rows = [[float(bool(answer.correct)) for answer in question.cells] for question in result.questions]
    return np.array(rows).mean(axis=1)


if __name__ == "__main__":
    main()
