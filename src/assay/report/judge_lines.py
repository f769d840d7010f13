"""What a judge was asked, what that took and how far it is trusted, in plain lines. Shows no single opinion."""

from math import ceil

from assay.marks.judging import IN_USE_FROM, LEAST_JUDGED, OFF_BELOW
from assay.verdict.judge_said import JudgeSaid, JudgeStanding
from assay.verdict.result import RunResult
from assay.words import figures, message

__all__ = ["judge_lines", "judge_warnings"]


def judge_lines(result: RunResult, lang: str) -> list[str]:
    """Who judges and what that took; what it is used for, and why. Nothing where no judge is set."""
    said = result.judge
    if said is None:
        return []
    if said.failed:
        return [message("judge.failed", lang, judge=said.name, reason=said.failed.rstrip("."))]
    if not said.n_asked:
        return [message("judge.none", lang, judge=said.name)]
    found = result.people.judge if result.people else None
    standing = found or JudgeStanding("few", 0, len(said.answers))
    return [_asked(said, lang), _use(standing, lang)]


def judge_warnings(result: RunResult, lang: str) -> list[str]:
    """A sentence where the model under test judges its own answers."""
    said = result.judge
    return [message("warning.own_judge", lang, judge=said.name)] if said and said.n_asked and said.is_under_test else []


def _asked(said: JudgeSaid, lang: str) -> str:
    took = [figures.duration(said.seconds, lang, short=False)]
    if said.n_tokens:
        took.append(message("judge.tokens", lang, n=figures.count(said.n_tokens)))
    if said.money is not None:
        took.append(message("judge.money", lang, price=figures.money(said.money)))
    line = message("judge.asked", lang, judge=said.name, n=said.n_asked, took=message("list.comma", lang).join(took))
    if said.is_under_test:
        line += message("judge.own", lang)
    if said.n_order:
        line += message("judge.order", lang, n=said.n_order)
    if said.n_reply:
        line += message("judge.reply", lang, n=said.n_reply, reply=_shown(said.replies[0], lang))
    return line


def _shown(reply: str, lang: str) -> str:
    return " ".join(reply.split()) or message("sheet.empty", lang)


def _use(standing: JudgeStanding, lang: str) -> str:
    if standing.use == "few":
        return _few(standing, lang)
    return message(
        f"judge.use.{standing.use}",
        lang,
        n=standing.n_marks,
        share=figures.percent(standing.agreement.value if standing.agreement else None),
        kappa=_kappa(standing.kappa.value if standing.kappa else 0.0),
        majority=figures.percent(standing.majority),
        alone=_kappa(standing.kappa_alone or 0.0),
        beside=_kappa(standing.kappa_with or 0.0),
        off=figures.decimal(OFF_BELOW, 1),
        on=figures.decimal(IN_USE_FROM, 1),
    )


def _few(standing: JudgeStanding, lang: str) -> str:
    missing = LEAST_JUDGED - standing.n_marks
    line = message("judge.use.few", lang, n=standing.n_marks, least=LEAST_JUDGED)
    if missing > standing.n_left:
        return line + message("judge.too_small", lang, n=standing.n_marks + standing.n_left)
    return line + message("judge.draw", lang, n=10 * ceil(2 * missing / 10))  # half of a sheet are unjudged ones


def _kappa(value: float) -> str:
    return figures.decimal(value).replace("-", "−")
