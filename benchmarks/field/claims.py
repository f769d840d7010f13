"""The claims, each with what it is measured by: from finished runs to figures. What people read of them: `words`."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from field.parts import MIDDLE, SMALL, base_name
from field.results import (
    Done,
    Mark,
    Results,
    difference,
    figure,
    log_ratio,
    marks,
    mean,
    ratio,
    right,
    unpaired,
)
from field.rules import Claimed, Figure, half_width

from assay.statistics.estimate import Estimate
from assay.verdict.label_result import LabelResult
from assay.verdict.result import AnswerView, RunResult

__all__ = ["CLAIMS", "MARGIN", "Claim", "Measure"]

Figures = Callable[[Results], Iterator[Figure]]

MARGIN = 0.05  # what "no worse" forgives
NEAR_NONE = 0.1  # share of right answers up to which a model "cannot answer"
STEADY = 0.05  # share of questions whose mark may turn before answers are called unstable
LEAST = 5  # questions whose evidence was not found, and was
NONE, SHOWN, RAG, HANDED = "none/zero-shot", "none/few-shot", "retrieved/zero-shot", "oracle/zero-shot"
TUNED, BOTH, LATER, FULL = "none/tuned", "retrieved/tuned", "found-later/tuned", "none/tuned-full"
GRIDS = ("tuned", "prompted", "ladder")  # where cells are looked for, the one with most of them first
NEAREST, WAYS_PROMPTED = "retrieved/zero-shot", ("none/zero-shot", "none/few-shot")
WAYS_TUNED = ("none/tuned-encoder", "none/tuned")


@dataclass(frozen=True)
class Measure:
    """One figure a set and base, and what is claimed of their mean.

    `unit`: "points" of a difference of shares, "share", "times" and "answers" as logarithms, "seconds".
    """

    key: str  # in `words`
    figures: Figures
    claimed: Claimed = "above"
    bound: float = 0.0
    unit: Literal["points", "share", "times", "answers", "seconds"] = "points"


@dataclass(frozen=True)
class Claim:
    """A claim, the parts that it needs, and its measures, the first the one that is plotted."""

    number: int
    parts: tuple[str, ...]
    measures: tuple[Measure, ...]


def _gap(parts: Sequence[str], a: str, b: str, mark: Mark = right) -> Figures:
    """Cell a − cell b, wherever both were run."""

    def figures(results: Results) -> Iterator[Figure]:
        for done in _widest(results, parts, (a, b)):
            sides = (marks(done.run, cell, mark) for cell in (a, b))
            yield from figure(done.place, difference(*sides, done.run.questions))

    return figures


def _widest(results: Results, parts: Sequence[str], cells: Sequence[str]) -> Iterator[Done]:
    """One run a set and base: of the first part that has all the cells."""
    seen = set()
    for done in results.of(*parts):
        if done.place not in seen and all(done.cell(cell) for cell in cells):
            seen.add(done.place)
            yield done


def _answerable(result: RunResult, values: dict[str, float]) -> dict[str, float]:
    return {q.id: values[q.id] for q in result.questions if q.answerable and q.id in values}


def _alone(results: Results) -> Iterator[Figure]:
    """The share of answerable questions that a model answers right without the documents."""
    for done in _widest(results, GRIDS, [NONE]):
        yield from figure(done.place, mean(_answerable(done.run, marks(done.run, NONE)), done.run.questions))


def _knowledge(results: Results) -> Iterator[Figure]:
    for done in _widest(results, ("prompted", "ladder"), (NONE, HANDED)):
        sides = (_answerable(done.run, marks(done.run, cell)) for cell in (HANDED, NONE))
        yield from figure(done.place, difference(*sides, done.run.questions))


def _both_over_one(results: Results) -> Iterator[Figure]:
    """Retrieval and tuning together − the better of the two on that set."""
    for done in _widest(results, ["tuned"], (RAG, TUNED, BOTH)):
        better = max((RAG, TUNED), key=lambda cell: done.cell(cell).correct.value)  # type: ignore[union-attr]
        sides = (marks(done.run, cell) for cell in (BOTH, better))
        yield from figure(done.place, difference(*sides, done.run.questions))


def _ways(a: Sequence[str], b: Sequence[str]) -> Figures:
    """Of labels and entities: the best of ways a − the best of ways b, by the share that is right."""

    def figures(results: Results) -> Iterator[Figure]:
        for done in results.of("labels"):
            sides = [_best_way(done.labels, ways) for ways in (a, b)]
            if None not in sides:
                yield from figure(done.place, _way_gap(done.labels, *sides))  # type: ignore[arg-type]

    return figures


def _best_way(result: LabelResult, ways: Sequence[str]) -> str | None:
    there = [way for way in result.ways if way.way in ways]
    return max(there, key=lambda way: way.correct.value).way if there else None


def _way_gap(result: LabelResult, a: str, b: str) -> Estimate | None:
    def values(way: str) -> dict[str, float]:
        said = {text.id: text.said.get(way) for text in result.texts}
        return {id: float(one.correct) for id, one in said.items() if one is not None and one.correct is not None}

    first, second = values(a), values(b)
    both = [first[id] - second[id] for id in first if id in second]
    if len(both) < 2:
        return None
    centre, half = sum(both) / len(both), half_width(both)
    return Estimate(centre, centre - half, centre + half, len(both), len(both))


def _form(answer: AnswerView) -> float:
    return math.nan if answer.form_kept is None else float(answer.form_kept)


def _invented(answer: AnswerView) -> float:
    """1 for a wrong answer that was not declined."""
    return math.nan if answer.correct is None else float(not answer.correct and not answer.refused)


def _slower(results: Results) -> Iterator[Figure]:
    """Seconds of one answer asked alone, with retrieval / from the tuned model's memory; untuned where none is."""
    for done in _widest(results, ("tuned", "prompted"), [RAG, NONE]):
        quick = TUNED if done.cell(TUNED) else NONE
        seconds = (marks(done.run, cell, lambda answer: answer.latency_s or math.nan) for cell in (RAG, quick))
        yield from figure(done.place, log_ratio(*seconds))


