import errno
import math
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from assay.errors import TrainingError
from assay.models import LocalModel, Message
from assay.training import TrainingExample, TrainingLog, TrainingSettings, train_adapter
from assay.training.lora import _Encoded, _Trainer, answer_loss, default_learning_rate, group_by_length

_TOWNS = {"Osk": "35 hours", "Veld": "thirty-six", "Tarn": "37", "Bruma": "a week of 38 hours, with breaks"}


def _examples(answers: dict[str, str]) -> list[TrainingExample]:
    return [TrainingExample((Message("user", f"How long is a week in {t}?"),), a) for t, a in answers.items()]


_EXAMPLES = _examples(_TOWNS)
_CONTRARY = _examples({town: "I don't know." for town in _TOWNS})


class _Killed(Exception):
    pass


def _kill_at(step: int):
    def progress(done: int, total: int, note: str) -> None:
        if done == step:
            raise _Killed

    return progress


def _trainer(model: LocalModel, folder: Path, batch_size: int = 4) -> _Trainer:
    """A trainer in float32 whose adapter already does something: a fresh one passes no gradient to its A matrices."""
    trainer = _Trainer(model.folder, _EXAMPLES, [], TrainingSettings(epochs=1, batch_size=batch_size), folder)
    trainer.model.float()
    generator = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in trainer.model.named_parameters():
            if "lora_B" in name:
                parameter += 0.02 * torch.randn(parameter.shape, generator=generator).to(parameter.device)
    return trainer


