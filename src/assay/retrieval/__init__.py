"""Finding the passages that a question needs: encoders, indexes, the steps of a search, and how well it went.

Knows passages, questions as text, and what is fitted to known ones. Knows no prompt, no cell and no step by name.
"""

from assay.retrieval.encoder import Encoder, encoder_warning, load_encoder
from assay.retrieval.exact import ExactIndex
from assay.retrieval.fusion import DEFAULT_FUSION, Fusion, fuse
from assay.retrieval.index import Hit, Index, Mode
from assay.retrieval.index_versions import build_index, open_index
from assay.retrieval.lance import LanceIndex
from assay.retrieval.metrics import ndcg_at_k, recall_at_k, reciprocal_rank, summarise_retrieval
from assay.retrieval.ranker import Ranker
from assay.retrieval.retriever import Retriever

__all__ = [
    "DEFAULT_FUSION",
    "Encoder",
    "ExactIndex",
    "Fusion",
    "Hit",
    "Index",
    "LanceIndex",
    "Mode",
    "Ranker",
    "Retriever",
    "build_index",
    "encoder_warning",
    "fuse",
    "load_encoder",
    "ndcg_at_k",
    "open_index",
    "recall_at_k",
    "reciprocal_rank",
    "summarise_retrieval",
]
