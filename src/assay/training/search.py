"""The best of several trainings by validation loss: which learning rate, rank, layers and passes. Knows no data.

Killed and called again, it goes on where it was and ends with the same choice: each trial's suggestion is seeded by the
number of trials before it, and a trial that was not finished is made again from its own state.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import Any, Protocol

from assay.errors import MissingExtra, TrainingError
from assay.training.training_settings import TrainingLog, TrainingSettings

__all__ = ["Train", "check_installed", "search_settings"]

_FACTOR = 4.0  # the learning rate is looked for between a quarter of the usual one and four times that
_RANKS = (8, 16, 32, 64)
_EVALUATIONS = 4  # of every trial, at least: what is bad is to be seen early
_BEFORE_PRUNING = 3  # trials that are finished whatever their loss, and after which suggestions are more than chance


class Train(Protocol):
    """A training with everything settled but how."""

    def __call__(self, settings: TrainingSettings, folder: Path, goes_on: Callable[[TrainingLog], bool]) -> TrainingLog:
        """As `assay.training.train`."""


def search_settings(
    train: Train, settings: TrainingSettings, rate: float, folder: Path, n_trials: int, is_adapter: bool
) -> TrainingLog:
    """Train `n_trials` times, first as `settings` say, and leave the best result in `folder`.

    A trial that is worse than the median of those before it, after as many evaluations, is stopped.

    Args:
        train: makes one training.
        settings: of the first trial, and what the others do not change.
        rate: the learning rate that the settings stand for.
        folder: for the study, the trials and the result.
        n_trials: how many.
        is_adapter: whether rank and layers are free: an adapter that is begun afresh.

    Raises:
        TrainingError: no trial came to an end.
    """
    study = _open_study(folder)
    usual: dict[str, Any] = {"learning_rate": rate, "epochs": settings.epochs}
    usual |= {"rank": settings.rank, "targets": settings.targets} if is_adapter else {}
    while (n_done := len(_finished(study))) < n_trials:
        if n_done == 0:
            study.enqueue_trial(usual)
        study.sampler = _sampler(settings.seed, n_done)
        trial = study.ask()
        _try(trial, study, partial(train, _suggest(trial, settings, usual)), folder / "trials" / str(n_done))
        _keep_best(study, folder / "trials")
    return _take_best(study, folder)


def check_installed() -> None:
    """Nothing where a search can be made.

    Raises:
        MissingExtra: Optuna is not installed.
    """
    if find_spec("optuna") is None:
        raise MissingExtra('a search for settings needs Optuna: pip install "assay[search]"')


def _open_study(folder: Path) -> Any:
    import optuna
    from optuna.storages import JournalStorage
    from optuna.storages.journal import JournalFileBackend

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    storage = JournalStorage(JournalFileBackend(str(folder / "study.log")))
    pruner = optuna.pruners.MedianPruner(n_startup_trials=_BEFORE_PRUNING)
    study = optuna.create_study(storage=storage, study_name="settings", pruner=pruner, load_if_exists=True)
    for trial in study.trials:
        if not trial.state.is_finished():  # left by a kill
            study.tell(trial.number, state=optuna.trial.TrialState.FAIL, skip_if_finished=True)
    return study


def _sampler(seed: int, n_done: int) -> Any:
    import optuna

    return optuna.samplers.TPESampler(seed=1000 * seed + n_done, n_startup_trials=_BEFORE_PRUNING)


def _finished(study: Any) -> list[Any]:
    """The trials that count: come to an end, or stopped because they were bad."""
    return [trial for trial in study.trials if trial.state.name in ("COMPLETE", "PRUNED")]


def _suggest(trial: Any, settings: TrainingSettings, usual: dict[str, Any]) -> TrainingSettings:
    rate, epochs = usual["learning_rate"], settings.epochs
    chosen = {
        "learning_rate": trial.suggest_float("learning_rate", rate / _FACTOR, rate * _FACTOR, log=True),
        "epochs": trial.suggest_int("epochs", max(1, epochs // 2), 2 * epochs),
    }
    if "rank" in usual:
        chosen["rank"] = trial.suggest_categorical("rank", sorted({*_RANKS, settings.rank}))
        chosen["targets"] = trial.suggest_categorical("targets", ["all-linear", "attention"])
    every = ceil(_EVALUATIONS / chosen["epochs"])
    return replace(settings, evaluations_per_epoch=every, patience=settings.patience * every, **chosen)


def _try(trial: Any, study: Any, train: Callable[..., TrainingLog], folder: Path) -> None:
    """Make one trial. One that is stopped, or whose loss is not a number, ends without a loss."""
    from optuna.trial import TrialState

    watch = _Watch(trial)
    try:
        log = train(folder, goes_on=watch.goes_on)
    except TrainingError as error:
        trial.set_user_attr("error", str(error))
        study.tell(trial, state=TrialState.PRUNED)
        return
    trial.set_user_attr("log", vars(log))
    trial.set_user_attr("folder", folder.name)
    if watch.is_pruned:
        study.tell(trial, state=TrialState.PRUNED)
    else:
        study.tell(trial, log.best_loss)


class _Watch:
    """Tells a trial its validation losses, and the training whether it goes on."""

    def __init__(self, trial: Any) -> None:
        self._trial, self._n_told, self.is_pruned = trial, 0, False

    def goes_on(self, log: TrainingLog) -> bool:
        for place, (_, _, loss) in list(enumerate(log.curve))[self._n_told :]:
            self._trial.report(loss, place)
        self._n_told = len(log.curve)
        self.is_pruned = self._trial.should_prune()
        return not self.is_pruned


def _keep_best(study: Any, folder: Path) -> None:
    """Remove what all trials but the best have written: a tuned model each."""
    complete = [trial for trial in study.trials if trial.state.name == "COMPLETE"]
    best = min(complete, key=lambda trial: trial.value).user_attrs["folder"] if complete else None
    for place in folder.glob("*"):
        if place.name != best:
            shutil.rmtree(place)


def _take_best(study: Any, folder: Path) -> TrainingLog:
    """Move the best trial's files to `folder`; its log holds the seconds and the settings of all."""
    finished = _finished(study)
    complete = [trial for trial in finished if trial.state.name == "COMPLETE"]
    if not complete:
        raise TrainingError(f"none of {len(finished)} trainings came to an end: {finished[0].user_attrs.get('error')}")
    best = min(complete, key=lambda trial: trial.value)
    for file in (folder / "trials" / best.user_attrs["folder"]).iterdir():
        file.replace(folder / file.name)
    shutil.rmtree(folder / "trials")
    log = TrainingLog(**best.user_attrs["log"])
    logs = [trial.user_attrs["log"] for trial in finished if "log" in trial.user_attrs]
    log.seconds = sum(one["seconds"] for one in logs)
    log.n_tokens = sum(one["n_tokens"] for one in logs)
    log.trials = [{**trial.params, "loss": trial.value, "pruned": trial.state.name == "PRUNED"} for trial in finished]
    return log
