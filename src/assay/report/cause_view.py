"""What the causes of wrong answers show: sums, examples, what to do, and what changing one thing won. Knows no HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from assay.report.grid_view import cell_name
from assay.verdict.result import Cause, RunResult
from assay.words import figures, spoken
from assay.words.page_words import has_word, word

__all__ = ["CauseRow", "EffectRow", "canary_lines", "cause_rows", "effect_rows", "tried_words"]

_EXAMPLES = 2  # of a cause
_LONGEST = 90  # characters of an example


@dataclass(frozen=True)
class CauseRow:
    """How many wrong answers of the recommended cell have one cause; `width` is percent of the largest count.

    `examples`: anchor and text of a few questions. `remedy`: what to do; "" of results from before.
    """

    name: str
    title: str
    why: str
    remedy: str
    count: int
    width: float
    examples: list[tuple[str, str]]


@dataclass(frozen=True)
class EffectRow:
    """What changing one thing won, in points."""

    title: str
    value: str
    interval: str


def cause_rows(result: RunResult, lang: str) -> list[CauseRow]:
    """The causes that occur, that of the most answers first."""
    found: dict[Cause, list[int]] = {}
    for place, question in enumerate(result.questions, start=1):
        cause = result.diagnosis.cause.get(question.id, "right")
        if cause != "right":
            found.setdefault(cause, []).append(place)
    order = list(get_args(Cause))
    largest = max(map(len, found.values()), default=1)
    return [
        CauseRow(
            cause,
            word(f"cause.{cause}", lang),
            word(f"cause.{cause}.why", lang),
            word(f"cause.{cause}.do", lang) if has_word(f"cause.{cause}.do") else "",
            len(places),
            len(places) / largest * 100,
            [(f"q-{place}", _short(result.questions[place - 1].text)) for place in places[:_EXAMPLES]],
        )
        for cause, places in sorted(found.items(), key=lambda one: (-len(one[1]), order.index(one[0])))
    ]


def effect_rows(result: RunResult, lang: str) -> list[EffectRow]:
    """What each change won, in the order in which they were made."""
    return [
        EffectRow(
            _titled("effect", name, result, lang),
            figures.difference(effect.value, lang),
            figures.points_interval(effect, lang),
        )
        for name, effect in result.diagnosis.effects.items()
        if effect.n
    ]


def canary_lines(result: RunResult, lang: str) -> list[str]:
    """How the known questions were answered, a line for the base and for each adapter."""
    return [
        word(
            "gaps.canary.line" if mark.expected is None else "gaps.canary.expected",
            lang,
            cell=cell_name(result, mark.cell, lang),
            n=mark.n_right,
            of=mark.n,
            expected=mark.expected,
        )
        for mark in result.canary
    ]


def tried_words(result: RunResult, id: str, lang: str) -> str:
    """What became of one wrong answer when one thing was changed; "" where nothing was."""
    tried: Sequence[tuple[str, bool]] = list(result.diagnosis.tried.get(id, {}).items())
    said = [
        word(f"questions.tried.{'right' if right else 'wrong'}", lang, changed=_titled("changed", name, result, lang))
        for name, right in tried
    ]
    return word("list.semicolon", lang).join(said)


def _titled(family: str, name: str, result: RunResult, lang: str) -> str:
    _, _, column = name.partition(":")
    if not column:
        return word(f"effect.{name}", lang) if family == "effect" else word(f"changed.{name}", lang)
    title = next((spoken(one.title, lang) for one in result.columns if one.name == column), column)
    return (
        word("effect.column", lang, column=title) if family == "effect" else word("changed.column", lang, column=title)
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
