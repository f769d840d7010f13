"""The real small encoder, tuned on sets that it can learn."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assay.errors import EngineError, TrainingError
from assay.labelled.labelled_text import LabelledText
from assay.retrieval.bert_encoder import BertParts
from assay.retrieval.encoder import load_encoder_parts
from assay.studies.labels.label_exam import as_question
from assay.studies.labels.label_marks import f1_values, mark
from assay.tasks import Task
from assay.tasks.entities import ENTITIES
from assay.tasks.labels import LABELS
from assay.training.encoder_heads import encode_words
from assay.training.encoder_training import EncoderSettings
from assay.training.tuned_encoder import TunedEncoder, train_encoder


@pytest.fixture(scope="module")
def parts() -> BertParts:
    found = load_encoder_parts("auto", "en")
    assert found is not None
    return found


def open_encoder(folder: Path, parts: BertParts, task: Task) -> TunedEncoder:
    write = task.write_placed or task.write
    assert task.head is not None
    return TunedEncoder(folder, parts, task.head, lambda found: write(found, "en"))


def _f1(pipeline: TunedEncoder, test: list[LabelledText], task: Task, names: list[str]) -> float:
    answers = {answer.question_id: answer for answer in pipeline.answer([as_question(one) for one in test])}
    assert all(answer.logprob is not None and answer.logprob <= 0 for answer in answers.values())
    return float(np.mean(f1_values(mark(test, answers, task, names, names).counts, task.macro)))


def test_labels_are_learnt_and_kept(
    parts: BertParts, labelled: Callable[[str, slice], list[LabelledText]], tmp_path: Path
) -> None:
    train, test = labelled("train", slice(0, 3)), labelled("test", slice(3, 5))
    names = ["animal", "fruit", "tool"]
    settings = EncoderSettings(epochs=2)
    log = train_encoder(parts, LABELS.head, names, train, [], settings, tmp_path / "a", lambda done, n, note: None)
    assert (log.n_examples, log.n_steps, len(log.curve)) == (72, 10, 2)
    assert _f1(open_encoder(tmp_path / "a", parts, LABELS), test, LABELS, names) > 0.9

    train_encoder(parts, LABELS.head, names, train, [], settings, tmp_path / "b")
    questions = [as_question(one) for one in test]
    first, second = (open_encoder(tmp_path / name, parts, LABELS).answer(questions) for name in "ab")
    assert first == second  # the seed decides
    batch, alone = first[7], open_encoder(tmp_path / "a", parts, LABELS).answer([questions[7]])[0]
    assert (alone.text, alone.logprob) == (batch.text, pytest.approx(batch.logprob, abs=1e-4))  # padding is not read


def test_probabilities_are_as_sure_as_the_validation_texts_allow(
    parts: BertParts, labelled: Callable[[str, slice], list[LabelledText]], tmp_path: Path
) -> None:
    train, test = labelled("train", slice(0, 3)), labelled("test", slice(3, 5))
    names = ["animal", "fruit", "tool"]
    doubtful = [replace(one, label="tool") if n % 3 == 0 else one for n, one in enumerate(test)]
    wrong = np.mean([a.label != b.label for a, b in zip(test, doubtful, strict=True)])
    sure = {}
    for name, held_out in (("sure", []), ("doubtful", doubtful)):
        train_encoder(parts, LABELS.head, names, train, held_out, EncoderSettings(epochs=2), tmp_path / name)
        answers = open_encoder(tmp_path / name, parts, LABELS).answer([as_question(one) for one in test])
        sure[name] = np.mean([math.exp(answer.logprob or 0.0) for answer in answers])
    assert 1 - wrong - 0.1 < sure["doubtful"] < 1 - wrong + 0.1 < sure["sure"]


def test_texts_that_chose_the_pass_make_nobody_surer(
    parts: BertParts, labelled: Callable[[str, slice], list[LabelledText]], tmp_path: Path
) -> None:
    train, settings = labelled("train", slice(0, 3)), EncoderSettings(epochs=1, learning_rate=3e-5)
    easy = labelled("train", slice(0, 1))  # learnt, all of them: their lowest loss would be at a temperature near 0
    log = train_encoder(parts, LABELS.head, ["animal", "fruit", "tool"], train, easy, settings, tmp_path / "a")
    assert log.temperature == pytest.approx(1.0, abs=1e-3)


def test_entities_are_learnt(
    parts: BertParts, with_entities: Callable[[str, int], list[LabelledText]], tmp_path: Path
) -> None:
    train, test = with_entities("train", 0), with_entities("test", 3)
    log = train_encoder(
        parts, ENTITIES.head, ["LOC", "PER"], train, test[:8], EncoderSettings(epochs=15), tmp_path / "e"
    )
    assert log.best_loss < 0.3
    assert _f1(open_encoder(tmp_path / "e", parts, ENTITIES), test, ENTITIES, ["LOC", "PER"]) > 0.8


def test_a_folder_of_another_encoder_and_no_texts_are_refused(parts: BertParts, tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="nothing to train on"):
        train_encoder(parts, LABELS.head, ["a", "b"], [], [], EncoderSettings(), tmp_path / "none")
    assert not (tmp_path / "none").exists()
    (tmp_path / "encoder.json").write_text('{"encoder": "another@12345678", "task": "labels", "tags": []}')
    with pytest.raises(EngineError, match="tuned from another@12345678"):
        open_encoder(tmp_path, parts, LABELS)


def test_long_texts_are_cut_and_odd_ones_pass(parts: BertParts) -> None:
    encoded = encode_words(["word"] * 500, parts, 64)
    assert len(encoded.ids) == 64
    assert max(encoded.owners) == 61  # between the two special tokens
    assert encode_words([], parts, 64).owners == [-1, -1]
