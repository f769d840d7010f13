"""The report on a choice of base models as one HTML text. Computes no figure itself."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from assay.report.base_lines import base_lines, base_rungs, state_words
from assay.report.cost_view import Point, Scatter
from assay.report.difference_view import forest
from assay.report.figure_table import FigureRow, FigureTable, figure_table
from assay.report.ladder_view import rung_bars
from assay.report.page import frame, split_label, templates
from assay.report.scatter import drawn_scatters
from assay.verdict.base_result import BaseResult, BaseSummary, dominated
from assay.words import figures, has_message
from assay.words.page_words import base_word

__all__ = ["render_base_report"]

_SECTIONS = ("verdict", "ladder", "bases", "differences", "costs", "questions", "method")
_HOW = ("asked", "refused", "form", "canary", "harmless", "harmful", "failed")
_IS = ("weights", "window", "licence", "languages", "template", "disk")
_TAKES = ("load", "memory", "prompt_rate", "new_rate", "p50", "batched", "money")


def render_base_report(result: BaseResult, lang: str) -> str:
    """The report as one self-contained HTML page that loads nothing. Deterministic: the same result, the same text."""
    w = partial(base_word, lang=lang)
    verdict = result.verdict
    rungs = rung_bars(base_rungs(result, lang), lang)
    sections = [name for name in _SECTIONS if rungs or name != "ladder"]
    context = frame(result, result.run_id, sections, "labels.js", lang) | {
        "w": w,
        "name": lambda base: base,
        "headline": w(f"headline.{verdict.kind}", base=verdict.cell),
        "date": figures.date(result.created, lang),
        "lines": [split_label(line) for line in base_lines(result, lang)],
        "rungs": rungs,
        "forest": forest(result, lang, lambda name, _: name),
        "scatters": _scatters(result, lang),
        "rights": _rights(result, lang),
        "facts": _facts(result, lang),
        "takes": _takes(result, lang),
        "shares": _shares(result, lang),
        "questions": _questions(result),
        "cell_name": partial(result.cell_name, lang=lang),
    }
    return templates().get_template("bases.html").render(context)


def _rights(result: BaseResult, lang: str) -> FigureTable:
    """Right answers, and how they come about."""
    served, ceiling = result.cells
    interval = base_word("col.interval", lang)
    head = [
        base_word("col.base", lang),
        result.cell_name(served, lang), interval, result.cell_name(ceiling, lang), interval,
        *(base_word(f"col.{name}", lang) for name in _HOW),
    ]  # fmt: skip
    rows = [FigureRow(_right(one, result, lang), one.base == result.verdict.cell) for one in result.bases]
    return figure_table(base_word("bases.title", lang), head, rows)


def _right(one: BaseSummary, result: BaseResult, lang: str) -> list[str]:
    shares = [
        text
        for cell in result.cells
        for text in (figures.percent(one.correct[cell].value), figures.interval(one.correct[cell], lang))
    ]
    canary = f"{one.canary.n_right}/{one.canary.n}" if one.canary else "–"
    said = one.declined
    harmless = f"{said.harmless}/{said.n_harmless}" if said else "–"
    harmful = f"{said.harmful}/{said.n_harmful}" if said else "–"
    form = figures.percent(one.form_kept) if one.form_kept is not None else "–"
    asked, failed = state_words(one, lang), figures.count(one.n_failed)
    return [one.base, *shares, asked, figures.percent(one.refusal_rate), form, canary, harmless, harmful, failed]


def _facts(result: BaseResult, lang: str) -> FigureTable:
    """What their files say."""
    template = {True: base_word("template.yes", lang), False: base_word("template.no", lang), None: "–"}
    rows = [
        [
            one.base,
            figures.count(one.facts.n_weights),
            figures.count(one.facts.window),
            one.facts.licence or "–",
            ", ".join(one.facts.languages) or "–",
            template[one.facts.has_template],
            figures.megabytes(one.measured.disk_mb),
        ]
        for one in result.bases
    ]
    return _table("facts.title", _IS, rows, result, lang)


def _takes(result: BaseResult, lang: str) -> FigureTable:
    """What they take here."""
    rows = [
        [
            one.base,
            figures.duration(one.measured.load_s, lang),
            figures.megabytes(one.measured.memory_mb),
            figures.count(one.measured.prompt_rate),
            figures.count(one.measured.new_rate),
            figures.duration(one.cost.latency_p50_s, lang),
            figures.duration(one.cost.answer_s, lang),
            figures.money(one.cost.money_per_1000),
        ]
        for one in result.bases
    ]
    return _table("takes.title", _TAKES, rows, result, lang)


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], result: BaseResult, lang: str
) -> FigureTable:
    head = [base_word("col.base", lang), *(base_word(f"col.{name}", lang) for name in columns)]
    shown = [FigureRow(row, row[0] == result.verdict.cell) for row in rows]
    return figure_table(base_word(title, lang), head, shown)


def _shares(result: BaseResult, lang: str) -> FigureTable:
    """Right answers by the parts of the questions: language, type, whether there is an answer."""
    served = result.cells[0]
    parts = list(dict.fromkeys(share.what for one in result.bases for share in one.shares))
    head = [base_word("col.base", lang), *(_part(what, lang) for what in parts)]
    rows = []
    for one in result.bases:
        found = {share.what: share for share in one.shares if served in share.right}
        shown = [f"{figures.percent(found[p].right[served])} ({found[p].n})" if p in found else "–" for p in parts]
        rows.append(FigureRow([one.base, *shown]))
    return figure_table(base_word("shares.title", lang), head, rows)


def _part(what: str, lang: str) -> str:
    """A part by its name for people; a type that has none as it is written."""
    key = f"bases.part.{what}"
    return base_word(f"part.{what}", lang) if has_message(key) else what


def _scatters(result: BaseResult, lang: str) -> list[tuple[Scatter, Any]]:
    def seconds(one: BaseSummary) -> float | None:
        return one.cost.usual_s

    def memory(one: BaseSummary) -> float | None:
        return one.measured.memory_mb / 1024 if one.measured.memory_mb is not None else None

    def money(one: BaseSummary) -> float | None:
        return one.cost.money_per_1000

    made = {
        "seconds": _scatter(result, "costs.against_latency", "costs.latency", seconds, lang),
        "memory": _scatter(result, "costs.against_memory", "costs.memory", memory, lang),
        "money": _scatter(result, "costs.against_money", "costs.money", money, lang),
    }
    return drawn_scatters(made, lang)


def _scatter(
    result: BaseResult, title: str, x_title: str, x: Callable[[BaseSummary], float | None], lang: str
) -> Scatter:
    """Quality against what a base takes; those that another beats in everything are grey."""
    grey = dominated(result)
    points = tuple(
        Point(
            one.base, one.base, value, one.score.value, one.score.low, one.score.high, one.base == result.verdict.cell,
            "base" if one.base in grey else "accent",
        )
        for one in result.bases
        if (value := x(one)) is not None
    )  # fmt: skip
    return Scatter(base_word(title, lang), base_word(x_title, lang), points, base_word("costs.quality", lang))


def _questions(result: BaseResult) -> list[tuple[str, list[str], str, list[Any]]]:
    """Each question with its accepted answers, how the chosen base did where it is served, and every answer."""
    by_id: dict[str, list[Any]] = {}
    for answer in result.answers:
        by_id.setdefault(answer.question_id, []).append(answer)
    served, chosen = result.cells[0], result.verdict.cell
    found = []
    for answers in by_id.values():
        own = next((one for one in answers if (one.base, one.cell) == (chosen, served)), None)
        state = "failed" if own is None or own.correct is None else "right" if own.correct else "wrong"
        found.append((answers[0].question, answers[0].accepted, state, answers))
    return found
