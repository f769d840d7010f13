"""The gap that an answer leaves in an English sentence, and the words that ask for it. Knows nothing of word order."""

import re
from dataclasses import dataclass

from assay.drafting.spans import Span

__all__ = ["Gap", "find_gap"]

_LEAD = re.compile(  # moves to the front with the answer
    r"(?:\b(?:after|at|before|by|for|from|in|on|over|since|to|until|under|with|within)\s)?"
    r"(?:\b(?:up to|at (?:least|most)|(?:no|not) (?:more|less|later|fewer) than|(?:more|less|fewer) than"
    r"|a (?:maximum|minimum|total) of|as (?:much|many) as|over|under)\s)?$",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(r"\b(?:about|approximately|around|nearly|roughly|only|just|exactly)\s$", re.IGNORECASE)
_HALF = re.compile(  # before an answer that is not all there is to say
    r"(?:\b(?:a|an|the|this|that|these|those|his|her|its|their|your|our|first|last|next|previous|past|another|other|same"
    r"|final|full|entire|whole|remaining|default|initial|original"
    r"|each|any|all|no|and|or|between|additional|extra|further|per|plus|minus|every|twice)\s|[-–—/(\"“]\s?)$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(  # behind an answer that is not the first half of a longer noun
    r"\s*(?:$|[.;:,)?!]+(?:[\s\"'”’)]|$)|\s(?:a|an|about|across|after|are|as|at|because|before|between|beyond|by|can"
    r"|during|each|every|for|from|if|in|into|is|long|may|must|of|on|once|over|per|prior|provided|should|since"
    r"|than|that|through|to|under|unless|until|upon|was|were|when|where|while|who|will|with|within|without|ago|ahead"
    r"|\w+ed|\w+ly)\b)"
)
_LINKED = re.compile(  # how a sentence begins that goes on from another
    r"(?:and|but|or|so|also|then|thus|hence|however|therefore|instead|otherwise|finally|first|second|third|next|again|note"
    r"|likewise|similarly|additionally|furthermore|moreover|for (?:example|instance)|in addition|as a result"
    r"|on the other hand|yes|no|not"
    r"|both|either|neither|here|another|others?|what|how|who|why|where|which|see|such|same|some|one|two|most|many|it|this|that"
    r"|these|those|he|she|they|we|our|its|their|do not|don['’]t|never|if (?:not|so))\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:such|above|below|following|former|latter|aforementioned|same|respectively|I|me|my|also)\b"
    r"|\b(?:[Ss]ections?|[Cc]hapters?|[Tt]ables?|[Ff]igures?|[Aa]nnex|[Aa]ppendix|[Cc]lauses?|[Aa]rticles?|[Pp]ages?|[Nn]otes?)\s[\dA-Z]"
    r"|\b24 hours a day|\b7 days a week"
)
_CONDITION = re.compile(
    r"(?:if|unless|provided|up to|at (?:least|most)|in|on|for|with|within|per|after|before|from|until|including"
    r"|excluding|plus|depending|whichever|except|\d{4})\b"
)
_ANOTHER = re.compile(  # another clause; "between May and June" and "at 1 and at 3 years" go on
    r"\s(?:but|so|which|who|while|because)\s|\s(?:and|or)\s(?!(?:at|in|on|for|to|from|by|of|with)\b|\d|[A-Z])"
)
_OPEN = re.compile(
    r"\b(?:either|both|neither)\b|\s(?:in|on|at|to|of|for|by|from|with|that|than|as|a|an|the)$"
)  # cut short
_OPENING = re.compile(
    r"(?:in (?:summary|general)|generally|typically|currently|please(?: note that)?|note that),?\s", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:chair|head|director|manager|officer|president|chief|lead|leader|editor|founder|owner|author|contact|secretary"
    r"|treasurer|coordinator|ombuds\w+|representative|minister|mayor|engineer|supervisor)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(  # of "at" a verb says that it is a place: people do things "at GitLab", too
    r"\b((?:in|near)\s)$|\b(?:based|held|kept|located|meets?|opens?|stands?|stays?|stored) (at\s)$"
)
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day)s?$"
)
_TIME = re.compile(r"\b(?:second|minute|hour|day|week|month|quarter|year)s?$")
_MONEY = re.compile(r"(?:[€$£¥]|[A-Z]{3}\s)")
_PLURALS = frozenset(["people", "staff", "children", "feet"])


