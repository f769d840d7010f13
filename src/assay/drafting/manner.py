"""The manners of drafting: where possible answers come from, and who words the questions to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assay.corpus.document import Passage
from assay.drafting.extracting import find_asked
from assay.drafting.prompts import MAX_QUESTION_TOKENS, ask_for_question, read_question
from assay.drafting.sources import Candidate, Find
from assay.drafting.spans import find_spans
from assay.errors import InputError
from assay.models.engine import Engine
from assay.scoring import Language

__all__ = ["BY_MODEL", "EXTRACTIVE", "MANNERS", "Manner", "manner_of"]


@dataclass(frozen=True)
class Manner:
    """One manner of drafting.

    `write`: a question to each candidate, "" for none; None where the candidates bring theirs. Then no model is needed,
    and a search reads where otherwise the model does.
    """

    name: str  # after --manner
    find: Find
    write: Callable[[Sequence[Candidate], Engine, Language], list[str]] | None

    @property
    def needs_model(self) -> bool:
        """Whether a model writes and reads."""
        return self.write is not None


def _possible_answers(passage: Passage, lang: Language) -> list[Candidate]:
    return [Candidate(passage, span) for span in find_spans(passage, lang)]


def _ask_model(candidates: Sequence[Candidate], engine: Engine, lang: Language) -> list[str]:
    asked = [ask_for_question(one.span, one.passage, lang) for one in candidates]
    return [read_question(done.text, lang) for done in engine.generate(asked, MAX_QUESTION_TOKENS)]


BY_MODEL = Manner("model", _possible_answers, _ask_model)
EXTRACTIVE = Manner("extractive", find_asked, None)
MANNERS: Mapping[str, Manner] = MappingProxyType({manner.name: manner for manner in (BY_MODEL, EXTRACTIVE)})
"""By name."""


def manner_of(name: str) -> Manner:
    """The manner of a name.

    Raises:
        InputError: there is none.
    """
    if name not in MANNERS:
        raise InputError(f'--manner must be one of {", ".join(MANNERS)}, got "{name}"')
    return MANNERS[name]
