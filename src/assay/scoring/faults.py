"""What nearly all replies of a broken model have in common, and those of a working one never: no answers at all."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

__all__ = ["Fault", "find_fault", "is_echo"]

Fault = Literal["empty", "echo", "repeating", "identical"]

_MOSTLY = 0.75  # of the replies: what all but a few show is the model's way
_FEWEST = 4  # replies: fewer may be alike for a reason
_ECHOED = 30  # characters at the beginning of a prompt, by which it is found in a reply
_MANY, _FEW_DIFFERENT = 8, 0.35  # words of a reply, and the share of them that differ where it goes round in circles


def find_fault(replies: Sequence[str], echoes: Sequence[bool]) -> Fault | None:
    """What is wrong with replies to different questions; `echoes` tells which of them are, see `is_echo`.

    None: nothing, or too few replies to say.
    """
    least = _MOSTLY * len(replies)
    if len(replies) < _FEWEST:
        return None
    if sum(not reply.strip() for reply in replies) >= least:
        return "empty"
    if sum(echoes) >= least:
        return "echo"
    if sum(map(_goes_round, replies)) >= least:
        return "repeating"
    return "identical" if Counter(replies).most_common(1)[0][1] >= least else None


def _goes_round(reply: str) -> bool:
    words = reply.split() if " " in reply.strip() else list(reply.strip())
    return len(words) >= _MANY and len(set(words)) <= _FEW_DIFFERENT * len(words)


def is_echo(reply: str, prompt: str) -> bool:
    """Whether a reply holds the prompt, all of it or as far as the reply goes: what it was to read is no answer.

    Never of a prompt of a few words, which an answer may well hold.
    """
    said, told = " ".join(reply.split()), " ".join(prompt.split())
    if len(told) < _ECHOED:
        return False
    at = said.find(told[:_ECHOED])
    return told in said or (at >= 0 and told.startswith(said[at:]))
