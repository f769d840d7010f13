"""Whether a text says what is asked of another thing of its kind: P1 where P2 is accepted. Knows codes with numbers."""

import re

from assay.scoring.read_text import Asked, Place, Read, read_text

__all__ = ["is_of_another"]

_NUMBERED = re.compile(r"(?P<head>[A-Za-z]{0,6}[- ]?)(?P<number>\d{1,4})(?P<tail>[号栋楼组级层室线]?)")
_CLAUSE = re.compile(r"[,;，；。.]|\b(?:and|but|while|whereas)\b|而", re.IGNORECASE)
_BOTH = re.compile(r"\s*(?:and|&|,|和|与|、)\s*(?:the )?$", re.IGNORECASE)


def is_of_another(place: Place, accepted: Read, said: Read, asked: Asked) -> bool:
    """Whether another thing with a number stands beside the accepted one, as well or nearer to what is asked.

    "The upper basin is fed by P1, the lower by P2" answers a question about the upper one with P1; "P1 and P2"
    names one too many.
    """
    code = _NUMBERED.search(accepted.text)
    if code is None or not (code["head"].strip() or code["tail"]) or len(accepted.words) > 6:
        return False
    alike = re.compile(rf"(?<![A-Za-z0-9]){re.escape(code['head'])}(\d{{1,4}}){code['tail']}", re.IGNORECASE)
    others = [
        match for match in alike.finditer(said.text) if match[1] != code["number"] and not _is_asked(match, asked)
    ]
    return any(_is_nearer(match.start(), match.end(), place, said, asked) for match in others)


def _is_asked(match: re.Match[str], asked: Asked) -> bool:
    return match.group() in asked.read.text


def _is_nearer(start: int, end: int, place: Place, said: Read, asked: Asked) -> bool:
    first, second = (end, place.start) if end <= place.start else (place.end, start)
    if _BOTH.fullmatch(said.text[first:second] + ""):
        return True
    return len(_clause(said, start) & asked.keys) > len(_clause(said, place.start) & asked.keys)


def _clause(said: Read, at: int) -> set[str]:
    start = max((match.end() for match in _CLAUSE.finditer(said.text[:at])), default=0)
    end = _CLAUSE.search(said.text, at)
    read = read_text(said.text[start : end.start() if end else len(said.text)], said.lang)
    return {word.key for word in read.content if not word.key.isdigit()}
