"""Whether a text states an accepted answer somewhere, as marking reads it: 三十天 where 30天 is accepted.

Knows no rivals and no denial: a passage says much beside an answer, and evidence may deny what it is about.
"""

from collections.abc import Callable

from assay.questions.question import Question
from assay.scoring.accepted_forms import accepted_forms
from assay.scoring.answer_language import language_of
from assay.scoring.kinds.every_kind import kind_of
from assay.scoring.long_answers import is_long
from assay.scoring.read_text import read_asked, read_text

__all__ = ["states_answer"]


def states_answer(question: Question) -> Callable[[str], bool]:
    """What tells whether a text holds the value, or the words, of a short accepted answer of the question."""
    lang = language_of(*question.answers)
    asked = read_asked(question, lang)
    short = [answer for answer in question.answers if not is_long(answer, lang)]
    forms = [(kind_of(form, asked), form) for answer in short for form in accepted_forms(answer, lang)]

    def states(text: str) -> bool:
        said = read_text(text, lang)
        return any(kind.find(form, said, asked) for kind, form in forms)

    return states
