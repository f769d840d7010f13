"""The ways that ask no language model, whole: run, report, learning curves, new texts; with the real encoder."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assay.bench.parts import Parts
from assay.errors import InputError, NotFound
from assay.labelled.labelled_text import LabelledText
from assay.report.label_lines import label_lines
from assay.serving.tagging import FinishedLabels, load_labels
from assay.statistics.estimate import Estimate
from assay.studies.labels.label_study import label
from assay.studies.labels.learning import deal
from assay.studies.labels.way import Way
from assay.studies.study import Finished
from assay.tasks.entities import ENTITIES
from assay.tasks.labels import LABELS
from assay.verdict.label_result import LabelResult

_WAYS = "none/words,none/linear"


@pytest.fixture(scope="module")
def ran(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished[LabelResult]:
    return label(table, out=tmp_path_factory.mktemp("ws"), cells=_WAYS, base="no-such-model", latency_sample=2)


@pytest.fixture(scope="module")
def taken_up(ran: Finished[LabelResult]) -> FinishedLabels:
    return load_labels(out=ran.folder.parents[1])


def test_both_learn_the_labels_without_a_language_model(ran: Finished[LabelResult]) -> None:
    ways = {way.way: way for way in ran.result.ways}
    assert all(way.correct.value > 0.9 and way.cost.prepare_s > 0 for way in ways.values())
    assert all(way.calibration is not None and way.calibration.error < 0.2 for way in ways.values())
    assert ran.result.base == "" and ran.result.encoder.startswith("all-MiniLM-L6-v2@")
    assert [log["n_examples"] for log in ran.result.training] == [72, 72]  # those for validation too


def test_new_texts_get_what_the_exam_got(taken_up: FinishedLabels) -> None:
    texts = taken_up.result.texts
    for way in _WAYS.split(","):
        tagged = taken_up.tag([one.text for one in texts], cell=way)
        assert [[one.label] for one in tagged] == [one.said[way].items for one in texts]
        sure = [one.said[way].confidence for one in texts]
        assert [one.probability for one in tagged] == pytest.approx(sure, abs=0.02)  # the batches are others
    assert taken_up.tag(["  ?! "], cell="none/words")[0].label in ("animal", "fruit", "tool")


def test_the_curve_is_there_and_names_no_run(ran: Finished[LabelResult], table: Path) -> None:
    curves = ran.result.learning
    assert [(one.way, [point.n for point in one.points]) for one in curves] == [
        ("none/words", [18, 36, 72]),
        ("none/linear", [18, 36, 72]),
    ]
    whole = {way.way: way.correct.value for way in ran.result.ways}
    assert all(one.points[-1].score.value == whole[one.way] and one.more == 72 for one in curves)
    assert "learning" in ran.tables and len(ran.tables["learning"]) == 6
    out = ran.folder.parents[1]
    with pytest.raises(InputError, match='learning_curve must be auto, all or off, got "some"'):
        label(table, out=out, learning_curve="some")
    off = label(table, out=out, cells=_WAYS, base="no-such-model", latency_sample=2, learning_curve="off")
    assert off.folder == ran.folder and off.result.learning == []
    assert off.result.ways == ran.result.ways and 'id="learning"' not in off.report.read_text("utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_closing_line_promises_only_what_its_interval_holds(ran: Finished[LabelResult], lang: str) -> None:
    cell = ran.result.verdict.cell
    (curve,) = (one for one in ran.result.learning if one.way == cell)

    def line(low: float, few: bool = False) -> str:
        gain = Estimate(0.04, low, 0.07, 48, 48)
        shown = replace(ran.result, learning=[replace(curve, gain=gain, few_a_name=few)])
        return label_lines(shown, lang)[-1]

    told, unclear = line(0.01), line(0.004)
    assert {"en": "about 4 points (95% interval +1 to +7)", "zh": "约 4 个百分点（95% 区间 +1 至 +7）"}[lang] in told
    assert {"en": "cannot be told", "zh": "尚无法判断"}[lang] in unclear
    assert {"en": "1 point or more", "zh": "至少提高 1 个百分点"}[lang] in line(0.01, few=True)
    ran.write_report()
    assert 'id="learning"' in ran.report.read_text("utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_where_quarters_are_too_small_the_last_line_says_so(table: Path, tmp_path: Path, lang: str) -> None:
    """Seven or eight texts a quarter, some of them for validation."""
    head, *rows = table.read_text().splitlines()
    learnt = [row for row in rows if row.endswith("train")]
    few = tmp_path / "few.csv"
    few.write_text("\n".join([head, *learnt[::3], *(row for row in rows if row.endswith("test"))]))
    done = label(few, out=tmp_path / "ws", cells="none/words", lang=lang)
    assert done.result.learning == [] and list(done.result.no_curve) == ["none/words"]
    said = {"en": "texts to learn from are too few; it takes 8", "zh": "太少；至少需要 8 条"}[lang]
    assert said in label_lines(done.result, lang)[-1]
    off = label(few, out=tmp_path / "ws", cells="none/words", lang=lang, learning_curve="off")
    assert off.result.no_curve == {} and said not in label_lines(off.result, lang)[-1]


def test_parts_share_nothing_and_every_label_is_in_each() -> None:
    texts = [LabelledText(str(n), f"text {n}", "abc"[min(n % 4, 2)]) for n in range(40)]
    parts = deal(texts, 4, 0)
    assert sorted(one.id for part in parts for one in part) == sorted(one.id for one in texts)
    assert [[sum(one.label == name for one in part) for name in "abc"] for part in parts].count([2, 3, 5]) >= 2
    assert all(abs(sum(one.label == "c" for one in part) - 5) <= 1 for part in parts)


def test_what_fits_a_task_is_run_unless_it_is_named() -> None:
    def fitting(task: object) -> set[str]:
        return {name for name, way in Parts().of(Way).items() if way.fits(task)}  # type: ignore[arg-type]

    assert fitting(LABELS) - fitting(ENTITIES) == {"none/words", "none/linear"}
    assert fitting(ENTITIES) - fitting(LABELS) == {"none/dictionary"}


def test_entities_are_looked_up(with_entities: Callable[[str, int], list[LabelledText]], tmp_path: Path) -> None:
    """People and towns of the test were all labelled: everything is found."""
    texts = [*with_entities("train", 0), *with_entities("train", 1), *with_entities("test", 3)]
    rows = [
        {"text": one.text, "entities": [[e.start, e.end, e.type] for e in one.entities], "split": one.split}
        for one in texts
    ]
    path = tmp_path / "people.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    done = label(path, out=tmp_path / "ws", cells="none/dictionary,none/words")
    assert "labels of whole texts" in done.result.left_out["none/words"]
    assert done.result.ways[0].f1.value > 0.9
    assert done.result.learning[0].points[0].score.value < done.result.learning[0].points[-1].score.value
    assert done.result.learning[0].points[-1].n == 64
    (found,) = load_labels(out=tmp_path / "ws").tag(["Eva Lund was in Malaga"])
    assert [(e.type, found.text[e.start : e.end]) for e in found.entities] == [("PER", "Eva Lund"), ("LOC", "Malaga")]


def test_what_cannot_be_is_left_out_with_its_reason(table: Path, tmp_path: Path) -> None:
    done = label(table, out=tmp_path, cells=_WAYS, encoder="none", learning_curve="off")
    assert [way.way for way in done.result.ways] == ["none/words"]
    assert "no sentence encoder" in done.result.left_out["none/linear"]
    same = tmp_path / "same.csv"
    same.write_text(table.read_text().replace("fruit,train", "tool,train").replace("animal,train", "tool,train"))
    with pytest.raises(InputError, match='none/words: all texts to learn from have the label "tool"'):
        label(same, out=tmp_path, cells=_WAYS)


def test_an_encoder_that_is_another_was_not_measured(ran: Finished[LabelResult], tmp_path: Path) -> None:
    file = ran.folder / "result.json"
    kept = json.loads(file.read_text("utf-8"))
    other = tmp_path / "labels" / kept["run_id"]
    other.mkdir(parents=True)
    (other / "exam.json").write_bytes((ran.folder / "exam.json").read_bytes())
    (other / "result.json").write_text(json.dumps(kept))
    with pytest.raises(NotFound, match="as it was measured"):
        load_labels(out=tmp_path).tag(["apple"], cell="none/linear")
