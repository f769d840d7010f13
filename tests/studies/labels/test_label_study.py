"""Whole runs: with scripted replies where the figures must be known, and with the real small models."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.errors import InputError, NotFound
from assay.labelled.labelled_text import LabelledText
from assay.models import LocalModel, ScriptedModel
from assay.models.engine import Conversation
from assay.report.label_lines import label_lines, label_table
from assay.serving.tagging import load_labels
from assay.studies.labels.label_study import label
from assay.studies.study import Finished
from assay.verdict.label_result import LabelResult
from command import call_assay

_PROMPTED = "none/zero-shot,none/few-shot,retrieved/zero-shot"


def _reply(conversation: Conversation) -> str:
    """Always a fruit, unless examples are shown: then the label of the last of them."""
    return conversation[-2].content if len(conversation) > 1 else "It is a FRUIT."


@pytest.fixture(scope="module")
def scripted(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished[LabelResult]:
    return label(table, out=tmp_path_factory.mktemp("ws"), cells=_PROMPTED, model=ScriptedModel(_reply))


def test_figures_of_scripted_replies(scripted: Finished[LabelResult]) -> None:
    """16 of 48 texts are fruit: right 1/3, macro-F1 (0 + 2·16/(48+16) + 0)/3 = 1/6. The nearest are of their kind."""
    ways = {way.way: way for way in scripted.result.ways}
    always = ways["none/zero-shot"]
    assert always.correct.value == pytest.approx(1 / 3)
    assert always.f1.value == pytest.approx(1 / 6)
    assert always.calibration is None  # this engine tells no probability
    assert ways["retrieved/zero-shot"].correct.value == 1.0
    assert scripted.result.verdict.cell == "retrieved/zero-shot"
    counts = scripted.result.counts
    assert (counts["train"] + counts["validation"], counts["asked"], counts["names"]) == (72, 48, 3)
    (comparison,) = [one for one in scripted.result.comparisons if one.b == "none/zero-shot"]
    assert comparison.difference.value == pytest.approx(2 / 3)
    assert comparison.p_holm is not None and comparison.p_holm < 0.001


def test_every_text_is_in_the_result_with_what_was_said(scripted: Finished[LabelResult]) -> None:
    texts = scripted.result.texts
    assert len(texts) == 48
    assert {said.correct for one in texts for said in [one.said["none/zero-shot"]] if one.right == ["fruit"]} == {True}
    assert texts[0].said["none/zero-shot"].items == ["fruit"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_and_table_name_the_way(scripted: Finished[LabelResult], lang: str) -> None:
    lines = label_lines(scripted.result, lang)  # type: ignore[arg-type]
    name = {"en": "prompt + nearest examples", "zh": "提示 + 最近示例"}[lang]
    assert name in lines[0] and "100%" in lines[1]
    assert "animal" in lines[2] and lines[2].count("33%") == 2  # of three kinds that are equally common
    head, rows = label_table(scripted.result, lang)  # type: ignore[arg-type]
    assert len(rows) == 3 and all(len(row) == len(head) for row in rows)


def test_the_same_call_asks_nothing_again(table: Path, tmp_path: Path) -> None:
    asked: list[str] = []

    def reply(conversation: Conversation) -> str:
        asked.append(conversation[-1].content)
        return "tool"

    first = label(table, out=tmp_path, cells="none/zero-shot", model=ScriptedModel(reply))
    n_asked = len(asked)
    (first.folder / "result.json").unlink()
    again = label(table, out=tmp_path, cells="none/zero-shot", model=ScriptedModel(reply))
    assert len(asked) == n_asked
    assert again.result.ways[0].correct == first.result.ways[0].correct


def test_test_labels_stay_out_of_what_a_way_is_told(table: Path, tmp_path: Path) -> None:
    seen: list[str] = []

    def reply(conversation: Conversation) -> str:
        seen.extend(turn.content for turn in conversation if turn.role == "assistant")
        return "tool"

    rows = table.read_text().replace("fruit,test", "secret,test")
    changed = tmp_path / "changed.csv"
    changed.write_text(rows)
    done = label(changed, out=tmp_path / "ws", cells=_PROMPTED, model=ScriptedModel(reply))
    assert seen and "secret" not in seen
    assert any("secret" in line for line in done.result.warnings)  # nobody can say it
    assert {one.name: one.n for one in done.result.names}["secret"] == 16


def test_what_cannot_be_run_is_left_out_with_its_reason(table: Path, tmp_path: Path) -> None:
    done = label(table, out=tmp_path, cells="none/zero-shot,none/tuned", model=ScriptedModel(_reply))
    assert "no weights" in done.result.left_out["none/tuned"]
    with pytest.raises(InputError, match='unknown way "oracle/tuned"'):
        label(table, out=tmp_path, cells="oracle/tuned", model=ScriptedModel(_reply))


def test_real_models_learn_the_labels(table: Path, model: LocalModel, tmp_path: Path) -> None:
    done = label(
        table,
        out=tmp_path,
        cells="none/zero-shot,none/tuned,none/tuned-encoder",
        model=model,
        encoder_epochs=2,
        epochs_closed_book=1,
        latency_sample=2,
    )
    ways = {way.way: way for way in done.result.ways}
    assert ways["none/tuned-encoder"].correct.value > 0.9
    assert ways["none/tuned-encoder"].cost.answer_s < ways["none/zero-shot"].cost.answer_s
    assert all(way.calibration is not None and way.n_failed == 0 for way in ways.values())
    assert {log["name"] for log in done.result.training} == {"none/tuned", "none/tuned-encoder"}
    assert ways["none/zero-shot"].cost.prepare_tokens > 0  # the texts that its likelihoods are matched by
    assert ways["none/tuned"].cost.prepare_s > 0

    again, texts = load_labels(out=tmp_path, model=model), done.result.texts[:16]
    for way in ways:
        tagged = again.tag([one.text for one in texts], cell=way)
        assert [[one.label] if one.label else [] for one in tagged] == [one.said[way].items for one in texts]
        sure = [one.said[way].confidence for one in texts]
        assert [one.probability for one in tagged] == pytest.approx(sure, abs=0.02)  # the batches are others


def test_entities_are_judged_by_their_f1(
    with_entities: Callable[[str, int], list[LabelledText]], tmp_path: Path
) -> None:
    """Every text gets its first word as a person: 32 said, of which those right are counted from the set."""
    train, test = with_entities("train", 0), with_entities("test", 3)
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps(_row(one)) + "\n" for one in [*train, *test]))

    def reply(conversation: Conversation) -> str:
        return f"PER: {conversation[-1].content.rsplit('Text: ', 1)[1].split()[0]}"

    done = label(path, out=tmp_path / "ws", cells="none/zero-shot", model=ScriptedModel(reply))
    n_right = sum((0, len(one.text.split()[0]), "PER") in _spans(one) for one in test)
    n_gold = sum(len(one.entities) for one in test)
    assert done.result.ways[0].f1.value == pytest.approx(2 * n_right / (len(test) + n_gold))
    assert done.result.verdict.kind == "none_works"


def _row(one: LabelledText) -> dict[str, object]:
    return {"text": one.text, "entities": [[e.start, e.end, e.type] for e in one.entities], "split": one.split}


def _spans(one: LabelledText) -> set[tuple[int, int, str]]:
    return {(e.start, e.end, e.type) for e in one.entities}


@pytest.mark.parametrize(
    ("args", "said"),
    [(["missing.csv"], "cannot be opened"), ([".", "--set", "test_texts=-1"], "test_texts must be at least 0")],
)
def test_wrong_input_ends_in_one_message(tmp_path: Path, args: list[str], said: str) -> None:
    done = call_assay("label", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr


def test_a_finished_run_is_listed_and_shown_again(scripted: Finished[LabelResult], tmp_path: Path) -> None:
    out = scripted.folder.parents[1]
    assert (scripted.result.title, scripted.result.advised) == ("messages", "retrieved/zero-shot")
    id_ = scripted.result.run_id
    assert load_labels(id_[:4], out=out).result == scripted.result
    with pytest.raises(NotFound, match="there is no run"):
        load_labels("x", out=out)
    shown = call_assay("show", id_, "--out", out, "--lang", "zh", cwd=tmp_path).stdout
    assert "提示 + 最近示例" in shown and "100%" in shown
