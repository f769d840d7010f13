"""The page of the claims in Markdown, in one language. Knows results as rows; computes nothing but forms of figures."""

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from field.parts import Job, base_name
from field.results import Done, Results
from field.rules import FEW_SETS, Figure, Pooled
from field.table import Answer, Row
from field.words import CLAIM, MEASURE, NOT_BUILT, NOTE, PART, PUBLISHED, TEXT

from assay.verdict.drill_result import DrillResult
from assay.verdict.result import RunResult

__all__ = ["render_page", "write_value"]


def render_page(rows: Sequence[Row], results: Results, line: str, lang: str) -> str:
    """All of docs/claims.md.

    Args:
        rows: of every claim.
        results: what they are from.
        line: the command that made them.
        lang: "en" or "zh".
    """
    text = Path(__file__).with_name(f"page.{lang}.md").read_text("utf-8")
    done = results.done
    return text.format(
        n=len(done),
        of=len(done) + len(results.missing),
        date=max((one.result.created[:10] for one in done), default="–"),
        hours=f"{results.seconds / 3600:.1f}",
        questions=_range([_asked(one) for one in done if not isinstance(one.result, DrillResult)]),
        train=_range([one.run.counts["train"] for one in done if isinstance(one.result, RunResult)]),
        sets=_listed([one.set for one in done], lang),
        bases=_listed([one.base for one in done], lang),
        table="\n".join(_table(rows, lang)),
        notes="\n".join(_notes(rows, lang)),
        missing="\n".join(_missing(rows, results, lang)) or _say("missing_none", lang),
        line=line,
        all="\n".join(_all(rows, lang)),
    )


def _say(key: str, lang: str, **values: object) -> str:
    return TEXT[key][lang].format(**values)


def _range(counts: Sequence[int]) -> str:
    return "–".join(str(n) for n in sorted({min(counts), max(counts)})) if counts else "0"


def _asked(done: Done) -> int:
    counts = done.result.counts
    return counts.get("asked", counts["test"])


def _listed(names: Sequence[str], lang: str) -> str:
    return _say("comma", lang).join(dict.fromkeys(names)) or "–"


def _table(rows: Sequence[Row], lang: str) -> Iterator[str]:
    yield from _head("head", lang)
    yield from (_row(row, lang) for row in rows)


def _head(key: str, lang: str) -> tuple[str, str]:
    head = _say(key, lang)
    return f"| {head} |", "|---" * (head.count("|") + 1) + "|"


def _row(row: Row, lang: str) -> str:
    sets = list(dict.fromkeys(name for answer in row.run for name in answer.pooled.sets))  # type: ignore[union-attr]
    bases = list(dict.fromkeys(name for answer in row.run for name in answer.pooled.bases))  # type: ignore[union-attr]
    cells = [
        str(row.claim.number),
        CLAIM[row.claim.number][lang],
        "<br>".join(MEASURE[answer.measure.key][lang] for answer in row.answers),
        "<br>".join(_estimate(answer, len(row.answers) > 1, lang) for answer in row.answers),
        _listed(sets, lang) if sets else "–",
        _listed(bases, lang) if bases else "–",
        PUBLISHED.get(row.claim.number, {}).get(lang, ""),
        verdict_of(row, lang),
    ]
    return f"| {' | '.join(cells)} |"


def _estimate(answer: Answer, is_one_of_several: bool, lang: str) -> str:
    if answer.pooled is None:
        return _say("not_run", lang)
    told = write_value(answer.pooled, answer, lang)
    return f"{told}: {_say(answer.standing, lang)}" if is_one_of_several and answer.standing else told


def verdict_of(row: Row, lang: str) -> str:
    """The verdict, and how little it rests on: measures that were not run, fewer than three sets."""
    if row.standing is None:
        return _say("not_run", lang)
    remarks = []
    if len(row.judged) < len(row.judgeable):
        remarks.append(_say("partly", lang, n=len(row.judged), of=len(row.judgeable)))
    n_sets = min(len(answer.pooled.sets) for answer in row.judged if answer.pooled)
    if n_sets < FEW_SETS:
        remarks.append(_say("few", lang, n=n_sets))
    verdict = f"**{_say(row.standing, lang)}**"
    return _say("remarks", lang, verdict=verdict, remarks=_listed(remarks, lang)) if remarks else verdict


def write_value(one: Figure | Pooled, answer: Answer, lang: str) -> str:
    """A figure with its interval, in the unit of its measure."""
    form = {"points": _points, "share": _share, "times": _times, "answers": _answers, "seconds": _seconds}
    write = form[answer.measure.unit]
    told = write(one.value)
    if one.low is not None and one.high is not None:
        told += f" [{write(one.low)}, {write(one.high)}]"
    return _say(answer.measure.unit, lang, value=told) if answer.measure.unit in TEXT else told


def _points(value: float) -> str:
    return f"{100 * value:+.1f}".replace("-", "−")


def _share(value: float) -> str:
    return f"{100 * max(0.0, value):.0f}%"


def _times(value: float) -> str:
    return f"×{math.exp(value):.2g}" if value < math.log(100) else f"×{math.exp(value):,.0f}"


def _answers(value: float) -> str:
    return f"{math.exp(value):,.0f}"


def _seconds(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _notes(rows: Sequence[Row], lang: str) -> Iterator[str]:
    for row in rows:
        if row.claim.number in NOTE:
            yield f"- {row.claim.number}: {NOTE[row.claim.number][lang]}"


def _missing(rows: Sequence[Row], results: Results, lang: str) -> Iterator[str]:
    """Claims that nothing here can test, then runs, part by part."""
    built = [row for row in rows if row.claim.number in NOT_BUILT]
    yield from (f"- {row.claim.number}: {NOT_BUILT[row.claim.number][lang]}" for row in built)
    parts: dict[tuple[str, str], list[str]] = {}
    for job, why in results.missing.items():
        parts.setdefault((job.part, base_name(job.base)), []).append(_set(job, why, lang))
    for (part, base), sets in parts.items():
        yield f"- {_say('missing', lang, part=part, what=PART[part][lang], base=base, sets=_listed(sets, lang))}"


def _set(job: Job, why: str, lang: str) -> str:
    reason = re.sub(r"(?:/[\w.+-]+)*/(?=[\w.+-])", "", why.split("\n")[0])  # names of files, not where they lie
    return _say("failed", lang, set=job.set, why=reason) if why else job.set


def _all(rows: Sequence[Row], lang: str) -> Iterator[str]:
    yield from _head("all", lang)
    for row in rows:
        for answer in row.run:
            for one in answer.figures:
                cells = [str(row.claim.number), MEASURE[answer.measure.key][lang], one.set, one.base]
                yield f"| {' | '.join([*cells, write_value(one, answer, lang)])} |"
