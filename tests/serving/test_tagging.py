"""New texts through the measured ways: they answer as they did in the exam, or say why they cannot."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.errors import InputError, NotFound
from assay.labelled.labelled_text import Entity, LabelledText
from assay.models import ScriptedModel
from assay.models.engine import Conversation
from assay.serving.tagging import FinishedLabels, load_labels
from assay.studies.labels.label_study import label
from command import call_assay


def _reply(conversation: Conversation) -> str:
    """The label of the nearest example where there is one; else of all labels the one that the text ends in."""
    return conversation[-2].content if len(conversation) > 1 else conversation[-1].content.split()[-1]


@pytest.fixture(scope="module")
def scripted(table: Path, tmp_path_factory: pytest.TempPathFactory) -> FinishedLabels:
    cells, model = "none/zero-shot,none/few-shot,retrieved/zero-shot", ScriptedModel(_reply, logprob=lambda text: -0.5)
    done = label(table, out=tmp_path_factory.mktemp("ws"), cells=cells, model=model)
    return load_labels(out=done.folder.parents[1], model=model)


def test_every_way_says_of_the_test_texts_what_it_said_in_the_exam(scripted: FinishedLabels) -> None:
    texts = scripted.result.texts
    for way in ("none/zero-shot", "none/few-shot", "retrieved/zero-shot"):
        tagged = scripted.tag([one.text for one in texts], cell=way)
        assert [[one.label] if one.label else [] for one in tagged] == [one.said[way].items for one in texts]
        assert [one.probability for one in tagged] == [one.said[way].confidence for one in texts]
    assert scripted.tag(["apple"])[0].label == "fruit"  # by the recommended way, that of the nearest examples


def test_a_reply_without_a_label_is_none(scripted: FinishedLabels) -> None:
    said = scripted.tag(["which one?", "it is a tool"], cell="none/zero-shot")
    assert [one.label for one in said] == [None, "tool"]
    assert scripted.tag([]) == []


def test_entities_have_their_places(with_entities: Callable[[str, int], list[LabelledText]], tmp_path: Path) -> None:
    """The real encoder: what is found in the test texts is what was found in the exam."""
    texts = [*with_entities("train", 0), *with_entities("test", 3)]
    rows = [
        {"text": one.text, "entities": [[e.start, e.end, e.type] for e in one.entities], "split": one.split}
        for one in texts
    ]
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = label(path, out=tmp_path / "ws", cells="none/tuned-encoder", encoder_epochs=15)
    tested = done.result.texts
    tagged = load_labels(out=tmp_path / "ws").tag([one.text for one in tested])
    shown = [[f"{e.type}: {one.text[e.start : e.end]}" for e in one.entities] for one in tagged]
    assert shown == [one.said["none/tuned-encoder"].items for one in tested]
    sure = [one.said["none/tuned-encoder"].confidence for one in tested]
    assert [one.probability for one in tagged] == pytest.approx(sure, abs=1e-3)
    assert Entity(0, 9, "PER") in next(one for one in tagged if one.text.startswith("Anna Berg")).entities
    assert all(one.label is None for one in tagged)


@pytest.mark.parametrize(
    ("texts", "said"), [(["a", " "], "text 2 of 2 is empty"), (["\udcff"], "text 1 of 1 is no valid Unicode")]
)
def test_texts_that_cannot_be_read_are_refused(scripted: FinishedLabels, texts: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        scripted.tag(texts)


def test_a_way_that_was_not_run_is_refused(scripted: FinishedLabels) -> None:
    with pytest.raises(NotFound, match='"none/tuned" is no way of this run; these are: none/zero-shot, none/few-shot'):
        scripted.tag(["a"], cell="none/tuned")


def test_what_is_not_the_measured_thing_any_more_is_refused(scripted: FinishedLabels, tmp_path: Path) -> None:
    """Other weights under the old name; a run whose texts were not kept, until the same line is run again."""
    other = load_labels(out=scripted.folder.parents[1], model=ScriptedModel(_reply, sha256="others"))
    with pytest.raises(NotFound, match="as it was measured"):
        other.tag(["a"])
    shutil.copytree(scripted.folder.parents[1], tmp_path / "ws")
    old = load_labels(out=tmp_path / "ws", model=ScriptedModel(_reply))
    (old.folder / "exam.json").unlink()
    with pytest.raises(NotFound, match="run the same assay label line again"):
        old.tag(["a"])
    with pytest.raises(NotFound, match="no finished run of labels or entities"):
        load_labels(out=tmp_path / "nowhere")


def test_the_same_line_again_keeps_the_texts_of_an_older_run(table: Path, tmp_path: Path) -> None:
    model = ScriptedModel(_reply)
    done = label(table, out=tmp_path, cells="none/few-shot", model=model)
    (done.folder / "exam.json").unlink()
    label(table, out=tmp_path, cells="none/few-shot", model=model)
    assert load_labels(out=tmp_path, model=model).tag(["a"])[0].label is not None


def test_a_tuned_way_of_which_the_weights_are_gone_is_not_tuned_again(table: Path, tmp_path: Path) -> None:
    label(table, out=tmp_path, cells="none/tuned-encoder", encoder_epochs=1)
    assert load_labels(out=tmp_path).tag(["apple"])[0].label == "fruit"
    shutil.rmtree(tmp_path / "adapters")
    with pytest.raises(NotFound, match="none/tuned-encoder is not in"):
        load_labels(out=tmp_path).tag(["apple"])


def _assay(*args: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return call_assay("tag", *args, cwd=cwd)


@pytest.fixture(scope="module")
def tuned(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace in which the small encoder was tuned."""
    folder = tmp_path_factory.mktemp("tuned")
    label(table, out=folder / ".assay", cells="none/tuned-encoder", encoder_epochs=2)
    return folder