def _tokens(results: Results) -> Iterator[Figure]:
    for done in _widest(results, ("tuned", "prompted"), [RAG, NONE]):
        quick = TUNED if done.cell(TUNED) else NONE
        tokens = (
            marks(done.run, cell, lambda answer: float(answer.n_prompt_tokens + answer.n_new_tokens))
            for cell in (RAG, quick)
        )
        yield from figure(done.place, log_ratio(*tokens))


def _preparation(results: Results) -> Iterator[Figure]:
    for done in _widest(results, ["tuned"], (RAG, TUNED)):
        costs = [done.cell(cell).cost.prepare_s for cell in (TUNED, RAG)]  # type: ignore[union-attr]
        yield from figure(done.place, ratio(*costs))


def _break_even(results: Results) -> Iterator[Figure]:
    """Answers from which on the tuned model has paid for its training by answering faster; log of them."""
    for done in _widest(results, ["tuned"], (RAG, TUNED)):
        rag, tuned = (done.cell(cell).cost for cell in (RAG, TUNED))  # type: ignore[union-attr]
        yield from figure(done.place, ratio(tuned.prepare_s - rag.prepare_s, rag.answer_s - tuned.answer_s))


def _correcting(results: Results) -> Iterator[Figure]:
    """Seconds of training again / seconds of a sync."""
    for done in results.of("drill"):
        seconds = {(cell.cell, one.way): one.seconds for cell in done.drill.cells for one in cell.ways}
        yield from figure(done.place, ratio(seconds.get((TUNED, "retrain")), seconds.get((RAG, "sync"))))


