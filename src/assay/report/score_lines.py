"""Marked answers as a table, as lines and as rows of a file. Knows marks; computes nothing new."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from assay.report.long_view import long_line
from assay.report.outcome import Table
from assay.scoring.scored_answers import ScoredAnswer, ScoredAnswers, ScoredPart
from assay.statistics.estimate import Estimate
from assay.verdict.standing import bounds_of
from assay.words import figures, has_message, message, spoken
from assay.words.page_words import word

__all__ = ["score_lines", "score_rows", "score_table"]

_SHOWN = 20  # wrong answers, and ids without one
_LONGEST = 70  # characters of a question or an answer


def score_table(scored: ScoredAnswers, lang: str) -> Table:
    """A row for all questions, the answerable and the unanswerable ones; figures with their 95% intervals."""
    parts = {"all": scored.total, "answerable": scored.answerable, "unanswerable": scored.unanswerable}
    head = [message("score.head", lang), message("score.n", lang)]
    head += [word(f"col.{name}", lang) for name in ("right", "exact_match", "f1", "refusal", "failed")]
    with_form, with_long = scored.total.form_kept is not None, scored.total.long is not None
    head += [word("col.unjudged", lang)] if with_long else []
    head += [word("col.form_kept", lang)] if with_form else []
    rows = [
        [
            *_row(message(f"score.{name}", lang), part, lang),
            *([_unjudged(part)] if with_long else []),
            *([figures.percent(part.form_kept)] if with_form else []),
        ]
        for name, part in parts.items()
        if part is not None
    ]
    return Table(head, rows, n_words=1, width=120)


def _row(title: str, part: ScoredPart, lang: str) -> list[str]:
    shares = [_share(one, lang) for one in (part.correct, part.exact_match, part.f1, part.refused)]
    return [title, figures.count(part.n), *shares, figures.count(part.n_failed)]


def _unjudged(part: ScoredPart) -> str:
    return figures.count(part.long.n_unjudged if part.long else 0)


def _share(estimate: Estimate, lang: str) -> str:
    if not estimate.n:
        return figures.percent(None)
    return f"{figures.percent(estimate.value)} ({figures.interval(estimate, lang)})"


def score_lines(scored: ScoredAnswers, lang: str) -> list[str]:
    """The figures of long answers, the wrong ones and those not judged, twenty of each, and questions without one."""
    wrong, unjudged, missing = scored.wrong, scored.unjudged, scored.missing
    lines = [long_line(scored.total.long, lang)] if scored.total.long else []
    lines.append(message("score.wrong", lang, n=len(wrong)) if wrong else message("score.nothing_wrong", lang))
    lines += _listed(wrong, scored, lang)
    if unjudged:
        lines += [message("score.unjudged", lang, n=len(unjudged)), *_listed(unjudged, scored, lang)]
    if missing:
        ids = message("list.comma", lang).join(one.id for one in missing[:_SHOWN])
        ids += message("list.more", lang, n=len(missing) - _SHOWN) if len(missing) > _SHOWN else ""
        lines.append(message("score.missing", lang, n=len(missing), of=len(scored.answers), ids=ids))
        bounds = bounds_of(np.array([np.nan if one.correct is None else one.correct for one in scored.answers]))
        shares = [figures.percent(bound) for bound in bounds or ()]
        lines += [message("score.bounds", lang, low=shares[0], high=shares[1])] if shares else []
    return [*lines, message(f"score.about.{scored.generalise}", lang)]


def _listed(answers: Sequence[ScoredAnswer], scored: ScoredAnswers, lang: str) -> list[str]:
    lines = [_line(one, scored, lang) for one in answers[:_SHOWN]]
    rest = len(answers) - _SHOWN
    return [*lines, message("check.more", lang, n=rest)] if rest > 0 else lines


def _line(one: ScoredAnswer, scored: ScoredAnswers, lang: str) -> str:
    return message(
        "score.accepted" if one.accepted else "score.one",
        lang,
        id=one.id,
        reason=_why(one, scored, lang),
        question=_short(one.question),
        answer=_short(one.answer or ""),
        accepted=" / ".join(one.accepted),
    )


def _why(one: ScoredAnswer, scored: ScoredAnswers, lang: str) -> str:
    """The words of the scorer that gave the reason, else those of the catalogue, else the reason itself."""
    if one.reason in scored.reasons:
        return spoken(scored.reasons[one.reason], lang)
    return message(f"reason.{one.reason}", lang) if has_message(f"reason.{one.reason}") else one.reason


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def score_rows(scored: ScoredAnswers, lang: str) -> tuple[list[str], Sequence[Mapping[str, Any]]]:
    """Columns and rows of a file with every question; a question without an answer has no marks."""
    columns = ["id", "question", "accepted", "answer", "right", "reason", "exact_match", "f1", "declined"]
    columns += ["complete", "supported"] if scored.total.long else []
    if scored.total.form_kept is None:
        return columns, [_as_row(one, scored, lang) for one in scored.answers]
    rows = [_as_row(one, scored, lang) | {"form_kept": one.form_kept} for one in scored.answers]
    return [*columns, "form_kept"], rows


def _as_row(one: ScoredAnswer, scored: ScoredAnswers, lang: str) -> dict[str, Any]:
    row = {"id": one.id, "question": one.question, "accepted": "|".join(one.accepted), "answer": one.answer}
    marks = {"right": one.correct, "exact_match": one.exact_match, "f1": round(one.f1, 4), "declined": one.refused}
    if scored.total.long:
        marks |= {"complete": _rounded(one.complete), "supported": _rounded(one.supported)}
    nothing = dict.fromkeys(marks)
    return row | {"reason": _why(one, scored, lang)} | (nothing if one.answer is None else marks)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
