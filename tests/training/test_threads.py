from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from tests.training.sample import PASSAGE, TOWNS, make_examples

from assay.models.chat import ChatFormat
from assay.training import gradients
from assay.training.gradients import Gradients
from assay.training.loss import Encoded, Pack, encode
from assay.training.methods import load_trainable
from assay.training.processes import Processes
from assay.training.threads import halve, sum_in_threads
from assay.training.training_settings import TrainingLog


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    """torch computes with two, whatever the machine has."""
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


def _packs(*lengths: int) -> list[Pack]:
    return [Pack((Encoded(list(range(n + 1)), 1),)) for n in lengths]


def test_halves_hold_every_pack_once_and_are_about_even() -> None:
    packs = _packs(500, 400, 300, 200, 100)
    first, second = halve(packs)
    assert sorted(pack.n_tokens for pack in first + second) == [100, 200, 300, 400, 500]
    assert abs(sum(pack.n_tokens for pack in first) - sum(pack.n_tokens for pack in second)) <= 100


@pytest.mark.parametrize("packs", [[], _packs(500), _packs(500, 200), _packs(900, 100, 100, 100)])
def test_what_cannot_be_halved_stays_together(packs: list[Pack]) -> None:
    assert halve(packs) == []


def test_threads_are_given_back_even_after_an_error() -> None:
    def count(packs: Sequence[Pack]) -> list[Any]:
        return [torch.tensor(torch.get_num_threads())]

    def fail(packs: Sequence[Pack]) -> list[Any]:
        raise torch.OutOfMemoryError("too little")

    halves = halve(_packs(10, 10))
    assert [int(total) for total in sum_in_threads(count, halves)] == [2]  # one in either thread
    with pytest.raises(torch.OutOfMemoryError):
        sum_in_threads(fail, halves)
    assert torch.get_num_threads() == 2


Start = Callable[[str], tuple[Gradients, list[Encoded]]]


@pytest.fixture
def start(small: Path, in_float32: None, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Makes, by the method's name, what computes gradients on a CPU, and examples behind two passages."""
    monkeypatch.setattr("assay.models.transformers.pick_device", lambda: "cpu")
    return lambda method: _start(small, method)


def _start(folder: Path, method: str) -> tuple[Gradients, list[Encoded]]:
    from transformers import AutoTokenizer

    model = load_trainable(folder, method, 8, "all-linear")
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            if "lora_B" in name:  # an adapter that does something
                weight += 0.02 * torch.randn(weight.shape, generator=generator)
    chat = ChatFormat(AutoTokenizer.from_pretrained(folder))
    passages = [f"{title}\n{PASSAGE}" for title in ("Towns", "Hours")]
    examples = [encode(example, chat) for passage in passages for example in make_examples(TOWNS, before=passage)]
    computing = Gradients(model, Processes(), is_mixed=False)
    log = TrainingLog(method, 8, "all-linear", epochs=1, seed=0)
    computing.begin(log, examples)
    log.micro_batch = 128
    return computing, examples


def test_in_two_threads_loss_and_gradients_are_those_of_one(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    computing, examples = start("lora")
    in_two = [_accumulate(computing, examples) for _ in range(2)]
    mean = computing.mean_loss(examples)
    halved: list[list[Pack]] = []

    def together(packs: list[Pack]) -> list[list[Pack]]:
        halved.extend(halve(packs))
        return []

    monkeypatch.setattr(gradients, "halve", together)
    loss, in_one = _accumulate(computing, examples)

    assert len(halved) == 2  # else there was nothing to compare
    assert in_two[0][0] == pytest.approx(loss, rel=1e-5)
    assert mean == pytest.approx(computing.mean_loss(examples), rel=1e-5)
    for one, again, alone in zip(in_two[0][1], in_two[1][1], in_one, strict=True):
        assert torch.equal(one, again)
        assert (one - alone).norm() <= 1e-4 * alone.norm()


@pytest.mark.parametrize(("method", "largest"), [("lora", 1e6), ("full", 3e8)])
def test_where_twice_the_memory_would_be_much_packs_are_computed_one_at_a_time(
    start: Start, monkeypatch: pytest.MonkeyPatch, method: str, largest: float
) -> None:
    monkeypatch.setattr(gradients, "_SMALL", largest)  # the model has 42 million weights

    def refuse(*args: Any) -> Any:
        raise AssertionError("two packs at a time")

    monkeypatch.setattr(gradients, "sum_in_threads", refuse)
    computing, examples = start(method)
    assert computing.accumulate(examples) > 0
    assert computing.mean_loss(examples) > 0
    monkeypatch.setattr(gradients, "_SMALL", 3e8)
    with pytest.raises(AssertionError, match="two packs"):
        start("lora")[0].accumulate(examples)


def _accumulate(computing: Gradients, examples: list[Encoded]) -> tuple[float, list[Any]]:
    loss = computing.accumulate(examples)
    return loss, [weight.grad for weight in computing.weights]
