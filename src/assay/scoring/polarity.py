"""Yes and no in a text, in English and Chinese. Knows no question."""

import re
from typing import Literal

from assay.scoring.answer_language import Language
from assay.scoring.normalise import normalise

__all__ = ["Polarity", "polarity_of_answer", "polarity_of_text"]

Polarity = Literal["yes", "no"]

_ENGLISH: dict[str, Polarity] = dict.fromkeys(("yes", "yeah", "yep", "true"), "yes")
_ENGLISH.update(dict.fromkeys(("no", "nope", "false"), "no"))
_CHINESE_NO = "不可以 不能 不行 不是 不会 不需要 不允许 不对 不得 没有 无需 错误 否 不"
_CHINESE_YES = "可以 能够 能 是的 是 会 需要 允许 对 有 正确 可"
_CHINESE: dict[str, Polarity] = dict.fromkeys(_CHINESE_NO.split(), "no")
_CHINESE.update(dict.fromkeys(_CHINESE_YES.split(), "yes"))
# 是否, 能不能: the question's own words, said again; 答案是不能: the first word says nothing
_ASKED = re.compile(
    r"是否|能否|可否|会否|有无|(.)不\1|有没有|可不可以|需不需要|允不允许|是不是|(?<=答案)是|是(?=[不没未否]|无需|错误)"
)
_CHINESE_WORD = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))


def polarity_of_answer(answer: str, lang: Language) -> Polarity | None:
    """Yes or no where the accepted answer is just that; None for any other answer."""
    table = _CHINESE if lang == "zh" else _ENGLISH
    return table.get(normalise(answer, lang))


def polarity_of_text(text: str, lang: Language) -> Polarity | None:
    """What the first yes or no word of a text says; None without one."""
    normalised = normalise(text, lang)
    if lang == "zh":
        match = _CHINESE_WORD.search(_ASKED.sub("", normalised))
        return _CHINESE[match.group()] if match else None
    return next((_ENGLISH[word] for word in normalised.split() if word in _ENGLISH), None)
