"""Nothing leaves the house: no library below may report home, or ask a model hub for what the user did not name."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, cast

__all__ = ["hub_closed", "hub_for", "turn_off_telemetry"]

_OFFLINE = "HF_HUB_OFFLINE"
_changing, _wishes = Lock(), list[str | None]()  # of all threads, as they came
_before: list[str | None] = []  # what stood there before the first of them
_own_wish = os.environ.get(_OFFLINE)  # the user's; ours comes and goes
_REPORTS = {"HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1", "MLFLOW_DISABLE_TELEMETRY": "true"}


def turn_off_telemetry() -> None:
    """For this process and those that it starts; before any of the libraries is imported."""
    os.environ.update(_REPORTS)
    if "openvino_telemetry" not in sys.modules:  # OpenVINO's tools do without a package that cannot be imported
        sys.modules["openvino_telemetry"] = cast(Any, None)


@contextmanager
def hub_closed() -> Iterator[None]:
    """While this lasts, nothing here and in processes started asks the Hugging Face hub for anything.

    Libraries ask of their own accord, as for the base model's card when an adapter is saved.
    """
    with _hub("1"):
        yield


@contextmanager
def hub_for(source: str | Path) -> Iterator[None]:
    """For opening what the user named: no folder is looked up on the hub, an id is, unless the user's own
    HF_HUB_OFFLINE says otherwise."""
    with _hub("1" if Path(source).is_dir() else _own_wish):
        yield


@contextmanager
def _hub(offline: str | None) -> Iterator[None]:
    """Threads share the variable: it is the user's again when the last of those that are at work ends, and where they
    differ, what one opens by name goes before what another keeps closed."""
    with _changing:
        if not _wishes:
            _before.append(os.environ.get(_OFFLINE))
        _wishes.append(offline)
        _set(_joint())
    try:
        yield
    finally:
        with _changing:
            _wishes.remove(offline)
            _set(_joint() if _wishes else _before.pop())


def _joint() -> str | None:
    return next((wish for wish in _wishes if wish != "1"), "1")


def _set(offline: str | None) -> None:
    if offline is None:
        os.environ.pop(_OFFLINE, None)
    else:
        os.environ[_OFFLINE] = offline
    constants: Any = sys.modules.get("huggingface_hub.constants")
    if constants is not None:  # it has read the variable
        constants.HF_HUB_OFFLINE = (offline or "").upper() in ("1", "ON", "YES", "TRUE")
