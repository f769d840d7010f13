"""The colours of the report in light and dark, and their contrast. Knows no layout and no result.

Every colour has a name and two values. The page reads them as CSS variables, charts name them too, and a test holds
text colours to a contrast of 4.5 and graphical colours to 3 (WCAG 2.2, AA).
"""

from typing import Literal

__all__ = ["COLOURS", "FONTS", "Theme", "contrast", "heat_colours", "variables"]

Theme = Literal["light", "dark"]

COLOURS: dict[str, tuple[str, str]] = {
    "paper": ("#ffffff", "#11151b"),
    "surface": ("#f5f7fa", "#191f27"),
    "line": ("#dce1e8", "#2d3642"),
    "ink": ("#17202b", "#e7ebf0"),
    "muted": ("#545f6d", "#a4afbc"),
    "accent": ("#1b5ba8", "#82bbf6"),
    "right": ("#14617f", "#79c8ea"),
    "wrong": ("#a8420c", "#f3a473"),
    "mark": ("#fdeeb0", "#4a3f14"),
    "band": ("#e8edf4", "#242e3a"),
    "base": ("#687483", "#8b97a5"),
    "reading": ("#1b5ba8", "#82bbf6"),
    "retrieval": ("#b25f08", "#eda64f"),
    "behaviour": ("#0d7560", "#4fc3a6"),
    "capability": ("#7a559f", "#bd9ce0"),
    "knowledge": ("#1b5ba8", "#82bbf6"),
    "routing": ("#97406f", "#e493bd"),
    "unknown": ("#687483", "#8b97a5"),
    "finding": ("#b25f08", "#eda64f"),
    "picking": ("#97406f", "#e493bd"),
    "gold_doubtful": ("#a8420c", "#f3a473"),
    "not_in_documents": ("#545f6d", "#a4afbc"),
    "not_found": ("#b25f08", "#eda64f"),
    "other_version": ("#97406f", "#e493bd"),
    "other_document": ("#97406f", "#e493bd"),
    "not_used": ("#97406f", "#e493bd"),
    "form": ("#0d7560", "#4fc3a6"),
    "not_known": ("#1b5ba8", "#82bbf6"),
    "not_declined": ("#14617f", "#79c8ea"),
}

FONTS = (
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", '
    '"Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", Arial, sans-serif'
)

# One hue, lightness in one direction: what colour-blind people and a black-and-white printer can read too.
_HEAT: dict[Theme, tuple[str, str, str]] = {
    "light": ("#eff4fa", "#86b4e0", "#0b3f78"),
    "dark": ("#1a222c", "#2d659f", "#b9dcff"),
}
_DARK_TEXT, _LIGHT_TEXT = "#020508", "#ffffff"


def heat_colours(share: float, theme: Theme) -> tuple[str, str]:
    """Background and text colour of a heat map's cell; `share` from 0 to 1."""
    low, middle, high = _HEAT[theme]
    share = min(max(share, 0.0), 1.0)
    background = _mix(low, middle, share * 2) if share < 0.5 else _mix(middle, high, share * 2 - 1)
    text = max((_DARK_TEXT, _LIGHT_TEXT), key=lambda colour: contrast(colour, background))
    return background, text


def variables(theme: Theme) -> dict[str, str]:
    """Colour by name for one theme."""
    return {name: values[0 if theme == "light" else 1] for name, values in COLOURS.items()}


def contrast(a: str, b: str) -> float:
    """Contrast of two #rrggbb colours from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mix(a: str, b: str, share: float) -> str:
    mixed = (round(x + (y - x) * share) for x, y in zip(_channels(a), _channels(b), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)
