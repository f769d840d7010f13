"""The verdict of a label or entity run in a few plain lines, in English or Chinese. Computes nothing new."""

from assay.report.learning_view import learning_line
from assay.report.lines import few_note, listed, option
from assay.verdict.label_result import LabelResult, WaySummary
from assay.verdict.more_questions import MOST_QUESTIONS
from assay.words import figures, message
from assay.words.page_words import label_word, sentence_start

__all__ = ["f1_interval", "label_lines", "label_table"]


def label_lines(result: LabelResult, lang: str) -> list[str]:
    """What to do, how sure that is, what guessing gets, how far its probabilities can be trusted, what it costs.

    And what more texts would bring, where learning curves were drawn. One line each; what guessing gets is known where
    exactly one label is right of a text.
    """
    ways = {way.way: way for way in result.ways}
    chosen = ways[result.verdict.cell]
    rivals = [way for name, way in ways.items() if name != result.verdict.cell and way.correct.n]
    rival = ways[result.verdict.best] if result.verdict.best != result.verdict.cell else _best(rivals)
    return [
        _what(result, lang),
        *_missing(result, lang),
        few_note(chosen.correct.n, lang)
        + _score("label.sure", chosen, result, lang)
        + (_score("label.rival", rival, result, lang) if rival else ""),
        *_guessing(result, lang),
        _trust(chosen, lang),
        message(
            "label.cost",
            lang,
            prepare=figures.duration(chosen.cost.prepare_s, lang, short=False),
            answer=figures.duration(chosen.cost.usual_s, lang, short=False),
        ),
        *learning_line(result, lang),
    ]


def label_table(result: LabelResult, lang: str) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the table of ways."""
    metrics = [sentence_start(result.say(name, lang)) for name in ("right", "metric")]
    columns = [label_word(f"col.{name}", lang) for name in ("error", "p50", "prepare")]
    rows = []
    for way in result.ways:
        intervals = figures.interval(way.correct, lang), f1_interval(way, lang)
        shares = figures.percent(way.correct.value), figures.percent(way.f1.value)
        scores = [f"{share} ({interval})" for share, interval in zip(shares, intervals, strict=True)]
        error = figures.difference(way.calibration.error if way.calibration else None, lang, signed=False)
        seconds = way.cost.usual_s
        costs = [figures.duration(one, lang) for one in (seconds, way.cost.prepare_s)]
        rows.append([result.way_title(way.way, lang), *scores, error, *costs])
    return [label_word("col.way", lang), *metrics, *columns], rows


def _what(result: LabelResult, lang: str) -> str:
    verdict = result.verdict
    cell, best = (result.way_title(way, lang) for way in (verdict.cell, verdict.best))
    if verdict.kind == "none_works":
        return message("line.none_works", lang, best=best)
    if verdict.kind == "cannot_tell":
        costs = {way.way: way.cost for way in result.ways}
        names = dict.fromkeys((*verdict.undecided, verdict.cell))
        between = listed([option(result.way_title(way, lang), costs[way], lang) for way in names], lang)
        return message("line.cannot_tell", lang, between=between, cell=cell, more=_more(result, lang))
    if verdict.cell != verdict.best:
        margin = figures.points(verdict.margin, signed=False)
        return message("line.decided_cheaper", lang, cell=cell, best=best, margin=margin)
    return message("line.decided", lang, cell=cell)


def _more(result: LabelResult, lang: str) -> str:
    n = result.verdict.more_questions
    if result.verdict.missing:
        return message("line.more_missing", lang)
    if n is None:
        return message("label.more_none", lang)
    return message("label.more_most" if n >= MOST_QUESTIONS else "label.more", lang, n=figures.count(n))


def _score(key: str, way: WaySummary, result: LabelResult, lang: str) -> str:
    name = result.way_title(way.way, lang)
    return message(
        key,
        lang,
        way=name if key == "label.sure" else sentence_start(name),
        right=result.say("right", lang),
        share=figures.percent(way.correct.value),
        n=way.correct.n,
        interval=figures.interval(way.correct, lang),
        metric=result.say("metric", lang),
        f1=figures.percent(way.f1.value),
        f1_interval=f1_interval(way, lang),
    )


def f1_interval(way: WaySummary, lang: str) -> str:
    """The interval of the F1, or why there is none."""
    if way.f1.low is None and way.correct.low is not None:
        return message("label.few_a_label", lang)
    return figures.interval(way.f1, lang)


def _missing(result: LabelResult, lang: str) -> list[str]:
    """The ways that left many texts unanswered."""
    return [_bounded(way, result, lang) for way in result.ways if way.way in result.verdict.unanswered]


def _bounded(way: WaySummary, result: LabelResult, lang: str) -> str:
    of = way.correct.n + way.n_failed
    right = way.correct.value * way.correct.n
    return message(
        "label.unanswered",
        lang,
        way=result.way_title(way.way, lang),
        n=way.n_failed,
        of=of,
        low=figures.percent(right / of),
        high=figures.percent((right + way.n_failed) / of),
    )


def _guessing(result: LabelResult, lang: str) -> list[str]:
    found = result.guessing
    if found is None:
        return []
    always, chance = figures.percent(found.always), figures.percent(found.chance)
    return [message("label.guessing", lang, label=found.label, always=always, chance=chance)]


def _trust(way: WaySummary, lang: str) -> str:
    if way.calibration is None:
        return message("label.no_trust", lang)
    points = figures.points(way.calibration.error, signed=False)
    if way.calibration.chance is None:
        return message("label.trust", lang, points=points)
    chance = figures.points(way.calibration.chance, signed=False)
    return message("label.trust_chance", lang, points=points, chance=chance)


def _best(ways: list[WaySummary]) -> WaySummary | None:
    return max(ways, key=lambda way: way.correct.value, default=None)
