"""A sentence encoder with a head, in torch: choices for a text, or a tag for a word. Knows no files and no training."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from assay.retrieval.bert_encoder import BertParts
from assay.retrieval.bert_torch import build_body, pad, pool, read
from assay.training.encoder_heads import N_SHAPES, Encoded

__all__ = ["Network"]

_SCALE = 20.0  # of cosines to labels: 0.6 against 0.2 is then certain


class Network(nn.Module):
    """The encoder and its head; logits BC×L/C of C choices a text, or W×L of all words of all texts, in order."""

    def __init__(self, parts: BertParts, n_out: int, tags_words: bool, n_choices: int = 1) -> None:
        super().__init__()
        self._parts, self.tags_words, self.n_choices = parts, tags_words, n_choices
        self.body = build_body(parts)
        width = self.body.config.hidden_size
        self.shapes = nn.Embedding(N_SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.head = nn.Linear(width, n_out)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, texts: Sequence[Encoded]) -> Tensor:
        """Logits."""
        hidden, mask = self._read(texts)
        if not self.tags_words:
            logits: Tensor = self.head(_SCALE * pool(hidden, mask))
            return logits.view(len(texts) * self.n_choices, -1)
        return _mean_by_word(self.head(hidden), texts)

    @torch.no_grad()
    def start_at_centroids(self, texts: Sequence[Encoded], chosen: Sequence[Sequence[int]]) -> None:
        """Begin as the classifier by the nearest mean vector, which is right most of the time before any training."""
        self.eval()
        sums = torch.zeros_like(self.head.weight)
        firsts = torch.arange(self.n_choices) * (len(sums) // self.n_choices)  # of each choice, its first row
        rows = (torch.tensor(chosen) + firsts).to(sums.device)  # N×C
        for start in range(0, len(texts), 64):
            vectors = pool(*self._read(texts[start : start + 64]))
            for row in rows[start : start + 64].T:
                sums.index_add_(0, row, vectors)
        self.head.weight.copy_(nn.functional.normalize(sums, dim=-1))

    def _read(self, texts: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
        """The last layer's vectors B×T×D, and the mask B×T of what is no padding."""
        shapes = torch.from_numpy(pad([one.shapes for one in texts])).to(self.head.weight.device)
        return read(self.body, self._parts, [one.ids for one in texts], self.shapes(shapes))


def _mean_by_word(logits: Tensor, texts: Sequence[Encoded]) -> Tensor:
    """W×L: the mean over the pieces of each word. A word that was not read has no row."""
    rows, columns, targets, n = [], [], [], 0
    for row, one in enumerate(texts):
        owned = [(column, owner) for column, owner in enumerate(one.owners) if owner >= 0]
        rows += [row] * len(owned)
        columns += [column for column, _ in owned]
        targets += [n + owner for _, owner in owned]
        n += 1 + max((owner for _, owner in owned), default=-1)
    target = torch.tensor(targets, dtype=torch.long, device=logits.device)
    sums = logits.new_zeros((n, logits.shape[-1])).index_add_(0, target, logits[rows, columns])
    counts = torch.bincount(target, minlength=n).clamp(min=1)
    return sums / counts[:, None]