def test_the_verb_prints_a_line_a_text(tuned: Path) -> None:
    done = _assay("bring a\n pear and a plum", "one donkey " * 20, "--cell", "none/tuned-encoder", cwd=tuned)
    assert done.stderr == "" and done.returncode == 0
    first, second = (line.split("\t") for line in done.stdout.splitlines())
    assert (first[0], first[2]) == ("fruit", "bring a pear and a plum")
    assert second[0] == "animal" and second[2] == ("one donkey " * 20)[:70] + "…"
    assert all(line[1].endswith("%") for line in (first, second))


def test_the_verb_writes_a_file(tuned: Path) -> None:
    (tuned / "new.csv").write_text("text,from\nwe have seen a hammer,Bo\nthe old goose,Cleo\n")
    done = _assay("--from", "new.csv", "--to", "said.jsonl", "--lang", "zh", cwd=tuned)
    assert "said.jsonl：2 条文本，方案“微调小编码器”。" in done.stdout
    rows = [json.loads(line) for line in (tuned / "said.jsonl").read_text().splitlines()]
    assert [(row["from"], row["label"]) for row in rows] == [("Bo", "tool"), ("Cleo", "animal")]
    assert all(0 < row["probability"] <= 1 for row in rows)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ((), "give texts"),
        (("x", "--from", "new.csv"), "and not both"),
        (("x", " "), "text 2 of 2 is empty"),
        (("x", "--cell", "none/few-shot"), "these are: none/tuned-encoder"),
        (("x", "--out", "nowhere"), "there is no finished run of labels or entities in nowhere"),
        (("--from", "nowhere.csv"), "nowhere.csv: the texts cannot be opened"),
        (("x", "--to", "said.pdf"), "can be written as .csv, .jsonl"),
    ],
)
def test_mistakes_end_in_one_line(tuned: Path, args: tuple[str, ...], said: str) -> None:
    done = _assay(*args, cwd=tuned)
    assert done.returncode == 2
    assert said in done.stderr and len(done.stderr.splitlines()) == 1
