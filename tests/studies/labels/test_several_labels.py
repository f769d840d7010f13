"""Texts with any number of labels, whole: every kind of way, the report, new texts; with the real encoder."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest

from assay.labelled.labelled_text import LabelledText
from assay.models import ScriptedModel
from assay.models.engine import Conversation
from assay.report.label_lines import label_lines
from assay.serving.tagging import load_labels
from assay.studies.labels.label_study import label
from assay.studies.study import Finished
from assay.tasks.label_sets import LABEL_SETS
from assay.training.labellings import ANY_LABELS
from assay.training.linear_classifier import DENSE, SPARSE, Solver
from assay.training.ngrams import fit_ngrams
from assay.verdict.label_result import LabelResult
from command import call_assay
from labelled_sets import make_labelled

_WAYS = "none/words,none/linear,none/tuned-encoder,none/few-shot"
_LEARNT = _WAYS.split(",")[:3]


def _texts(split: str, frames: slice) -> list[LabelledText]:
    """Each text of one kind, each with the next of another kind, and a few of none."""
    alone = make_labelled(split, frames)
    rest = alone[9:] + alone[:9]
    both = zip(alone, rest, strict=True)
    pairs = [(f"{one.text}; {other.text}", sorted({one.label, other.label})) for one, other in both]
    said = [(one.text, [one.label]) for one in alone] + pairs[::2]
    said += [(f"see you at {hour} tomorrow", []) for hour in range(1, 11)]
    return [LabelledText("", text, labels=tuple(labels), split=split) for text, labels in said]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("texts") / "messages.jsonl"
    rows = [*_texts("train", slice(0, 2)), *_texts("test", slice(3, 4))]
    path.write_text("".join(json.dumps({"text": x.text, "labels": x.labels, "split": x.split}) + "\n" for x in rows))
    return path


def _reply(conversation: Conversation) -> str:
    return "- Fruit\n- tool"


@pytest.fixture(scope="module")
def ran(file: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished[LabelResult]:
    out = tmp_path_factory.mktemp("ws")
    return label(file, out=out, cells=_WAYS, model=ScriptedModel(_reply), encoder_epochs=4, latency_sample=2)


def test_all_ways_say_any_number_of_labels(ran: Finished[LabelResult]) -> None:
    ways = {way.way: way for way in ran.result.ways}
    assert (ran.result.task, ran.result.decides) == ("multi-label", "f1")
    assert all(ways[way].f1.value > 0.85 and ways[way].correct.value > 0.75 for way in _LEARNT)
    trust = [ways[way].calibration for way in _LEARNT]
    assert all(one is not None and one.error < 0.25 for one in trust)
    n_said = {len(one.said["none/linear"].items) for one in ran.result.texts}
    assert n_said >= {0, 1, 2}
    assert ran.result.guessing is None and ran.result.confusions == []


def test_figures_of_a_reply_that_is_always_the_same(ran: Finished[LabelResult]) -> None:
    """Micro-F1 by hand: what is right of the two labels said of every text, twice, over all said and to be said."""
    (way,) = (one for one in ran.result.ways if one.way == "none/few-shot")
    gold = [set(one.right) for one in ran.result.texts]
    n_right = sum(len(one & {"fruit", "tool"}) for one in gold)
    assert way.f1.value == pytest.approx(2 * n_right / (2 * len(gold) + sum(map(len, gold))))
    assert way.correct.value == pytest.approx(sum(one == {"fruit", "tool"} for one in gold) / len(gold))
    (animal,) = (one for one in ran.result.names if one.name == "animal")
    assert animal.f1["none/few-shot"] == 0 and animal.n == sum("animal" in one for one in gold)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_and_report_name_the_labels(ran: Finished[LabelResult], lang: str) -> None:
    lines = " ".join(label_lines(ran.result, lang))
    assert {"en": "micro-F1", "zh": "微平均 F1"}[lang] in lines
    page = ran.report.read_text("utf-8")
    assert "<bdi>animal</bdi>, <bdi>fruit</bdi>" in page and "Micro-F1" in page


def test_new_texts_get_their_labels(ran: Finished[LabelResult], file: Path, tmp_path: Path) -> None:
    out = ran.folder.parents[1]
    again = load_labels(out=out)
    texts = ran.result.texts
    for way in _LEARNT:
        tagged = again.tag([one.text for one in texts], cell=way)
        assert [list(one.labels) for one in tagged] == [one.said[way].items for one in texts]
        assert all(one.label is None for one in tagged)
        sure = [one.said[way].confidence for one in texts]
        assert [one.probability for one in tagged] == pytest.approx(sure, abs=0.02)
    new = tmp_path / "new.csv"
    new.write_text("text\nthe cow and a goat beside the hammer and a saw\nsee you at 4 tomorrow\n")
    for target in ("said.csv", "said.jsonl"):
        args = ("--from", str(new), "--to", target, "--cell", "none/linear", "--out", str(out))
        done = call_assay("tag", *args, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    with (tmp_path / "said.csv").open(newline="", encoding="utf-8-sig") as held:
        rows = list(csv.DictReader(held))
    lines = [json.loads(line) for line in (tmp_path / "said.jsonl").read_text().splitlines()]
    assert [LABEL_SETS.rows.parse(row).labels for row in rows] == [("animal", "tool"), ()]
    assert [row["labels"] for row in lines] == [["animal", "tool"], []]


@pytest.mark.parametrize("solver", [DENSE, SPARSE], ids=["dense", "sparse"])
def test_a_label_of_every_text_is_expected_of_the_next_and_the_others_are_learnt(solver: Solver) -> None:
    learnt = [LabelledText("", one.text, labels=("message", *one.labels)) for one in _texts("train", slice(0, 2))]
    grams = fit_ngrams([one.text for one in learnt], 2000)

    def read(texts: list[str]) -> object:
        found = grams.features(texts)
        return found if solver is SPARSE else found.toarray()

    found = ANY_LABELS.solve(solver, read([one.text for one in learnt]), learnt, solver.strengths[-1], 0)
    (row,) = found.sums(read(["the goat was better than the old sheep"]))
    said, logprob = ANY_LABELS.say("t", found.labels, row)
    assert said.labels == ("animal", "message")
    assert row[found.labels.index("message")] == pytest.approx(math.log(len(learnt) + 1))
    assert logprob == pytest.approx(-np.log(1 + np.exp(-np.abs(row))).sum())
