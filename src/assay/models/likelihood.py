"""How likely a base model finds a given text, and what of a model tells it."""

from collections.abc import Sequence
from typing import Protocol

from assay.errors import EngineError
from assay.models.model import LocalModel, Model

__all__ = ["LikelihoodScorer", "load_scorer"]


class LikelihoodScorer(Protocol):
    """A base model that is shown text instead of asked for it. `name` changes with the weights."""

    name: str

    def score_continuations(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The mean log-likelihood (nats a token, at most 0) of each pair's second text after its first.

        The two are tokenised apart and joined as they are: a space between them belongs to the second. Of what is
        longer than the model's window the beginning of the first text is not read.

        Raises:
            InputError: a second text that is empty.
        """
        ...


def load_scorer(model: Model) -> LikelihoodScorer:
    """The model's scorer, of the weights and the precision that answer.

    Raises:
        EngineError: an endpoint or a scripted model, which do not tell the likelihood of a given text.
    """
    if not isinstance(model, LocalModel):
        raise EngineError(
            f"{model.name} cannot rank passages: {model.engine_name} does not tell how likely a given text is. Set "
            'reranker to "none" or to a cross-encoder, or use a base model on this machine'
        )
    if model.exported is not None:
        from assay.models.openvino_scorer import OpenVINOScorer

        return OpenVINOScorer(model.exported, model.sha256)
    from assay.models.transformers_scorer import TransformersScorer

    return TransformersScorer(model.folder, model.sha256)
