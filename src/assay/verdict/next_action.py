"""What to try next: the change behind the largest gap. Knows the diagnosis, no scores and no costs."""

from collections.abc import Sequence

from assay.grid.cell import Cell
from assay.verdict.result import Diagnosis, Gap, NextAction

__all__ = ["SMALLEST_GAIN", "gaps_of_cell", "next_action"]

SMALLEST_GAIN = 0.02  # below two points nothing is worth the work


def next_action(diagnosis: Diagnosis, recommended: Cell, is_undecided: bool) -> NextAction:
    """The action against the largest gap that the recommended cell still has, with that gap as the most it can win.

    A cell without documents lacks knowledge, one with them loses points in retrieval; tuning is advised only to a
    cell that is not tuned; a router only where the routing gap's lower end is above 0. Without any gap to go by: more
    questions for an undecided verdict, evidence where no question has any.
    """
    gaps = gaps_of_cell(diagnosis.gaps, recommended)
    if gaps and gaps[0].estimate.value >= SMALLEST_GAIN:
        return _action(gaps[0])
    if diagnosis.n_questions == 0 and diagnosis.n_without_evidence:
        return NextAction("add_documents", None, None)
    return NextAction("more_questions" if is_undecided else "none", None, None)


def gaps_of_cell(gaps: Sequence[Gap], recommended: Cell) -> list[Gap]:
    """The gaps in which the recommended cell still loses points, largest first."""
    own = [gap for gap in gaps if _applies(gap, recommended) and gap.estimate.value > 0]
    return sorted(own, key=lambda gap: -gap.estimate.value)


def _applies(gap: Gap, cell: Cell) -> bool:
    if gap.name in ("knowledge", "retrieval"):
        return cell.row.gap == gap.name
    if gap.name == "behaviour":
        return not cell.is_tuned
    return gap.name != "routing" or (gap.estimate.low is not None and gap.estimate.low > 0)


def _action(gap: Gap) -> NextAction:
    if gap.name in ("knowledge", "retrieval"):
        return NextAction("improve_retrieval", gap.name, gap.estimate)
    if gap.name == "behaviour":
        return NextAction("tune", gap.name, gap.estimate)
    if gap.name == "capability":
        return NextAction("bigger_model", gap.name, gap.estimate)
    return NextAction("route", gap.name, gap.estimate)
