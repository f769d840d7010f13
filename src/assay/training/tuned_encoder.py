"""A tuned small encoder: made from labelled texts, kept in a folder, asked about new ones. Knows no task."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assay.errors import EngineError
from assay.labelled.labelled_text import LabelledText
from assay.models.cache import build_once
from assay.models.transformers import pick_device
from assay.questions.answer import Answer
from assay.questions.question import Question
from assay.retrieval.bert_encoder import BertParts
from assay.training.encoder_heads import Head
from assay.training.encoder_network import Network
from assay.training.encoder_training import EncoderSettings, train_network
from assay.training.training_settings import TrainingLog

__all__ = ["TunedEncoder", "train_encoder"]

_BATCH = 32


def train_encoder(
    parts: BertParts,
    head: Head,
    names: Sequence[str],
    train: Sequence[LabelledText],
    validation: Sequence[LabelledText],
    settings: EncoderSettings,
    folder: Path,
    progress: Callable[[int, int, str], None] = lambda done, total, note: None,
) -> TrainingLog:
    """Tune on `train` and write `folder`, whole or not at all.

    Raises:
        TrainingError: see `train_network`.
    """
    import torch

    torch.manual_seed(settings.seed)
    tags = head.tags(names)
    network = Network(parts, len(tags), head.tags_words, head.n_choices(tags)).to(pick_device())
    targets, held_out = ([head.target(one, tags, parts) for one in texts] for texts in (train, validation))
    if not head.tags_words:
        network.start_at_centroids([one for one, _ in targets], [chosen for _, chosen in targets])
    log = train_network(network, targets, held_out, settings, progress)
    build_once(folder, lambda empty: _save(network, parts, tags, empty))
    return log


class TunedEncoder:
    """A tuned encoder from its folder; implements `Answerer`.

    Args:
        folder: that `train_encoder` wrote.
        parts: of the encoder that was tuned.
        head: that it was tuned with.
        write: the answer on a text, from what was found in it.

    Raises:
        EngineError: the folder was made from another encoder.
    """

    def __init__(self, folder: Path, parts: BertParts, head: Head, write: Callable[[LabelledText], str]) -> None:
        from safetensors.torch import load_file

        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        if about["encoder"] != parts.name:
            raise EngineError(f"{folder} was tuned from {about['encoder']}, not from {parts.name}")
        self._tags, self._parts, self._head, self._write = about["tags"], parts, head, write
        self._n_choices = head.n_choices(self._tags)
        self._network = Network(parts, len(self._tags), head.tags_words, self._n_choices)
        self._network.load_state_dict(load_file(folder / "model.safetensors"))
        self._network.to(pick_device()).eval()

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """What was found in each text, in order, with the logarithm of its probability."""
        answers: dict[str, Answer] = {}
        by_length = sorted(questions, key=lambda question: len(question.text))
        for start in range(0, len(by_length), _BATCH):
            batch = by_length[start : start + _BATCH]
            answers |= {answer.question_id: answer for answer in self._answer(batch)}
        return [answers[question.id] for question in questions]

    def warm_up(self) -> None:
        """One text, thrown away."""
        self.answer([Question("warm-up", "Hello", ())])

    def _answer(self, batch: Sequence[Question]) -> list[Answer]:
        import torch

        texts = [self._head.encode(question.text, self._parts) for question in batch]
        with torch.inference_mode():
            best = self._network(texts).log_softmax(-1).max(-1)
        logprobs, places = best.values.tolist(), best.indices.tolist()
        answers, start = [], 0
        for question, text in zip(batch, texts, strict=True):
            end = start + (text.n_words if self._head.tags_words else self._n_choices)
            found = self._head.read(question.text, self._choose(places[start:end]))
            said = self._write(found)
            answers.append(Answer(question.id, said, (), len(text.ids), 0, sum(logprobs[start:end])))
            start = end
        return answers

    def _choose(self, places: Sequence[int]) -> list[str]:
        """The tags at these places, each in its row."""
        width = len(self._tags) // self._n_choices
        return [self._tags[(number % self._n_choices) * width + place] for number, place in enumerate(places)]


def _save(network: Any, parts: BertParts, tags: Sequence[str], folder: Path) -> None:
    from safetensors.torch import save_file

    weights = {name: value.detach().cpu().contiguous() for name, value in network.state_dict().items()}
    save_file(weights, os.fspath(folder / "model.safetensors"))
    about = {"encoder": parts.name, "tags": list(tags)}
    (folder / "encoder.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
