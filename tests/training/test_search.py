from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file
from tests.training.sample import TOWNS, make_examples

from assay.errors import TrainingError
from assay.training import TrainingLog, TrainingSettings, search_settings, train

pytest.importorskip("optuna", reason="the extra search is not installed")

_EXAMPLES = make_examples(TOWNS)
_USUAL = TrainingSettings(1, rank=8, batch_size=4)
_N = 5


class _Killed(Exception):
    pass


def _search(folder: Path, train_one: Callable[..., TrainingLog]) -> TrainingLog:
    return search_settings(train_one, _USUAL, 1e-3, folder, _N, is_adapter=True)


@pytest.fixture(scope="module")
def train_small(small: Path) -> Callable[..., TrainingLog]:
    return partial(train, small, _EXAMPLES[:2], _EXAMPLES)


@pytest.fixture(scope="module")
def whole(
    train_small: Callable[..., TrainingLog], tmp_path_factory: pytest.TempPathFactory
) -> tuple[TrainingLog, Path]:
    """A search that nobody killed."""
    folder = tmp_path_factory.mktemp("whole")
    return _search(folder, train_small), folder


def test_the_best_of_all_is_kept_and_the_first_is_the_usual_one(whole: tuple[TrainingLog, Path]) -> None:
    log, folder = whole
    finished = [trial["loss"] for trial in log.trials if not trial["pruned"]]
    assert len(log.trials) == _N
    assert log.best_loss == min(finished)
    assert log.trials[0] == {
        "learning_rate": pytest.approx(1e-3), "epochs": 1, "rank": 8, "targets": "all-linear",
        "loss": log.trials[0]["loss"], "pruned": False,
    }  # fmt: skip
    (best,) = [trial for trial in log.trials if trial["loss"] == log.best_loss]
    assert (log.learning_rate, log.rank, log.targets) == (best["learning_rate"], best["rank"], best["targets"])
    assert min(load_file(folder / "adapter_model.safetensors").popitem()[1].shape) == best["rank"]
    assert not (folder / "trials").exists()


@pytest.mark.parametrize("moment", ["in a trial", "after a trial"])
def test_a_killed_search_ends_with_the_same_model(
    train_small: Callable[..., TrainingLog], tmp_path: Path, whole: tuple[TrainingLog, Path], moment: str
) -> None:
    def killed(settings: TrainingSettings, place: Path, goes_on: Any) -> TrainingLog:
        if place.name == "3":
            if moment == "in a trial":
                train_small(settings, place, goes_on=goes_on, progress=_kill)
            raise _Killed
        return train_small(settings, place, goes_on=goes_on)

    with pytest.raises(_Killed):
        _search(tmp_path, killed)
    made: list[str] = []

    def counted(settings: TrainingSettings, place: Path, goes_on: Any) -> TrainingLog:
        made.append(place.name)
        return train_small(settings, place, goes_on=goes_on)

    log, (expected, folder) = _search(tmp_path, counted), whole
    assert made == ["3", "4"]
    assert log.trials == expected.trials
    ours, theirs = (load_file(place / "adapter_model.safetensors") for place in (tmp_path, folder))
    assert all((ours[name] == theirs[name]).all() for name in theirs)


def _kill(*step: Any) -> None:
    raise _Killed


def test_what_is_worse_than_the_median_is_stopped(tmp_path: Path) -> None:
    """Losses by hand: three trials to compare with, then one that is worse than they were after one evaluation."""
    n_evaluated: list[int] = []

    def scripted(settings: TrainingSettings, place: Path, goes_on: Callable[[TrainingLog], bool]) -> TrainingLog:
        place.mkdir(parents=True)
        (place / "model").write_text(place.name)
        log = TrainingLog(curve=[])
        for step in range(1, 5):
            log.curve.append([step, 1.0, (9.0 if place.name == "3" else 2.0) - 0.1 * step])
            log.best_loss = log.curve[-1][2]
            if not goes_on(log):
                break
        n_evaluated.append(len(log.curve))
        return log

    log = _search(tmp_path, scripted)
    assert n_evaluated == [4, 4, 4, 1, 4]
    assert [trial["pruned"] for trial in log.trials] == [False, False, False, True, False]
    assert (tmp_path / "model").read_text() == "0"  # the first of equal ones


def test_a_search_in_which_all_diverge_says_why(tmp_path: Path) -> None:
    def diverging(settings: TrainingSettings, place: Path, goes_on: Any) -> TrainingLog:
        raise TrainingError("the loss at step 1 is not a number: lower learning_rate")

    with pytest.raises(TrainingError, match="none of 5 trainings came to an end: the loss at step 1"):
        _search(tmp_path, diverging)
