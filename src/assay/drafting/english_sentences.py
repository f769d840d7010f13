"""English questions made of sentences by rule: the answer is taken out and asked for.

"A boat may stay at the pier for 3 nights." becomes "For how many nights may a boat stay at the pier?". Where the verb
is not known, the words keep their order: "The parcel goes to the depot on what date?". Knows no documents, no model.
"""

import re

from assay.drafting.english_gaps import Gap, find_gap
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
# somebody to do something, by a verb that need not be known: "Confirm your balance met"; or goes on from before
_TELLS = re.compile(
    r"(?!(?:all|both|half|when|where|is|are|was|were|has|have|had|do|does|did|can|may|must|will|shall|should)\b)"
    r"[A-Za-z]+ (?:the|a|an|you|your|any|each|every|it|them|no)\b|(?:and|or)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\sand (?:the|a|an|its|their|your|you|it|they)\b")  # another clause
_ORDERS = frozenset(_ORDER_WORDS.split())
_SMALL = frozenset(["a", "all", "an", "any", "each", "every", "no", "the", "there", "those", "you", "your"])
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
    r"(?:to|if|when|whenever|once|until|unless|because|since|as|although|though|where)\b", re.IGNORECASE
)
_LONGEST_SUBJECT = 10  # words
_LONGEST_DEED = 3  # words of what was done by somebody


def ask_in_english(span: Span, text: str) -> str:
    """The question that a span of a sentence answers; "" where no rule makes a good one.

    Args:
        span: a possible answer in its sentence.
        text: around it; the first word of a sentence is a name where it never stands there in small letters.
    """
    gap = find_gap(span)
    if gap is None:
        return ""
    question = _ask(Gap(_small(gap.stem, text), gap.asking, gap.after))
    question = re.sub(r"\s+(?=,)|(?<=\s)\s+", "", question).strip(" ,")
    return f"{question[0].upper()}{question[1:]}?" if question else ""


def _ask(gap: Gap) -> str:
    """The question without its mark; "" where the sentence has no verb that is known."""
    stem, words = gap.stem, gap.stem.split()
    if not words:
        return f"{gap.asking}{gap.after}" if gap.asking.startswith(("how many", "how much", "what percentage")) else ""
    if _CIRCUMSTANCE.match(stem):
        return _ask_after_circumstance(gap)
    if gap.asking in ("who", "what") and words[0].lower() in _ORDERS:
        return ""
    if words[0].lower() in _ORDERS and _OBJECT.match(stem) and not _AUXILIARY.search(stem):
        order = f"{stem[0].lower()}{stem[1:]}"
        if gap.asking == "by whom":
            return ""
        if _FORK.search(order):
            return f"you should {order}{gap.asking}{gap.after}"
        bound, rest = _bound(gap.after)
        return f"{gap.asking}{bound} should you {order.strip()}{rest}"
    if _TELLS.match(stem):
        return ""
    return _turned(gap) or _as_it_stands(gap)


def _ask_after_circumstance(gap: Gap) -> str:
    """ "If you cancel, " stays in front; without a comma the words keep their order, if a verb precedes the gap."""
    circumstance, comma, rest = gap.stem.rpartition(", ")
    if not comma:
        return _as_it_stands(gap) if _has_verb(gap.stem) and not _CONDITIONAL.match(gap.stem) else ""
    if _TELLS.match(rest) or rest.split(" ")[0] in _ORDERS:
        return ""
    asked = _turned(Gap(rest, gap.asking, gap.after)) if rest else ""
    if asked:
        return f"{circumstance}, {asked}"
    return _as_it_stands(gap) if _has_verb(f"{rest} {gap.after}") else ""


def _turned(gap: Gap) -> str:
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


def _as_it_stands(gap: Gap) -> str:
    if gap.asking in ("by whom", "where") or _SECOND.search(gap.stem):
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
