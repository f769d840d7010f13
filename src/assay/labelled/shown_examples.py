"""Which labelled examples a model is shown: a fixed, even choice, or the nearest to each text. Knows no prompt."""

import random
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from assay.labelled.labelled_text import LabelledText

__all__ = ["Nearest", "draw_even"]

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]


class Nearest:
    """The examples of which the text is nearest in meaning, by exact comparison of all.

    Args:
        examples: what may be shown.
        encode: texts -> vectors of unit length (N, D).
    """

    def __init__(self, examples: Sequence[LabelledText], encode: Encode) -> None:
        self._examples, self._encode = list(examples), encode
        self._vectors = encode([one.text for one in examples])  # N D

    def find(self, texts: Sequence[LabelledText | str], k: int) -> list[list[LabelledText]]:
        """For each text at most k examples, the most alike last. An example is not its own neighbour.

        Nor is any other with the same words: what is asked must not stand in the prompt with its answer.
        """
        vectors = self._encode([text if isinstance(text, str) else text.text for text in texts])
        return [self._pick(row, text, k) for row, text in zip(vectors @ self._vectors.T, texts, strict=True)]

    def _pick(self, scores: npt.NDArray[np.float32], text: LabelledText | str, k: int) -> list[LabelledText]:
        picked: list[LabelledText] = []
        for place in np.argsort(-scores, kind="stable"):
            example = self._examples[place]
            if isinstance(text, str) or (example.id != text.id and example.text != text.text):
                picked.append(example)
            if len(picked) == k:
                break
        return picked[::-1]


def draw_even(examples: Sequence[LabelledText], n: int, seed: int) -> list[LabelledText]:
    """At most n examples in a seeded order: one of each label, or with each type of entity and without any, and again.

    Shorter than average are preferred, since every prompt pays for them.
    """
    rng = random.Random(seed)
    half = sorted(len(one.text) for one in examples)[len(examples) // 2] if examples else 0
    by_name: dict[str, list[LabelledText]] = defaultdict(list)
    for one in rng.sample(list(examples), len(examples)):
        for name in one.names or {""}:
            by_name[name].append(one)
    queues = [sorted(found, key=lambda one: len(one.text) > half) for _, found in sorted(by_name.items())]
    rng.shuffle(queues)
    drawn: dict[str, LabelledText] = {}
    while queues and len(drawn) < min(n, len(examples)):
        queue = queues.pop(0)
        while queue and queue[0].id in drawn:
            queue.pop(0)
        if queue:
            one = queue.pop(0)
            drawn[one.id] = one
            queues.append(queue)
    return list(drawn.values())