@dataclass(frozen=True)
class Gap:
    """A sentence without its answer: what stands before and after it, and the words that ask for it."""

    stem: str
    asking: str
    after: str


def find_gap(span: Span) -> Gap | None:
    """The gap of a span; None where the sentence needs another one, or the answer is half of what there is to say."""
    before, _, after = (part.replace("*", "") for part in span.sentence.partition(span.text))
    before = re.sub(r"^[\s•·-]*(?:\(?\d{1,2}[.)]\s)?", "", before)
    before = _OPENING.sub("", before, count=1) if _OPENING.match(before) else before
    before = before[:1].upper() + before[1:]
    whole = f"{before}{span.text}{after}"
    if not whole[0].isupper() or _LINKED.match(whole) or _VAGUE.search(whole) or not _FOLLOWS.match(after):
        return None
    before = re.sub(r"\s\([^()]*\)", "", before)
    if re.search(r"[;:()“”\"]|\s[–—-]\s", before):
        return None
    before = _ROUGHLY.sub("", before)
    found, rest = _asking(span, before), _tail(after)
    if _OPEN.search(rest):
        return None
    if found is None or (span.kind == "name" and found[1] in ("who", "what") and rest):
        return None
    return Gap(found[0], found[1], rest)


def _tail(after: str) -> str:
    """What stands after the answer, up to where something else begins."""
    kept = re.sub(r"\s?\([^()]*\)", "", after)
    kept = re.split(r"[;:!?()]|\s[–—-]+\s|\.(?=\s|$|[\"'”)])", kept)[0]
    first, *others = kept.split(", ")
    for other in others:
        if not _CONDITION.match(other):
            break
        first += f", {other}"
    return _ANOTHER.split(first)[0].rstrip()


def _asking(span: Span, before: str) -> tuple[str, str] | None:
    """What stays of the words before the answer, and what asks for it; None where the answer would be half of one."""
    if span.kind == "term":
        return (before, "what") if re.search(r"\b(?:called|named|titled|known as)\s$", before) else None
    if span.kind == "name":
        return _asking_for_name(span.text, before)
    if _TIME.search(span.text) and before.lower().endswith("every "):
        return before[: -len("every ")], "how often"
    lead = _LEAD.search(before)
    stem = before[: lead.start()] if lead else before
    wh = _wh_of_date(span.text) if span.kind == "date" else _wh_of_amount(span.text)
    is_number = span.kind == "amount" and re.search(r"[\w,] [A-Z]\w*\s$", before)  # "Phase 2 tests"
    return None if is_number or _HALF.search(stem) else (stem, f"{lead.group() if lead else ''}{wh}")


def _asking_for_name(name: str, before: str) -> tuple[str, str] | None:
    if match := re.search(r"\b(?:is|was)\s$", before):
        return before, "who" if _PERSON.search(before[: match.start()]) else "what"
    if match := re.search(r"(?<=ed\s|lt\s|en\s)by\s$", before):
        return before[: match.start()], "by whom"
    match = _WHERE.search(before)
    if match and not _NO_PLACE.search(name) and not name.isupper():
        return before[: match.start(match.lastindex or 0)], "where"
    return None


def _wh_of_date(text: str) -> str:
    if re.fullmatch(r"\d{4}", text):
        return "what year"
    return "what date" if re.search(r"\b\d{1,2}(?!\d)", text) else "what month"


def _wh_of_amount(text: str) -> str:
    if _MONEY.match(text):
        return "how much"
    if re.search(r"%|per ?cent", text):
        return "what percentage"
    unit = _unit(text)
    is_one = (len(unit) > 3 or unit == "day") and not unit.endswith("s") and unit.split()[-1] not in _PLURALS
    return f"how many {unit}{'s' if is_one else ''}"


def _unit(text: str) -> str:
    """What is counted: "working days" of "three to five working days", "kg" of "4.2 kg"."""
    qualified = re.search(
        r"(?:\b(?:working|calendar|business|consecutive|full|nautical|square|cubic|paid)\s)?[^\s\d]+$", text
    )
    return qualified.group() if qualified else text
