"""Which questions stand or fall together: the clusters of the bootstrap."""

import unicodedata

from assay.questions.question import Question

__all__ = ["cluster_of"]


def cluster_of(question: Question) -> str:
    """The source document in one spelling where the question names it, else the question's own id."""
    document = question.evidence.document if question.evidence else None
    if not document:
        return question.id
    return unicodedata.normalize("NFKC", document).strip().replace("\\", "/").removeprefix("./").casefold()
