"""A follow-up question as one that stands alone. Knows a conversation and words, and no model.

Small models that are asked to rewrite one repeat it (benchmarks/follow_ups.md); an earlier question says what is meant.
"""

import re
from collections.abc import Sequence

__all__ = ["stand_alone"]

_LEANS = re.compile(
    r"^\s*(?:and|what about|how about|but)\b|\b(?:its?|they|them|their|th(?:at|is) one)\b"
    r"|(?<!is )(?<!are )\bthere\b|^[那它]|[它他她]|呢[?？]?\s*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<=[a-z,;] )(?!I\b)[A-Z]\w+"  # a capital within a sentence
    r"|^[A-Z]\w+(?= [A-Z0-9]\w*)"  # "Sondrel 800: weight?"
    r"|\b[A-Za-z]*\d\w*|[\u4e00-\u9fff]?[A-Za-z]*\d+"  # C6, 霜匣60
)
_FAR = 3  # questions back


def stand_alone(question: str, before: Sequence[str]) -> str:
    """The question itself where it names what it is about; else put behind the last one that does.

    Args:
        question: the last of a conversation.
        before: the questions before it, the oldest first.
    """
    if not before or (_NAME.search(question) and not _LEANS.search(question)):
        return question
    earlier = [one.strip() for one in before[-_FAR:]]
    about = next((one for one in reversed(earlier) if _NAME.search(one)), earlier[-1])
    return f"{about} {question}"
