"""What people's marks say, in plain lines and as a table, in any language. Knows a result; computes nothing new."""

from functools import partial

from assay.marks.correcting import LEAST_KAPPA, LEAST_MARKS, LEAST_UNJUDGED
from assay.report.grid_view import cell_name
from assay.report.judge_lines import judge_lines
from assay.report.outcome import Table
from assay.statistics.estimate import Estimate
from assay.verdict.peoples_marks import CorrectedCell, CorrectedDifference, PeoplesMarks
from assay.verdict.result import RunResult
from assay.words import figures, message

__all__ = ["marks_lines", "marks_summary", "marks_table"]

_points = partial(figures.points, signed=False)


def marks_lines(result: RunResult, lang: str) -> list[str]:
    """Who marked how many, how well they agree with each other and the scorer, its bias, what of answers that it cannot
    judge, what the judge of these is used for, and what the verdict rests on."""
    people = result.people
    if people is None:
        return []
    return [
        _who(people, lang),
        *(_pair_lines(people, lang)),
        *_agreement(people, lang),
        *_faults(people, lang),
        *_unjudged(result, people, lang),
        *judge_lines(result, lang),
        _verdict(result, people, lang),
    ]


def marks_summary(result: RunResult, lang: str) -> list[str]:
    """Agreement and bias in one line, and what the verdict rests on; none where nobody has marked."""
    people = result.people
    if people is None:
        return []
    if people.agreement is None:
        return [message("marks.summary_unjudged", lang, n=people.n_marked), _verdict(result, people, lang)]
    bias = {name: figures.points(getattr(people.bias, name)) for name in ("low", "high")}
    line = message(
        "marks.summary",
        lang,
        n=people.n_marked,
        share=figures.percent(people.agreement.value),
        kappa=_kappa(people.kappa, lang),
        points=figures.points(people.bias.value),
        **bias,
    )
    return [line, _verdict(result, people, lang)]


def marks_table(result: RunResult, lang: str) -> Table | None:
    """A row for each cell and each difference: as scored, as people mark, and whether it counts."""
    people = result.people
    if people is None:
        return None
    head = [message(f"marks.col.{name}", lang) for name in ("what", "scored", "corrected", "n", "counts")]
    rows = [_cell_row(one, result, lang) for one in people.cells]
    rows += [_difference_row(one, result, lang) for one in people.differences]
    return Table(head, rows, n_words=1, width=120)


def _kappa(kappa: Estimate | None, lang: str) -> str:
    if kappa is None:
        return message("marks.kappa_none", lang)
    told = {"kappa": kappa.value, "low": kappa.low, "high": kappa.high}
    return message("marks.kappa", lang, **{name: _two_digits(value) for name, value in told.items()})


def _two_digits(value: float | None) -> str:
    return figures.decimal(value).replace("-", "−")


def _verdict(result: RunResult, people: PeoplesMarks, lang: str) -> str:
    names = partial(cell_name, result, lang=lang)
    rivals = message("list.comma", lang).join(names(cell) for cell in people.rivals)
    return message(
        f"marks.bearing.{people.bearing}",
        lang,
        cell=names(result.verdict.cell),
        rivals=rivals,
        least=LEAST_MARKS,
        kappa=figures.decimal(LEAST_KAPPA, 1),
        margin=_points(result.verdict.margin),
    )


def _who(people: PeoplesMarks, lang: str) -> str:
    names = message("list.comma", lang).join(f"{name} ({n})" for name, n in people.people.items())
    line = message("marks.who", lang, n=people.n_marked, of=people.n_drawn, people=names)
    left = [("unsure", people.n_unsure), ("tied", people.n_tied), ("open", people.n_open)]
    return line + "".join(message(f"marks.left.{name}", lang, n=n) for name, n in left if n)


def _pair_lines(people: PeoplesMarks, lang: str) -> list[str]:
    return [
        message(
            "marks.pair" if pair.kappa is not None else "marks.pair_no_kappa",
            lang,
            a=pair.a,
            b=pair.b,
            n=pair.n,
            differ=pair.n_differ,
            kappa=_two_digits(pair.kappa),
        )
        for pair in people.pairs
    ]


def _agreement(people: PeoplesMarks, lang: str) -> list[str]:
    """Between people and the scorer, and its bias; nothing where none of the answers that it judges is marked."""
    if people.agreement is None:
        return []
    share, between = figures.percent(people.agreement.value), figures.interval(people.agreement, lang)
    line = message("marks.agreement", lang, share=share, interval=between, kappa=_kappa(people.kappa, lang))
    return [line, _bias(people, lang)]


def _unjudged(result: RunResult, people: PeoplesMarks, lang: str) -> list[str]:
    """How many marks are of answers that the scorer cannot judge, and which corrected shares are about these, too."""
    if not people.n_unjudged:
        return []
    cells = [cell_name(result, one.cell, lang) for one in people.cells if one.n_unjudged]
    line = message("marks.unjudged", lang, n=people.n_unjudged, least=LEAST_UNJUDGED)
    named = message("list.comma", lang).join(cells)
    return [line + (message("marks.unjudged_cells", lang, cells=named) if cells else "")]


def _bias(people: PeoplesMarks, lang: str) -> str:
    low, high = people.bias.low or 0.0, people.bias.high or 0.0
    if high < 0:
        return message(
            "marks.bias.low", lang, points=_points(-people.bias.value), low=_points(-high), high=_points(-low)
        )
    if low > 0:
        return message("marks.bias.high", lang, points=_points(people.bias.value), low=_points(low), high=_points(high))
    told = {"points": people.bias.value, "low": low, "high": high}
    return message("marks.bias.none", lang, **{name: figures.points(value) for name, value in told.items()})


def _faults(people: PeoplesMarks, lang: str) -> list[str]:
    shares = {"false_right": people.false_right, "false_wrong": people.false_wrong}
    return [
        message(f"marks.{name}", lang, share=figures.percent(one.value), interval=figures.interval(one, lang), n=one.n)
        for name, one in shares.items()
        if one is not None
    ]


def _cell_row(one: CorrectedCell, result: RunResult, lang: str) -> list[str]:
    corrected = one.corrected
    told = f"{figures.percent(corrected.value)} ({figures.interval(corrected, lang)})" if corrected else "–"
    return [cell_name(result, one.cell, lang), figures.percent(one.scored), told, str(one.n_marks), _counts(one, lang)]


def _difference_row(one: CorrectedDifference, result: RunResult, lang: str) -> list[str]:
    names = {"a": cell_name(result, one.a, lang), "b": cell_name(result, one.b, lang)}
    corrected = one.corrected
    told = f"{figures.points(corrected.value)} ({figures.points_interval(corrected, lang)})" if corrected else "–"
    title = message("marks.difference", lang, **names)
    return [title, figures.points(one.scored), told, str(one.n_marks), _counts(one, lang)]


def _counts(one: CorrectedCell | CorrectedDifference, lang: str) -> str:
    return message("marks.yes" if one.counts else "marks.no", lang)
