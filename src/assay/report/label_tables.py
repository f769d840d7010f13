"""The tables of ways and of names on the report on labels. Computes no figure itself."""

from collections.abc import Sequence

from assay.report.cost_view import slow_latency
from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.label_lines import f1_interval
from assay.verdict.label_result import LabelResult, NameView, WaySummary
from assay.words import figures
from assay.words.page_words import label_word, sentence_start

__all__ = ["name_table", "way_table"]

_COSTS = ("error", "chance", "p50", "p95", "batched", "prepare", "asked", "unread", "failed")


def way_table(result: LabelResult, lang: str) -> FigureTable:
    """All measures of every way that was run."""
    right, metric = (sentence_start(result.say(name, lang)) for name in ("right", "metric"))
    interval = label_word("col.interval", lang)
    costs = [label_word(f"col.{name}", lang) for name in _COSTS]
    head = [label_word("col.way", lang), right, interval, metric, interval, *costs]
    rows = [FigureRow(_measures(way, result, lang), way.way == result.verdict.cell) for way in result.ways]
    return figure_table(label_word("ways.title", lang), head, rows)


def name_table(result: LabelResult, lang: str) -> FigureTable:
    """The F1 of each label or type by way, the hardest for the chosen way first; what that never met comes last."""
    ways = [way.way for way in result.ways]
    head = [label_word("names.name", lang), label_word("names.n", lang), *(result.way_title(way, lang) for way in ways)]
    rows = [
        FigureRow([one.name, figures.count(one.n), *(figures.percent(one.f1.get(way)) for way in ways)])
        for one in _hardest_first(result.names, result.verdict.cell)
    ]
    return figure_table(label_word("names.title", lang), head, rows)


def _measures(way: WaySummary, result: LabelResult, lang: str) -> list[str]:
    cost = way.cost
    return [
        result.way_title(way.way, lang),
        figures.percent(way.correct.value),
        figures.interval(way.correct, lang),
        figures.percent(way.f1.value),
        f1_interval(way, lang),
        *(
            figures.difference(value, lang, signed=False)
            for value in ((way.calibration.error, way.calibration.chance) if way.calibration else (None, None))
        ),
        figures.duration(cost.latency_p50_s, lang),
        slow_latency(cost, lang),
        figures.duration(cost.answer_s, lang),
        figures.duration(cost.prepare_s, lang),
        figures.count(way.correct.n),
        figures.count(way.n_unread),
        figures.count(way.n_failed),
    ]


def _hardest_first(names: Sequence[NameView], way: str) -> list[NameView]:
    def key(name: NameView) -> tuple[bool, float, str]:
        f1 = name.f1.get(way)
        return f1 is None, f1 or 0.0, name.name

    return sorted(names, key=key)
