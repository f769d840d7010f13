from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from tests.training.sample import PASSAGE, TOWNS, make_examples

from assay.models import Message
from assay.models.chat import ChatFormat
from assay.training import TrainingExample
from assay.training.loss import Encoded, Pack, answer_loss, encode, group_by_length, pack_loss, share_beginnings
from assay.training.methods import load_trainable


@pytest.fixture(scope="module")
def chat(small: Path) -> ChatFormat:
    from transformers import AutoTokenizer

    return ChatFormat(AutoTokenizer.from_pretrained(small))


@pytest.fixture(scope="module")
def tuned(small: Path) -> Any:
    """A model whose adapter already does something: a fresh one passes no gradient to its A matrices."""
    model = load_trainable(small, "lora", 8, "all-linear").float()
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "lora_B" in name:
                parameter += 0.02 * torch.randn(parameter.shape, generator=generator).to(parameter.device)
    return model


@pytest.fixture(scope="module")
def batch(chat: ChatFormat) -> list[Encoded]:
    """Four questions behind one passage, two short ones without, and a question alone with a passage of its own."""
    apart = make_examples({"Lira": "39"}, before=PASSAGE.replace("hours.md", "old.md"))
    examples = [*make_examples(TOWNS, before=PASSAGE), *make_examples({"Osk": "35", "Noctua": "I don't know."}), *apart]
    return [encode(example, chat) for example in examples]


def _one_at_a_time(examples: Sequence[Encoded], most_tokens: int) -> list[Pack]:
    return [Pack((example,)) for example in examples]


@pytest.mark.parametrize("put_together", [_one_at_a_time, group_by_length, share_beginnings])
def test_gradients_equal_those_of_one_padded_batch_with_all_logits(
    tuned: Any, batch: list[Encoded], put_together: Callable[[Sequence[Encoded], int], list[Pack]]
) -> None:
    weights = [p for p in tuned.parameters() if p.requires_grad]
    device = weights[0].device
    n_answer = sum(example.n_answer for example in batch)
    losses = [pack_loss(tuned, pack, device) / n_answer for pack in put_together(batch, 512)]
    ours = torch.autograd.grad(sum(losses), weights)

    # transformers' own loss over the same batch: padded on the right, labels -100 but for the answers.
    width = max(len(example.ids) for example in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long, device=device)
    mask, labels = torch.zeros_like(ids), torch.full_like(ids, -100)
    for row, example in enumerate(batch):
        n = len(example.ids)
        ids[row, :n], mask[row, :n] = torch.tensor(example.ids), 1
        labels[row, n - example.n_answer : n] = ids[row, n - example.n_answer : n]
    loss = tuned(input_ids=ids, attention_mask=mask, labels=labels).loss
    expected = torch.autograd.grad(loss, weights)

    assert sum(losses).item() == pytest.approx(loss.item(), rel=1e-5)
    for mine, theirs in zip(ours, expected, strict=True):
        assert (mine - theirs).norm() <= 1e-4 * theirs.norm()
    assert max(grad.abs().max().item() for grad in ours) > 1e-2  # there was something to compare


def test_loss_is_on_the_answer_alone(tuned: Any, batch: list[Encoded], chat: ChatFormat) -> None:
    example = batch[0]
    assert chat.tokenizer.decode(example.ids[-example.n_answer :]) == f"35 hours{chat.tokenizer.eos_token}"
    device = next(tuned.parameters()).device
    with torch.no_grad():
        summed = answer_loss(tuned, [example], device).item()
        logits = tuned(input_ids=torch.tensor([example.ids], device=device)).logits[0].float()
    log_probs = logits.log_softmax(-1).cpu()
    first = len(example.ids) - example.n_answer
    by_hand = -sum(log_probs[i - 1, example.ids[i]].item() for i in range(first, len(example.ids)))
    assert summed == pytest.approx(by_hand, rel=1e-4)


def test_of_a_text_every_word_is_learnt(tuned: Any, chat: ChatFormat) -> None:
    text = encode(TrainingExample((), "Hours\nIn Osk a week has 35 hours."), chat)
    device = next(tuned.parameters()).device
    ids = torch.tensor([text.ids], device=device)
    with torch.no_grad():
        theirs = tuned(input_ids=ids, labels=ids).loss.item()
        ours = pack_loss(tuned, Pack((text,)), device).item() / text.n_answer
    assert chat.tokenizer.decode(text.ids) == "Hours\nIn Osk a week has 35 hours."
    assert ours == pytest.approx(theirs, rel=1e-5)


def test_groups_hold_every_example_once_and_little_padding() -> None:
    lengths = [1500, 60, 700, 50, 240, 250, 64, 513, 512, 55]
    groups = group_by_length([Encoded([0] * n, 2) for n in lengths], 512)

    # By hand, 512 tokens a group: 4 × 64 = 256 fits, 5 × 240 does not; 2 × 250 = 500 does, 3 × 512 does not.
    expected = [[50, 55, 60, 64], [240, 250], [512], [513], [700], [1500]]
    assert [[len(example.ids) for example in pack.examples] for pack in groups] == expected


def test_packs_share_what_is_long_and_join_what_is_short() -> None:
    instruction, long = [1] * 10, [1] * 10 + [2] * 400
    behind_one = [Encoded([*long, 3, i, 9, 9], 2) for i in range(4)]
    apart = [Encoded([*instruction, *[20 + i] * 600, 9, 9], 2) for i in range(2)]
    short = [Encoded([*instruction, 30, i, 9], 1) for i in range(3)]
    packs = share_beginnings([behind_one[0], short[0], apart[0], *behind_one[1:], *short[1:], apart[1]], 512)

    # By hand. Short: 10 + "30" shared, then one token each that is not the last: 11 + 3 = 14 computed, not 36.
    # Behind one: 411 shared, then i and the first 9 of each: 411 + 4 · 2 = 419. The other two: long, little shared.
    found = sorted((pack.n_shared, len(pack.examples), pack.n_tokens) for pack in packs)
    assert found == [(0, 1, 611), (0, 1, 611), (11, 3, 14), (411, 4, 419)]
    assert sum(len(pack.examples) for pack in packs) == 9


def test_an_example_twice_in_a_pack_counts_twice(tuned: Any, batch: list[Encoded]) -> None:
    """The same prompt with the same answer: the branch still holds what predicts the answer's first token."""
    device = next(tuned.parameters()).device
    (pack,) = share_beginnings([batch[0], batch[0]], 512)
    assert pack.n_shared == len(batch[0].ids) - batch[0].n_answer - 1
    with torch.no_grad():
        once = answer_loss(tuned, [batch[0]], device).item()
        assert pack_loss(tuned, pack, device).item() == pytest.approx(2 * once, rel=1e-4)


def test_what_a_conversation_begins_with_is_not_its_answer(chat: ChatFormat) -> None:
    example = encode(TrainingExample((Message("user", "How long?"),), "35 hours"), chat)
    assert share_beginnings([example], 512) == [Pack((example,), 0)]
