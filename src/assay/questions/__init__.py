"""Question sets: read, checked, split, tied to the passages that hold their evidence; with documents, the exam.

Knows questions, answers, evidence, groups and splits. Knows no search, no model, and not when an answer is right.
"""

from assay.questions.clusters import cluster_of, sampling_of
from assay.questions.evidence import EvidenceLocator, locate_evidence
from assay.questions.in_memory import Source
from assay.questions.question import Evidence, Question, QuestionSet, Split
from assay.questions.question_files import read_questions
from assay.questions.splitting import assign_splits

__all__ = [
    "Evidence",
    "EvidenceLocator",
    "Question",
    "QuestionSet",
    "Source",
    "Split",
    "assign_splits",
    "cluster_of",
    "locate_evidence",
    "read_questions",
    "sampling_of",
]
