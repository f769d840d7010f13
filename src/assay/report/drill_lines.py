"""What a drill found out as plain lines and as a table, in English or Chinese. Computes nothing new."""

from assay.verdict.drill_result import Correction, DrillResult
from assay.words import figures, message, spoken
from assay.words.page_words import drill_word

__all__ = ["cell_words", "drill_lines", "drill_table"]

_COLUMNS = (
    "cell", "way", "seconds", "tokens", "before", "new", "old", "other", "trained", "others", "sides", "moved",
    "interval",
)  # fmt: skip


def drill_lines(result: DrillResult, lang: str) -> list[str]:
    """What changed, which cell is corrected most, what sync and trainings cost, what else moved: a line each."""
    lines = [message("drill.changed", lang, **result.counts), _most(result, lang)]
    if result.sync is not None:
        lines.append(
            message(
                "drill.sync",
                lang,
                seconds=figures.duration(result.sync.seconds, lang, short=False),
                tokens=figures.count(result.sync.tokens),
            )
        )
    lines += [
        _retrain(result, cell, one, lang)
        for cell, one in _corrections(result)
        if one.way in ("retrain", "sync+retrain")
    ]
    return [*lines, _moved(result, lang)] if result.counts["unchanged"] else lines


def drill_table(result: DrillResult, lang: str) -> tuple[list[str], list[list[str]]]:
    """Head and rows: a row for each cell and each way to correct it."""
    rows = []
    for cell in result.cells:
        before = _of(cell.before.old, cell.before.n)
        for one in cell.ways:
            rows.append(
                [
                    cell_words(result, cell.cell, lang),
                    message(f"way.{one.way}", lang),
                    figures.duration(one.seconds, lang),
                    figures.count(one.tokens),
                    before,
                    _of(one.changed.new, one.changed.n),
                    str(one.changed.old),
                    str(one.changed.other + one.changed.failed),
                    _of(one.trained.new, one.trained.n),
                    _of(one.others.new, one.others.n),
                    f"{_signed('+', one.gained)}, {_signed('−', one.lost)}",
                    figures.difference(one.moved.value if one.moved else None, lang),
                    figures.points_interval(one.moved, lang) if one.moved else "–",
                ]
            )
    return [drill_word(f"col.{name}", lang) for name in _COLUMNS], rows


def cell_words(result: DrillResult, name: str, lang: str) -> str:
    """A cell in people's words."""
    return spoken(result.words[name], lang)


def _corrections(result: DrillResult) -> list[tuple[str, Correction]]:
    return [(cell.cell, one) for cell in result.cells for one in cell.ways]


def _signed(sign: str, n: int) -> str:
    return f"{sign}{n}" if n else "0"


def _of(part: int, whole: int) -> str:
    return f"{part}/{whole}" if whole else "–"


def _most(result: DrillResult, lang: str) -> str:
    best = result.most_corrected()
    if best is None:
        return message("drill.none", lang, n=result.counts["changed"])
    cell, one = best
    return message(
        "drill.most",
        lang,
        cell=cell_words(result, cell, lang),
        way=message(f"way.{one.way}", lang),
        new=one.changed.new,
        n=one.changed.n,
        seconds=figures.duration(one.seconds, lang, short=False),
    )


def _retrain(result: DrillResult, cell: str, one: Correction, lang: str) -> str:
    return message(
        "drill.retrain",
        lang,
        cell=cell_words(result, cell, lang),
        seconds=figures.duration(one.seconds, lang, short=False),
        tokens=figures.count(one.tokens),
        seen=one.trained.new,
        n_seen=one.trained.n,
        unseen=one.others.new,
        n_unseen=one.others.n,
    )


def _moved(result: DrillResult, lang: str) -> str:
    """The correction under which most unchanged questions changed sides."""
    cell, one = max(_corrections(result), key=lambda pair: pair[1].gained + pair[1].lost)
    n = result.counts["unchanged"]
    if one.moved is None or not one.gained + one.lost:
        return message("drill.still", lang, n=n)
    return message(
        "drill.moved",
        lang,
        cell=cell_words(result, cell, lang),
        way=message(f"way.{one.way}", lang),
        gained=one.gained,
        lost=one.lost,
        n=n,
        points=figures.points(one.moved.value),
        interval=figures.points_interval(one.moved, lang),
    )
