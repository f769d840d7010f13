"""What is said to a writer of prompts about an answer: why it is wrong, by the causes that a run names. English."""

from collections.abc import Collection

from assay.questions.answer import Answer
from assay.questions.question import REFUSAL_TEXT, Question
from assay.scoring.correctness import Score

__all__ = ["feedback"]


def feedback(answer: Answer, question: Question, score: Score, evidence: Collection[str], lang: str) -> str:
    """A sentence or two.

    Args:
        answer: what was said.
        question: to what.
        score: its mark.
        evidence: ids of the passages that hold the answer; empty where that is not known.
        lang: of the question.
    """
    accepted = question.answers[0] if question.answers else REFUSAL_TEXT[lang]
    right = f"Right would have been: {accepted}"
    if answer.is_echo:
        return f"Form broken: the reply repeats what it was told. {right}"
    if score.form_kept is False:
        return f"Form broken: the reply should look like this: {question.form}"
    if score.correct:
        return "Right."
    if answer.is_cut:
        return f"Too long: the reply was cut off after {answer.n_new_tokens} tokens. {right}"
    if not question.answerable:
        return f"Not declined: the documents do not tell. {right}"
    if evidence and not set(evidence) & set(answer.passages):
        return f"Not found: no passage that was shown holds the answer. {right}"
    if evidence:
        how = "the reply declines" if score.refused else "the reply says something else"
        return f"Found and not used: a passage that was shown holds the answer, and {how}. {right}"
    return f"Wrong. {right}"
