"""Right or wrong and why; exact match, F1, refusals and citations.

Knows one answer and its question. Knows no model, no cell and no other answer.
"""

from assay.scoring.answer_language import Language, language_of
from assay.scoring.citation import CitedSentence, cite
from assay.scoring.correctness import Reason, Score, score_answer
from assay.scoring.marking import UNSUPPORTED, MarkedPiece, mark_sentences
from assay.scoring.normalise import normalise, tokens
from assay.scoring.refusal import REFUSAL_TEXT, is_refusal
from assay.scoring.sentences import split_sentences
from assay.scoring.values.quantities import Quantity, parse_quantities, same_amount

__all__ = [
    "REFUSAL_TEXT",
    "UNSUPPORTED",
    "CitedSentence",
    "Language",
    "MarkedPiece",
    "Quantity",
    "Reason",
    "Score",
    "cite",
    "is_refusal",
    "language_of",
    "mark_sentences",
    "normalise",
    "parse_quantities",
    "same_amount",
    "score_answer",
    "split_sentences",
    "tokens",
]
