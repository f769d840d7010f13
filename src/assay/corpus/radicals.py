"""Radicals for which fonts have characters of their own, as the characters that people type. Knows no fonts.

PDFs come with U+2F00 (a radical that looks like the character for "one") where a reader sees and types U+4E00.
"""

import re
import unicodedata

__all__ = ["plain_radicals"]

# Unicode's compatibility forms name the character for the Kangxi radicals, and for few of the others (U+2E80 on).
_OTHERS = dict(
    zip(
        "⺁⺇⺋⺒⺓⺙⺝⺟⺠⺢⺥⺩⺫⺬⺮⺰⺴⺷⺹⺼⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "厂几㔾巳幺攵月母民氺爫王罒示竹纟罓羊耂肉虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_RADICAL = re.compile("[\u2e80-\u2fd5]")


def plain_radicals(text: str) -> str:
    """The text with each radical as the character that it stands for."""
    return _RADICAL.sub(lambda found: _OTHERS.get(found.group()) or unicodedata.normalize("NFKC", found.group()), text)
