"""Examples as tokens, which of them are computed together, and the loss of their answers. Knows no optimiser.

Three things make it fast. The vocabulary is multiplied out at the positions of answers only. Short examples go through
the model together, in groups of like length, so that little is padded. And examples whose prompts begin alike stand
behind one copy of that beginning: a tree of one stem and many branches, in one sequence.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from assay.models.chat import ChatFormat
from assay.training.examples import TrainingExample

__all__ = ["Encoded", "Pack", "answer_loss", "encode", "group_by_length", "pack_loss", "share_beginnings"]


@dataclass(frozen=True)
class Encoded:
    """An example as tokens; the last `n_answer` of them are its answer, end of turn included."""

    ids: list[int]
    n_answer: int
    source: str = ""  # see TrainingExample


@dataclass(frozen=True)
class Pack:
    """Examples whose first `n_shared` tokens are the same; 0 for one that stands alone."""

    examples: tuple[Encoded, ...]
    n_shared: int = 0

    @property
    def n_tokens(self) -> int:
        """How many tokens are computed."""
        return self.n_shared + sum(len(example.ids) - 1 - self.n_shared for example in self.examples)

    def joined(self, other: "Pack") -> "Pack":
        """Both in one, behind what all their prompts share."""
        examples = self.examples + other.examples
        first, last = min(example.ids for example in examples), max(example.ids for example in examples)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
        return Pack(examples, min(alike, *(len(e.ids) - e.n_answer - 1 for e in examples)))


def encode(example: TrainingExample, chat: ChatFormat) -> Encoded:
    """Prompt and answer as the model reads and writes them; of a text without a prompt, all is to be learnt."""
    if not example.conversation:
        ids = list(chat.tokenizer.encode(example.answer))
        return Encoded(ids, len(ids) - 1, example.source)
    answer = chat.encode_answer(example.answer)
    return Encoded(chat.encode(example.conversation) + answer, len(answer), example.source)


def group_by_length(examples: Sequence[Encoded], most_tokens: int) -> list[Pack]:
    """The examples in groups of like length, each of at most `most_tokens` when padded; a longer one stands alone."""
    groups: list[list[Encoded]] = []
    for example in sorted(examples, key=lambda example: len(example.ids)):
        if groups and (len(groups[-1]) + 1) * len(example.ids) <= most_tokens:
            groups[-1].append(example)
        else:
            groups.append([example])
    return [Pack(tuple(group)) for group in groups]


def share_beginnings(examples: Sequence[Encoded], most_tokens: int) -> list[Pack]:
    """The examples in packs: together where most of a prompt is shared, or where all are short.

    What a pack computes beyond its first example is at most `most_tokens`.
    """
    packs: list[Pack] = []
    for example in sorted(examples, key=lambda example: example.ids):  # those that begin alike stand side by side
        alone = Pack((example,))
        packs = [*packs[:-1], *_join_if(_share_most, packs[-1:], alone, most_tokens)]
    joined: list[Pack] = []
    for pack in sorted(packs, key=lambda pack: pack.n_tokens):
        joined = [*joined[:-1], *_join_if(_are_short, joined[-1:], pack, most_tokens)]
    return joined


def _share_most(pack: Pack, most_tokens: int) -> bool:
    first = len(pack.examples[0].ids)
    longest = max(len(example.ids) for example in pack.examples)
    return 2 * pack.n_shared >= longest and pack.n_tokens - first <= most_tokens


def _are_short(pack: Pack, most_tokens: int) -> bool:
    return pack.n_tokens <= most_tokens


def _join_if(is_worth_it: Callable[[Pack, int], bool], last: list[Pack], pack: Pack, most_tokens: int) -> list[Pack]:
    """The two as one where that is worth it and computes no more, else both."""
    if last:
        both = last[0].joined(pack)
        if is_worth_it(both, most_tokens) and both.n_tokens <= last[0].n_tokens + pack.n_tokens:
            return [both]
    return [*last, pack]


def pack_loss(model: Any, pack: Pack, device: Any) -> Any:
    """Summed cross-entropy of the answers' tokens, every example as if it stood alone."""
    return _tree_loss(model, pack, device) if pack.n_shared else answer_loss(model, pack.examples, device)


def answer_loss(model: Any, group: Sequence[Encoded], device: Any) -> Any:
    """Summed cross-entropy of the answers' tokens; the vocabulary is multiplied out at their positions only.

    Padding stands on the right, where causal attention cannot see it: no mask is needed, and the fast kernel runs.
    """
    import torch

    width = max(len(example.ids) for example in group) - 1
    inputs = [example.ids[:-1] + [0] * (width + 1 - len(example.ids)) for example in group]
    answers = [range(len(e.ids) - 1 - e.n_answer, len(e.ids) - 1) for e in group]  # positions that predict them
    kept = sorted({place for places in answers for place in places})
    output = model(
        input_ids=torch.tensor(inputs, device=device), use_cache=False, logits_to_keep=torch.tensor(kept, device=device)
    )  # B P V
    columns = {place: column for column, place in enumerate(kept)}
    rows = [row for row, places in enumerate(answers) for _ in places]
    logits = output.logits[rows, [columns[place] for places in answers for place in places]].float()
    targets = [e.ids[place + 1] for e, places in zip(group, answers, strict=True) for place in places]
    return torch.nn.functional.cross_entropy(logits, torch.tensor(targets, device=device), reduction="sum")


def _tree_loss(model: Any, pack: Pack, device: Any) -> Any:
    """The loss of a stem with branches: each sees the stem and itself, and counts its places from the stem on."""
    import torch

    stem = pack.n_shared
    ids, places, branches = pack.examples[0].ids[:stem], list(range(stem)), [0] * stem
    kept: list[int] = []
    for number, example in enumerate(pack.examples, start=1):
        ids = ids + example.ids[stem:-1]
        places += range(stem, len(example.ids) - 1)
        branches += [number] * (len(example.ids) - 1 - stem)
        kept += range(len(ids) - example.n_answer, len(ids))
    targets = [token for example in pack.examples for token in example.ids[-example.n_answer :]]
    branch = torch.tensor(branches, device=device)
    is_seen = (branch == 0) | (branch == branch[:, None])  # T T: row asks, column is seen
    output = model(
        input_ids=torch.tensor([ids], device=device),
        position_ids=torch.tensor([places], device=device),
        attention_mask=is_seen.tril()[None, None],  # 1 1 T T
        use_cache=False,
        logits_to_keep=torch.tensor(kept, device=device),
    )
    logits = output.logits[0].float()  # answers V
    return torch.nn.functional.cross_entropy(logits, torch.tensor(targets, device=device), reduction="sum")
