"""A model's answer without what is not part of it: thoughts, marks of citations, layout. Knows no values, no words."""

import re
import unicodedata
from functools import lru_cache

__all__ = ["clean_text", "without_thoughts"]

_THOUGHTS = re.compile(r"<(think|thinking|thought|reasoning|reflection)>.*?(?:</\1>|$)", re.DOTALL | re.IGNORECASE)
_THOUGHTS_BEFORE = re.compile(r"^.*</(?:think|thinking|thought|reasoning|reflection)>", re.DOTALL | re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff™®©]")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&nbsp;": " ", "&#39;": "'"}
_ENTITY = re.compile("|".join(_ENTITIES))

_TEX_WRAPPED = re.compile(
    r"\\(?:boxed|text|textbf|mathrm|mathbf|mathit|operatorname|fbox)\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
)
_TEX_FRACTION = re.compile(r"\\[dtc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_TEX_SIGNS = {
    r"\times": "×", r"\cdot": "·", r"\pm": "±", r"\le": "<=", r"\leq": "<=", r"\ge": ">=", r"\geq": ">=",
    r"\approx": "≈", r"\sim": "~", r"\degree": "°", r"\circ": "°", r"\mu": "μ", r"\Omega": "Ω", r"\ne": "≠",
}  # fmt: skip
_TEX_SIGN = re.compile(
    "|".join(re.escape(name) + r"(?![a-zA-Z])" for name in sorted(_TEX_SIGNS, key=len, reverse=True))
)
_TEX_SPACE = re.compile(r"\\[,;:! ]|\\q?quad\b")
_TEX_POWER = re.compile(r"\^\{\s*(-?\d+)\s*\}")
_TEX_MATH = re.compile(r"\\[()\[\]]|\$\$|(?<![\w$])\$(?=\S)([^$\n]{1,60}?)(?<=\S)\$(?![\w$])")

_MARK = re.compile(
    r"\s?(?:\[\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\^?\]|【[^】]{1,40}】|\[(?:doc|source|citation)[ _]?\d*\])"
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = re.compile(rf"(?<=\S)(⁻?[{_SUPERSCRIPTS}]+(?:[,⁻'][{_SUPERSCRIPTS}]+)*)")
_HAS_POWERS = re.compile(r"(?:(?<![^\W\d_])(?:[a-zA-Z]|[cdkmμ]m|km|ft|in|yd|mi|sec)|\b10|[米寸里尺])$")
_STRUCK = re.compile(r"~~(?=\S)[^~\n]+~~|<(s|del|strike)>.*?</\1>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*\*|\*|`+)(?=\S)([^*`\n]+?)(?<=\S)\1")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_RULE = re.compile(r"^\s*\|?[\s:|-]{3,}\|?\s*$", re.MULTILINE)
_QUOTES = str.maketrans(
    {"‘": "'", "’": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "−": "-", "–": "-", "—": "-",
     "‐": "-", "‑": "-", "‒": "-", "―": "-", "﹣": "-", "⁄": "/", "∕": "/", "～": "~", "〜": "~", "µ": "μ"}
)  # fmt: skip
_THOUSANDS = re.compile("(?<=[0-9])[\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))")  # spaces that do not part
_WIDE = "，；：！？"  # no ASCII for these: 是，711,988 is one number after a comma
_KEPT = str.maketrans({sign: chr(0xE000 + i) for i, sign in enumerate(_WIDE)})
_KEPT_BACK = str.maketrans({chr(0xE000 + i): sign for i, sign in enumerate(_WIDE)})
_VULGAR = re.compile(r"(?<=\d)(?=[¼-¾⅐-⅞])")  # 2½: two numbers to the eye, "21/2" to Unicode
_PLUS_MINUS = re.compile(r"\bplus(?: or |/| / |-or-)minus\b|\+/-|正负(?=\s?\d)", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


@lru_cache(maxsize=4096)
def clean_text(text: str) -> str:
    """The answer itself, with case and signs, in one form for quotes, dashes, widths and spaces; line breaks stay.

    Thoughts ("<think>…</think>") are no part of an answer, nor are marks of citations ("[1]", "25¹", 【2†file】),
    invisible characters, LaTeX around a figure, Markdown around words. A text of nothing but such a sign stays.
    """
    kept = _STRUCK.sub(" ", without_thoughts(text))
    kept = _ENTITY.sub(lambda match: _ENTITIES[match.group()], _INVISIBLE.sub("", kept))
    kept = _plain_tex(_THOUSANDS.sub("", kept))
    kept = _or_whole(_MARK.sub("", kept), kept)
    kept = _RAISED.sub(_raised, kept)
    kept = unicodedata.normalize("NFKC", _VULGAR.sub(" ", kept).translate(_QUOTES).translate(_KEPT)).translate(_QUOTES)
    kept = kept.translate(_KEPT_BACK)
    kept = _or_whole(_RULE.sub("", _HEADING.sub("", _EMPHASIS.sub(r"\2", kept))), kept)
    return _SPACES.sub(" ", _PLUS_MINUS.sub("±", kept)).strip()


def without_thoughts(text: str) -> str:
    """The text without what a reasoning model thinks aloud; nothing of one whose thoughts do not end."""
    return _THOUGHTS_BEFORE.sub("", _THOUGHTS.sub(" ", text))


def _or_whole(without: str, whole: str) -> str:
    """What is left, if something is."""
    return without if without.strip() else whole


def _plain_tex(text: str) -> str:
    if "\\" not in text and "$" not in text:
        return text
    for _ in range(3):  # one within another
        text = _TEX_WRAPPED.sub(r"\1", _TEX_FRACTION.sub(r"\1/\2", text))
    text = (
        _TEX_POWER.sub(r"^\1", text)
        .replace("{,}", ",")
        .replace("{.}", ".")
        .replace(r"^\circ", "°")
        .replace(r"^{\circ}", "°")
    )
    text = _TEX_SIGN.sub(lambda match: _TEX_SIGNS[match.group()], _TEX_SPACE.sub(" ", text))
    text = _TEX_MATH.sub(lambda match: match[1] or "", text)
    return re.sub(r"\\([%$#&_{}])", r"\1", text)


def _raised(match: re.Match[str]) -> str:
    """A power after a unit, a variable or ten: m², 10⁶; the number of a footnote after anything else."""
    before = match.string[max(0, match.start() - 4) : match.start()]
    digits = match[1]
    if _HAS_POWERS.search(before) and "," not in digits:
        return ("^" if before.endswith("10") else "") + unicodedata.normalize("NFKC", digits).replace("−", "-")
    return ""
