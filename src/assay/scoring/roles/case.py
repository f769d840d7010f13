"""An accepted answer at one place of a text, and the text in clauses. Knows no types and no roles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assay.scoring.read_text import FUNCTION_WORDS, Asked, Place, Read, Word

__all__ = ["ARTICLES", "ASKS_WHERE", "DOUBTED", "ECHO", "Case", "Clause", "has_accepted", "is_stated", "says_more"]

_BREAK = re.compile(
    r"[,;:!?\n，；。：！？]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])\.(?=\s|$)|\s-\s"
    r"|\band (?=\w+(?:ed|wn|ilt) (?:in|at|by|to)\b)|"
    r"\b(?:but|while|whereas|although|though|since|because|(?=(?:that|which|who|whom|whose)\b))"
    r"|而(?!且)|但",
    re.IGNORECASE,
)
_AND = re.compile(rf"{_BREAK.pattern}|[()]|\band\b", re.IGNORECASE)  # what parts dates
_STATES = re.compile(
    r"(?:\b(?:it|this|that|answer|he|she|they)(?:'s| is| was| are| were| would be)|(?<!whose )\b(?:is|are|was|were)"
    r"|\b(?:known|referred to|famous|familiar) as|\b(?:called|named|namely|i\.e\.?"
    r"|alias|aka|born|or|also|rather|instead)"
    r"|=|即|就是|便是|正是|也是|而是|[是为叫称])[\s\"'“‘(]*(?:the |an? )?$",
    re.IGNORECASE,
)
DOUBTED = re.compile(
    r"\b(?:not|never|no longer|think|thought|believ\w+|assum\w+|mistak\w+|often|usually|commonly|wrongly|until"
    r"|former\w*|previous\w*|originally|used to|once|many|some|although|though|despite|unlike|instead|rather"
    r"|may|might|perhaps|also|too|earlier|confus\w+|credited|attributed|said|claim\w*|popular\w*|if|or)\b|n't\b"
    r"|不|没|非|误|以为|认为|常|曾|原|据说|传说|如果|若",
    re.IGNORECASE,
)
_CONCEDES = re.compile(r"\b(?:although|though|even if|despite|尽管|虽然?)\s*$", re.IGNORECASE)
ASKS_WHERE = re.compile(
    r"\W*where\b|\W*(?:(?:in|on|at) )?(?:what|which) (?:city|country|town|place|state|building|room|floor|street)\b",
    re.I,
)
ECHO = 0.5  # of the question's words, from which on a clause answers it
_OPENING = frozenset(("and", "the", "a", "an", "your", "our"))
ARTICLES = frozenset(("the", "a", "an"))


@dataclass(frozen=True)
class Clause:
    """A clause of a text: where it is, its words, and what it says again of the question."""

    start: int
    end: int
    words: Sequence[Word]  # without function words
    echo: frozenset[str]  # what it says again of the question, the accepted answer's own words left out


@dataclass(frozen=True)
class Case:
    """One accepted answer at one place of a text."""

    place: Place
    accepted: Read
    said: Read
    asked: Asked

    def is_value(self) -> bool:
        """Whether an amount or a date stands at the place."""
        starts = {one.start for one in self.said.dates} | {one.start for one in self.said.quantities}
        return self.place.start in starts

    def clauses(self) -> Sequence[Clause]:
        """The clauses of the text, the one with the place in one piece."""
        text, place = self.said.text, self.place
        breaks = _AND if self.is_value() else _BREAK
        cuts = [
            match.span() for match in breaks.finditer(text) if match.end() <= place.start or match.start() >= place.end
        ]
        bounds = [(0, 0), *cuts, (len(text), len(text))]
        return [
            self._clause(end, start) for (_, end), (start, _) in pairwise(bounds) if re.search(r"\w", text[end:start])
        ]

    def _clause(self, start: int, end: int) -> Clause:
        words = [word for word in self.said.content if start <= word.start < end]
        own = {word.key for read in self.asked.accepted for word in read.words}
        echo = frozenset(
            word.key
            for word in words
            if word.key not in own
            and not (self.place.start <= word.start < self.place.end)
            and (word.key in self.asked.keys or self.asked.echoes(word))
        )
        return Clause(start, end, words, echo)

    def text(self, clause: Clause) -> str:
        """What a clause says."""
        return self.said.text[clause.start : clause.end]

    def own(self, clauses: Sequence[Clause]) -> Clause | None:
        """The clause with the place."""
        return next((one for one in clauses if one.start <= self.place.start < one.end), None)

    def is_new(self, word: Word) -> bool:
        """Whether a word is neither the question's nor an accepted answer's."""
        known = {one.key for read in self.asked.accepted for one in read.words}
        return word.key not in self.asked.keys and word.key not in known and word.key not in FUNCTION_WORDS

    def _is_bracketed(self, word: Word) -> bool:
        return self.said.text.count("(", 0, word.start) > self.said.text.count(")", 0, word.start) and (
            self.said.text.count("(", self.place.end, word.start) > 0
        )

    def is_subject(self, own: Clause) -> bool:
        """Whether the accepted answer, or an amount, opens its clause: "and the manager is told"."""
        known = {word.key for read in self.asked.accepted for word in read.words} | _OPENING
        before = [word.key for word in self.said.words if own.start <= word.start < self.place.start]
        return {*before} <= known or self.is_value()

    def rest(self, clause: Clause) -> list[Word]:
        """What a clause says beside the accepted answer, the question and the units of amounts."""
        units = {
            word.start
            for one in self.said.quantities
            for word in self.said.words
            if one.start <= word.start <= one.end - bool(one.unit)
        }
        return [
            word
            for word in clause.words
            if word.start not in units
            and not self._is_bracketed(word)
            and not (self.place.start <= word.start < self.place.end)
            and not word.key.isdigit()
            and self.is_new(word)
        ]


def is_stated(case: Case, own: Clause) -> bool:
    """Whether the clause of a place has nothing else to say, or says "it is …"."""
    before = case.said.text[own.start : case.place.start]
    ends = not re.search(r"\w", case.said.text[case.place.end : own.end])
    return (not case.rest(own) and not own.echo) or (bool(_STATES.search(before)) and ends)


def has_accepted(case: Case, clause: Clause) -> bool:
    """Whether a clause has all words of some accepted answer."""
    keys = {word.key for word in case.said.words if clause.start <= word.start < clause.end}
    return any({word.key for word in read.words} - ARTICLES <= keys for read in case.asked.accepted if read.words)


def says_more(case: Case, other: Clause, own: Clause) -> bool:
    """Whether a clause says more of the question again than the one with the accepted answer, and says it for sure."""
    if case.said.lang == "en" and not any(word.is_name for word in case.accepted.content) and not case.is_subject(own):
        return False
    is_conceded = _CONCEDES.search(case.said.text[: other.start])
    if len(other.echo) <= len(own.echo) or is_conceded or DOUBTED.search(case.text(other)):
        return False
    head = case.asked.head
    return not (head in own.echo and head not in other.echo)
