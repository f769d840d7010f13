"""The verdict in a few plain lines and what it warns of, in any language. Knows a result; computes nothing new."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from assay.report.declining_view import declining_line
from assay.report.grid_view import cell_name
from assay.report.judge_lines import judge_lines, judge_warnings
from assay.report.long_view import long_line, long_warnings
from assay.report.marks_lines import marks_summary
from assay.report.prompt_view import prompt_lines
from assay.report.steadiness_view import steadiness_line
from assay.statistics.estimate import Estimate
from assay.verdict.costs import VOLUME
from assay.verdict.more_questions import MOST_QUESTIONS
from assay.verdict.named_causes import ALL_BUT
from assay.verdict.result import (
    CellSummary,
    Comparison,
    Cost,
    Forgetting,
    NamedCause,
    OtherSummary,
    ProbeOutcome,
    RunResult,
)
from assay.words import figures, message
from assay.words.page_words import sentence_start

__all__ = ["few_note", "generalised", "listed", "option", "run_warnings", "verdict_lines"]

_points = partial(figures.points, signed=False)  # the sentences say more and fewer
_spelt = partial(figures.duration, short=False)

_FEW = 10  # test questions: fewer tell next to nothing
_OVERLOOKED = 0.02  # of the answers
_MOST_CAUSES = 2  # more than that are no summary


def verdict_lines(result: RunResult, lang: str) -> list[str]:
    """What to do, how sure that is, why answers fail, what to do next, what it costs: one line each.

    After what to do comes a line for each cell that left many questions unanswered, for each system from elsewhere
    whether it pays to replace it, what people's marks make of it, and what the judge is used for. After how sure that
    is come the figures of long answers, where there are any, and how steady the marks are, where questions were asked
    again. Behind the costs is told what a search for a prompt came to. Where forms were asked for, the last line tells
    how many answers have them.
    """
    missing = [_missing(result, cell, lang) for cell in result.verdict.unanswered]
    others = [_against_other(result, other, lang) for other in result.others]
    sure = [_how_sure(result, lang), *_of_long_answers(result, lang), *steadiness_line(result, lang)]
    rest = [_why(result, lang), _next(result, lang), _cost(result, lang)]
    if result.declining and result.declining.is_used:
        rest += declining_line(result, lang)
    said = [*marks_summary(result, lang), *judge_lines(result, lang)]
    told = [*missing, *others, *said, *sure, *rest, *prompt_lines(result, lang), *_form(result, lang)]
    return [_what(result, lang), *told]


def generalised(settings: Mapping[str, Any]) -> str:
    """Which question the intervals of a result answer; those from before there was a choice: other documents, too."""
    return str(settings.get("generalise", "documents"))


def _of_long_answers(result: RunResult, lang: str) -> list[str]:
    summary = _summary(result, result.verdict.cell)
    if summary is None or summary.long is None:
        return []
    return [long_line(summary.long, lang, cell_name(result, summary.cell, lang))]


def _form(result: RunResult, lang: str) -> list[str]:
    """A line on the form that answers were asked to have, cell by cell from the best; none where none was."""
    kept = sorted(
        ((one.form_kept, cell_name(result, one.cell, lang)) for one in result.cells if one.form_kept is not None),
        key=lambda pair: -pair[0],
    )
    told = [message("line.form_one", lang, cell=name, share=figures.percent(share)) for share, name in kept]
    return [message("line.form", lang, cells=message("list.comma", lang).join(told))] if told else []


def few_note(n: int, lang: str) -> str:
    """What stands before a score that rests on next to nothing; else nothing."""
    return message("line.few_test", lang, n=n) if n < _FEW else ""


def run_warnings(result: RunResult, lang: str) -> list[str]:
    """What its figures warn of: answers cut or not judged, what tuning cost, what is wrong with the question set."""
    of_answers = [*_cut_warnings(result, lang), *long_warnings(result, lang), *judge_warnings(result, lang)]
    return [*of_answers, *_forgetting_warnings(result, lang), *_check_warnings(result, lang)]


def _check_warnings(result: RunResult, lang: str) -> list[str]:
    """One sentence with how many questions of each kind the check found; none where it found nothing."""
    kinds = {"leak": ("leak",), "gold": ("not_in_evidence", "contradiction"), "not_in_documents": ("not_in_documents",)}
    counts = {name: len({f.question for f in result.findings if f.kind in of}) for name, of in kinds.items()}
    parts = [message(f"warning.check.{name}", lang, n=n) for name, n in counts.items() if n]
    return [message("warning.check", lang, found=message("list.semicolon", lang).join(parts))] if parts else []


def _cut_warnings(result: RunResult, lang: str) -> list[str]:
    """A sentence where more answers of a cell break off at the limit of tokens than can be overlooked."""
    n = len(result.questions)
    cut = [summary for summary in result.cells if summary.n_cut > _OVERLOOKED * n]
    if not cut:
        return []
    most = max(cut, key=lambda summary: summary.n_cut)
    name, limit = cell_name(result, most.cell, lang), result.settings["max_new_tokens"]
    return [message("warning.cut", lang, n=most.n_cut, of=n, cell=name, limit=limit)]


def _forgetting_warnings(result: RunResult, lang: str) -> list[str]:
    """A sentence for each adapter and each probe set of which it has lost, or may have lost, more than the margin."""
    return [
        _forgotten(result, one, outcome, lang)
        for one in result.forgetting
        for outcome in one.probes
        if outcome.finding in ("lost", "may_have_lost", "recites")
    ]


def _forgotten(result: RunResult, one: Forgetting, outcome: ProbeOutcome, lang: str) -> str:
    loss, between = outcome.judged.loss, ""
    shares = outcome.judged.before, outcome.judged.after
    if outcome.finding == "recites" and outcome.remembered is not None:
        shares = outcome.remembered
    if loss.low is not None and loss.high is not None:
        between = message("forgetting.between", lang, low=_points(loss.low), high=_points(loss.high))
    return message(
        f"forgetting.{outcome.finding}.{outcome.kind}",
        lang,
        cell=sentence_start(cell_name(result, one.cells[0], lang)),
        before=figures.percent(shares[0]),
        after=figures.percent(shares[1]),
        points=_points(loss.value),
        between=between,
    )


def _what(result: RunResult, lang: str) -> str:
    verdict = result.verdict
    cell, best = cell_name(result, verdict.cell, lang), cell_name(result, verdict.best, lang)
    ahead = result.ahead
    if ahead is not None:
        return message("line.prefer", lang, other=cell_name(result, ahead.cell, lang), best=best)
    if verdict.kind == "none_works":
        fault = message(f"line.fault.{verdict.fault}", lang) if verdict.fault else ""
        return message("line.none_works", lang, best=best) + fault
    if verdict.kind == "cannot_tell":
        if result.people is not None and result.people.scored_kind == "decided":
            return message("line.cannot_tell_people", lang, cell=cell, best=best)
        costs = {summary.cell: summary.cost for summary in result.cells}
        names = dict.fromkeys((*verdict.undecided, verdict.cell))
        between = listed([option(cell_name(result, name, lang), costs.get(name), lang) for name in names], lang)
        return message("line.cannot_tell", lang, between=between, cell=cell, more=_more(result, lang))
    if verdict.cell != verdict.best and verdict.best not in verdict.passed_over:
        return message("line.decided_cheaper", lang, cell=cell, best=best, margin=_points(verdict.margin))
    return message("line.decided", lang, cell=cell)


def _against_other(result: RunResult, other: OtherSummary, lang: str) -> str:
    """How the advised cell stands against a system from elsewhere, and what that one took as far as it is told."""
    cell, name = cell_name(result, result.verdict.cell, lang), cell_name(result, other.cell, lang)
    found = next((c for c in result.comparisons if (c.a, c.b) == (result.verdict.cell, other.cell)), None)
    if found is None or found.difference.low is None or found.difference.high is None:
        line = message("line.other.alone", lang, cell=cell, other=name, share=figures.percent(other.correct.value))
        return line + _took(other, name, lang)
    value, low, high = found.difference.value, found.difference.low, found.difference.high
    if other.standing == "worse":
        value, low, high = -value, -high, -low
    told = _points if other.standing in ("better", "worse") else figures.points  # the sentence says more or fewer
    line = message(
        f"line.other.{other.standing}",
        lang,
        cell=cell,
        other=name,
        points=told(value),
        low=told(low),
        high=told(high),
        margin=_points(result.verdict.margin),
    )
    return line + _took(other, name, lang)


def _took(other: OtherSummary, name: str, lang: str) -> str:
    told = other.told
    parts = []
    if told.latency_p50_s is not None:
        parts.append(message("line.other.seconds", lang, time=_spelt(told.latency_p50_s, lang)))
    if told.money_per_1000 is not None:
        parts.append(message("line.other.money", lang, price=figures.money(told.money_per_1000)))
    return message("line.other.took", lang, other=name, took=message("list.comma", lang).join(parts)) if parts else ""


def option(name: str, cost: Cost | None, lang: str) -> str:
    """A cell, by its name for people, with what it costs: "RAG" (0.4 s an answer, 20 s to prepare)."""
    quoted = message("list.quote", lang, name=name)
    if cost is None:
        return quoted
    key = "line.option" if cost.prepare_s > 0 else "line.option_ready"
    return message(key, lang, cell=quoted, prepare=_spelt(cost.prepare_s, lang), answer=_spelt(cost.answer_s, lang))


def _missing(result: RunResult, name: str, lang: str) -> str:
    """A cell of which many answers have no mark, and between what its share lies for that."""
    summary = _summary(result, name)
    n = summary.n_failed + (summary.long.n_unjudged if summary.long else 0) if summary else 0
    low, high = (summary.bounds if summary else None) or (0.0, 1.0)
    return message(
        "line.unanswered",
        lang,
        cell=cell_name(result, name, lang),
        n=n,
        of=len(result.questions),
        low=figures.percent(low),
        high=figures.percent(high),
    )


def _more(result: RunResult, lang: str) -> str:
    n = result.verdict.more_questions
    if result.verdict.missing:
        return message("line.more_missing", lang)
    if result.verdict.perhaps_steady:
        return message("line.more_steady", lang)
    if n is None:
        return message(f"line.more_none.{generalised(result.settings)}", lang)
    return message("line.more_most" if n >= MOST_QUESTIONS else "line.more", lang, n=figures.count(n))


def _how_sure(result: RunResult, lang: str) -> str:
    about = message(f"line.about.{generalised(result.settings)}", lang)
    return _score_line(result, lang) + _flattered(result, lang) + about


def _flattered(result: RunResult, lang: str) -> str:
    """What the best gets on other questions than those it was picked on, where its own score is flattered."""
    verdict, summary = result.verdict, _summary(result, result.verdict.cell)
    if summary is None or verdict.elsewhere is None or verdict.cell != verdict.best:
        return ""
    share = verdict.elsewhere
    is_flattered = round(100 * summary.correct.value) > round(100 * share)
    return message("line.flattered", lang, share=figures.percent(share)) if is_flattered else ""


def _score_line(result: RunResult, lang: str) -> str:
    summary = _summary(result, result.verdict.cell)
    other = _rival(result)
    if summary is None:
        return message("line.sure", lang, score=cell_name(result, result.verdict.cell, lang))
    score = few_note(summary.correct.n, lang) + _score(result, summary, lang)
    if other is None:
        return message("line.sure", lang, score=score)
    return message(
        "line.sure_against",
        lang,
        score=score,
        other=sentence_start(cell_name(result, other.cell, lang)),
        against=_against(result, other, lang),
    )


def _score(result: RunResult, summary: CellSummary, lang: str) -> str:
    estimate = summary.correct
    key = "line.score" if estimate.low is not None and estimate.high is not None else "line.score_only"
    return message(
        key,
        lang,
        cell=cell_name(result, summary.cell, lang),
        share=figures.percent(estimate.value),
        n=estimate.n,
        low=figures.percent(estimate.low or 0.0),
        high=figures.percent(estimate.high or 0.0),
    )


def _rival(result: RunResult) -> CellSummary | None:
    """The best cell where another is advised, else the next best of the cells that can be served."""
    others = [
        summary
        for summary in result.cells
        if result.is_served(summary.cell) and summary.correct.n and summary.cell != result.verdict.cell
    ]
    best = [summary for summary in others if summary.cell == result.verdict.best]
    return best[0] if best else max(others, key=lambda summary: summary.correct.value, default=None)


def _against(result: RunResult, other: CellSummary, lang: str) -> str:
    found = next((c for c in result.comparisons if {c.a, c.b} == {result.verdict.cell, other.cell}), None)
    if found is None or found.difference.low is None or found.difference.high is None:
        return message("line.against_only", lang, share=figures.percent(other.correct.value))
    value, low, high = _lead(found, other.cell)
    if value >= 0:
        return message("line.against_more", lang, points=_points(value), low=_points(low), high=_points(high))
    return message("line.against_less", lang, points=_points(-value), low=_points(-high), high=_points(-low))


def _lead(comparison: Comparison, cell: str) -> tuple[float, float, float]:
    """The lead of one of the two cells compared, with its interval."""
    value, low, high = comparison.difference.value, comparison.difference.low or 0.0, comparison.difference.high or 0.0
    return (value, low, high) if comparison.a == cell else (-value, -high, -low)


def _why(result: RunResult, lang: str) -> str:
    """What makes the figures untrue, before all; then the causes of most wrong answers, as far as they are shown."""
    named = result.diagnosis.named
    if named is None:
        return _why_by_gaps(result, lang)
    faults = [_fault(result, one, lang) for one in named if one.share is None]
    causes = [_cause(one, lang) for one in named if one.share is not None][:_MOST_CAUSES]
    told, why = (message("list.semicolon", lang).join(parts) for parts in (faults[:_MOST_CAUSES], causes))
    if faults:
        return message("line.first_and" if causes else "line.first", lang, faults=told, causes=why)
    if causes:
        return message("line.why", lang, gaps=why)
    if not result.diagnosis.gaps:
        return message("line.why_unknown", lang)
    n_wrong = sum(cause != "right" for cause in result.diagnosis.cause.values())
    is_hardly = n_wrong <= ALL_BUT * len(result.diagnosis.cause)
    return message("line.why_hardly" if is_hardly else "line.why_nothing", lang)


def _fault(result: RunResult, one: NamedCause, lang: str) -> str:
    values = one.values | ({"cell": cell_name(result, one.values["cell"], lang)} if "cell" in one.values else {})
    return message(f"fault.{one.name}", lang, n=one.n, of=one.of, **values)


def _cause(one: NamedCause, lang: str) -> str:
    return message("line.why_cause", lang, n=one.n, of=one.of, cause=message(f"named.{one.name}", lang))


def _why_by_gaps(result: RunResult, lang: str) -> str:
    """Of a result from before answers had causes by what stood in their prompts."""
    if not result.diagnosis.gaps:
        return message("line.why_unknown", lang)
    found = {gap.name: gap for gap in result.diagnosis.gaps}
    gaps = [found[name] for name in result.diagnosis.own_gaps if name != "routing"]
    parts = [
        message(
            "line.why_gap",
            lang,
            points=_points(gap.estimate.value),
            gap=message(f"gap.{gap.name}", lang),
            why=message(f"gap.{gap.name}.why", lang),
        )
        for gap in gaps[:_MOST_CAUSES]
        if round(gap.estimate.value * 100)
    ]
    if not parts:
        return message("line.why_nothing", lang)
    return message("line.why", lang, gaps=message("list.clause", lang).join(parts))


def _next(result: RunResult, lang: str) -> str:
    if result.verdict.fault and not any(one.share is None for one in result.diagnosis.named or []):
        return message("line.next", lang, action=message("action.look_at_the_model", lang))
    step = result.verdict.next_action
    is_idle = result.verdict.kind == "none_works" and step.action == "none"  # no gap was measured, and all is wrong
    action = message("action.bigger_model" if is_idle else f"action.{step.action}", lang)
    if step.gain is None:
        return message("line.next", lang, action=action)
    gain: Estimate = step.gain
    if gain.low is None or gain.high is None:
        return message("line.next_gain", lang, action=action, points=_points(gain.value))
    return message(
        "line.next_gain_interval",
        lang,
        action=action,
        points=_points(gain.value),
        low=_points(gain.low),
        high=_points(gain.high),
    )


def _cost(result: RunResult, lang: str) -> str:
    summary = _summary(result, result.verdict.cell)
    if summary is None:
        return message("line.cost_unknown", lang)
    cost = summary.cost
    key = "line.cost" if cost.prepare_s > 0 else "line.cost_ready"
    line = message(key, lang, prepare=_spelt(cost.prepare_s, lang), answer=_spelt(cost.answer_s, lang))
    return line + _crossing(result, lang)


def _crossing(result: RunResult, lang: str) -> str:
    """The break-even of the advised cell that lies nearest to the volume it was chosen for; empty without one."""
    cell = result.verdict.cell
    own = [even for even in result.verdict.break_even if cell in (even.dearer_to_prepare, even.dearer_to_answer)]
    if not own:
        return ""
    volume = result.settings.get("volume", VOLUME)
    nearest = min(own, key=lambda even: abs(even.answers - volume))
    pays_off = nearest.dearer_to_prepare == cell
    other = nearest.dearer_to_answer if pays_off else nearest.dearer_to_prepare
    key = "line.pays_off" if pays_off else "line.overtaken"
    return message(key, lang, other=cell_name(result, other, lang), n=figures.count(nearest.answers))


def _summary(result: RunResult, cell: str) -> CellSummary | None:
    return next((summary for summary in result.cells if summary.cell == cell), None)


def listed(names: list[str], lang: str) -> str:
    """ "a, b and c"."""
    if len(names) < 2:
        return "".join(names)
    return message("list.and", lang, first=message("list.comma", lang).join(names[:-1]), last=names[-1])
