"""What nearly all replies of a broken model have in common, and those of a working one never: no answers at all."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

__all__ = ["Fault", "find_fault"]

Fault = Literal["empty", "echo", "repeating", "identical"]

_MOSTLY = 0.75  # of the replies: what all but a few show is the model's way
_FEWEST = 4  # replies: fewer may be alike for a reason
_ECHOED = 30  # characters of a prompt
_MANY, _FEW_DIFFERENT = 8, 0.35  # words of a reply, and the share of them that differ where it goes round in circles


def find_fault(replies: Sequence[str], prompts: Sequence[str] = ()) -> Fault | None:
    """What is wrong with replies to different questions; `prompts`, if they are known, tell an echo.

    None: nothing, or too few replies to say.
    """
    least = _MOSTLY * len(replies)
    if len(replies) < _FEWEST:
        return None
    if sum(not reply.strip() for reply in replies) >= least:
        return "empty"
    if prompts and sum(prompt[:_ECHOED] in reply for reply, prompt in zip(replies, prompts, strict=True)) >= least:
        return "echo"
    if sum(map(_goes_round, replies)) >= least:
        return "repeating"
    return "identical" if Counter(replies).most_common(1)[0][1] >= least else None


def _goes_round(reply: str) -> bool:
    words = reply.split() if " " in reply.strip() else list(reply.strip())
    return len(words) >= _MANY and len(set(words)) <= _FEW_DIFFERENT * len(words)