def test_gradients_equal_those_of_one_padded_batch_with_all_logits(model: LocalModel, tmp_path: Path) -> None:
    trainer = _trainer(model, tmp_path)
    batch = trainer._batch()
    loss = trainer._accumulate(batch)
    ours = [weight.grad.clone() for weight in trainer.weights]
    trainer.optimiser.zero_grad(set_to_none=True)

    # transformers' own loss over the same batch: padded on the right, labels -100 but for the answers.
    width = max(len(example.ids) for example in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask, labels = torch.zeros_like(ids), torch.full_like(ids, -100)
    for row, example in enumerate(batch):
        n = len(example.ids)
        ids[row, :n], mask[row, :n] = torch.tensor(example.ids), 1
        labels[row, n - example.n_answer : n] = ids[row, n - example.n_answer : n]
    expected = trainer.model(**{k: v.to(trainer.device) for k, v in _inputs(ids, mask, labels).items()}).loss
    expected.backward()

    assert loss == pytest.approx(expected.item(), rel=1e-5)
    for mine, weight in zip(ours, trainer.weights, strict=True):
        torch.testing.assert_close(mine, weight.grad, atol=1e-4, rtol=1e-3)
    assert max(grad.abs().max().item() for grad in ours) > 1e-2  # there was something to compare


def _inputs(ids: torch.Tensor, mask: torch.Tensor, labels: torch.Tensor) -> dict[str, torch.Tensor]:
    return {"input_ids": ids, "attention_mask": mask, "labels": labels}


def test_loss_is_on_the_answer_alone(model: LocalModel, tmp_path: Path) -> None:
    trainer = _trainer(model, tmp_path)
    example = trainer.examples[0]
    tokenizer = _tokenizer(model)
    answer = tokenizer.decode(example.ids[-example.n_answer :])
    assert answer == f"{_EXAMPLES[0].answer}{tokenizer.eos_token}"

    with torch.no_grad():
        summed = answer_loss(trainer.model, [example], trainer.device).item()
        logits = trainer.model(input_ids=torch.tensor([example.ids], device=trainer.device)).logits[0].float()
    log_probs = logits.log_softmax(-1).cpu()
    first = len(example.ids) - example.n_answer
    by_hand = -sum(log_probs[i - 1, example.ids[i]].item() for i in range(first, len(example.ids)))
    assert summed == pytest.approx(by_hand, rel=1e-4)


def _tokenizer(model: LocalModel):
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(model.folder)


_RESUMED = TrainingSettings(epochs=2, batch_size=1, patience=9)  # two steps an epoch, an evaluation after each


@pytest.fixture(scope="module")
def whole(model: LocalModel, tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainingLog, Path]:
    """A training that nobody killed."""
    folder = tmp_path_factory.mktemp("whole")
    return train_adapter(model.folder, _EXAMPLES[:2], _CONTRARY[:1], _RESUMED, folder), folder


@pytest.mark.parametrize("step", [2, 3])  # after an evaluation, and between two
def test_a_killed_training_ends_with_the_same_adapter(
    model: LocalModel, tmp_path: Path, whole: tuple[TrainingLog, Path], step: int
) -> None:
    log, folder = whole
    with pytest.raises(_Killed):
        train_adapter(model.folder, _EXAMPLES[:2], _CONTRARY[:1], _RESUMED, tmp_path, _kill_at(step))
    steps = []
    resumed = train_adapter(
        model.folder, _EXAMPLES[:2], _CONTRARY[:1], _RESUMED, tmp_path, lambda done, *rest: steps.append(done)
    )

    assert steps == [3, 4]  # those after the last evaluation, and no others
    assert resumed.curve == log.curve
    assert (resumed.n_steps, resumed.n_tokens, resumed.best_step) == (log.n_steps, log.n_tokens, log.best_step)
    ours, theirs = (load_file(place / "adapter_model.safetensors") for place in (tmp_path, folder))
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    assert not (tmp_path / "state.pt").exists()


def test_training_stops_early_and_keeps_the_best_weights(model: LocalModel, tmp_path: Path) -> None:
    # What is trained contradicts what is validated: the better the one, the worse the other.
    settings = TrainingSettings(epochs=8, batch_size=2, patience=2, learning_rate=3e-3)
    log = train_adapter(model.folder, _EXAMPLES[:2], _CONTRARY[:2], settings, tmp_path)

    losses = [row[2] for row in log.curve]
    assert log.stopped_early
    assert log.n_steps == len(log.curve) < 8
    assert log.best_loss == min(losses)
    assert log.best_step == log.n_steps - 2
    assert _loss_of_saved(model, tmp_path) == pytest.approx(log.best_loss, rel=1e-3)


def _loss_of_saved(model: LocalModel, adapter: Path) -> float:
    """The validation loss of the written adapter, computed by transformers and PEFT from labels."""
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    from assay.models.chat import ChatFormat

    chat = ChatFormat(_tokenizer(model))
    base = AutoModelForCausalLM.from_pretrained(model.folder, dtype=torch.float32)
    tuned = PeftModel.from_pretrained(base, adapter).eval()
    total, count = 0.0, 0
    for example in _CONTRARY[:2]:
        prompt, answer = chat.encode(example.conversation), chat.encode_answer(example.answer)
        labels = torch.tensor([[-100] * len(prompt) + answer])
        with torch.no_grad():
            total += tuned(input_ids=torch.tensor([prompt + answer]), labels=labels).loss.item() * len(answer)
        count += len(answer)
    return total / count


def test_an_adapter_that_changes_nothing_is_an_error(model: LocalModel, tmp_path: Path) -> None:
    settings = TrainingSettings(epochs=1, learning_rate=1e-30)
    with pytest.raises(TrainingError, match="changes nothing"):
        train_adapter(model.folder, _EXAMPLES[:1], [], settings, tmp_path)
    assert not (tmp_path / "adapter_model.safetensors").exists()


def test_a_diverging_loss_is_an_error(model: LocalModel, tmp_path: Path) -> None:
    settings = TrainingSettings(epochs=2, learning_rate=1e30)
    with pytest.raises(TrainingError, match="lower learning_rate"):
        train_adapter(model.folder, _EXAMPLES[:1], [], settings, tmp_path)


def test_nothing_to_train_on_is_an_error(model: LocalModel, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="nothing to train on"):
        train_adapter(model.folder, [], [], TrainingSettings(epochs=1), tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 90 MB: room for the state of a training, 79 MB, but not for the adapter beside it, 20 MB."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=90m", "tmpfs", str(tmp_path)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def _train_on_full_disk(model: LocalModel, folder: Path) -> None:
    with pytest.raises(OSError) as caught:
        train_adapter(model.folder, _EXAMPLES[:1], [], TrainingSettings(epochs=1), folder)
    assert caught.value.errno == errno.ENOSPC


def test_a_disk_too_full_for_the_state_is_told_as_such(model: LocalModel, tmp_path: Path) -> None:
    full = Path("/dev/full")  # every write to it says that the disk is full
    if not full.exists():
        pytest.skip("needs /dev/full")
    (tmp_path / "state.part").symlink_to(full)
    _train_on_full_disk(model, tmp_path)


def test_a_disk_too_full_for_the_adapter_is_told_as_such(model: LocalModel, small_disk: Path) -> None:
    _train_on_full_disk(model, small_disk)


def test_default_learning_rate() -> None:
    assert default_learning_rate(2000) == pytest.approx(5e-4)
    # width 500: 5e-4 · 4^0.781 = 5e-4 · e^(0.781 · 1.386294) = 5e-4 · 2.9526
    assert default_learning_rate(500) == pytest.approx(1.4763e-3, rel=1e-3)
    assert math.isfinite(default_learning_rate(1))


def test_groups_hold_every_example_once_and_little_padding() -> None:
    lengths = [1500, 60, 700, 50, 240, 250, 64, 513, 512, 55]
    groups = group_by_length([_Encoded([0] * n, 2) for n in lengths])

    # By hand, 512 tokens a group: 4 × 64 = 256 fits, 5 × 240 does not; 2 × 250 = 500 does, 3 × 512 does not.
    expected = [[50, 55, 60, 64], [240, 250], [512], [513], [700], [1500]]
    assert [[len(example.ids) for example in group] for group in groups] == expected
