"""The encoder's reading of questions, tuned to a corpus whose passages keep their vectors.

Only the side that reads questions learns, so nothing is encoded or indexed again, and every passage of the corpus
serves as a negative in every step: what in-batch and mined negatives stand for where passages are encoded too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from assay.retrieval.bert_encoder import BertEncoder, BertParts
from assay.retrieval.bert_torch import build_body, pool, read
from assay.retrieval.encoder import Encoder
from assay.retrieval.last_question import LastQuestion
from assay.retrieval.memory import Memory

__all__ = [
    "SplitEncoder",
    "TunedQueries",
    "load_known_vectors",
    "load_tuned_queries",
    "save_tuned_queries",
    "tune_queries",
]

EPOCHS, BATCH, RATE = 5, 16, 5e-5
TEMPERATURE = 0.05  # of cosines in the softmax over all passages
MOST_PIECES = 128  # of a question that are learnt from
WEIGHTS, ASKED = "model.safetensors", "asked.npy"


@dataclass(frozen=True)
class TunedQueries:
    """What tuning made: the weights that changed, and each known question's vector by weights that never saw it."""

    weights: dict[str, np.ndarray]
    vectors: np.ndarray  # Q×D at unit length


class SplitEncoder:
    """Reads passages by one encoder and questions by another; implements `Encoder` under the name of the first."""

    def __init__(self, passages: Encoder, queries: Encoder):
        self.name, self.dimension = passages.name, passages.dimension
        self._passages, self._queries = passages, queries

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._queries.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors N×D, float32."""
        return self._passages.encode_passages(texts)


def tune_queries(
    parts: BertParts,
    memory: Memory,
    passages: np.ndarray,
    place_of: dict[str, int],
    folds: Sequence[Sequence[int]],
    seed: int,
    progress: Callable[[int, int], None],
) -> TunedQueries:
    """Tune once without each fold, for the vectors of its questions, and once on all. The same input, the same result.

    Args:
        parts: of the encoder that the passages were encoded with.
        memory: the known questions and their passages.
        passages: N×D at unit length.
        place_of: passage id -> its row.
        folds: places of the questions, each in one fold.
        seed: of the order of the questions.
        progress: called with trainings done and in all.
    """
    gold = [[place_of[id] for id in sorted(ids)] for ids in memory.gold]
    tokens = [ids[:MOST_PIECES] for ids in parts.tokenize([parts.query_prefix + text for text in memory.texts])]
    everyone = range(len(tokens))
    vectors = np.zeros((len(tokens), passages.shape[1]), dtype=np.float32)
    for number, fold in enumerate(folds):
        network = _QueryNetwork(parts)
        _train(network, tokens, gold, sorted(set(everyone) - set(fold)), passages, seed)
        vectors[list(fold)] = _encode(network, [tokens[place] for place in fold])
        progress(number + 1, len(folds) + 1)
    network = _QueryNetwork(parts)
    _train(network, tokens, gold, list(everyone), passages, seed)
    progress(len(folds) + 1, len(folds) + 1)
    tuned = {name: value.detach().numpy() for name, value in network.body.named_parameters() if value.requires_grad}
    return TunedQueries(tuned, vectors)


def save_tuned_queries(tuned: TunedQueries, folder: Path) -> None:
    """Into an empty folder."""
    from safetensors.numpy import save_file

    save_file(tuned.weights, folder / WEIGHTS)
    np.save(folder / ASKED, tuned.vectors)


def load_known_vectors(folder: Path) -> np.ndarray:
    """The vectors of the known questions, Q×D."""
    vectors: np.ndarray = np.load(folder / ASKED)
    return vectors


def load_tuned_queries(folder: Path, parts: BertParts, encoder: Encoder) -> SplitEncoder:
    """The encoder of the passages, asking by the tuned weights."""
    from safetensors.numpy import load_file

    weights = dict(parts.weights) | load_file(folder / WEIGHTS)
    queries = BertEncoder(replace(parts, name=f"{parts.name}+{folder.name}", weights=weights), "bfloat16")
    return SplitEncoder(encoder, LastQuestion(queries))


class _QueryNetwork(torch.nn.Module):
    def __init__(self, parts: BertParts):
        super().__init__()
        self._parts, self.body = parts, build_body(parts)

    def forward(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """Unit vectors B×D of token ids."""
        return pool(*read(self.body, self._parts, rows), self._parts.pooling)


def _train(
    network: _QueryNetwork,
    tokens: Sequence[Sequence[int]],
    gold: Sequence[Sequence[int]],
    taught: Sequence[int],
    passages: np.ndarray,
    seed: int,
) -> None:
    """Make the gold passages likely among all: −log of the softmax's mass on them, the rate up and then down to 0."""
    torch.manual_seed(seed)
    rng, targets = np.random.default_rng(seed), torch.from_numpy(passages.T.copy())  # D×N
    weights = [p for p in network.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(weights, lr=RATE, weight_decay=0.01, fused=True)
    n_steps, step = EPOCHS * math.ceil(len(taught) / BATCH), 0
    network.train()
    for _ in range(EPOCHS):
        order = rng.permutation(taught)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH].tolist()
            scores = network([tokens[row] for row in rows]) @ targets / TEMPERATURE  # B×N
            right = torch.zeros_like(scores, dtype=torch.bool)
            for number, row in enumerate(rows):
                right[number, gold[row]] = True
            masses = scores.logsumexp(1) - scores.masked_fill(~right, -math.inf).logsumexp(1)
            for group in optimiser.param_groups:
                group["lr"] = RATE * min((step + 1) / max(1, n_steps // 10), 1 - step / n_steps)
            masses.mean().backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            step += 1


@torch.no_grad()
def _encode(network: _QueryNetwork, rows: Sequence[Sequence[int]]) -> np.ndarray:
    network.eval()
    parts = [network(rows[start : start + BATCH]).numpy() for start in range(0, len(rows), BATCH)]
    return np.concatenate(parts).astype(np.float32)
