"""What is told of draws, and of sheets that came back, in any language. Knows no result's figures."""

from collections.abc import Sequence
from math import ceil

from assay.marks.correcting import LEAST_MARKS
from assay.marks.drawing import Draw, given_answers, marks_a_cell
from assay.marks.marked_files import MarkedFile
from assay.verdict.result import RunResult
from assay.words import figures, message

__all__ = ["draw_lines", "drawn_lines", "taken_lines"]


def drawn_lines(draws: Sequence[Draw], result: RunResult, n: int, lang: str) -> list[str]:
    """How many were drawn last, of `n` that were wanted; what they can show, and how many more would show more."""
    draw = draws[-1]
    told = marks_a_cell(draws)
    fewest = min(told.values())
    lines = [message("marks.drawn", lang, n=len(draw.rows), cells=len(told), fewest=fewest)]
    n_unjudged = sum(row.scored is None for row in draw.rows)
    if n_unjudged:
        lines.append(message("marks.drawn_unjudged", lang, n=n_unjudged))
    if len(draw.rows) < n:
        lines.append(message("marks.drawn_all", lang))
    if len(result.questions) < LEAST_MARKS:
        lines.append(message("marks.exam_small", lang, least=LEAST_MARKS, n=len(result.questions)))
    elif fewest < LEAST_MARKS and (more := _more(draws, fewest, result)):
        lines.append(message("marks.drawn_few", lang, least=LEAST_MARKS, more=figures.count(more)))
    return lines


def _more(draws: Sequence[Draw], fewest: int, result: RunResult) -> int:
    """About how many more marks bring every cell to the least; all that are left where that is not enough."""
    n_drawn = sum(len(draw.rows) for draw in draws)
    wanted = n_drawn * LEAST_MARKS / max(1, fewest) - n_drawn
    return min(len(given_answers(result)) - n_drawn, 10 * ceil(wanted / 10))


def draw_lines(draws: Sequence[Draw], lang: str) -> list[str]:
    """One for each draw."""
    return [
        message("marks.draw", lang, number=d.number, n=len(d.rows), date=figures.date(d.created, lang), seed=d.seed)
        for d in draws
    ]


def taken_lines(file: MarkedFile, n_replaced: int, lang: str) -> list[str]:
    """How many marks of whom were taken of a file, how many rows have none, and how many marks they replace."""
    people = message("list.comma", lang).join(dict.fromkeys(mark.person for mark in file.marks)) or "–"
    lines = [message("marks.taken", lang, file=file.path.name, n=len(file.marks), person=people)]
    if file.n_blank:
        lines.append(message("marks.half_filled", lang, file=file.path.name, n=file.n_blank))
    if n_replaced:
        lines.append(message("marks.replaced", lang, n=n_replaced))
    return lines
