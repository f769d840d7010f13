"""What is wrong with questions and their answers: doubles, contradictions, missing evidence, personal data.

Knows question sets and how alike two texts are. Knows no model, no cell, and not what an answer scores.
"""

from assay.checking.findings import REMOVED, Finding, FindingKind, check_questions
from assay.checking.likeness import alike_pairs, likeness, same_words, says_the_same
from assay.checking.personal import PersonalDatum, find_personal_data

__all__ = [
    "REMOVED",
    "Finding",
    "FindingKind",
    "PersonalDatum",
    "alike_pairs",
    "check_questions",
    "find_personal_data",
    "likeness",
    "same_words",
    "says_the_same",
]
