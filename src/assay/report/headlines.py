"""A finished study in a few words, for a list of many: what it advises and how that one scored. Computes nothing."""

from assay.report.drill_lines import cell_words
from assay.report.grid_view import cell_name
from assay.verdict.base_result import BaseResult
from assay.verdict.drill_result import DrillResult
from assay.verdict.label_result import LabelResult
from assay.verdict.result import RunResult
from assay.words import figures, message

__all__ = ["base_headline", "drill_headline", "grid_headline", "label_headline"]


def grid_headline(result: RunResult, lang: str) -> tuple[str, str]:
    """The verdict with its cell, and the share of right answers of that cell."""
    verdict = result.verdict
    shown = verdict.best if verdict.kind == "none_works" else verdict.cell
    share = next((one.correct.value for one in result.cells if one.cell == shown), None)
    said = message(f"show.{verdict.kind}", lang, cell=cell_name(result, shown, lang))
    return said, message("show.right", lang, share=figures.percent(share))


def label_headline(result: LabelResult, lang: str) -> tuple[str, str]:
    """The verdict with its way, and what the ways are compared by of that way."""
    verdict = result.verdict
    shown = verdict.best if verdict.kind == "none_works" else verdict.cell
    way = next(one for one in result.ways if one.way == shown)
    said = message(f"show.{verdict.kind}", lang, cell=result.way_title(shown, lang))
    if result.decides == "correct":
        return said, message("show.right", lang, share=figures.percent(way.correct.value))
    metric = result.say("metric", lang)
    return said, message("show.metric", lang, metric=metric, share=figures.percent(way.f1.value))


def drill_headline(result: DrillResult, lang: str) -> tuple[str, str]:
    """The cell and the way that correct most changed questions, and how many."""
    best = result.most_corrected()
    if best is None:
        return message("show.none_corrected", lang), message("show.corrected", lang, new=0, n=result.counts["changed"])
    cell, one = best
    said = message("show.way", lang, cell=cell_words(result, cell, lang), way=message(f"way.{one.way}", lang))
    return said, message("show.corrected", lang, new=one.changed.new, n=one.changed.n)


def base_headline(result: BaseResult, lang: str) -> tuple[str, str]:
    """The verdict with its base, and the share of right answers of that base in the cell that is served."""
    verdict = result.verdict
    shown = result.summary(verdict.best if verdict.kind == "none_works" else verdict.cell)
    said = message(f"show.{verdict.kind}", lang, cell=shown.base)
    return said, message("show.right", lang, share=figures.percent(shown.correct[result.cells[0]].value))
