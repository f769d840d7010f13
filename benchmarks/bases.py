"""Which base model: how often the screening keeps the right one, and whether it ranks as a whole exam would.

    python benchmarks/bases.py simulated
    python benchmarks/bases.py counted --data ../shared/data --set xquad_en
    python benchmarks/bases.py real --data ../shared/data --base A --base B --set xquad_en

The first needs no model: exams are drawn with known shares of right answers. The second lets five made-up bases with
known shares sit, and counts what they are asked: by the screening, by what is left of the grids, and by five whole
exams. The third screens real bases on real
sets, then asks all of them all test questions in the same two cells, and prints both rankings with the seconds.
"""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from base_sets import write_set
from data_sets import read_rows

import assay
from assay.models import ScriptedModel
from assay.models.engine import Conversation
from assay.statistics.dropping import count_comparisons, cut_rounds, shown_worse
from assay.statistics.sampling import over_questions
from assay.studies.bases.several_grids import deciding_cells
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
    parser.add_argument("part", choices=["simulated", "counted", "real"])
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
    elif options.part == "counted":
        for name in options.sets:
            count(*write_set(options.data / name, options.work / name, options.questions, options.documents), options)
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


def count(documents: Path, questions: Path, options: argparse.Namespace) -> None:
    """What is asked of five bases, one of which is far ahead or two of which are near the top, in thousands of words.

    They cannot be tuned: with tuning a whole exam takes longer, and a screening does not.
    """
    print(
        "| bases | left | screening | first whole grid | cells of the second | all of it | five whole exams | share |"
    )
    print("|---|---|---|---|---|---|---|---|")
    answers = {row["question"]: row["answers"] for row in read_rows(questions)}
    for title in ("one good", "five, two near the top", "five equal"):
        models = [_Pupil(place, share, answers) for place, share in enumerate(_LADDERS[title])]
        own = {"interventions": 0, "first_check": "off", "validation_share": options.validation, "encoder": "none"}
        out = options.work / "counted" / f"{documents.parent.name}-{title}"
        chosen = assay.choose_base(
            documents, questions, [], models=[one.model for one in models], out=out, **own
        ).result
        screening = sum(one.taken() for one in models)
        wholes, results = {}, {}
        for one in models:
            results[one.model.name] = assay.run(documents, questions, out=out, model=one.model, **own).result
            wholes[one.model.name] = one.taken()
        left = [one.base for one in chosen.bases if one.base in chosen.finalists]
        second = 0.0
        if len(left) > 1:
            cells = deciding_cells(results[left[0]], chosen.cells).split(",")
            pupil = next(one for one in models if one.model.name == left[1])
            assay.run(
                documents,
                questions,
                out=out.with_name(out.name + "-second"),
                model=pupil.model,
                cells=",".join(cells),
                **own,
            )
            second = pupil.taken()
        used, five = screening + wholes[left[0]] + second, sum(wholes.values())
        told = (screening, wholes[left[0]], second, used, five)
        print(
            f"| {title} | {len(left)} | {' | '.join(f'{words / 1000:.0f}' for words in told)} | {used / five:.0%} |",
            flush=True,
        )


class _Pupil:
    """A made-up base that gets a known share of questions right, and counts the words that it reads."""

    def __init__(self, place: int, share: float, answers: dict[str, list[str]]) -> None:
        self._share, self._answers, self._place, self._words = share, answers, place, 0
        self.model = ScriptedModel(self._reply, name=f"base {place}", sha256=f"base-{place}-{share}")

    def taken(self) -> float:
        """Words read since this was last asked."""
        words, self._words = self._words, 0
        return float(words)

    def _reply(self, conversation: Conversation) -> str:
        told = conversation[-1].content
        self._words += len(told.split())
        asked = next((text for text in self._answers if told.rstrip().endswith(text)), "")
        is_right = random.Random(f"{self._place} {asked}").random() < self._share
        return self._answers[asked][0] if is_right and self._answers.get(asked) else "Seventeen."


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
