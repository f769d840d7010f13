"""Which questions stand or fall together, and what stays when other questions are asked."""

import unicodedata
from collections.abc import Sequence

from assay.questions.question import Question
from assay.questions.splitting import group_near_duplicates
from assay.statistics.sampling import Sampling, over_documents, over_questions

__all__ = ["cluster_of", "document_of", "sampling_of"]


def document_of(question: Question) -> str | None:
    """The source document in one spelling, None where the question names none."""
    document = question.evidence.document if question.evidence else None
    if not document:
        return None
    return unicodedata.normalize("NFKC", document).strip().replace("\\", "/").removeprefix("./").casefold()


def cluster_of(question: Question) -> str:
    """The source document in one spelling where the question names it, else the question's own id."""
    return document_of(question) or question.id


def sampling_of(questions: Sequence[Question], generalise: str) -> Sampling:
    """How another exam would be drawn.

    Args:
        questions: of the exam, in the order of the scores.
        generalise: "questions": new ones on these documents, near-duplicates together, with as many that have an
            answer; or "documents": other documents, too.
    """
    if generalise == "documents":
        return over_documents([cluster_of(question) for question in questions])
    groups = [0] * len(questions)
    for number, places in enumerate(group_near_duplicates(questions)):
        for place in places:
            groups[place] = number
    documents = [document_of(question) for question in questions]
    return over_questions(documents, groups, [question.answerable for question in questions])
