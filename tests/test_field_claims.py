"""The benchmark of common claims: from figures to verdicts, and the pages from made-up results. Loads no model."""

import gzip
import importlib.util
import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

import assay
from assay.errors import InputError
from assay.statistics.estimate import Estimate
from assay.verdict.drill_result import CellDrill, Correction, DrillResult, SyncPrice, Tally
from assay.verdict.result import RunResult

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SMALL = "SmolLM2-135M-Instruct"


@pytest.fixture(scope="module")
def bench() -> Iterator[Any]:
    """The benchmark's modules, which find each other beside their script."""
    sys.path.insert(0, str(BENCHMARKS))
    names = ("claims", "exams", "forest", "kept", "page", "parts", "results", "rules", "table", "words")
    yield SimpleNamespace(
        main=importlib.import_module("field_claims"),
        **{name: importlib.import_module(f"field.{name}") for name in names},
    )
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def sample() -> RunResult:
    spec = importlib.util.spec_from_file_location("claims_sample", Path(__file__).parent / "report" / "sample.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: RunResult = module.sample_result(60)
    return made


def _drill() -> DrillResult:
    """A sync of 4 s corrects 80% of 20 facts, a training of 200 s 30%."""

    def corrected(cell: str, way: Any, seconds: float, share: float) -> CellDrill:
        estimate = Estimate(share, share - 0.15, share + 0.15, 20, 20)
        none = Tally()
        return CellDrill(cell, none, [Correction(way, seconds, 0, 0.0, none, none, estimate, 0, 0, None)])

    cells = [corrected("none/tuned", "retrain", 200.0, 0.3), corrected("retrieved/zero-shot", "sync", 4.0, 0.8)]
    price = SyncPrice(4.0, 1, 1.0)
    return DrillResult("d", "2026-01-02", "t", SMALL, "e", {"changed": 20}, price, {}, [], cells, [], {})


@pytest.fixture(scope="module")
def runs(bench: Any, sample: RunResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three sets of a tuned run, two drills, one job that failed."""
    folder = tmp_path_factory.mktemp("runs")
    jobs: list[tuple[str, str, Any]] = [
        *(("tuned", name, sample) for name in ("xquad_en", "xquad_zh", "gitlab_handbook")),
        *(("drill", name, _drill()) for name in ("xquad_en", "xquad_zh")),
    ]
    for part, name, result in jobs:
        bench.kept.keep(bench.parts.Job(part, name, SMALL).name, result, 1800, 3000, folder)
    failed = bench.parts.Job("labels", "banking77", SMALL).name
    bench.kept.keep_failure(failed, "/home/me/disk is full\nand more", folder)
    return folder


def test_bases_of_a_set_are_averaged_and_sets_have_equal_weight(bench: Any) -> None:
    figure = bench.rules.Figure
    pooled = bench.rules.pool(
        [figure("a", "x", 0.2, 0.1, 0.3), figure("a", "y", 0.4, 0.3, 0.5), figure("b", "x", 0.0, -0.1, 0.2)]
    )
    assert pooled.value == pytest.approx(0.15)  # (0.3 + 0.0) / 2
    assert pooled.low == pytest.approx(0.15 - math.sqrt(0.1**2 + 0.1**2) / 2)
    assert pooled.high == pytest.approx(0.15 + math.sqrt(0.1**2 + 0.2**2) / 2)
    assert (pooled.sets, pooled.bases) == (("a", "b"), ("x", "y"))


def test_single_numbers_are_pooled_over_sets(bench: Any) -> None:
    figure = bench.rules.Figure
    pooled = bench.rules.pool([figure(name, "x", value) for name, value in zip("abc", (1.0, 2.0, 3.0), strict=True)])
    half = 4.302653 / math.sqrt(3)  # t of 2 degrees of freedom; the standard deviation is 1
    assert (pooled.value, pooled.low, pooled.high) == pytest.approx((2.0, 2 - half, 2 + half))
    assert bench.rules.pool([figure("a", "x", 1.0)]).low is None


@pytest.mark.parametrize(
    ("low", "high", "claimed", "bound", "standing"),
    [
        (0.01, 0.2, "above", 0.0, "holds"),
        (-0.2, -0.01, "above", 0.0, "does_not_hold"),
        (-0.01, 0.2, "above", 0.0, "cannot_tell"),
        (0.0, 0.2, "above", 0.0, "cannot_tell"),
        (-0.04, 0.2, "above", -0.05, "holds"),  # no worse
        (-0.2, -0.06, "above", -0.05, "does_not_hold"),
        (0.01, 0.06, "below", 0.1, "holds"),
        (0.12, 0.2, "below", 0.1, "does_not_hold"),
        (None, None, "above", 0.0, "cannot_tell"),
        (0.01, 0.2, "told", 0.0, None),
    ],
)
def test_the_verdict_is_where_the_interval_lies(
    bench: Any, low: float | None, high: float | None, claimed: str, bound: float, standing: str | None
) -> None:
    pooled = bench.rules.Pooled(0.1, low, high, ("a",), ("x",))
    assert bench.rules.judge(pooled, claimed, bound) == standing


@pytest.mark.parametrize(
    ("standings", "verdict"),
    [
        (["holds", "holds"], "holds"),
        (["holds", None], "cannot_tell"),  # not run
        ([None, "does_not_hold"], "does_not_hold"),
        (["holds", "cannot_tell"], "cannot_tell"),
        (["holds", "cannot_tell", "does_not_hold"], "does_not_hold"),
        ([None], None),
    ],
)
def test_a_claim_holds_where_all_its_measures_do(bench: Any, standings: list[str | None], verdict: str | None) -> None:
    assert bench.rules.together(standings) == verdict


def test_a_figure_is_the_paired_difference_of_two_cells(bench: Any, runs: Path, sample: RunResult) -> None:
    results = bench.results.load_results(bench.parts.jobs_of(), runs)
    row = bench.table.answer_claims(results)[1]
    sides = [
        {q.id: a.correct for q in sample.questions for a in q.cells if a.cell == cell and a.correct is not None}
        for cell in ("retrieved/zero-shot", "none/tuned")
    ]
    both = sides[0].keys() & sides[1].keys()
    mean = sum(sides[0][id] - sides[1][id] for id in both) / len(both)
    first = row.answers[0]
    assert [one.value for one in first.figures] == pytest.approx([mean] * 3) and first.pooled.value == pytest.approx(
        mean
    )
    assert row.answers[1].pooled.value == pytest.approx(0.5)  # 0.8 − 0.3


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_pages_tell_what_is_there_and_what_is_not(bench: Any, runs: Path, tmp_path: Path, lang: str) -> None:
    bench.main.write_pages(bench.parts.jobs_of(["folder/Big-7B.Q4_K_M.gguf"]), runs, tmp_path)
    ending = "" if lang == "en" else ".zh"
    page = (tmp_path / f"claims{ending}.md").read_text("utf-8")
    rows = {line.split(" | ")[0].strip("| "): line for line in page.splitlines() if line.count(" | ") == 7}
    assert {str(number) for number in range(1, 22)} <= set(rows)
    words = bench.words.TEXT
    assert "×50" in rows["8"] and words["few"][lang].format(n=2) in rows["8"]  # 200 s / 4 s, of two sets
    assert words["holds"][lang] in rows["8"] and rows["12"].endswith("** |")  # three sets: nothing to add
    assert words["not_run"][lang] in rows["20"] and bench.words.NOT_BUILT[20][lang] in page
    assert "disk is full" in page and "/home" not in page and "and more" not in page
    assert re.search("`ladder`.*Big-7B.*cmrc2018_trial", page) and "--base Big-7B.Q4_K_M.gguf" in page
    assert {"en": "5 of", "zh": "完成 5 次"}[lang] in page and "2.5" in page  # hours
    assert "{" not in page and "nan" not in page
    drawn = (tmp_path / f"claims{ending}.svg").read_text("utf-8")
    assert "prefers-color-scheme" in drawn and "nan" not in drawn
    texts = [node.text or "" for node in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert any(bench.words.MEASURE["both"][lang] in text for text in texts)


def test_nothing_run_is_a_page_too(bench: Any, tmp_path: Path) -> None:
    bench.main.write_pages(bench.parts.jobs_of(), tmp_path / "none", tmp_path)
    page = (tmp_path / "claims.md").read_text("utf-8")
    assert "0 of" in page and "holds** |" not in page
    ElementTree.fromstring((tmp_path / "claims.svg").read_text("utf-8"))


def test_every_claim_has_words_and_parts(bench: Any) -> None:
    words, claims = bench.words, bench.claims.CLAIMS
    assert [claim.number for claim in claims] == list(range(1, 22))
    measures = {measure.key for claim in claims for measure in claim.measures}
    assert measures == set(words.MEASURE) and set(words.CLAIM) == set(range(1, 22))
    every = [*words.CLAIM.values(), *words.MEASURE.values(), *words.NOTE.values(), *words.PUBLISHED.values()]
    assert all(
        set(text) == {"en", "zh"}
        for text in [*every, *words.TEXT.values(), *words.NOT_BUILT.values(), *words.PART.values()]
    )
    assert {part for claim in claims for part in claim.parts} == set(bench.parts.PARTS) == set(words.PART)
    assert all(claim.parts or claim.number in words.NOT_BUILT for claim in claims)


def test_a_claim_names_its_parts_and_what_cannot_be_run_is_said(bench: Any, tmp_path: Path) -> None:
    assert bench.main.needed_parts([10, 8], []) == ["tuned-full", "drill"]
    assert bench.main.needed_parts([], []) == list(bench.parts.PARTS)
    with pytest.raises(ValueError, match="no part tests claim 22: choose of 1, 2"):
        bench.main.needed_parts([22], [])
    with pytest.raises(ValueError, match="no part tests claim 20: choose of 1, 2"):
        bench.main.needed_parts([20], [])
    jobs = bench.parts.jobs_of((), ["xquad_en"], ["drill"])
    with pytest.raises(ValueError, match="has no folder xquad_en: give --data"):
        bench.main.check_sets(jobs, ["xquad_en"], tmp_path)
    with pytest.raises(ValueError, match="nothing is to run: the ladder needs a larger base"):
        bench.main.check_sets(bench.parts.jobs_of((), (), ["ladder"]), [], tmp_path)
    with pytest.raises(ValueError, match="no part that is to run uses the set banking77"):
        bench.main.check_sets(jobs, ["banking77"], tmp_path)


def test_what_is_done_is_not_run_again_and_what_failed_is(
    bench: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []

    def hold(job: Any, data: Path, work: Path, more: dict[str, Any]) -> DrillResult:
        held.append(job.set)
        if job.set == "b" and held.count("b") == 1:
            raise InputError("b is broken")
        return _drill()

    monkeypatch.setitem(bench.parts.PARTS, "own", bench.parts.Part(("a", "b", "c", "d"), (SMALL,), hold))
    jobs = bench.parts.jobs_of((), (), ["own"])
    bench.parts.run_jobs(jobs, tmp_path, tmp_path, tmp_path, hours=0)
    assert not held
    bench.parts.run_jobs(jobs, tmp_path, tmp_path, tmp_path, hours=1)
    bench.parts.run_jobs(jobs, tmp_path, tmp_path, tmp_path, hours=1)
    assert held == ["a", "b", "c", "d", "b"]


def test_what_is_kept_gives_the_same_figures_and_no_word_of_the_set(bench: Any, sample: RunResult, runs: Path) -> None:
    jobs = bench.parts.jobs_of()
    kept = bench.results.load_results(jobs, runs)
    whole = bench.results.Results([bench.results.Done(one.job, _whole(one, sample)) for one in kept.done], {})
    figures = [
        [list(measure.figures(results)) for claim in bench.claims.CLAIMS for measure in claim.measures]
        for results in (kept, whole)
    ]
    assert figures[0] == figures[1] and sum(map(bool, figures[0])) > 8
    file = next(runs.glob("tuned--xquad_en*"))
    text = gzip.decompress(file.read_bytes()).decode()
    words = [
        *(q.text for q in sample.questions),
        *(a.text for q in sample.questions for a in q.cells if len(a.text) > 9),
    ]
    assert words and not any(word in text for word in words)


def _whole(done: Any, sample: RunResult) -> RunResult | DrillResult:
    return sample if done.job.part == "tuned" else _drill()


def test_changed_facts_stand_in_the_changed_documents_alone(bench: Any, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "a.md").write_text("The lift was built in 1987. It carries 12 people.", "utf-8")
    (old / "b.md").write_text("Lunch costs 9 euros.", "utf-8")
    rows = [
        {"id": "1", "question": "When was the lift built?", "answers": ["1987"], "document": "a.md"},
        {"id": "2", "question": "How many people does it carry?", "answers": ["12"], "document": "a.md"},
        {"id": "3", "question": "What is for lunch?", "answers": ["soup"], "document": "b.md"},
    ]
    asked = tmp_path / "asked.jsonl"
    asked.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    questions, new = bench.exams.write_changed(old, asked, tmp_path)
    changed = {row["id"]: row["new_answer"] for row in map(json.loads, questions.read_text("utf-8").splitlines())}
    (id,) = [id for id, answers in changed.items() if answers]  # one fact a document
    assert changed[id][0] in (new / "a.md").read_text("utf-8")
    other = {"1": "12", "2": "1987"}[id]
    assert other in (new / "a.md").read_text("utf-8") and (new / "b.md").read_text("utf-8") == "Lunch costs 9 euros."


def test_the_row_that_is_searched_after_tuning_is_a_part(bench: Any) -> None:
    rows = {row.name: row for row in assay.parts([bench.parts.LATER])["row"]}
    assert not rows["found-later"].reads and rows["found-later"].searches and rows["found-later"].is_served
