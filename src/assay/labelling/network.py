"""A sentence encoder with a head, in torch: one label a text, or one tag a word. Knows no files and no training."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from assay.retrieval.bert_encoder import BertParts
from assay.retrieval.bert_torch import build_body, pad, pool, read

__all__ = ["Encoded", "Network", "encode_text", "encode_words"]

_SCALE = 20.0  # of cosines to labels: 0.6 against 0.2 is then certain
_N_SHAPES = 6


@dataclass(frozen=True)
class Encoded:
    """A text as word pieces. Where words are tagged, `owners` tells each piece's word, -1 for those of none."""

    ids: list[int]
    owners: list[int]
    shapes: list[int]  # how the piece's word is written; 0: not looked at


def encode_text(text: str, parts: BertParts) -> Encoded:
    """A text to be labelled as a whole."""
    (ids,) = parts.tokenize([text])
    return Encoded(ids, [-1] * len(ids), [0] * len(ids))


def encode_words(words: Sequence[str], parts: BertParts, most: int) -> Encoded:
    """A text to be tagged word by word; what exceeds `most` pieces is not read."""
    pieces = parts.tokenize(list(words)) if words else parts.tokenize([""])
    first, last = pieces[0][0], pieces[0][-1]
    ids, owners, shapes = [first], [-1], [0]
    for number, (word, own) in enumerate(zip(words, pieces, strict=False)):
        inner = own[1:-1][: most - 1 - len(ids)]
        ids += inner
        owners += [number] * len(inner)
        shapes += [_shape(word)] * len(inner)
    return Encoded([*ids, last], [*owners, -1], [*shapes, 0])


def _shape(word: str) -> int:
    """How a word is written, which an uncased tokenizer forgets and names are known by."""
    if not word.isalpha():
        return 5
    if word.islower():
        return 1
    return 2 if word.istitle() else 3 if word.isupper() else 4


class Network(nn.Module):
    """The encoder and its head; logits B×L of labels, or W×L of all words of all texts, in order."""

    def __init__(self, parts: BertParts, n_out: int, tags_words: bool) -> None:
        super().__init__()
        self._parts, self.tags_words = parts, tags_words
        self.body = build_body(parts)
        width = self.body.config.hidden_size
        self.shapes = nn.Embedding(_N_SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.head = nn.Linear(width, n_out)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, texts: Sequence[Encoded]) -> Tensor:
        """Logits."""
        hidden, mask = self._read(texts)
        if not self.tags_words:
            logits: Tensor = self.head(_SCALE * pool(hidden, mask))
            return logits
        return _mean_by_word(self.head(hidden), texts)

    @torch.no_grad()
    def start_at_centroids(self, texts: Sequence[Encoded], labels: Sequence[int]) -> None:
        """Begin as the classifier by the nearest mean vector, which is right most of the time before any training."""
        self.eval()
        sums = torch.zeros_like(self.head.weight)
        for start in range(0, len(texts), 64):
            vectors = pool(*self._read(texts[start : start + 64]))
            sums.index_add_(0, torch.tensor(labels[start : start + 64], device=sums.device), vectors)
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
