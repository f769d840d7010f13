"""English questions made of sentences by rule: the answer is taken out and asked for.

"A boat may stay at the pier for 3 nights." becomes "For how many nights may a boat stay at the pier?". Where the verb
is not known, the words keep their order: "The parcel goes to the depot on what date?". Knows no documents, no model.
"""

import re
from dataclasses import dataclass

from assay.drafting.spans import Span

__all__ = ["ask_in_english"]

_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|can|could|may|might|must|shall|should|will|would"
    r"|(?:has|have|had)(?= (?:been\b|[\w-]+ed\b)))\b"
)
# Verbs that often stand right before an amount, a date or a name, as in a dictionary.
_VERB_WORDS = (
    "accept accrue add allow amount apply arrive average begin carry charge close come contain contribute cost cover "
    "decline deliver distribute drop earn employ end exceed expire fall fit get give grow have hold include increase "
    "last lie limit make measure meet need offer open operate own pay produce provide raise reach receive refund "
    "reimburse remain require rise run save sell serve span spend start store support take total use weigh win work"
)
_VERBS = frozenset(_VERB_WORDS.split())
_CHANGES = frozenset(["decline", "decrease", "drop", "fall", "grow", "increase", "rise"])
_PAST = {
    "began": "begin", "came": "come", "fell": "fall", "gave": "give", "got": "get", "grew": "grow", "had": "have",
    "held": "hold", "made": "make", "met": "meet", "paid": "pay", "rose": "rise", "ran": "run", "sold": "sell",
    "spent": "spend", "took": "take", "won": "win", "cost": "cost",
}  # fmt: skip
_ORDER_WORDS = (  # with which somebody is told to do something
    "add allow apply arrive ask book bring call change charge check choose clean close complete connect contact enter "
    "file fill give hold inform keep leave make notify order pay plan press provide read register remove replace "
    "report request return review save schedule select send set show sign store submit take tell turn update use wait "
    "write"
)
_OBJECT = re.compile(
    r"\w+ (?:the|a|an|your|all|any|each|every|it|them|for|to|at|in|on|up|out|with|no|only|both)\b[^,]*$"
)
_ORDERS = frozenset(_ORDER_WORDS.split())
_SMALL = frozenset(["a", "all", "an", "any", "each", "every", "no", "the", "there", "those", "you"])
_LEAD = re.compile(  # moves to the front with the answer
    r"(?:\b(?:after|at|before|by|for|from|in|on|over|since|to|until|under|with|within)\s)?"
    r"(?:\b(?:up to|at (?:least|most)|(?:no|not) (?:more|less|later|fewer) than|(?:more|less|fewer) than"
    r"|a (?:maximum|minimum|total) of|as (?:much|many) as|over|under)\s)?$",
    re.IGNORECASE,
)
_ROUGHLY = re.compile(r"\b(?:about|approximately|around|nearly|roughly|only|just|exactly)\s$", re.IGNORECASE)
_HALF = re.compile(  # before an answer that is not all there is to say
    r"(?:\b(?:a|an|the|this|that|these|those|his|her|its|their|your|our|first|last|next|previous|past|another|other|same"
    r"|each|any|all|no|and|or|between|additional|extra|further|per|plus|minus|every|twice)\s|[-–—/(\"“]\s?)$",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(  # behind an answer that is not the first half of a longer noun
    r"\s*(?:$|[.;:,)?!]+(?:[\s\"'”’)]|$)|\s(?:a|an|about|across|after|are|as|at|because|before|between|beyond|by|can"
    r"|during|each|every|for|from|if|in|into|is|long|may|must|of|on|once|or more|over|per|prior|provided|should|since"
    r"|than|that|through|to|under|unless|until|upon|was|were|when|where|while|who|will|with|within|without|ago|ahead"
    r"|\w+ed|\w+ly)\b)"
)
_FORK = re.compile(  # between verb and answer: it may belong to another verb
    r"\b(?:if|when|that|which|who|whom|whose|where|because|unless|until|once|whether|while|and|or|but|as|than|of|you|we|they)\b|[,:]",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\b(?:that|which|who|whom|whose|if|when|where|you|we|they|and|or)\b|,", re.IGNORECASE)
_CIRCUMSTANCE = re.compile(
    r"(?:if|when|whenever|once|after|before|while|until|unless|because|since|as|although|though|where|for|in|on|at|to|of"
    r"|with|from|by|within|during|under|upon|per|without|depending|beyond|through)\b",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"(?:if|when|whenever|once|until|unless|because|since|as|although|though|where)\b", re.IGNORECASE
)
_LINKED = re.compile(  # how a sentence begins that goes on from another
    r"(?:and|but|or|so|also|then|thus|hence|however|therefore|instead|otherwise|finally|first|second|third|next|again|note"
    r"|likewise|similarly|additionally|furthermore|moreover|for (?:example|instance)|in addition|as a result|yes|no|not"
    r"|both|either|neither|here|another|others?|what|how|who|why|where|which|see|such|same|some|one|two|most|many|it|this|that"
    r"|these|those|he|she|they|we|our|its|their|do not|don['’]t|never)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:such|above|below|following|former|latter|aforementioned|same|respectively|I|me|my|also)\b"
    r"|\b(?:[Ss]ections?|[Cc]hapters?|[Tt]ables?|[Ff]igures?|[Aa]nnex|[Aa]ppendix|[Cc]lauses?|[Aa]rticles?|[Pp]ages?)\s[\dA-Z]"
    r"|\b24 hours a day|\b7 days a week"
)
_CONDITION = re.compile(
    r"(?:if|unless|provided|up to|at (?:least|most)|in|on|for|with|within|per|after|before|from|until|including"
    r"|excluding|plus|depending|whichever|except|\d{4})\b"
)
_OPENING = re.compile(
    r"(?:in (?:summary|general)|generally|typically|currently|please(?: note that)?|note that),?\s", re.IGNORECASE
)
_PERSON = re.compile(
    r"\b(?:chair|head|director|manager|officer|president|chief|lead|leader|editor|founder|owner|author|contact|secretary"
    r"|treasurer|coordinator|ombuds\w+|representative|minister|mayor|engineer|supervisor)\b",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\w+day)s?$"
)
_TIME = re.compile(r"\b(?:second|minute|hour|day|week|month|quarter|year)s?$")
_MONEY = re.compile(r"(?:[€$£¥]|[A-Z]{3}\s)")
_PLURALS = frozenset(["people", "staff", "children", "feet"])
_LONGEST_SUBJECT = 10  # words
_LONGEST_DEED = 3  # words of what was done by somebody


@dataclass(frozen=True)
class _Gap:
    """A sentence without its answer: what stands before and after it, and the words that ask for it."""

    stem: str
    asking: str
    after: str


def ask_in_english(span: Span, text: str) -> str:
    """The question that a span of a sentence answers; "" where no rule makes a good one.

    Args:
        span: a possible answer in its sentence.
        text: around it; the first word of a sentence is a name where it never stands there in small letters.
    """
    gap = _gap(span)
    if gap is None:
        return ""
    question = _ask(_Gap(_small(gap.stem, text), gap.asking, gap.after))
    question = re.sub(r"\s+(?=,)|(?<=\s)\s+", "", question).strip(" ,")
    return f"{question[0].upper()}{question[1:]}?" if question else ""


def _gap(span: Span) -> _Gap | None:
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
    if found is None or (span.kind == "name" and found[1] in ("who", "what") and rest):
        return None
    return _Gap(found[0], found[1], rest)


def _tail(after: str) -> str:
    """What stands after the answer, up to where something else begins."""
    kept = re.sub(r"\s?\([^()]*\)", "", after)
    kept = re.split(r"[;:!?()]|\s[–—-]+\s|\.(?=\s|$|[\"'”)])", kept)[0]
    first, *others = kept.split(", ")
    for other in others:
        if not _CONDITION.match(other):
            break
        first += f", {other}"
    return re.split(r"\s(?:and|but|so|or|which|who|while|because)\s", first)[0].rstrip()


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
    if (match := re.search(r"\b(?:in|at|near)\s$", before)) and not _NO_PLACE.search(name) and not name.isupper():
        return before[: match.start()], "where"
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


def _ask(gap: _Gap) -> str:
    """The question without its mark; "" where the sentence has no verb that is known."""
    stem, words = gap.stem, gap.stem.split()
    if not words:
        return f"{gap.asking}{gap.after}" if gap.asking.startswith(("how", "what")) else ""
    if _CIRCUMSTANCE.match(stem):
        return _ask_after_circumstance(gap)
    if words[0].lower() in _ORDERS and _OBJECT.match(stem) and not _AUXILIARY.search(stem):
        order = f"{stem[0].lower()}{stem[1:]}"
        if gap.asking == "by whom":
            return ""
        if _FORK.search(order):
            return f"you should {order}{gap.asking}{gap.after}"
        bound, rest = _bound(gap.after)
        return f"{gap.asking}{bound} should you {order.strip()}{rest}"
    return _turned(gap) or _as_it_stands(gap)


def _ask_after_circumstance(gap: _Gap) -> str:
    """ "If you cancel, " stays in front; without a comma the words keep their order, if a verb precedes the gap."""
    circumstance, comma, rest = gap.stem.rpartition(", ")
    if not comma:
        return _as_it_stands(gap) if _has_verb(gap.stem) and not _CONDITIONAL.match(gap.stem) else ""
    asked = _turned(_Gap(rest, gap.asking, gap.after)) if rest else ""
    return f"{circumstance}, {asked}" if asked else _as_it_stands(gap)


def _turned(gap: _Gap) -> str:
    """With the asking words in front, and the verb before its subject; "" where it is not sure which verb that is."""
    verb = _AUXILIARY.search(gap.stem)
    bound, rest = _bound(gap.after)
    if verb:
        subject, between = gap.stem[: verb.start()], gap.stem[verb.end() :]
        is_far = gap.asking == "by whom" and len(between.split()) > _LONGEST_DEED
        if not _is_subject(subject) or _FORK.search(between) or is_far:
            return ""
        return f"{gap.asking}{bound} {verb.group()} {subject}{between.strip()}{rest}"
    subject, _, last = gap.stem.rstrip().rpartition(" ")
    found = _helper(last)
    if found is None or not _is_subject(subject) or _AUXILIARY.search(gap.after):
        return ""
    helper, base = found
    asking = f"by {gap.asking}" if gap.asking == "what percentage" and base in _CHANGES else gap.asking
    if helper == "do" and not re.search(r"(?:s|people|staff|you|children)$", subject):
        return ""
    return f"{asking}{bound} {helper} {subject} {base}{rest}"


def _is_subject(text: str) -> bool:
    words = text.split()
    if not 0 < len(words) <= _LONGEST_SUBJECT or _CLAUSE.search(text.partition(" ")[2]):
        return False
    if words[0].lower() in ("which", "who", "that") or _CIRCUMSTANCE.match(text):
        return False
    return not _CIRCUMSTANCE.fullmatch(words[-1])


def _helper(verb: str) -> tuple[str, str] | None:
    """ "does" and "cost" of "costs"."""
    if verb in _PAST and verb != "cost":
        return "did", _PAST[verb]
    if verb in _VERBS:
        return "do", verb
    if verb == "has":
        return "does", "have"
    for ending, helper in (("s", "does"), ("es", "does"), ("d", "did"), ("ed", "did")):
        if verb.endswith(ending) and verb[: -len(ending)] in _VERBS:
            return helper, verb[: -len(ending)]
    return ("does", f"{verb[:-3]}y") if verb.endswith("ies") and f"{verb[:-3]}y" in _VERBS else None


def _bound(after: str) -> tuple[str, str]:
    """ "of the fees" and "before the trip" belong to the answer before them and move along; and the rest."""
    match = re.match(
        r"\s(?:after|before|prior to|in advance of|ahead of)\s[^,]+|\s(?:in advance|ago)\b"
        r"|\sof (?:(?!(?:for|in|on|at|to|from|with|within|when|if|per|up|by|after|before)\b)[\w'’-]+\s?)+",
        after,
    )
    return (f" {match.group().strip()}", f" {after[match.end() :]}") if match else ("", after)


def _as_it_stands(gap: _Gap) -> str:
    if gap.asking in ("by whom", "where"):
        return ""
    return f"{gap.stem}{gap.asking}{gap.after}" if _has_verb(f"{gap.stem} {gap.after}") else ""


def _has_verb(text: str) -> bool:
    words = [word.strip(",") for word in text.split()]
    return any(_AUXILIARY.fullmatch(word) or _helper(word) or word.endswith("ed") for word in words)


def _small(stem: str, text: str) -> str:
    """The sentence's beginning in small letters, unless it is a name."""
    first = re.match(r"[A-Z][a-z'’-]*(?![A-Za-z])", stem)
    if first is None:
        return stem
    word = first.group().lower()
    return stem if _is_name(first.group(), stem[first.end() :], text) else f"{word}{stem[first.end() :]}"


def _is_name(word: str, behind: str, text: str) -> bool:
    """Whether a sentence's first word is a name: it stands within sentences so, or right before the verb."""
    if word.lower() in _SMALL or re.search(rf"(?<![\w.]){word.lower()}\b", text):
        return False
    following = re.match(r"\s([\w'’-]+)", behind)
    if re.search(rf"(?<=[a-z,] ){word}\b", text) or following is None or not following.group(1)[0].islower():
        return True
    verb = following.group(1)
    return bool(_AUXILIARY.fullmatch(verb) or _helper(verb) or verb.endswith("ed")) and not word.endswith("s")
