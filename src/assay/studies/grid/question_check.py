"""The check of the question set, within a run: what of it bears on the figures. Asks no model anything."""

from collections.abc import Sequence

from assay.checking import Finding, check_questions, likeness, same_words
from assay.grid.pipelines import Pipelines
from assay.questions import EvidenceLocator
from assay.questions.exam import Exam
from assay.verdict.result import QuestionFinding

__all__ = ["check_exam", "count_missing_documents"]

_BEARING = ("leak", "contradiction", "not_in_evidence", "not_in_documents")


def check_exam(exam: Exam, pipelines: Pipelines, searches: bool) -> list[QuestionFinding]:
    """Copies and rewordings across splits, contradictions, answers that their evidence does not hold, evidence that is
    in no document. By meaning where an encoder is loaded anyway, else by words alone."""
    encoder = pipelines.search.encoder if searches else None
    encode, least = (encoder.encode_queries, likeness(encoder.name)) if encoder is not None else (None, 1.0)
    found = check_questions(exam.questions.questions, encode, least, exam.corpus)
    texts = {question.id: question.text for question in exam.questions.questions}
    return [_shown(one, texts) for one in found if one.kind in _BEARING]


def _shown(one: Finding, texts: dict[str, str]) -> QuestionFinding:
    is_reworded = one.kind == "leak" and not same_words(texts[one.question], texts[one.other])
    return QuestionFinding(one.kind, one.question, one.other, is_reworded)  # type: ignore[arg-type]


def count_missing_documents(exam: Exam, findings: Sequence[QuestionFinding]) -> int:
    """How many documents the questions name that are not there."""
    if not any(one.kind == "not_in_documents" for one in findings):
        return 0
    locator = EvidenceLocator(exam.corpus)
    told = {question.id: question.evidence for question in exam.questions.questions}
    named = {
        evidence.document
        for one in findings
        if one.kind == "not_in_documents" and (evidence := told[one.question]) is not None and evidence.document
    }
    return sum(not locator.documents_of(name) for name in named)