def _corrected(results: Results) -> Iterator[Figure]:
    for done in results.of("drill"):
        shares = {(cell.cell, one.way): one.corrected for cell in done.drill.cells for one in cell.ways}
        sides = shares.get((RAG, "sync")), shares.get((TUNED, "retrain"))
        yield from figure(done.place, unpaired(*sides))


def _lost(done: Done, cell: str, language: str | None = None) -> Estimate | None:
    """The share of general questions that tuning for a cell lost: of the judged languages, or of one."""
    for one in done.run.forgetting:
        general = [probe for probe in one.probes if probe.kind == "general"]
        if cell in one.cells and general and general[0].finding != "nothing_to_lose":
            parts = {part.name: part.loss for part in general[0].languages}
            return parts.get(language) if language else general[0].judged.loss
    return None


def _forgets(results: Results) -> Iterator[Figure]:
    for done in _widest(results, ("tuned", "tuned-full"), [TUNED]):
        yield from figure(done.place, _lost(done, TUNED))


def _forgets_other_language(results: Results) -> Iterator[Figure]:
    for done in _widest(results, ["tuned"], [TUNED]):
        other = "en" if done.set in ("xquad_zh", "cmrc2018_trial") else "zh"
        yield from figure(done.place, _lost(done, TUNED, other))


def _full_forgets_more(results: Results) -> Iterator[Figure]:
    for done in _widest(results, ["tuned-full"], (TUNED, FULL)):
        yield from figure(done.place, unpaired(_lost(done, FULL), _lost(done, TUNED)))


def _found(answer: AnswerView, gold: Sequence[str]) -> float:
    return float(bool(set(answer.passages) & set(gold)))


def _found_and_not(results: Results) -> Iterator[Figure]:
    """Right with the evidence among the passages − right without it."""
    for done in _widest(results, GRIDS, [RAG]):
        questions = [q for q in done.run.questions if q.gold_passages]
        scores, found = marks(done.run, RAG), _found_marks(done.run)
        parts = [{q.id: scores[q.id] for q in questions if found[q.id] == side} for side in (1, 0)]
        if min(len(part) for part in parts) >= LEAST:
            yield from figure(done.place, unpaired(*(mean(part, questions) for part in parts)))


def _found_marks(result: RunResult) -> dict[str, float]:
    return {
        q.id: _found(answer, q.gold_passages)
        for q in result.questions
        for answer in q.cells
        if answer.cell == RAG and q.gold_passages
    }


def _between(changed: str, usual: str, value: Callable[[RunResult], dict[str, float]]) -> Figures:
    """What one part brings against another of the same set and base, question by question."""

    def figures(results: Results) -> Iterator[Figure]:
        for done in results.of(changed):
            other = results.find(usual, *done.place)
            if other is not None:
                yield from figure(done.place, difference(value(done.run), value(other.run), done.run.questions))

    return figures


def _right_by(cell: str) -> Callable[[RunResult], dict[str, float]]:
    return lambda result: marks(result, cell)


def _reranking(results: Results) -> Iterator[Figure]:
    """What ranking again brought in nDCG@10 on trial; its 80% interval made one of 95%."""
    for done in results.of("reranked"):
        for step in done.run.retriever.tried if done.run.retriever else []:
            gain = step.gain
            if "rerank" in step.step and gain is not None and gain.low is not None and gain.high is not None:
                half = (gain.high - gain.low) / 2 * 1.959964 / 1.281552
                wide = Estimate(gain.value, gain.value - half, gain.value + half, gain.n, gain.n_clusters)
                yield from figure(done.place, wide)


