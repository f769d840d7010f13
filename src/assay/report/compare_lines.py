"""Two runs beside each other as plain lines and as a table, in English or Chinese. Computes nothing new."""

from collections.abc import Iterable, Sequence

from assay.report.outcome import Table
from assay.report.record import plain_value
from assay.verdict.differing import Change
from assay.verdict.run_comparison import CellChange, ChangeGroup, RunComparison, Side, Turn, TurnedQuestion
from assay.words import figures, message, spoken
from assay.words.page_words import compare_word

__all__ = ["change_groups", "compare_lines", "compare_table", "compare_warnings", "name_cell", "summary_lines"]

_COLUMNS = ("cell", "first", "second", "points", "interval", "p_holm", "gained", "lost")
_MOST_TURNED = 5  # of a kind, on a terminal
_MOST_NAMES = 6
_MOST_LETTERS = 60
_NAMED: tuple[ChangeGroup, ...] = ("weights", "settings", "versions")  # told one by one


def compare_lines(result: RunComparison, lang: str) -> list[str]:
    """All that a terminal shows below the table: the lines, the warnings, and the first answers that turned."""
    return [*summary_lines(result, lang), *compare_warnings(result, lang), *_turned_lines(result, lang)]


def summary_lines(result: RunComparison, lang: str) -> list[str]:
    """What was compared, what had changed, which cells got better or worse, the verdicts, what turned: a line each."""
    return [
        _asked(result, lang),
        _changed(result, lang),
        *_judged(result, lang),
        _verdict(result, lang),
        _turned(result, lang),
    ]


def compare_table(result: RunComparison, lang: str) -> Table:
    """A row for each cell that both runs have."""
    rows = [_row(result, change, lang) for change in result.cells]
    return Table([compare_word(f"col.{name}", lang) for name in _COLUMNS], rows, n_words=1, width=100)


def compare_warnings(result: RunComparison, lang: str) -> list[str]:
    """Why the runs may not be alike enough, and the cells that only one of them has."""
    lines = []
    if result.n_other_answers:
        lines.append(message("compare.warning.answers", lang, n=result.n_other_answers))
    if result.has_other_scorer:
        lines.append(message("compare.warning.scorer", lang))
    if result.only_first:
        lines.append(message("compare.warning.cells_first", lang, cells=_names(result, result.only_first, lang)))
    if result.only_second:
        lines.append(message("compare.warning.cells_second", lang, cells=_names(result, result.only_second, lang)))
    return lines


def change_groups(result: RunComparison, lang: str) -> list[str]:
    """What had changed, group by group: "settings (passages, rank)"."""
    return [_group(result, group, lang) for group in result.changes]


def name_cell(result: RunComparison, cell: str, lang: str) -> str:
    """A cell in people's words."""
    return spoken(result.words[cell].name, lang) if cell in result.words else cell


def _row(result: RunComparison, change: CellChange, lang: str) -> list[str]:
    return [
        name_cell(result, change.cell, lang),
        figures.percent(change.first.value),
        figures.percent(change.second.value),
        figures.difference(change.difference.value, lang),
        figures.points_interval(change.difference, lang),
        figures.p_value(change.p_holm),
        figures.count(change.gained),
        figures.count(change.lost),
    ]


def _asked(result: RunComparison, lang: str) -> str:
    counts = {"only_first": result.n_only_first, "only_second": result.n_only_second, "reworded": result.n_reworded}
    parts = [message(f"compare.{name}", lang, n=figures.count(n)) for name, n in counts.items() if n]
    others = message("compare.not_compared", lang, parts=_listed(parts, lang)) if parts else ""
    return message("compare.line.asked", lang, n=figures.count(result.n_common), others=others)


def _changed(result: RunComparison, lang: str) -> str:
    groups = change_groups(result, lang)
    if not groups:
        return message("compare.line.unchanged", lang)
    return message("compare.line.changed", lang, parts=_listed(groups, lang))


