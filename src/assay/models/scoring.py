"""How likely a base model finds a given text: which scorer a model gets."""

from assay.errors import EngineError
from assay.models.model import LocalModel, Model
from assay.retrieval.rerank import Scorer

__all__ = ["load_scorer"]


def load_scorer(model: Model) -> Scorer:
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
