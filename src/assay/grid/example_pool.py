"""The answered questions that a prompt may show, and which of them to whom. Knows no words that ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt

from assay.corpus.document import Passage
from assay.grid.pipelines import Pipelines
from assay.questions.exam import Exam
from assay.questions.question import Question
from assay.retrieval.bigrams import encode_bigrams

__all__ = ["ExamplePool", "examples_of", "open_pool"]

MayShow = Callable[[Question, Question], bool]


def _always(example: Question, question: Question) -> bool:
    return True


class ExamplePool:
    """Chooses examples.

    Args:
        examples: the training questions.
        passages: question id -> the passage that an example is shown with; one each, so that the prompt stays short.
        encode: texts -> vectors of unit length (N, D); likeness is their cosine.
        may_show: whether an example may be shown to the asker of a question; by default to everybody.
    """

    def __init__(
        self,
        examples: Sequence[Question],
        passages: Mapping[str, Passage],
        encode: Callable[[Sequence[str]], npt.NDArray[np.float32]],
        may_show: MayShow | None = None,
    ) -> None:
        self.passages = passages
        self._examples, self._encode, self._may_show = list(examples), encode, may_show or _always
        self._vectors = encode([example.text for example in self._examples])  # N D

    def nearest(self, question: Question, n: int) -> list[Question]:
        """At most n, the most alike first."""
        scores = self._vectors @ self._encode([question.text])[0]
        return self._first((self._examples[i] for i in np.argsort(-scores, kind="stable")), question, n)

    def fixed(self, question: Question, n: int, seed: int) -> list[Question]:
        """At most n in an order drawn by the seed: the same for every question that may be shown them."""
        order = np.random.default_rng(seed).permutation(len(self._examples))
        return self._first((self._examples[i] for i in order), question, n)

    def _first(self, in_order: Iterable[Question], question: Question, n: int) -> list[Question]:
        return list(islice((example for example in in_order if self._may_show(example, question)), n))


def examples_of(exam: Exam) -> list[Question]:
    """The training questions without paraphrases: no example twice."""
    return [question for question in exam.train if question.origin != "paraphrased"]


def open_pool(pipelines: Pipelines, reads: bool, may_show: MayShow | None = None) -> ExamplePool:
    """The pool of an exam; its examples with their passages where the prompts that they stand in `read`."""
    search = pipelines.search
    encode = search.encoder.encode_queries if search.encoder is not None else encode_bigrams
    passages = pipelines.example_passages if reads else {}
    return ExamplePool(examples_of(pipelines.exam), passages, encode, may_show or pipelines.may_learn_from)
