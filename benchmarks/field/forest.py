"""The claims as a forest plot: one SVG file that follows the reader's light or dark. Knows rows and no run."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from field.rules import Standing
from field.table import Answer, Row
from field.words import MEASURE, TEXT

from assay.report.theme import FONTS, Theme, variables

__all__ = ["render_forest"]

_WIDTH, _ROW, _TEXT, _RIGHT = 1080, 22, 640, 20
_COLOUR: dict[Standing | None, str] = {
    "holds": "behaviour",
    "does_not_hold": "wrong",
    "cannot_tell": "muted",
    None: "muted",
}
_SHOWN = (("points", "share"), ("times",))
_AXIS = ("axis_points", "axis_times")


@dataclass(frozen=True)
class _Scale:
    """From a measure's scale to pixels; a value beyond the ends is drawn at the end."""

    low: float
    high: float

    def __call__(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return _TEXT + share * (_WIDTH - _RIGHT - _TEXT)


def render_forest(rows: Sequence[Row], lang: str) -> str:
    """A panel for differences in points and one for ratios, a line a measure that has an estimate."""
    body, top = list[str](), 10
    for units, axis in zip(_SHOWN, _AXIS, strict=True):
        shown = [(row, one) for row in rows for one in row.run if one.measure.unit in units]
        if shown:
            body += _panel(shown, axis, top, lang)
            top += _ROW * len(shown) + 62
    body += _legend(top, lang)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top + 30}" role="img" '
        f'lang="{lang}" font-size="13" font-family="{escape(FONTS)}">\n<title>{TEXT["plot"][lang]}</title>\n'
        f"<style>{_style()}</style>\n<rect class='paper' width='100%' height='100%'/>\n"
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _style() -> str:
    """Light colours, and dark ones for who wants them: no CSS variables, which some programs that show SVG lack."""
    return f"{_classes('light')}@media(prefers-color-scheme:dark){{{_classes('dark')}}}"


def _classes(theme: Theme) -> str:
    colours = variables(theme)
    used = dict.fromkeys(("paper", "ink", "muted", "line", *_COLOUR.values()))
    filled = "".join(f".{name}{{fill:{colours[name]}}}.s-{name}{{stroke:{colours[name]}}}" for name in used)
    return f"{filled}.hollow{{fill:{colours['paper']}}}"


def _panel(shown: Sequence[tuple[Row, Answer]], axis: str, top: float, lang: str) -> Iterator[str]:
    is_log = axis == "axis_times"
    scale = _scale([one for _, one in shown], is_log)
    bottom = top + _ROW * len(shown)
    for tick in _ticks(scale, is_log):
        x = scale(tick)
        label = f"×{math.exp(tick):g}" if is_log else f"{100 * tick:+.0f}".replace("-", "−").replace("+0", "0")
        yield f"<line class='s-line' x1='{x:.0f}' x2='{x:.0f}' y1='{top}' y2='{bottom}'/>"
        yield f"<text class='muted' x='{x:.0f}' y='{bottom + 16}' text-anchor='middle'>{label}</text>"
    yield f"<line class='s-muted' x1='{scale(0):.0f}' x2='{scale(0):.0f}' y1='{top}' y2='{bottom}'/>"
    middle = (_TEXT + _WIDTH - _RIGHT) / 2
    yield f"<text class='muted' x='{middle}' y='{bottom + 34}' text-anchor='middle'>{TEXT[axis][lang]}</text>"
    for number, (row, one) in enumerate(shown):
        yield from _line(row, one, scale, top + _ROW * (number + 0.5), lang)


def _scale(answers: Sequence[Answer], is_log: bool) -> _Scale:
    ends = [0.0]
    for one in answers:
        assert one.pooled is not None
        ends += [one.pooled.value, one.pooled.low or 0.0, one.pooled.high or 0.0]
    if is_log:
        return _Scale(min(ends) - 0.2, max(ends) + 0.2)
    return _Scale(max(-1.0, math.floor(10 * min(ends)) / 10), min(1.0, math.ceil(10 * max(ends)) / 10))


def _ticks(scale: _Scale, is_log: bool) -> list[float]:
    wanted = [math.log(m * 10**e) for e in range(-3, 6) for m in (1, 3)] if is_log else [n / 5 for n in range(-5, 6)]
    return [tick for tick in wanted if scale.low <= tick <= scale.high]


def _line(row: Row, one: Answer, scale: Callable[[float], float], y: float, lang: str) -> Iterator[str]:
    assert one.pooled is not None
    colour, bound = _COLOUR[one.standing], scale(one.measure.bound)
    name = f"{row.claim.number}  {_short(MEASURE[one.measure.key][lang])}"
    yield f"<text class='ink' x='10' y='{y + 4}'>{escape(name)}</text>"
    if one.measure.bound:
        yield (
            f"<line class='s-ink' stroke-dasharray='2 2' x1='{bound:.1f}' x2='{bound:.1f}' y1='{y - 9}' y2='{y + 9}'/>"
        )
    if one.pooled.low is not None and one.pooled.high is not None:
        ends = f"x1='{scale(one.pooled.low):.1f}' x2='{scale(one.pooled.high):.1f}'"
        yield f"<line class='s-{colour}' stroke-width='2' {ends} y1='{y}' y2='{y}'/>"
    yield _mark(one.standing, scale(one.pooled.value), y)


def _short(text: str) -> str:
    """The words of a measure, as far as they fit; Chinese characters are twice as wide."""
    width = 0.0
    for place, character in enumerate(text):
        width += 13 if ord(character) > 0x2E80 else 6.3
        if width > _TEXT - 70:
            return text[:place].rstrip(" ,，") + "…"
    return text


def _mark(standing: Standing | None, x: float, y: float) -> str:
    """Told apart by form as by colour: a full circle holds, a cross does not, a hollow circle cannot tell."""
    colour = _COLOUR[standing]
    if standing == "holds":
        return f"<circle class='{colour}' cx='{x:.1f}' cy='{y}' r='5'/>"
    if standing == "does_not_hold":
        path = f"M{x - 5:.1f} {y - 5}l10 10m0 -10l-10 10"
        return f"<path class='s-{colour}' stroke-width='2.5' fill='none' d='{path}'/>"
    return f"<circle class='hollow s-{colour}' stroke-width='2' cx='{x:.1f}' cy='{y}' r='4.5'/>"


def _legend(top: float, lang: str) -> Iterator[str]:
    for number, standing in enumerate(("holds", "does_not_hold", "cannot_tell")):
        x = _TEXT + 150 * number
        yield _mark(standing, x, top)  # type: ignore[arg-type]
        yield f"<text class='ink' x='{x + 12}' y='{top + 4}'>{TEXT[standing][lang]}</text>"
