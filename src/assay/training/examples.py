"""What a tuned model is trained on: conversations and the answers they should get. Knows no model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assay.behaviours.zero_shot import ZeroShot
from assay.corpus.document import Passage
from assay.models.engine import Conversation
from assay.questions.question import Question
from assay.scoring.refusal import REFUSAL_TEXT

__all__ = ["TrainingExample", "closed_book_examples", "open_book_examples"]

GOLD_ABSENT_SHARE = 0.15  # RAFT (Zhang et al. 2024) leaves the gold passage out of a share of the examples


@dataclass(frozen=True)
class TrainingExample:
    """A conversation and its right answer; the loss is on the answer only."""

    conversation: Conversation
    answer: str


def closed_book_examples(questions: Sequence[Question], lang: str) -> list[TrainingExample]:
    """Questions without passages, answered from memory; unanswerable ones are refused."""
    ask = ZeroShot(lang)
    return [TrainingExample(ask.conversation(q, ()), _target(q, lang)) for q in questions]


def open_book_examples(
    questions: Sequence[Question],
    retrieved: Mapping[str, Sequence[Passage]],
    gold: Mapping[str, Sequence[Passage]],
    lang: str,
    n_passages: int,
    rng: np.random.Generator,
) -> list[TrainingExample]:
    """Questions with one to `n_passages` passages in random order: the gold ones among what retrieval wrongly found.

    The number varies so that one adapter serves both rows with passages, and because shorter examples train faster.

    In a share of the examples the gold passages are left out, and the right answer is a refusal. A question whose
    evidence is not known is kept only if it is unanswerable: nobody can say whether its passages hold the answer.
    """
    ask = ZeroShot(lang)
    examples = []
    for question in questions:
        found, right = list(retrieved[question.id]), list(gold.get(question.id, ()))
        if question.answerable and not right:
            continue
        shown = right if question.answerable and rng.random() >= GOLD_ABSENT_SHARE else []
        answer = _target(question, lang) if shown or not question.answerable else REFUSAL_TEXT[lang]
        distractors = [passage for passage in found if passage not in right]
        passages = [*shown, *distractors][: max(int(rng.integers(1, n_passages + 1)), len(shown))]
        order = rng.permutation(len(passages))
        examples.append(TrainingExample(ask.conversation(question, [passages[i] for i in order]), answer))
    return examples


def _target(question: Question, lang: str) -> str:
    return question.answers[0] if question.answerable else REFUSAL_TEXT[lang]
