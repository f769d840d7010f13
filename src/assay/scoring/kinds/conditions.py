"""Yes or no with its condition: yes, with approval of the manager; 可以，需经理批准. Knows no bare yes and no."""

import re

from assay.scoring.kinds.kind import Kind, Outcome
from assay.scoring.kinds.words import find_free
from assay.scoring.kinds.yes_no import Stance, stance_of_answer, stance_of_text
from assay.scoring.read_text import FUNCTION_WORDS, Asked, Read, read_text
from assay.scoring.values.quantities import same_amount

__all__ = ["CONDITION"]

_HEAD = re.compile(r"(?P<stance>[^\s,;:，；：]{1,6})\s?[,;:，；：]\s?(?:but |and |但|且)?(?P<rest>\S.{2,})", re.DOTALL)
_DENIES = re.compile(r"\b(?:not|no|never|without|nobody)\b|n't\b|[不没无未]", re.IGNORECASE)
_LIGHT_TEXT = (
    "only provided up most if long when unless first yes no need needed require required get "
    "需 须 经 得 要 才 前 提 先 获 可 只 仅 最 多 至"
)
_LIGHT = frozenset(_LIGHT_TEXT.split()) | FUNCTION_WORDS
_COVERED = 0.75  # share of the condition's words that have to be said
_STEM = 5  # letters that two forms of a word share: approval, approved


def _parts(accepted: Read, asked: Asked) -> tuple[Stance, Read] | None:
    """The stance and the condition of an accepted answer that has both."""
    match = _HEAD.fullmatch(accepted.text.strip(" .。"))
    stance = stance_of_answer(match["stance"], accepted.lang) or _echoed(match["stance"], asked) if match else None
    return (stance, read_text(match["rest"], accepted.lang)) if match and stance else None


def _echoed(head: str, asked: Asked) -> Stance | None:
    """The stance of a head that says a Chinese question's own word: 不防水, asked 防水吗."""
    if asked.lang != "zh" or not asked.read.text.rstrip("?？ ").endswith("吗"):
        return None
    word = head.lstrip("不没")
    if len(word) < 2 or word not in asked.read.text:
        return None
    return "yes" if word == head else "no"


def _decides(accepted: Read, said: Read, asked: Asked) -> Outcome | None:
    parts = _parts(accepted, asked)
    assert parts is not None  # `reads` said so
    wanted, condition = parts
    stance = stance_of_text(said.text, said.lang, asked.question.text)
    if stance is None:
        return None
    if stance != wanted:
        return "contradicted"
    if not _covers(condition, said):
        return "absent"
    denies = stance == "yes" and _DENIES.search(said.text) and not _DENIES.search(condition.text)
    return "contradicted" if denies else "right"


def _covers(condition: Read, said: Read) -> bool:
    """Whether a text has the amounts of a condition, and most of its words in some form."""
    wanted = {word.key[:_STEM] for word in condition.words if word.key not in _LIGHT}
    there = {word.key[:_STEM] for word in said.words}
    has_amounts = all(any(same_amount(one, other) for other in said.quantities) for one in condition.quantities)
    return bool(wanted) and has_amounts and len(wanted & there) >= _COVERED * len(wanted)


CONDITION = Kind(
    name="yes/no with a condition",
    reads=lambda accepted, asked: _parts(accepted, asked) is not None,
    find=find_free,
    decides=_decides,
)
