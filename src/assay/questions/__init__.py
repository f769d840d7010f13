"""Question sets: read, checked, split, and tied to the passages that hold their evidence."""

from assay.questions.clusters import cluster_of
from assay.questions.evidence import EvidenceLocator, locate_evidence
from assay.questions.question import Evidence, Question, QuestionSet, Split
from assay.questions.reading import read_questions
from assay.questions.splitting import assign_splits

__all__ = [
    "Evidence",
    "EvidenceLocator",
    "Question",
    "QuestionSet",
    "Split",
    "assign_splits",
    "cluster_of",
    "locate_evidence",
    "read_questions",
]
