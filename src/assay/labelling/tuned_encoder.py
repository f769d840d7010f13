"""A tuned small encoder: made from labelled texts, kept in a folder, asked for labels or entities."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from assay.errors import EngineError
from assay.grid.pipeline import Answer
from assay.labelling.encoder_training import EncoderSettings, Target, train_network
from assay.labelling.example import Entity, LabelledText, Task
from assay.labelling.network import Encoded, Network, encode_text, encode_words
from assay.labelling.prompts import render_entities
from assay.labelling.spans import find_words, parse_tags
from assay.models.cache import build_once
from assay.models.transformers import pick_device
from assay.questions.question import Question
from assay.retrieval.bert_encoder import BertParts
from assay.training import TrainingLog

__all__ = ["EncoderPipeline", "train_encoder"]

_MOST_PIECES = 256  # of a text; longer ones are read from the beginning
_BATCH = 32


def train_encoder(
    parts: BertParts,
    task: Task,
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
    tags = _tags(task, names)
    network = Network(parts, len(tags), task == "entities").to(pick_device())
    targets, held_out = ([_target(one, task, tags, parts) for one in texts] for texts in (train, validation))
    if task == "labels":
        network.start_at_centroids([one for one, _ in targets], [label for _, (label,) in targets])
    log = train_network(network, targets, held_out, settings, progress)
    build_once(folder, lambda empty: _save(network, parts, task, tags, empty))
    return log


class EncoderPipeline:
    """A tuned encoder from its folder; implements `Answerer`.

    Raises:
        EngineError: the folder was made from another encoder.
    """

    def __init__(self, folder: Path, parts: BertParts, lang: str) -> None:
        from safetensors.torch import load_file

        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        if about["encoder"] != parts.name:
            raise EngineError(f"{folder} was tuned from {about['encoder']}, not from {parts.name}")
        self._task, self._tags = about["task"], about["tags"]
        self._parts, self._lang = parts, lang
        self._network = Network(parts, len(self._tags), self._task == "entities")
        self._network.load_state_dict(load_file(folder / "model.safetensors"))
        self._network.to(pick_device()).eval()

    def answer(self, questions: Sequence[Question]) -> list[Answer]:
        """A label, or lines of entities, a text, in order, with the logarithm of its probability."""
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

        words = [find_words(question.text) for question in batch]
        texts = [self._encode(question.text, own) for question, own in zip(batch, words, strict=True)]
        with torch.inference_mode():
            best = self._network(texts).log_softmax(-1).max(-1)
        logprobs, places = best.values.tolist(), best.indices.tolist()
        answers, start = [], 0
        for question, text, own in zip(batch, texts, words, strict=True):
            end = start + (_n_read(text) if self._task == "entities" else 1)
            said = self._say(question.text, places[start:end], own)
            answers.append(Answer(question.id, said, (), len(text.ids), 0, sum(logprobs[start:end])))
            start = end
        return answers

    def _encode(self, text: str, words: Sequence[tuple[int, int]]) -> Encoded:
        if self._task == "labels":
            return encode_text(text, self._parts)
        return encode_words([text[start:end] for start, end in words], self._parts, _MOST_PIECES)

    def _say(self, text: str, places: Sequence[int], words: Sequence[tuple[int, int]]) -> str:
        if self._task == "labels":
            return str(self._tags[places[0]])
        entities, _ = parse_tags([self._tags[place] for place in places], words[: len(places)])
        return render_entities(entities, text, self._lang, with_places=True)


def _tags(task: Task, names: Sequence[str]) -> list[str]:
    """What the head tells apart: the labels, or O and the beginning and inside of every type."""
    if task == "labels":
        return list(names)
    return ["O", *(f"{part}-{name}" for name in names for part in "BI")]


def _target(one: LabelledText, task: Task, tags: Sequence[str], parts: BertParts) -> Target:
    if task == "labels":
        return encode_text(one.text, parts), [tags.index(one.label)]
    words = find_words(one.text)
    encoded = encode_words([one.text[start:end] for start, end in words], parts, _MOST_PIECES)
    return encoded, [tags.index(tag) for tag in _tag_words(words, one.entities)[: _n_read(encoded)]]


def _tag_words(words: Sequence[tuple[int, int]], entities: Sequence[Entity]) -> list[str]:
    """BIO tags; a word belongs to an entity that it shares characters with."""
    tagged = ["O"] * len(words)
    for entity in entities:
        part = "B"
        for number, (start, end) in enumerate(words):
            if start < entity.end and entity.start < end:
                tagged[number], part = f"{part}-{entity.type}", "I"
    return tagged


def _n_read(text: Encoded) -> int:
    """How many of the words have a row of logits."""
    return 1 + max(text.owners)


def _save(network: Any, parts: BertParts, task: Task, tags: Sequence[str], folder: Path) -> None:
    from safetensors.torch import save_file

    weights = {name: value.detach().cpu().contiguous() for name, value in network.state_dict().items()}
    save_file(weights, os.fspath(folder / "model.safetensors"))
    about = {"encoder": parts.name, "task": task, "tags": list(tags)}
    (folder / "encoder.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
