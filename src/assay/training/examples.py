"""What a tuned model is trained on: conversations and the answers they should get. Knows no model."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assay.corpus.document import Passage
from assay.models.engine import Conversation
from assay.models.prompt import render_question
from assay.questions.question import Question
from assay.scoring.refusal import REFUSAL_TEXT

__all__ = ["Ask", "TrainingExample", "closed_book_examples", "document_examples", "open_book_examples"]

Ask = Callable[[Question, Sequence[Passage]], Conversation]

LEAST_REFUSALS = 0.05  # of the open-book examples, where fewer of the questions are unanswerable


@dataclass(frozen=True)
class TrainingExample:
    """A conversation and its right answer; the loss is on the answer only. Without a conversation: a text to be learnt.

    Examples of one `source` read the same passages, and go into one batch where they can. `n_dropped` counts the
    passages that did not fit.
    """

    conversation: Conversation
    answer: str
    source: str = ""
    n_dropped: int = 0


def closed_book_examples(questions: Sequence[Question], lang: str, ask: Ask | None = None) -> list[TrainingExample]:
    """Questions without passages, answered from memory; unanswerable ones are refused. `ask`: by default plainly."""
    ask = ask or _plainly(lang)
    return [TrainingExample(ask(q, ()), q.model_answer(lang)) for q in questions]


def document_examples(passages: Sequence[Passage]) -> list[TrainingExample]:
    """The documents themselves, passage by passage, each below its heading."""
    return [TrainingExample((), f"{passage.heading}\n{passage.text}".strip()) for passage in passages]


def open_book_examples(
    questions: Sequence[Question],
    retrieved: Mapping[str, Sequence[Passage]],
    gold: Mapping[str, Sequence[Passage]],
    lang: str,
    n_passages: int,
    rng: np.random.Generator,
    fits: Callable[[Conversation], bool] = lambda conversation: True,
    ask: Ask | None = None,
) -> list[TrainingExample]:
    """Questions with one to `n_passages` passages in random order: the gold ones among what retrieval wrongly found.

    The number varies so that one adapter serves both rows with passages, and because shorter examples train faster.
    Questions with the same gold passages read the same ones in the same order, so that they can be trained behind one
    copy of them.

    Where less than a share of `LEAST_REFUSALS` of the questions is unanswerable, the gold passages are left out of some
    examples, and the right answer is a refusal. A question whose evidence is not known is kept only if it is
    unanswerable: nobody can say whether its passages hold the answer. What does not fit loses its last distractors.
    They are asked as `ask` does, by default plainly.
    """
    ask = ask or _plainly(lang)
    usable = [question for question in questions if not question.answerable or gold.get(question.id)]
    absent = _gold_absent_share(usable)
    read: dict[str, list[Passage]] = {}
    examples = []
    for question in usable:
        right = list(gold.get(question.id, ())) if question.answerable else []
        shown = right if rng.random() >= absent else []
        source = " ".join([*(passage.id for passage in shown), *(question.groups or ())]) if shown else ""
        if not source or source not in read:
            distractors = [passage for passage in retrieved[question.id] if passage not in right]
            read[source] = _mix(shown, distractors, n_passages, rng)
        passages = read[source]
        for spare in _last_first(passages, shown):
            if fits(ask(question, passages)):
                break
            passages = [passage for passage in passages if passage is not spare]
        answer = question.model_answer(lang) if shown or not question.answerable else REFUSAL_TEXT[lang]
        n_dropped = len(read[source]) - len(passages)
        examples.append(TrainingExample(ask(question, passages), answer, source, n_dropped))
    return examples


def _plainly(lang: str) -> Ask:
    return lambda question, passages: (render_question(question.text, passages, lang),)


def _gold_absent_share(questions: Sequence[Question]) -> float:
    """How often the gold passages are left out, so that `LEAST_REFUSALS` of the examples are refused."""
    unanswerable = sum(not question.answerable for question in questions) / max(1, len(questions))
    return max(0.0, (LEAST_REFUSALS - unanswerable) / max(1e-9, 1 - unanswerable))


def _mix(
    shown: Sequence[Passage], distractors: Sequence[Passage], n_passages: int, rng: np.random.Generator
) -> list[Passage]:
    """All that are shown and some distractors, one to `n_passages` together where that is enough, in random order."""
    passages = [*shown, *distractors][: max(int(rng.integers(1, n_passages + 1)), len(shown))]
    return [passages[i] for i in rng.permutation(len(passages))]


def _last_first(passages: Sequence[Passage], shown: Sequence[Passage]) -> list[Passage]:
    """The distractors in the order in which they are given up."""
    return [passage for passage in reversed(passages) if passage not in shown]
