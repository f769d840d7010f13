"""How likely each of a few given answers is: what a chooser is, and which one a model gets."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from assay.models.engine import Conversation
from assay.models.model import LocalModel, Model

__all__ = ["Chooser", "load_chooser"]


class Chooser(Protocol):
    """A base model that is given answers to choose from instead of asked to write one.

    `n_tokens` counts what it has read, what was read once for all conversations included.
    """

    name: str
    n_tokens: int

    def score_answers(self, conversations: Sequence[Conversation]) -> np.ndarray:
        """The log-probability (nats, at most 0) of each answer as the whole reply, N×C.

        The turn's end is part of an answer, so that "card" is not favoured over "card lost". A conversation's row does
        not depend on the other conversations.
        """


def load_chooser(model: Model, answers: Sequence[str], alike: tuple[Conversation, Conversation]) -> Chooser | None:
    """The chooser among these answers, of the weights and the precision that answer; None where there is none.

    Args:
        model: the base model; an endpoint does not tell the likelihood of a given text.
        answers: at least one.
        alike: two conversations that differ where all conversations do: what stands before is read once.
    """
    if not isinstance(model, LocalModel):
        return None
    if model.exported is not None:
        from assay.models.openvino_chooser import OpenVINOChooser

        return OpenVINOChooser(model.exported, answers, alike)
    from assay.models.transformers_chooser import TransformersChooser

    return TransformersChooser(model.folder, answers, alike)
