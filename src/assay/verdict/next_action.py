"""What to try next: the change behind the first cause, or the largest gap. Knows the diagnosis, no scores, no costs."""

from collections.abc import Sequence

from assay.grid.cell import Cell
from assay.verdict.causes import is_shown
from assay.verdict.result import CauseName, Diagnosis, Gap, NamedCause, NextAction

__all__ = ["SMALLEST_GAIN", "gaps_of_cell", "next_action"]

SMALLEST_GAIN = 0.02  # below two points nothing is worth the work
_AGAINST: dict[CauseName, str] = {
    "broken_prompt": "mend_prompt",
    "no_passages": "mend_search",
    "broken_adapter": "train_again",
    "idle_adapter": "train_more",
    "leak": "mend_splits",
    "gold_doubtful": "mend_answers",
    "not_in_documents": "restore_documents",
    "not_found": "improve_retrieval",
    "other_version": "mark_versions",
    "other_document": "fewer_passages",
    "not_used": "fewer_passages",
    "form": "mend_form",
    "not_known": "improve_retrieval",
    "behaviour": "tune",
    "capability": "bigger_model",
    "not_declined": "teach_declining",
}


def next_action(diagnosis: Diagnosis, recommended: Cell, is_undecided: bool) -> NextAction:
    """The action against the largest gap that the recommended cell still has, with that gap as the most it can win.

    A cell without documents lacks knowledge, one with them loses points in retrieval; tuning is advised only to a
    cell that is not tuned; a router only where the routing gap's lower end is above 0. Where causes were looked for,
    the first that is named decides, and where none is, nothing is advised against one. Without any gap to go by: more
    questions for an undecided verdict, evidence where no question has any.
    """
    if diagnosis.named:
        return _against(diagnosis.named[0], diagnosis, recommended)
    gaps = gaps_of_cell(diagnosis.gaps, recommended)
    if diagnosis.named is not None:
        gaps = [gap for gap in gaps if gap.name == "routing"]
    if gaps and gaps[0].estimate.value >= SMALLEST_GAIN:
        return _action(gaps[0])
    if diagnosis.n_questions == 0 and diagnosis.n_without_evidence:
        return NextAction("add_documents", None, None)
    return NextAction("more_questions" if is_undecided else "none", None, None)


def gaps_of_cell(gaps: Sequence[Gap], recommended: Cell) -> list[Gap]:
    """The gaps in which the recommended cell is shown to lose points, largest first."""
    own = [gap for gap in gaps if _applies(gap, recommended) and is_shown(gap.estimate)]
    return sorted(own, key=lambda gap: -gap.estimate.value)


def _applies(gap: Gap, cell: Cell) -> bool:
    if gap.name in ("knowledge", "retrieval"):
        return cell.row.gap == gap.name
    if gap.name == "behaviour":
        return not cell.is_tuned
    return gap.name != "routing" or (gap.estimate.low is not None and gap.estimate.low > 0)


def _against(cause: NamedCause, diagnosis: Diagnosis, recommended: Cell) -> NextAction:
    """What mends a cause. What it loses is the most that can be won; nothing is promised where figures are untrue."""
    action = _AGAINST[cause.name]
    if cause.name == "not_used" and not is_shown(diagnosis.effects.get("picking")):
        action = "ask_otherwise"
    if cause.name == "behaviour" and recommended.is_tuned:
        action = "ask_otherwise"
    return NextAction(action, None, cause.share)  # type: ignore[arg-type]


def _action(gap: Gap) -> NextAction:
    if gap.name in ("knowledge", "retrieval"):
        return NextAction("improve_retrieval", gap.name, gap.estimate)
    if gap.name == "behaviour":
        return NextAction("tune", gap.name, gap.estimate)
    if gap.name == "capability":
        return NextAction("bigger_model", gap.name, gap.estimate)
    return NextAction("route", gap.name, gap.estimate)
