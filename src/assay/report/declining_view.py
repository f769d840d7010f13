"""When a run declines unasked, in sentences and a table, in any language. Knows a result; computes nothing new."""

from assay.report.grid_view import cell_name
from assay.verdict.result import Declining, RunResult
from assay.words import figures, message

__all__ = ["declining_line", "declining_rows"]


def declining_line(result: RunResult, lang: str) -> list[str]:
    """What is declined and what that changes, or why nothing is; no line where it was not looked at."""
    if result.declining is None:
        return []
    one = result.declining
    key = "line.declines" if one.is_used else "line.declines_nothing"
    return [
        message(
            key,
            lang,
            cell=cell_name(result, one.cell, lang),
            refused=figures.percent(one.refused),
            lost=figures.percent(one.lost),
            before=figures.percent(one.right.value),
            after=figures.percent(one.right_with.value),
        )
    ]


def declining_rows(declining: Declining | None) -> list[tuple[str, str]]:
    """Share of the test questions answered, the nearest first, and the share right among these answers."""
    if declining is None:
        return []
    return [(figures.percent(answered), figures.percent(right)) for answered, right in declining.curve]
