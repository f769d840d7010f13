"""Ways of labelling made real over a language model: texts in, replies out. What is measured here is what is served.

A reply stays as the model gave it and is read when it is marked; a tuned small encoder is in `tuned_encoder`.
"""

from collections.abc import Callable, Sequence

import numpy as np

from assay.labelled.labelled_text import LabelledText
from assay.models.choosing import Chooser
from assay.models.engine import Engine
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.tasks.task_prompt import Prompt

__all__ = ["ChoosingPipeline", "FindNearest", "WritingPipeline", "find_none", "match_frequencies"]

_ROUNDS = 200  # far more than it takes
_LEAST_SHARE = 1e-12

# texts -> the examples that each is shown with
FindNearest = Callable[[Sequence[LabelledText | str]], list[list[LabelledText]]]


def find_none(texts: Sequence[LabelledText | str]) -> list[list[LabelledText]]:
    """No examples but the prompt's fixed ones."""
    return [[] for _ in texts]


def match_frequencies(scores: np.ndarray, frequencies: np.ndarray) -> np.ndarray:
    """What to add to the log-probabilities of the labels, C, so that on average each is chosen as often as it occurs.

    A model finds some labels likely whatever the text says; this takes that off (prior matching: Liusie, Manakul and
    Gales 2023). Only how often labels occur is used, not which text has which.

    Args:
        scores: N×C log-probabilities, in nats, for texts like those to be labelled.
        frequencies: C, all above 0, summing to 1.
    """
    offsets = np.zeros(scores.shape[1])
    for _ in range(_ROUNDS):
        shifted = scores + offsets
        shares = np.exp(shifted - np.logaddexp.reduce(shifted, axis=1, keepdims=True)).mean(axis=0)
        offsets += np.log(frequencies) - np.log(np.maximum(shares, _LEAST_SHARE))
    offsets -= offsets.mean()
    return offsets


class ChoosingPipeline:
    """The label that the model finds likeliest; implements `Answerer`. The labels' probabilities sum to 1.

    `offsets`, C, are added to the labels' log-probabilities: see `match_frequencies`.
    """

    def __init__(
        self, prompt: Prompt, find: FindNearest, chooser: Chooser, names: Sequence[str], offsets: np.ndarray
    ) -> None:
        self._prompt, self._find, self._chooser, self._names = prompt, find, chooser, names
        self._offsets = offsets

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One label a text, in order, with the logarithm of its probability."""
        found = self._find([question.text for question in questions])
        return [self._choose(question, shown) for question, shown in zip(questions, found, strict=True)]

    def warm_up(self) -> None:
        """One choice, thrown away."""
        self._chooser.score_answers([self._prompt.conversation("Hello")])

    def _choose(self, question: Question, shown: Sequence[LabelledText]) -> Answer:
        before = self._chooser.n_tokens
        (scores,) = self._chooser.score_answers([self._prompt.conversation(question.text, shown)])
        shifted = scores + self._offsets
        logprobs = shifted - np.logaddexp.reduce(shifted)
        best = int(np.argmax(logprobs))
        ids = tuple(example.id for example in shown)
        n_read = self._chooser.n_tokens - before
        return Answer(question.id, self._names[best], ids, n_read, 0, float(logprobs[best]))


class WritingPipeline:
    """What the model writes about the text; implements `Answerer`."""

    def __init__(self, prompt: Prompt, find: FindNearest, engine: Engine, max_new_tokens: int) -> None:
        self._prompt, self._find, self._engine, self._max_new_tokens = prompt, find, engine, max_new_tokens

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """One reply a text, in order, all asked in one batch.

        Raises:
            EngineError: the engine failed; nothing of this batch is to be used.
        """
        found = self._find([question.text for question in questions])
        asked = [self._prompt.conversation(q.text, shown) for q, shown in zip(questions, found, strict=True)]
        replies = self._engine.generate(asked, self._max_new_tokens)
        return [
            Answer(q.id, done.text, tuple(e.id for e in shown), done.n_prompt_tokens, done.n_new_tokens, done.logprob)
            for q, shown, done in zip(questions, found, replies, strict=True)
        ]

    def warm_up(self) -> None:
        """One short reply, thrown away."""
        self._engine.generate([self._prompt.conversation("Hello")], 1)
