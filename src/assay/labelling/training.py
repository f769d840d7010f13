"""How the two tuned ways are tuned: a language model's adapter, and a small encoder. Both by the same texts."""

from collections.abc import Callable, Sequence
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from assay.errors import AssayError
from assay.grid.cell import Cell
from assay.labelling.example import LabelledText
from assay.labelling.prompts import Prompt, render_reply
from assay.settings import Settings

if TYPE_CHECKING:
    from assay.labelling.workshop import LabelWorkshop
    from assay.training import TrainingExample, TrainingLog

__all__ = ["adapter_epochs", "train_encoder_way", "train_language_model"]

_STEPS = 120  # of an adapter at least: after 43 on 342 texts one still found no entity at all

Report = Callable[[int, int, str], None]


def train_language_model(workshop: "LabelWorkshop", way: Cell, folder: Path, report: Report) -> "TrainingLog":
    """Tune an adapter to reply with the label or the entities.

    Raises:
        TrainingError: see `train`.
    """
    from assay.training import TrainingSettings, train_on_all_gpus

    exam, s = workshop.exam, workshop.settings
    if workshop.model.folder is None:
        raise AssayError(f"{workshop.model.name} cannot be tuned: {workshop.model.why_not_tunable}")
    settings = TrainingSettings(
        epochs=adapter_epochs(len(exam.train), way, s),
        rank=s.rank,
        batch_size=s.training_batch,
        learning_rate=s.learning_rate or None,
        evaluations_per_epoch=max(1, len(exam.train) // 500),  # each keeps the state: a kill costs a minute or two
        seed=s.seed,
    )
    prompt = workshop.prompt(way)
    train, validation = (_examples(workshop, way, prompt, texts) for texts in (exam.train, exam.validation))
    return train_on_all_gpus(workshop.model.folder, train, validation, settings, folder, progress=report)


def train_encoder_way(workshop: "LabelWorkshop", way: Cell, folder: Path, report: Report) -> "TrainingLog":
    """Tune the small encoder and its head.

    Raises:
        TrainingError: see `train_encoder`.
    """
    from assay.labelling.encoder_training import EncoderSettings
    from assay.labelling.tuned_encoder import train_encoder

    exam, s = workshop.exam, workshop.settings
    settings = EncoderSettings(epochs=s.encoder_epochs, seed=s.seed)
    return train_encoder(workshop.parts, exam.task, exam.names, exam.train, exam.validation, settings, folder, report)


def adapter_epochs(n_examples: int, way: Cell, settings: Settings) -> int:
    """Passes over so many examples: as set, or enough steps for a small set too."""
    chosen = settings.epochs_closed_book if way.context == "none" else settings.epochs_open_book
    return chosen or ceil(_STEPS / ceil(n_examples / settings.training_batch))


def _examples(
    workshop: "LabelWorkshop", way: Cell, prompt: Prompt, texts: Sequence[LabelledText]
) -> "list[TrainingExample]":
    from assay.training import TrainingExample

    exam = workshop.exam
    shown = workshop.nearest(texts) if way.context == "retrieved" else [[] for _ in texts]
    return [
        TrainingExample(prompt.conversation(one.text, found), render_reply(one, exam.task, exam.lang))
        for one, found in zip(texts, shown, strict=True)
    ]