def _prompts_suffice(results: Results) -> Iterator[Figure]:
    """The better of the prompts without documents − the best of what else was run."""
    for part in ("prompted", "tuned"):
        for done in _widest(results, [part], (NONE, RAG)):
            served = {cell.cell: cell.correct.value for cell in done.run.cells if done.run.is_served(cell.cell)}
            prompts = [cell for cell in served if cell in (NONE, SHOWN)]
            others = [cell for cell in served if cell not in (NONE, SHOWN)]
            if part == "prompted" and results.find("tuned", *done.place):
                continue
            sides = (marks(done.run, max(some, key=served.__getitem__)) for some in (prompts, others))
            yield from figure(done.place, difference(*sides, done.run.questions))


def _steps(results: Results) -> Iterator[tuple[tuple[str, str], Done, Done]]:
    """Of each set a rung of the ladder and the next: the place of the figure, the smaller, the larger."""
    ladder: dict[str, dict[str, Done]] = {}
    for done in results.of("prompted", "ladder"):
        ladder.setdefault(done.set, {})[done.base] = done
    order = [base_name(SMALL), base_name(MIDDLE)]
    for name, rungs in ladder.items():
        there = [*(base for base in order if base in rungs), *(base for base in rungs if base not in order)]
        for small, large in pairwise(there):
            yield (name, f"{small} → {large}"), rungs[small], rungs[large]


def _next_size_over_retrieval(results: Results) -> Iterator[Figure]:
    """(What the next size brings with retrieval) − (what retrieval brings to the smaller)."""
    for place, small, large in _steps(results):
        rag, alone, next_rag = marks(small.run, RAG), marks(small.run, NONE), marks(large.run, RAG)
        gains = {id: next_rag[id] - rag[id] for id in rag if id in next_rag}
        yield from figure(place, _halved(gains, {id: rag[id] - alone[id] for id in rag if id in alone}, small))


def _halved(a: dict[str, float], b: dict[str, float], done: Done) -> Estimate | None:
    """The mean of a − b where both lie between −1 and 1."""
    half = difference({id: v / 2 for id, v in a.items()}, {id: v / 2 for id, v in b.items()}, done.run.questions)
    if half is None or half.low is None or half.high is None:
        return None
    return Estimate(2 * half.value, 2 * half.low, 2 * half.high, half.n, half.n_clusters)


def _next_size_alone(results: Results) -> Iterator[Figure]:
    """The larger without documents − the smaller with retrieval."""
    for place, small, large in _steps(results):
        yield from figure(place, difference(marks(large.run, NONE), marks(small.run, RAG), small.run.questions))


def _next_size_over_tuning(results: Results) -> Iterator[Figure]:
    """The larger with retrieval − the smaller with retrieval and tuning."""
    for place, small, large in _steps(results):
        tuned = results.find("tuned", *small.place)
        if tuned is not None:
            yield from figure(place, difference(marks(large.run, RAG), marks(tuned.run, BOTH), tuned.run.questions))


def _turning(results: Results) -> Iterator[Figure]:
    for done in results.of("steady"):
        for one in done.run.steadiness:
            if one.steady is not None and one.steady.low is not None and one.steady.high is not None:
                steady = one.steady
                turned = Estimate(1 - steady.value, 1 - steady.high, 1 - steady.low, steady.n, steady.n_clusters)
                yield from figure(done.place, turned)


def _steadier(results: Results) -> Iterator[Figure]:
    for done in results.of("steady-tuned"):
        other = results.find("steady", *done.place)
        if other is not None and other.run.steadiness and done.run.steadiness:
            sides = (one.run.steadiness[0].steady for one in (done, other))
            yield from figure(done.place, unpaired(*sides))


def _saved(results: Results) -> Iterator[Figure]:
    for done in results.of("prompted"):
        cell = done.cell("adaptive/zero-shot")
        if cell is not None and cell.saved_s is not None:
            yield from figure(done.place, cell.saved_s)


