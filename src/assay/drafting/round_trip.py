"""Whether a question's answer is found again from its passage, and not without it. Asks as the cells of a run do."""

from collections.abc import Sequence

from assay.corpus.document import Passage
from assay.models.engine import Engine
from assay.models.prompt import render_question
from assay.questions.question import Question
from assay.scoring import Language, is_refusal, score_answer, tokens

__all__ = ["RoundTrip"]

_MAX_ANSWER_TOKENS = 32
_MORE_WORDS = 12  # than the answer has: a longer reply has copied the passage and found nothing


class RoundTrip:
    """One engine that reads and answers.

    Args:
        engine: the model that drafts, or a stronger one.
        lang: of the prompts.
    """

    def __init__(self, engine: Engine, lang: Language) -> None:
        self._engine, self._lang = engine, lang

    def answers(self, questions: Sequence[str], read: Sequence[Sequence[Passage]]) -> list[str]:
        """What the model answers to each question after reading its passages; with none, from memory."""
        if not questions:
            return []
        asked = [(render_question(text, shown, self._lang),) for text, shown in zip(questions, read, strict=True)]
        return [done.text for done in self._engine.generate(asked, _MAX_ANSWER_TOKENS)]

    def finds(self, questions: Sequence[Question], read: Sequence[Sequence[Passage]]) -> list[bool]:
        """For each question whether its answer, and little else, comes back."""
        said = self.answers([question.text for question in questions], read)
        return [is_found(text, question) for text, question in zip(said, questions, strict=True)]


def is_found(text: str, question: Question) -> bool:
    """Whether a reply is the accepted answer with few words around it."""
    longest = max(len(tokens(answer)) for answer in question.answers)
    is_right = score_answer(text, question).correct is True and not is_refusal(text)
    return is_right and len(tokens(text)) <= longest + _MORE_WORDS
