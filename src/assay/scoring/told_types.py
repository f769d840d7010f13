"""Whether what a question says of its answer can be so: its type, its form. Knows one question."""

from assay.questions.question import Question
from assay.scoring.accepted_forms import accepted_forms
from assay.scoring.answer_form import misses_form
from assay.scoring.answer_language import language_of
from assay.scoring.kinds.amounts import amount_of
from assay.scoring.kinds.every_kind import kind_named
from assay.scoring.read_text import read_asked, read_text

__all__ = ["check_told"]


def check_told(question: Question) -> None:
    """Nothing where every accepted answer is of the type that the question says and one of them keeps its form.

    Raises:
        ValueError: what does not fit, and what to do.
    """
    lang = language_of(*question.answers) if question.answers else language_of(question.text)
    kind = kind_named(question.type)
    if kind is not None:
        asked = read_asked(question, lang)
        for answer in question.answers:
            if not any(kind.fits(form, asked) for form in accepted_forms(answer, lang)):
                raise ValueError(
                    f'the type is {question.type}, but the accepted answer "{answer}" is none: mend one of the '
                    f"two, or leave "
                    "the type empty"
                )
    if question.tolerance and not any(amount_of(read_text(answer, lang)) for answer in question.answers):
        raise ValueError(f"the tolerance is {question.tolerance}, but no accepted answer is a number: leave it empty")
    if question.form and misses_form(question.answers, question.form):
        raise ValueError(f'no accepted answer keeps the form "{question.form}": mend one of the two')
