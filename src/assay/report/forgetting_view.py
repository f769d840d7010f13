"""What the pictures of gain and loss by tuning show. Knows no HTML and draws nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.grid_view import cell_name
from assay.statistics.estimate import Estimate
from assay.verdict.result import Forgetting, LostAnswer, ProbeOutcome, ProbePart, RunResult
from assay.words import figures
from assay.words.page_words import has_word, word

__all__ = ["AdapterShift", "ShiftRow", "adapter_shifts", "n_general"]


@dataclass(frozen=True)
class ShiftRow:
    """Shares before and after tuning, and the change in points: below 0 something was lost; places in percent."""

    title: str
    note: str
    before: str
    after: str
    value: str
    interval: str
    is_certain: bool
    left: float  # where the line between the two begins
    width: float
    start: float
    end: float


@dataclass(frozen=True)
class AdapterShift:
    """One adapter: what changed, of which categories, and the probes that it does not answer any more."""

    name: str
    rows: list[ShiftRow]
    remarks: list[str]
    categories: FigureTable  # of the general questions
    lost: Sequence[LostAnswer]


def adapter_shifts(result: RunResult, lang: str) -> list[AdapterShift]:
    """One entry for each adapter; empty where nothing was probed."""
    return [
        AdapterShift(
            name=word(
                "forgetting.cells",
                lang,
                cells=word("list.comma", lang).join(cell_name(result, cell, lang) for cell in one.cells),
            ),
            rows=[*_gain_row(result, one, lang), *(row for p in one.probes for row in _rows(p, lang))],
            remarks=[text for p in one.probes for text in _remarks(p, lang)],
            categories=_categories(one, lang),
            lost=one.lost,
        )
        for one in result.forgetting
    ]


def n_general(result: RunResult) -> int:
    """How many general questions were asked."""
    counts = [sum(part.loss.n for part in p.languages) for one in result.forgetting for p in one.probes[:1]]
    return counts[0] if counts else 0


def _gain_row(result: RunResult, one: Forgetting, lang: str) -> list[ShiftRow]:
    shares = {cell.cell: cell.correct for cell in result.cells}
    gain = one.gain
    if gain is None or gain.a not in shares or gain.b not in shares:
        return []
    note = word("forgetting.gain.note", lang, a=cell_name(result, gain.a, lang), b=cell_name(result, gain.b, lang))
    before, after = shares[gain.b].value, shares[gain.a].value
    return [_row(word("forgetting.gain", lang), note, before, after, gain.difference, lang)]


def _rows(outcome: ProbeOutcome, lang: str) -> list[ShiftRow]:
    """One row a language of the general questions; of the others one."""
    parts = outcome.languages if outcome.kind == "general" else [outcome.judged]
    rows = []
    for part in parts:
        key = f"forgetting.general.{part.name}" if outcome.kind == "general" else f"forgetting.{outcome.kind}"
        note = word("forgetting.n", lang, n=figures.count(part.loss.n))
        rows.append(_row(word(key, lang), note, part.before, part.after, _turned(part.loss), lang))
    return rows


def _row(title: str, note: str, before: float, after: float, change: Estimate, lang: str) -> ShiftRow:
    left, right = sorted((before, after))
    return ShiftRow(
        title=title,
        note=note,
        before=figures.percent(before),
        after=figures.percent(after),
        value=figures.difference(change.value, lang),
        interval=figures.points_interval(change, lang),
        is_certain=change.low is not None and change.high is not None and not change.low <= 0 <= change.high,
        left=round(100 * left, 2),
        width=round(100 * (right - left), 2),
        start=round(100 * before, 2),
        end=round(100 * after, 2),
    )


def _turned(loss: Estimate) -> Estimate:
    """A loss as a change: what was lost is below 0."""
    low = None if loss.high is None else -loss.high
    high = None if loss.low is None else -loss.low
    return replace(loss, value=-loss.value, low=low, high=high)


def _remarks(outcome: ProbeOutcome, lang: str) -> list[str]:
    probes = word(f"forgetting.{outcome.kind}", lang)
    on = [word(f"forgetting.{part.name}", lang) for part in outcome.languages if part.name in _judged_names(outcome)]
    judged = ""
    if outcome.kind == "general" and on:
        judged = word("forgetting.languages", lang, languages=word("list.comma", lang).join(on))
    found = word(f"finding.{outcome.finding}", lang)
    counts = word("forgetting.counts", lang, lost=outcome.n_lost, gained=outcome.n_gained)
    lines = [word("forgetting.remark", lang, probes=probes + judged, found=found, counts=counts)]
    if outcome.remembered is not None:
        before, after = (figures.percent(share) for share in outcome.remembered)
        lines.append(word("forgetting.remembered", lang, before=before, after=after))
    return lines


def _judged_names(outcome: ProbeOutcome) -> list[str]:
    return outcome.judged.name.split("+")


def _categories(one: Forgetting, lang: str) -> FigureTable:
    parts = [part for outcome in one.probes if outcome.kind == "general" for part in outcome.categories]
    head = [word(f"forgetting.{name}", lang) for name in ("category", "number", "before", "after", "change")]
    return figure_table(word("forgetting.categories", lang), head, [FigureRow(_category(p, lang)) for p in parts])


def _category(part: ProbePart, lang: str) -> list[str]:
    key = f"probe.{part.name}"
    return [
        word(key, lang) if has_word(key) else part.name,
        figures.count(part.loss.n),
        figures.percent(part.before),
        figures.percent(part.after),
        figures.difference(-part.loss.value, lang),
    ]
