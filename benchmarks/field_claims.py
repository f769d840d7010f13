"""What is claimed about prompts, retrieval and fine-tuning, tested by running Assay itself: docs/claims.md.

    python benchmarks/field_claims.py --data ../shared/data --base MODEL.gguf     # all of it, about ten hours
    python benchmarks/field_claims.py --data ../shared/data --claim 2 --claim 7 --set xquad_en --hours 1
    python benchmarks/field_claims.py --base MODEL.gguf --pages                   # the pages from what is there

The same line goes on where it stopped. What the figures need of a finished run is kept in benchmarks/field/runs, so
that no machine need hold them all. After each call the pages tell all that is finished, and what is not.
`--base` adds a rung to the ladder above the two base models that every part uses.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from field.claims import CLAIMS
from field.forest import render_forest
from field.kept import RUNS
from field.page import render_page
from field.parts import PARTS, Job, jobs_of, run_jobs
from field.results import load_results
from field.table import answer_claims
from field.words import LANGUAGES

DOCS = Path(__file__).parents[1] / "docs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the public sets")
    parser.add_argument("--claim", action="append", type=int, default=[], help="run only what this claim needs")
    parser.add_argument("--part", action="append", default=[], choices=list(PARTS), help="run only this part")
    parser.add_argument("--set", action="append", default=[], dest="sets", help="run only over this set")
    parser.add_argument("--base", action="append", default=[], dest="bases", help="a larger one, for the ladder")
    parser.add_argument("--hours", type=float, default=10.0, help="no run is begun later than that")
    parser.add_argument("--work", type=Path, default=Path(".assay-field"), help="workspaces")
    parser.add_argument("--runs", type=Path, default=RUNS, help="what is kept of finished runs")
    parser.add_argument("--pages", action="store_true", help="run nothing, write the pages")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder of the pages")
    options = parser.parse_args()
    try:
        parts = needed_parts(options.claim, options.part)
        jobs = jobs_of(options.bases, options.sets, parts)
        if not options.pages:
            check_sets(jobs, options.sets, options.data)
            run_jobs(jobs, options.data, options.work, options.runs, options.hours)
    except ValueError as error:
        parser.error(str(error))
    write_pages(jobs_of(options.bases), options.runs, options.docs)


def needed_parts(claims: Sequence[int], parts: Sequence[str]) -> list[str]:
    """The parts that are named and those that the claims need, in their order; none named: all.

    Raises:
        ValueError: a claim that no part tests.
    """
    known = {claim.number: claim.parts for claim in CLAIMS if claim.parts}
    for number in claims:
        if number not in known:
            raise ValueError(f"no part tests claim {number}: choose of {', '.join(map(str, known))}")
    wanted = {*parts, *(part for number in claims for part in known[number])}
    return [part for part in PARTS if part in wanted or not wanted]


def check_sets(jobs: Sequence[Job], sets: Sequence[str], data: Path) -> None:
    """Nothing where there are jobs, every set that is named belongs to one, and every job's set is there.

    Raises:
        ValueError: nothing to run, a set that no part uses, or a folder that is missing.
    """
    used = list(dict.fromkeys(job.set for job in jobs))
    unknown = [name for name in sets if name not in used]
    if unknown:
        raise ValueError(f"no part that is to run uses the set {', '.join(unknown)}")
    if not jobs:
        raise ValueError("nothing is to run: the ladder needs a larger base, give --base")
    missing = [name for name in used if not (data / name).is_dir()]
    if missing:
        raise ValueError(f"{data} has no folder {', '.join(missing)}: give --data, or name sets that are there")


def write_pages(jobs: Sequence[Job], runs: Path, docs: Path) -> None:
    """claims.md and its picture, in every language."""
    results = load_results(jobs, runs)
    rows = answer_claims(results)
    docs.mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        ending = "" if lang == "en" else f".{lang}"
        (docs / f"claims{ending}.md").write_text(render_page(rows, results, _line(jobs), lang), "utf-8")
        (docs / f"claims{ending}.svg").write_text(render_forest(rows, lang), "utf-8")
    print(f"{len(results.done)} runs finished, {len(results.missing)} not: {docs / 'claims.md'}", file=sys.stderr)


def _line(jobs: Sequence[Job]) -> str:
    larger = dict.fromkeys(job.base.rsplit("/", 1)[-1] for job in jobs if job.part == "ladder")
    return " ".join(["python benchmarks/field_claims.py --data ../shared/data", *(f"--base {one}" for one in larger)])


if __name__ == "__main__":
    main()
