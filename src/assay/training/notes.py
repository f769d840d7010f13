"""What is worth knowing about a training besides its curve, in sentences. Computes nothing."""

from collections.abc import Mapping
from typing import Any

from assay.words import figures, message

__all__ = ["training_notes"]


def training_notes(log: Mapping[str, Any], lang: str) -> list[str]:
    """For the console and the report, in English or Chinese; empty where all went as usual."""
    counted = [name for name in ("n_empty", "n_too_long", "n_shortened", "n_halved") if log.get(name)]
    notes = [message(f"training.{name}", lang, n=log[name], tokens=log.get("micro_batch")) for name in counted]
    if log.get("checkpointed"):
        notes.append(message("training.checkpointed", lang))
    if log.get("diverged_at"):
        notes.append(message("training.diverged", lang, step=log["diverged_at"], best=log["best_step"]))
    if log.get("trials"):
        notes.append(_searched(log, lang))
    return notes


def _searched(log: Mapping[str, Any], lang: str) -> str:
    return message(
        "training.searched",
        lang,
        n=len(log["trials"]),
        pruned=sum(trial["pruned"] for trial in log["trials"]),
        rate=figures.rate(log["learning_rate"]),
        rank=log["rank"],
        epochs=log["epochs"],
        targets=log["targets"],
    )
