"""Whether an English text answers with another thing, in the clause that answers or by itself first. No types."""

import re
from collections.abc import Iterator, Sequence

from assay.scoring.read_text import FUNCTION_WORDS, Word
from assay.scoring.roles.case import ASKS_WHERE, DOUBTED, ECHO, Case, Clause

__all__ = ["has_candidate", "leads"]

_ASIDE = re.compile(
    r"(?:who|whom|whose|which|where|that|an?|the|his|her|its|their|as|like|unlike|ahead|not|than|before|after|with|without"
    r"|from|in contrast|part|rather|once)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:he|she|it|they)\b", re.IGNORECASE)
_PERSON_ASIDE = re.compile(r"whom?\b", re.IGNORECASE)
_OPENS = re.compile(
    r"\W*(?:sure|yes|no|well|okay|ok|hello|hi|hey|good|great|correct|right|answer|note|meanwhile|moreover|furthermore|similarly|therefore|thus|hence|later|earlier|soon|in|here|there|today|now|first"
    r"|finally|next|please|thanks?|sorry|according|based|per|under|for|to|by|on|if|when|after|before|during|since"
    r"|with|without|as|of|from|about|until|upon|\w+ly|section|page|source|document)\b",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:in|at) (?:the )?$", re.IGNORECASE)
_BEFORE_ANSWER = re.compile(
    r"\b(?:is|are|was|were|be|been|by|named|called)(?: the| an?)?(?: \w+ing)? $|^(?:the |an? )?$", re.IGNORECASE
)
_AUXILIARY = re.compile(r"\s+(?:is|are|was|were|has|had|have|did|does|will|can|may)\b", re.IGNORECASE)
_WHO = re.compile(r"\bwhom?\b", re.IGNORECASE)
_PARTICLES_TEXT = "the a an of in at on de la le do da du del van von der"
_PARTICLES = frozenset(_PARTICLES_TEXT.split())  # in a name
_MOST_LEAD = 4  # words of a lead that is no sentence


def has_candidate(case: Case, clause: Clause) -> bool:
    """Whether a clause has another thing where an answer stands: first, before a verb, or after "is" or "by"."""
    for run in _runs(case, clause):
        before = case.said.text[clause.start : run[0].start].lstrip()
        after = case.said.text[run[-1].end : clause.end]
        echoed = [word for word in clause.words if word.key in clause.echo]
        follows = any(
            word.end == run[0].start - 1 or case.said.text[word.end : run[0].start] in (" the ", " a ")
            for word in echoed
        )
        precedes = any(word.start == run[-1].end + 1 for word in echoed)
        if ASKS_WHERE.match(case.asked.question.text) and _IN.search(before):
            return True
        if not before.strip() or before.strip().lower() in ("the", "a", "an"):
            if not after.strip() or precedes or (_AUXILIARY.match(after) and clause.echo):
                return True
        elif (_BEFORE_ANSWER.search(before) or follows) and not _goes_on(after):
            return True
    return False


def _goes_on(after: str) -> bool:
    """Whether what follows makes a description of what stands before: the British | author Mary Shelley."""
    return bool(re.match(r"\s+(?!(?:in|at|on|for|of|from|with|by|as|to|during|until|near)\b)[a-z]", after))


def _runs(case: Case, clause: Clause) -> Iterator[Sequence[Word]]:
    """Words that follow each other and are new: with capitals where the accepted answer has them."""
    is_name = any(word.is_name for word in case.accepted.content)
    run: list[Word] = []
    for word in clause.words:
        fits = case.is_new(word) and not word.key.isdigit() and (word.is_name or not is_name)
        if run and (not fits or case.said.text[run[-1].end : word.start].strip(" .-'")):
            yield run
            run = []
        if fits:
            run = [*run, word]
    if run:
        yield run


def leads(case: Case, lead: Clause, own: Clause) -> bool:
    """Whether a text begins with another thing by itself, and tells of the accepted one what is not asked."""
    if not _is_fragment(case, lead):
        return False
    text = case.text(own).lstrip()
    if _PERSON_ASIDE.match(text) and _WHO.search(case.asked.question.text):
        return True
    answers = case.asked.head in own.echo or len(own.echo) >= ECHO * len({word.key for word in case.asked.read.content})
    if answers and not _has_other_amount(case, own):
        return False
    first = next(word for word in case.said.words if word.start >= own.start)
    return ((case.is_subject(own) or bool(_PRONOUN.match(text))) and bool(case.rest(own))) or bool(
        _ASIDE.match(case.said.text, first.start)
    )


def _is_fragment(case: Case, lead: Clause) -> bool:
    """Whether a clause is just a thing: no sentence, and nothing that leads to one."""
    text = case.text(lead).strip()
    words = [word for word in case.said.words if lead.start <= word.start < lead.end]
    if ASKS_WHERE.match(case.asked.question.text):
        text = re.sub(r"^(?:in|at|on) (?:the )?", "", text, flags=re.IGNORECASE)
    new = [word for word in lead.words if case.is_new(word)]
    own = {word.key for read in case.asked.accepted for word in read.words}
    if any(word.key in case.asked.keys - own for word in lead.words):
        return False
    if not new or len(words) > _MOST_LEAD or _OPENS.match(text) or DOUBTED.search(text):
        return False
    joints = [word for word in words if word.key in FUNCTION_WORDS - _PARTICLES]
    if joints or (lead.echo and any(word.key in lead.echo and not word.is_name for word in lead.words)):
        return False
    is_name = any(word.is_name for word in case.accepted.content)
    return all(word.is_name or word.key in _PARTICLES for word in new) if is_name else len(new) <= 3


def _has_other_amount(case: Case, own: Clause) -> bool:
    """Whether a clause has another amount of the unit of one in the question: above 250,000 euros, asked of 50,000."""
    asked = [one for one in case.asked.read.amounts if one.unit]
    here = [one for one in case.said.amounts if own.start <= one.start < own.end]
    return any(one.unit == other.unit and one.value != other.value for one in here for other in asked)