_READ = ("prompted",)
CLAIMS: tuple[Claim, ...] = (
    Claim(
        1,
        ("prompted", "ladder"),
        (Measure("alone", _alone, "below", NEAR_NONE, "share"), Measure("knowledge", _knowledge)),
    ),
    Claim(
        2,
        ("tuned", "drill"),
        (Measure("rag_over_tuned", _gap(["tuned"], RAG, TUNED)), Measure("corrected", _corrected)),
    ),
    Claim(
        3,
        ("labels", "tuned"),
        (
            Measure("tuned_over_nearest", _ways(WAYS_TUNED, [NEAREST])),
            Measure("form", _gap(["tuned"], BOTH, RAG, _form)),
        ),
    ),
    Claim(4, ("tuned",), (Measure("both", _both_over_one),)),
    Claim(5, ("tuned",), (Measure("to_read", _gap(["tuned"], BOTH, LATER)),)),
    Claim(6, ("tuned", "prompted"), (Measure("slower", _slower, unit="times"),)),
    Claim(
        7,
        ("tuned", "prompted"),
        (
            Measure("tokens", _tokens, unit="times"),
            Measure("preparation", _preparation, unit="times"),
            Measure("break_even", _break_even, "told", unit="answers"),
        ),
    ),
    Claim(8, ("drill",), (Measure("correcting", _correcting, unit="times"), Measure("corrected", _corrected))),
    Claim(9, ("tuned", "tuned-full"), (Measure("forgets", _forgets),)),
    Claim(
        10,
        ("tuned-full",),
        (
            Measure("full_forgets", _full_forgets_more),
            Measure("lora_gain", _gap(["tuned-full"], TUNED, FULL), "above", -MARGIN),
        ),
    ),
    Claim(
        11,
        ("tuned", "prompted"),
        (
            Measure("invents", _gap(GRIDS, NONE, RAG, _invented)),
            Measure("tuned_invents", _gap(["tuned"], TUNED, RAG, _invented)),
        ),
    ),
    Claim(12, ("prompted", "ladder"), (Measure("found", _found_and_not),)),
    Claim(
        13,
        _READ,
        (
            Measure("examples_rag", _gap(_READ, "retrieved/few-shot", RAG)),
            Measure("examples_none", _gap(_READ, SHOWN, NONE)),
            Measure("examples_handed", _gap(_READ, "oracle/few-shot", HANDED)),
        ),
    ),
    Claim(
        14,
        ("prompted", "tuned", "labels"),
        (
            Measure("prompts", _prompts_suffice, "above", -MARGIN),
            Measure("prompts_labels", _ways(WAYS_PROMPTED, [NEAREST, *WAYS_TUNED]), "above", -MARGIN),
        ),
    ),
    Claim(
        15,
        ("prompted", "ladder", "tuned"),
        (
            Measure("next_size", _next_size_over_retrieval),
            Measure("next_alone", _next_size_alone),
            Measure("next_tuned", _next_size_over_tuning),
        ),
    ),
    Claim(
        16,
        ("prompted", "words", "unfitted", "reranked"),
        (
            Measure("hybrid_found", _between("unfitted", "words", _found_marks)),
            Measure("hybrid_right", _between("unfitted", "words", _right_by(RAG))),
            Measure("reranking", _reranking),
        ),
    ),
    Claim(
        17,
        ("steady", "steady-tuned"),
        (Measure("turning", _turning, "above", STEADY, "share"), Measure("steadier", _steadier)),
    ),
    Claim(
        18,
        ("tuned", "crossed"),
        (
            Measure("other_language", _forgets_other_language),
            Measure("crossing", _gap(["crossed"], RAG, NONE)),
        ),
    ),
    Claim(
        19,
        ("worded-once", "worded-often"),
        (Measure("reworded", _between("worded-often", "worded-once", _right_by(TUNED))),),
    ),
    Claim(20, (), ()),
    Claim(
        21,
        _READ,
        (
            Measure("adaptive", _gap(_READ, "adaptive/zero-shot", RAG), "above", -MARGIN),
            Measure("saved", _saved, unit="seconds"),
        ),
    ),
)
