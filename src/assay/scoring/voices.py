"""Who does what to whom: passive and active clauses. Knows no other grammar."""

import re
from collections.abc import Iterator

from assay.scoring.answer_language import Language
from assay.scoring.clauses import Clause, read_clauses
from assay.scoring.lexicon import load_lexicon
from assay.scoring.statements import Comparison

__all__ = ["is_passive", "turns_round"]

_ENGLISH = re.compile(r"\b(?:is|are|was|were|be|been|being|got)\s+(?:\w+ly\s+)?\w+\b.*?\bby\b")
_CHINESE = re.compile(r"被|由|遭")
_ALIKE = 0.6  # share of a claim's words from which on a clause says the same of somebody


def turns_round(claim: Clause, case: Comparison) -> bool:
    """Whether an answer makes the one who acts the one who suffers it: "A was bought by B", "A bought B"."""
    return any(_exchanges_actors(claim, clause, case.lang) for _, clause in case.nearest(claim, case.said, _ALIKE))


def _exchanges_actors(claim: Clause, clause: Clause, lang: Language) -> bool:
    if not is_passive(claim, lang) and not is_passive(clause, lang):
        return False
    if is_passive(claim, lang) and is_passive(clause, lang):
        pairs = set(_actors(claim, lang))
        return any((patient, agent) in pairs for agent, patient in _actors(clause, lang))
    passive, active = (claim, clause) if is_passive(claim, lang) else (clause, claim)
    forms = [word.form for word in active.words]
    return any(
        agent in forms and patient in forms and forms.index(patient) < forms.index(agent)
        for agent, patient in _actors(passive, lang)
    )


def is_passive(clause: Clause, lang: Language) -> bool:
    """Whether something is done in a clause by somebody that it names."""
    return bool(_CHINESE.search(clause.text) if lang == "zh" else _ENGLISH.search(clause.text.lower()))


def _actors(passive: Clause, lang: Language) -> Iterator[tuple[str, str]]:
    """The word after "by", and each word before it that no list knows."""
    cut = re.split(_CHINESE if lang == "zh" else r"\bby\b", passive.text, maxsplit=1)
    before, after = (read_clauses(part, lang) for part in cut)
    agents = [word.form for clause in after[:1] for word in clause.words][:2]
    lexicon = load_lexicon(lang)
    for clause in before:
        for word in clause.words:
            for agent in agents:
                if lexicon.sense(word.form) is None and word.form != agent:
                    yield agent, word.form
