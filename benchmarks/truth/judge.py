"""How well a judge tells right from wrong on the hard pairs, and what else than the answer moves it.

Of benchmarks/truth/sentences_*.jsonl, all rows: no rule was fitted on them. Position: the same pairs with the answer
before the reference. Length: the same with a true filler behind the answer, which changes nothing of it. Opinions are
kept beside --kept, so that a run that was stopped goes on.

    python benchmarks/truth/judge.py JUDGE [--kept FILE] [--moved N]   # JUDGE as the setting `judge` names it
    ASSAY_JUDGE=JUDGE python benchmarks/truth.py judge                 # as rows of that table
"""

import argparse
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assay.judges.judge import Judge, Opinion, Pair
from assay.judges.known_judges import open_judge
from assay.judges.local_judge import LocalJudge
from assay.statistics.agreement import cohen_kappa
from assay.statistics.logistic import crossfit_probabilities

Floats = npt.NDArray[np.float64]

FILLER = {
    "en": " I was glad to look into this for you. What is said here is about the question that you asked. If anything "
    "is not clear, please ask again, and somebody will explain it in other words.",
    "zh": "很高兴为您查阅这一问题。以上内容都是针对您提出的问题。如有不清楚的地方，请再次提问，会有人换一种说法说明。",
}


@dataclass(frozen=True)
class Found:
    """One language: labels, probabilities as asked, with the answer first, with a filler; seconds a pair, of CPUs."""

    questions: list[str]
    right: npt.NDArray[np.bool_]
    probability: Floats  # NaN: it did not tell
    turned: Floats | None  # None: it reads both orders by itself
    longer: Floats
    seconds: tuple[float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judge", help="as the setting `judge` names it")
    parser.add_argument("--kept", type=Path, help="a JSONL file in which opinions are kept")
    parser.add_argument(
        "--moved", type=int, default=1, help="only every N-th pair in the other order and with a filler"
    )
    args = parser.parse_args()
    columns = [figures(measure(open_judge(args.judge), pairs_of(lang), args.kept, args.moved)) for lang in LANGUAGES]
    print(f"| {' | '.join(['', *LANGUAGES])} |\n|{' --- |' * (len(LANGUAGES) + 1)}")
    for row in zip(FIGURES, *columns, strict=True):
        print(f"| {' | '.join(row)} |")


LANGUAGES = ("en", "zh")
FIGURES = (
    "pairs",
    "of them not told",
    "agreement",
    "kappa",
    "right ones kept",
    "wrong ones taken as right",
    "AUC",
    "refitted crosswise: agreement",
    "refitted crosswise: kappa",
    "pairs asked in the other order, and with a filler",
    "other order: marks that turn",
    "filler: marks that turn",
    "filler: probability of right ones, points",
    "filler: probability of wrong ones, points",
    "seconds a pair",
    "CPU seconds a pair",
)


def section(quick: bool) -> Iterator[tuple[str, str, str, str]]:
    """Agreement, position and length of the judge that ASSAY_JUDGE names, a language at a time; a tenth, if quick."""
    name = os.environ.get("ASSAY_JUDGE")
    if not name:
        yield "no judge is named", "set ASSAY_JUDGE to a model, URL#MODEL or systemone:URL", "–", "–"
        return
    for lang in LANGUAGES:
        found = measure(open_judge(name), pairs_of(lang)[:: 10 if quick else 1], None)
        told = dict(zip(FIGURES, figures(found), strict=True))
        kappa = float(told["refitted crosswise: kappa"].replace("–", "nan"))
        measured = "; ".join(f"{name} {figure}" for name, figure in told.items())
        yield f"hard pairs, {lang}", measured, "kappa .7 refitted", "yes" if kappa >= 0.7 else "no"


def pairs_of(lang: str) -> list[tuple[Pair, bool]]:
    """The hard pairs of a language and whether each is right."""
    file = Path(__file__).with_name(f"sentences_{lang}.jsonl")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return [(Pair(row["question"], row["reference"], row["evidence"], row["answer"]), row["right"]) for row in rows]


def measure(judge: Judge, labelled: Sequence[tuple[Pair, bool]], kept: Path | None, moved: int = 1) -> Found:
    """A judge on some pairs of one language, every `moved`-th of them in the other order and with a filler, too."""
    pairs = [pair for pair, _ in labelled]
    some = pairs[::moved]
    asked = Asked(kept)
    probability = asked.ask(judge, pairs)
    seconds = asked.seconds(judge, pairs)
    filled = [replace(pair, answer=pair.answer + FILLER[pair.lang]) for pair in some]
    longer = spread(asked.ask(judge, filled), len(pairs), moved)
    other = judge.turned() if isinstance(judge, LocalJudge) else None
    del judge  # its weights make room for those of the other
    turned = spread(asked.ask(other, some), len(pairs), moved) if other else None
    questions, right = [pair.question for pair in pairs], np.array([yes for _, yes in labelled])
    return Found(questions, right, probability, turned, longer, seconds)


def spread(values: Floats, n: int, every: int) -> Floats:
    """N values, those given at every so-manieth place, NaN between them."""
    found = np.full(n, np.nan)
    found[::every] = values
    return found


class Asked:
    """Opinions with their seconds, kept in a file as they come."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._kept: dict[str, tuple[Opinion, float, float]] = {}
        lines = file.read_text("utf-8").splitlines() if file and file.is_file() else []
        for row in map(json.loads, lines):
            self._kept[row["key"]] = (Opinion(**row["opinion"]), row["seconds"], row["cpu"])

    def ask(self, judge: Judge, pairs: Sequence[Pair]) -> Floats:
        """Probabilities, NaN where it does not tell."""
        for pair in pairs:
            if judge.key + pair.key not in self._kept:
                self._add(judge, pair)
        told = [self._kept[judge.key + pair.key][0].probability for pair in pairs]
        return np.array([np.nan if one is None else one for one in told])

    def seconds(self, judge: Judge, pairs: Sequence[Pair]) -> tuple[float, float]:
        """The median of a pair, by the clock and of processors: the first one loads the model."""
        kept = [self._kept[judge.key + pair.key] for pair in pairs]
        return float(np.median([wall for _, wall, _ in kept])), float(np.median([cpu for _, _, cpu in kept]))

    def _add(self, judge: Judge, pair: Pair) -> None:
        started, before = time.perf_counter(), time.process_time()
        (opinion,) = judge.judge([pair])
        wall, cpu = time.perf_counter() - started, time.process_time() - before
        key = judge.key + pair.key
        self._kept[key] = (opinion, wall, cpu)
        if self._file:
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"key": key, "opinion": asdict(opinion), "seconds": wall, "cpu": cpu}) + "\n")


def figures(found: Found) -> list[str]:
    """As FIGURES names them. A mark is a probability of a half or more."""
    told = ~np.isnan(found.probability)
    right, probability = found.right[told], found.probability[told]
    questions = [one for one, is_told in zip(found.questions, told, strict=True) if is_told]
    mark = probability >= 0.5
    refitted = crossfit_probabilities(probability, right.astype(float), questions, 0) >= 0.5
    rise = 100 * (found.longer - found.probability)
    return [
        str(len(told)),
        str(int((~told).sum())),
        percent((mark == right).mean()),
        decimal(cohen_kappa(mark, right)),
        percent(mark[right].mean()),
        percent(mark[~right].mean()),
        decimal(auc(probability, right)),
        percent((refitted == right).mean()),
        decimal(cohen_kappa(refitted, right)),
        str(int((~np.isnan(found.longer)).sum())),
        percent(turning(found.probability, found.turned)) if found.turned is not None else "–",
        percent(turning(found.probability, found.longer)),
        f"{np.nanmean(rise[found.right]):+.1f}",
        f"{np.nanmean(rise[~found.right]):+.1f}",
        *(f"{one:.2f}" for one in found.seconds),
    ]


def turning(a: Floats, b: Floats) -> float:
    """The share of pairs that are marked otherwise, of those with two marks."""
    both = ~np.isnan(a) & ~np.isnan(b)
    return float(((a >= 0.5) != (b >= 0.5))[both].mean())


def auc(probability: Floats, right: npt.NDArray[np.bool_]) -> float:
    """The chance that a right answer has a higher probability than a wrong one, ties counting half."""
    yes, no = probability[right][:, None], probability[~right]
    return float((yes > no).mean() + (yes == no).mean() / 2)


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def decimal(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