def _group(result: RunComparison, group: ChangeGroup, lang: str) -> str:
    told = message(f"compare.group.{group}", lang)
    names = [_change(one, lang) for one in result.changes[group] if group in _NAMED and one.name != "sha256"]
    if group == "documents" and result.documents:
        counts = {name: len(paths) for name, paths in vars(result.documents).items()}
        names = [message(f"compare.documents.{name}", lang, n=figures.count(n)) for name, n in counts.items() if n]
    if not names:
        return told
    shown = _listed(names[:_MOST_NAMES], lang)
    more = message("list.more", lang, n=len(names) - _MOST_NAMES) if len(names) > _MOST_NAMES else ""
    return message("compare.named", lang, group=told, names=shown + more)


def _change(change: Change, lang: str) -> str:
    before, after = (_short(plain_value(value)) for value in (change.before, change.after))
    return message("compare.value", lang, name=change.name, first=before, second=after)


def _judged(result: RunComparison, lang: str) -> list[str]:
    """Of what is certain with its figures; the rest by name, its figures are in the table."""
    cells = {"better": 1, "worse": -1, "undecided": 0}
    lines = []
    for kind, sign in cells.items():
        found = [change for change in result.cells if change.certain == sign]
        told = [_cell(result, one, lang) if sign else name_cell(result, one.cell, lang) for one in found]
        lines += [message(f"compare.line.{kind}", lang, cells=_listed(told, lang))] if told else []
    return lines


def _cell(result: RunComparison, change: CellChange, lang: str) -> str:
    key = "compare.cell_only" if change.difference.low is None else "compare.cell"
    return message(
        key,
        lang,
        cell=name_cell(result, change.cell, lang),
        difference=figures.difference(change.difference.value, lang),
        interval=figures.points_interval(change.difference, lang),
    )


def _verdict(result: RunComparison, lang: str) -> str:
    first, second = (_advice(result, side, lang) for side in (result.first, result.second))
    key = "compare.line.same_verdict" if first == second else "compare.line.verdict"
    return message(key, lang, first=first, second=second)


def _advice(result: RunComparison, side: Side, lang: str) -> str:
    kind = compare_word(f"kind.{side.kind}", lang)
    return message("compare.advice", lang, cell=name_cell(result, side.advised, lang), kind=kind)


def _turned(result: RunComparison, lang: str) -> str:
    gained, lost = (sum(getattr(change, name) for change in result.cells) for name in ("gained", "lost"))
    if not gained + lost:
        return message("compare.line.none_turned", lang)
    return message("compare.line.turned", lang, gained=gained, lost=lost, n=len(result.turned))


def _turned_lines(result: RunComparison, lang: str) -> list[str]:
    """The first answers that turned, of the advised cell where both runs have it, else of their first."""
    cells = [change.cell for change in result.cells]
    cell = result.second.advised if result.second.advised in cells else cells[0]
    own = [(question, turn) for question in result.turned for turn in question.turns if turn.cell == cell]
    lines = []
    for kind, is_gain in (("lost", False), ("gained", True)):
        found = [pair for pair in own if pair[1].is_gain is is_gain]
        if found:
            named = name_cell(result, cell, lang)
            lines += ["", message(f"compare.turned.{kind}", lang, cell=named, n=len(found))]
            lines += [_told(question, turn, lang) for question, turn in found[:_MOST_TURNED]]
            more = len(found) - _MOST_TURNED
            lines += [message("compare.turned.more", lang, n=more)] if more > 0 else []
    return lines


def _told(question: TurnedQuestion, turn: Turn, lang: str) -> str:
    first, second = (_short(text) or compare_word("questions.empty", lang) for text in (turn.first, turn.second))
    return message("compare.turned.one", lang, question=_short(question.text), first=first, second=second)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _MOST_LETTERS else f"{line[: _MOST_LETTERS - 1]}…"


def _names(result: RunComparison, cells: Sequence[str], lang: str) -> str:
    return _listed((name_cell(result, cell, lang) for cell in cells), lang)


def _listed(parts: Iterable[str], lang: str) -> str:
    return message("list.comma", lang).join(parts)
