"""Whether a text tells of another number of what is asked for: P1 for P2, error 53 for error 52. Knows no amounts."""

import re

from assay.scoring.read_text import Place
from assay.scoring.roles.case import Case

__all__ = ["is_of_another_code", "is_of_another_number", "numbered"]

_NUMBERED = re.compile(r"(?P<head>[A-Za-z]{0,6}[- ]?)(?P<number>\d{1,4})(?P<tail>[号栋楼组级层室线]?)")
_OF_NUMBER = re.compile(
    r"(?<![A-Za-z])(?!(?:in|on|at|of|by|from|to|about|since|for|and|or)\b)([A-Za-z]+)[ -]?(\d+)(?![.,:%]?\d|%)"
    r"|(?-i:\b([a-z]{3,}) ([A-Z])\b(?!\.))|(?-i:(?<![A-Za-z])([A-Z])(?=[栋楼座区号级类型]))"
    r"|(?<![\d.,:])(\d+) ?([A-Za-z号级类型区栋楼室线班组档等])(?![\u4e00-\u9fff]{0,1}\d)",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\s*(?:and|&|,|和|与|、)\s*(?:the )?$", re.IGNORECASE)
_SENTENCE = re.compile(r"[;!?\n；。！？]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.(?=\s|$)")


def numbered(text: str) -> set[tuple[str, str]]:
    """Numbers with the first letter of what they count: p and 1, of P1 and of priority 1; no years."""
    found = {
        ((match[1] or match[3] or match[7] or "栋")[0].lower(), match[2] or match[4] or match[5] or match[6])
        for match in _OF_NUMBER.finditer(text)
    }
    return {(head, number) for head, number in found if len(number) < 4}


def is_of_another_number(case: Case) -> bool:
    """Whether the sentence of a place tells of another number of what the question has a number of."""
    at_place = numbered(case.said.text[case.place.start : case.place.end])
    wanted = numbered(case.asked.read.text) | _finer_codes(case) | numbered(case.accepted.text) - at_place
    if not wanted:
        return False
    start, end = _sentence(case.said.text, case.place)
    here = numbered(case.said.text[start : case.place.start] + "|" + case.said.text[case.place.end : end])
    here -= numbered(case.accepted.text)
    return not wanted & here and any(head == one for head, _ in here for one, _ in wanted)


def _finer_codes(case: Case) -> set[tuple[str, str]]:
    """The codes that another accepted answer has beside the words of this one: building A."""
    words = {word.key for word in case.accepted.content}
    finer = [read for read in case.asked.accepted if words <= {word.key for word in read.words}]
    return {code for read in finer for code in numbered(read.text)} - numbered(case.accepted.text)


def _sentence(text: str, place: Place) -> tuple[int, int]:
    start = max((match.end() for match in _SENTENCE.finditer(text, 0, place.start)), default=0)
    end = _SENTENCE.search(text, place.end)
    return start, end.start() if end else len(text)


def is_of_another_code(case: Case) -> bool:
    """Whether another thing with a number stands beside the accepted one, as well or nearer to what is asked."""
    code = _NUMBERED.search(case.accepted.text)
    if code is None or not (code["head"].strip() or code["tail"]) or len(case.accepted.words) > 6:
        return False
    alike = re.compile(rf"(?<![A-Za-z0-9]){re.escape(code['head'])}(\d{{1,4}}){code['tail']}", re.IGNORECASE)
    clauses = case.clauses()
    own = case.own(clauses)
    for match in alike.finditer(case.said.text):
        if match[1] == code["number"] or match.group() in case.asked.read.text:
            continue
        first, second = sorted(((match.start(), match.end()), (case.place.start, case.place.end)))
        if _BOTH.fullmatch(case.said.text[first[1] : second[0]]):
            return True
        other = next((one for one in clauses if one.start <= match.start() < one.end), None)
        if other is not None and own is not None and len(other.echo) > len(own.echo):
            return True
    return False
