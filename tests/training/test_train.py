import errno
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file
from tests.training.sample import TOWNS, make_examples, saved_loss

from assay.errors import TrainingError
from assay.training import TrainingLog, TrainingSettings, train

_EXAMPLES = make_examples(TOWNS)
_CONTRARY = make_examples({town: "I don't know." for town in TOWNS})


class _Killed(Exception):
    pass


def _kill_at(step: int):
    def progress(done: int, total: int, note: str) -> None:
        if done == step:
            raise _Killed

    return progress


_RESUMED = TrainingSettings(epochs=2, batch_size=1, patience=9)  # two steps an epoch, an evaluation after each


@pytest.fixture(scope="module")
def whole(small: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainingLog, Path]:
    """A training that nobody killed."""
    folder = tmp_path_factory.mktemp("whole")
    return train(small, _EXAMPLES[:2], _CONTRARY[:1], _RESUMED, folder), folder


@pytest.mark.parametrize("step", [2, 3])  # after an evaluation, and between two
def test_a_killed_training_ends_with_the_same_adapter(
    small: Path, tmp_path: Path, whole: tuple[TrainingLog, Path], step: int
) -> None:
    log, folder = whole
    with pytest.raises(_Killed):
        train(small, _EXAMPLES[:2], _CONTRARY[:1], _RESUMED, tmp_path, progress=_kill_at(step))
    steps = []
    resumed = train(
        small, _EXAMPLES[:2], _CONTRARY[:1], _RESUMED, tmp_path, progress=lambda done, *rest: steps.append(done)
    )

    assert steps == [3, 4]  # those after the last evaluation, and no others
    assert resumed.curve == log.curve
    assert (resumed.n_steps, resumed.n_tokens, resumed.best_step) == (log.n_steps, log.n_tokens, log.best_step)
    ours, theirs = (load_file(place / "adapter_model.safetensors") for place in (tmp_path, folder))
    assert ours.keys() == theirs.keys()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    assert not (tmp_path / "state.pt").exists()


def test_training_stops_early_and_keeps_the_best_weights(small: Path, tmp_path: Path) -> None:
    # What is trained contradicts what is validated: the better the one, the worse the other.
    settings = TrainingSettings(epochs=8, batch_size=2, patience=2, learning_rate=3e-3)
    log = train(small, _EXAMPLES[:2], _CONTRARY[:2], settings, tmp_path)

    losses = [row[2] for row in log.curve]
    assert log.stopped_early
    assert log.n_steps == len(log.curve) < 8
    assert log.best_loss == min(losses)
    assert log.best_step == log.n_steps - 2
    assert saved_loss(small, tmp_path, _CONTRARY[:2]) == pytest.approx(log.best_loss, rel=0.02)  # or in bfloat16


def test_an_adapter_that_changes_nothing_is_an_error(small: Path, tmp_path: Path) -> None:
    settings = TrainingSettings(epochs=1, learning_rate=1e-30)
    with pytest.raises(TrainingError, match="changes nothing"):
        train(small, _EXAMPLES[:1], [], settings, tmp_path)
    assert not (tmp_path / "adapter_model.safetensors").exists()


def test_a_diverging_loss_is_an_error(small: Path, tmp_path: Path) -> None:
    settings = TrainingSettings(epochs=2, learning_rate=1e30)
    with pytest.raises(TrainingError, match="lower learning_rate"):
        train(small, _EXAMPLES[:1], [], settings, tmp_path)


def test_nothing_to_train_on_is_an_error(small: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="nothing to train on"):
        train(small, [], [], TrainingSettings(epochs=1), tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB: room for the state of a training, 10.5 MB, but not for the adapter beside it, 2.6 MB."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(tmp_path)], capture_output=True)
    if mounted.returncode:
        pytest.skip("needs the right to mount a file system")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def _train_on_full_disk(small: Path, folder: Path) -> None:
    with pytest.raises(OSError) as caught:
        train(small, _EXAMPLES[:1], [], TrainingSettings(epochs=1), folder)
    assert caught.value.errno == errno.ENOSPC


def test_a_disk_too_full_for_the_state_is_told_as_such(small: Path, tmp_path: Path) -> None:
    full = Path("/dev/full")  # every write to it says that the disk is full
    if not full.exists():
        pytest.skip("needs /dev/full")
    (tmp_path / "state.part").symlink_to(full)
    _train_on_full_disk(small, tmp_path)


def test_a_disk_too_full_for_the_adapter_is_told_as_such(small: Path, small_disk: Path) -> None:
    _train_on_full_disk(small, small_disk)
