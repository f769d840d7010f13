"""What a choice of base models found out as plain lines and as a table, in English or Chinese. Computes nothing new."""

from assay.report.ladder_view import NamedRung
from assay.report.lines import few_note, listed
from assay.verdict.base_result import BaseResult, BaseSummary
from assay.verdict.more_questions import MOST_QUESTIONS
from assay.words import figures, message, spoken
from assay.words.page_words import base_word

__all__ = ["base_lines", "base_rungs", "base_table", "state_words"]

_COLUMNS = ("asked", "answer", "load", "memory", "disk")


def base_lines(result: BaseResult, lang: str) -> list[str]:
    """What to go on with, how sure that is, what was dropped, what it takes, what twice the size may bring."""
    chosen = result.summary(result.verdict.cell)
    return [
        _what(result, lang),
        few_note(chosen.score.n, lang) + _sure(chosen, result, lang),
        *_dropped(result, lang),
        _takes(chosen, lang),
        *_next_size(result, lang),
        *(_grids(result, lang) if result.grids else [_next(result, lang)]),
    ]


def base_table(result: BaseResult, lang: str) -> tuple[list[str], list[list[str]]]:
    """Head and rows: a row for each base, the cheapest first."""
    served, ceiling = result.cells
    head = [
        base_word("col.base", lang),
        *(result.cell_name(cell, lang) for cell in (served, ceiling)),
        *(base_word(f"col.{name}", lang) for name in _COLUMNS),
    ]
    rows = []
    for one in result.bases:
        shares = [_share(one, cell, lang) for cell in (served, ceiling)]
        rows.append(
            [
                one.base,
                *shares,
                state_words(one, lang),
                figures.duration(one.cost.usual_s, lang),
                figures.duration(one.measured.load_s, lang),
                figures.megabytes(one.measured.memory_mb),
                figures.megabytes(one.measured.disk_mb),
            ]
        )
    return head, rows


def base_rungs(result: BaseResult, lang: str) -> list[NamedRung]:
    """The ladder over the grids of several bases, from below; nothing where there is one grid or none."""
    titles = {
        one.rung.cell: message("bases.line.grid_cell", lang, base=one.base, cell=spoken(one.name, lang))
        for one in result.rungs
    }
    advised = result.grid_verdict.cell if result.grid_verdict is not None else ""
    return [
        NamedRung(
            one.rung,
            titles[one.rung.cell],
            titles.get(one.rung.over or "", ""),
            one.correct,
            one.cost,
            one.rung.cell == advised,
        )
        for one in result.rungs
    ]


def state_words(one: BaseSummary, lang: str) -> str:
    """How many questions it was asked, and whether it was dropped then."""
    if one.dropped is None:
        return figures.count(one.score.n)
    return base_word("state.dropped", lang, n=one.dropped.n_asked)


def _share(one: BaseSummary, cell: str, lang: str) -> str:
    estimate = one.correct[cell]
    return f"{figures.percent(estimate.value)} ({figures.interval(estimate, lang)})"


def _what(result: BaseResult, lang: str) -> str:
    verdict = result.verdict
    if verdict.kind == "none_works":
        return message("bases.line.none_works", lang, best=verdict.best)
    if verdict.kind == "cannot_tell":
        names = list(dict.fromkeys((verdict.cell, *verdict.undecided)))
        between = listed([message("list.quote", lang, name=name) for name in names], lang)
        return message("bases.line.cannot_tell", lang, between=between, base=verdict.cell, more=_more(result, lang))
    if verdict.cell != verdict.best:
        margin = figures.points(verdict.margin, signed=False)
        return message("bases.line.cheaper", lang, base=verdict.cell, best=verdict.best, margin=margin)
    return message("bases.line.decided", lang, base=verdict.cell)


def _more(result: BaseResult, lang: str) -> str:
    n = result.verdict.more_questions
    if n is None:
        return message("bases.line.more_none", lang)
    key = "bases.line.more_most" if n >= MOST_QUESTIONS else "bases.line.more"
    return message(key, lang, n=figures.count(n))


def _sure(chosen: BaseSummary, result: BaseResult, lang: str) -> str:
    served, ceiling = (chosen.correct[cell] for cell in result.cells)
    return message(
        "bases.line.sure",
        lang,
        base=chosen.base,
        share=figures.percent(served.value),
        interval=figures.interval(served, lang),
        ceiling=figures.percent(ceiling.value),
        ceiling_interval=figures.interval(ceiling, lang),
        n=served.n,
    )


def _dropped(result: BaseResult, lang: str) -> list[str]:
    told = [
        message(
            "bases.line.one_dropped",
            lang,
            base=one.base,
            n=one.dropped.n_asked,
            points=figures.points(one.dropped.difference.value, signed=False),
            leader=one.dropped.leader,
        )
        for one in result.bases
        if one.dropped is not None
    ]
    return [message("bases.line.dropped", lang, bases=listed(told, lang))] if told else []


def _takes(chosen: BaseSummary, lang: str) -> str:
    return _takes_here(chosen, lang) + _paid(chosen, lang)


def _paid(chosen: BaseSummary, lang: str) -> str:
    """Where there is a price."""
    money = chosen.cost.money_per_1000
    return "" if money is None else message("bases.line.paid", lang, price=figures.money(money))


def _takes_here(chosen: BaseSummary, lang: str) -> str:
    answer = figures.duration(chosen.cost.usual_s, lang, short=False)
    if chosen.measured.memory_mb is None or chosen.measured.disk_mb is None:
        return message("bases.line.takes_elsewhere", lang, base=chosen.base, answer=answer)
    return message(
        "bases.line.takes",
        lang,
        base=chosen.base,
        answer=answer,
        load=figures.duration(chosen.measured.load_s, lang, short=False),
        memory=figures.megabytes(chosen.measured.memory_mb),
        disk=figures.megabytes(chosen.measured.disk_mb),
    )


def _next_size(result: BaseResult, lang: str) -> list[str]:
    size = result.next_size
    if size is None:
        return []
    told = message(
        "bases.line.next_size",
        lang,
        points=figures.points(size.gain.value),
        interval=figures.points_interval(size.gain, lang),
    )
    if size.foretold is None:
        return [told]
    return [
        told
        + message(
            "bases.line.foretold",
            lang,
            base=size.largest,
            share=figures.percent(size.foretold.value),
            interval=figures.interval(size.foretold, lang),
            came=figures.percent(size.came_out),
        )
    ]


def _next(result: BaseResult, lang: str) -> str:
    flags = " ".join(f"--base {result.summary(base).opened}" for base in result.finalists)
    return message("bases.line.next", lang, flags=flags)


def _grids(result: BaseResult, lang: str) -> list[str]:
    """What the whole grids of those left came to, and which cell of all of them to use."""
    told = [
        message(
            "bases.line.one_grid",
            lang,
            base=one.base,
            cell=spoken(one.name, lang),
            share=figures.percent(one.correct.value),
            interval=figures.interval(one.correct, lang),
        )
        for one in result.grids
    ]
    lines = [message("bases.line.grids", lang, cells=listed(told, lang))]
    verdict = result.grid_verdict
    if verdict is None:
        return lines
    names = [_grid_cell(name, result, lang) for name in dict.fromkeys((verdict.cell, *verdict.undecided))]
    key = f"bases.line.grids.{verdict.kind}"
    return [*lines, message(key, lang, cell=names[0], between=listed(names, lang))]


def _grid_cell(name: str, result: BaseResult, lang: str) -> str:
    base, _, cell = name.rpartition(", ")
    return message("bases.line.grid_cell", lang, base=base, cell=result.cell_name(cell, lang))
