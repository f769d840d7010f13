"""What an answer comes to in the end: what it corrects itself to, or decides for. Knows no question."""

import re

__all__ = ["settled"]

_CORRECTED = re.compile(
    r"(?<=[\w。.!,，;；：:?？-])\W*(?:\b(?:sorry|correction|wait|scratch that|oops|i mean|my mistake|rather"
    r"|let me correct (?:that|myself)|no, (?:wait|actually))\b|(?<=\?) ?no(?=,)"
    r"|更正|不好意思|抱歉|说错了|看错了?|记错了?|口误|纠正一下|不对(?=[，,。！])|(?<=[？?])不(?=[，,]))[^\n]{0,24}?[,:，：.。;—-]\s*(?P<last>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DECIDED = re.compile(
    r"(?:\bi(?:'d|'ll| would| will)? (?:go for|go with|choose|pick|settle on|opt for|decide on)\b"
    r"|\bmy (?:final )?answer (?:is|would be)\b[:\s]*"
    r"|\bfinal answer\b[:\s]*|(?:所以|因此|那就|我)选(?:择)?(?:的是|了)?(?=[^，。]{1,12}[。.]?$)"
    r"|最终答案[是为:：]?|最后答案[是为:：]?)\s*(?P<last>\S[^\n]{0,80})$",
    re.IGNORECASE,
)
_LONGEST = 240  # characters of an answer that is spoken rather than written
_LEAST = 1  # characters before, without which there is nothing to correct


def settled(text: str) -> str:
    """The text after its correction ("15 — sorry, 14") or decision ("… so I go for Oslo"), else the whole of it."""
    if len(text) > _LONGEST:
        return text
    for pattern in (_CORRECTED, _DECIDED):
        match = pattern.search(text)
        if match and len(text[: match.start()].strip()) > _LEAST and re.search(r"\w", match["last"]):
            return match["last"]
    return text
