"""Drills: with scripted replies where the figures must be known, and with the real small model."""

import re
from pathlib import Path

import pytest

import assay
from assay.corpus import build_corpus
from assay.corpus.tokens import count_tokens
from assay.errors import EngineError, InputError
from assay.models import Conversation, LocalModel, ScriptedModel
from assay.models.cache import hash_files
from assay.report.drill_lines import drill_lines, drill_table
from assay.studies.drill.drill_study import drill_update
from assay.studies.study import Finished
from assay.verdict.drill_result import Correction, DrillResult, Tally
from command import call_assay

_PROMPTED = "none/zero-shot,none/few-shot,retrieved/zero-shot,retrieved/few-shot"
Change = tuple[Path, Path, Path]


def reply(conversation: Conversation) -> str:
    """Repeats the answer of an example that asks the same, else reads the passages, else knows nothing."""
    *passages, question = conversation[-1].content.split("\n\n")
    for asked, answer in zip(conversation[:-1:2], conversation[1:-1:2], strict=True):
        if asked.content.split("\n\n")[-1] == question:
            return answer.content
    town = question.rstrip("?").rsplit(" ", 1)[-1]
    patterns = {
        "hours": rf"In {town} a full working week has (\d+ hours)",
        "lunch": rf"Lunch in {town} costs (EUR [\d.]+)",
    }
    for word, pattern in patterns.items():
        if word in question and (found := re.search(pattern, "\n".join(passages))):
            return found.group(1)
    return "I don't know."


@pytest.fixture(scope="module")
def finished(shared_change: Change, tmp_path_factory: pytest.TempPathFactory) -> Finished[DrillResult]:
    out = tmp_path_factory.mktemp("ws")
    return drill_update(*shared_change, out=out, cells=_PROMPTED, model=ScriptedModel(reply))


def corrections(finished: Finished[DrillResult]) -> dict[tuple[str, str], Correction]:
    return {(cell.cell, one.way): one for cell in finished.result.cells for one in cell.ways}


def test_a_sync_corrects_what_is_read_and_new_examples_what_is_shown(finished: Finished[DrillResult]) -> None:
    found = {key: (one.trained, one.others) for key, one in corrections(finished).items()}
    new, old, neither = Tally(new=1), Tally(old=1), Tally(other=1)
    assert found == {
        ("none/zero-shot", "nothing"): (neither, neither),
        ("none/few-shot", "examples"): (new, neither),  # the training question is an example, the test question is not
        ("retrieved/zero-shot", "sync"): (new, new),
        ("retrieved/few-shot", "sync"): (old, new),  # the example still shows the old answer
        ("retrieved/few-shot", "sync+examples"): (new, new),
    }
    before = {cell.cell: cell.before for cell in finished.result.cells}
    assert before == {
        "none/zero-shot": Tally(other=2),
        "none/few-shot": Tally(old=1, other=1),
        "retrieved/zero-shot": Tally(old=2),
        "retrieved/few-shot": Tally(old=2),
    }


def test_what_else_moved_is_counted_over_unchanged_test_questions(finished: Finished[DrillResult]) -> None:
    found = corrections(finished)
    assert finished.result.counts["unchanged"] == 17  # 18 of the test, one of them changed
    synced, alone = found["retrieved/zero-shot", "sync"], found["none/zero-shot", "nothing"]
    assert (synced.gained, synced.lost, alone.gained, alone.lost) == (0, 1, 0, 0)  # a lunch is not told any more
    assert synced.moved is not None and alone.moved is not None
    assert (synced.moved.value, alone.moved.value) == (pytest.approx(-1 / 17), 0)
    assert synced.moved.low is not None and synced.moved.low < -1 / 17


def test_prices_are_those_of_what_changed(finished: Finished[DrillResult], shared_change: Change) -> None:
    result, found = finished.result, corrections(finished)
    old, new = (build_corpus(folder) for folder in shared_change[1:])
    fresh = [passage for passage in new.passages if passage.id not in old.by_id]
    assert (result.counts["documents"], result.counts["passages"]) == (3, len(fresh))
    assert result.sync is not None and result.sync.seconds > 0
    assert result.sync.tokens == sum(count_tokens(passage.text) for passage in fresh)
    assert found["retrieved/zero-shot", "sync"].seconds == result.sync.seconds
    assert (found["none/few-shot", "examples"].seconds, found["none/zero-shot", "nothing"].tokens) == (0, 0)
    assert result.left_out == {} and result.warnings != []  # few questions are warned of, as in a run


def test_table_and_lines_in_both_languages(finished: Finished[DrillResult]) -> None:
    head, rows = drill_table(finished.result, "en")
    assert [row[1] for row in rows] == ["nothing can be done", "new examples", "sync", "sync", "sync, new examples"]
    assert dict(zip(head, rows[2], strict=True))["New way"] == "2/2"
    assert "Most corrected: RAG (sync): 2 of 2" in "\n".join(drill_lines(finished.result, "en"))
    assert "更正最多：“RAG”（同步）" in "\n".join(drill_lines(finished.result, "zh"))
    assert "<html" in finished.report.read_text(encoding="utf-8")


def test_a_finished_drill_and_a_run_before_it_are_not_asked_again(change: Change, tmp_path: Path) -> None:
    questions, old, new = change
    asked: list[Conversation] = []

    def counting(conversation: Conversation) -> str:
        asked.append(conversation)
        return reply(conversation)

    options = {
        "out": tmp_path / "ws",
        "cells": "retrieved/zero-shot",
        "model": ScriptedModel(counting),
        "encoder": "none",
    }
    assay.run(old, questions, **options)
    n_run = len(asked)
    first = drill_update(questions, old, new, **options)
    assert len(asked) - n_run == 3 + 2 + 18  # warming up, the training question twice, the test after: before is there
    again = drill_update(questions, old, new, **options)
    assert (again.result, len(asked)) == (first.result, n_run + 23)


def test_a_drill_that_fails_in_the_middle_goes_on_with_the_same_prices(change: Change, tmp_path: Path) -> None:
    asked: list[Conversation] = []

    def failing(conversation: Conversation) -> str:
        asked.append(conversation)
        if len(asked) > 100:
            raise EngineError("the endpoint went away")
        return reply(conversation)

    options = {"cells": _PROMPTED, "answer_batch": 4, "latency_sample": 2, "encoder": "none"}
    with pytest.raises(EngineError, match="went away"):
        drill_update(*change, out=tmp_path / "ws", model=ScriptedModel(failing), **options)
    resumed = drill_update(*change, out=tmp_path / "ws", model=ScriptedModel(reply), **options)
    whole = drill_update(*change, out=tmp_path / "other", model=ScriptedModel(reply), **options)
    assert resumed.result.questions == whole.result.questions
    assert not any("had read the new documents" in line for line in resumed.result.warnings)


def test_the_price_is_doubted_where_the_new_documents_were_known(change: Change, tmp_path: Path) -> None:
    questions, old, new = change
    options = {
        "out": tmp_path / "ws",
        "cells": "retrieved/zero-shot",
        "model": ScriptedModel(reply),
        "encoder": "none",
    }
    assay.run(new, questions, **options)
    done = drill_update(questions, old, new, **options)
    assert any("had read the new documents" in line for line in done.result.warnings)


def test_new_answers_that_are_not_there_are_warned_of(change: Change, tmp_path: Path) -> None:
    questions, old, new = change
    (new / "bruma.md").write_text((old / "bruma.md").read_text())
    done = drill_update(questions, old, new, out=tmp_path / "ws", cells="none/zero-shot", model=ScriptedModel(reply))
    assert any(
        "do not stand in the new documents where the old ones stood: 1 (" in line for line in done.result.warnings
    )


def _without(questions: Path, new: str) -> None:
    questions.write_text(re.sub(r', "new_answer": \[[^]]*\]', new, questions.read_text()))


def test_questions_that_cannot_be_drilled(change: Change, tmp_path: Path) -> None:
    questions, old, new = change
    model = ScriptedModel(reply)
    with pytest.raises(InputError, match="are the same"):
        drill_update(questions, old, old, out=tmp_path / "ws", model=model)
    with pytest.raises(InputError, match="oracle/tuned: ceilings"):
        drill_update(questions, old, new, out=tmp_path / "ws", cells="oracle/tuned,none/tuned", model=model)
    with pytest.raises(InputError, match="no weights"):
        drill_update(questions, old, new, out=tmp_path / "ws", cells="none/tuned", model=model)
    twin = tmp_path / "twin"
    twin.mkdir()
    for file in old.iterdir():
        (twin / file.name).write_text(file.read_text())
    with pytest.raises(InputError, match="says the same"):
        drill_update(questions, old, twin, out=tmp_path / "ws", model=model)
    text = questions.read_text()
    questions.write_text(text.replace('"new_answer": ["30 hours", "30"]', '"new_answer": ["35 hours a week"]'))
    with pytest.raises(InputError, match=r"(?s)1 new answers cannot be told.*q0001: 35 hours -> 35 hours a week"):
        drill_update(questions, old, new, out=tmp_path / "ws", model=model)
    _without(questions, "")
    with pytest.raises(InputError, match="no question has a new answer"):
        drill_update(questions, old, new, out=tmp_path / "ws", model=model)


def test_the_real_model_trains_again_and_the_price_is_measured(change: Change, small: Path, tmp_path: Path) -> None:
    model = LocalModel("small", small, hash_files([small / "model.safetensors"]), None)
    quick = {"epochs_closed_book": 1, "epochs_open_book": 1, "training_batch": 4, "max_new_tokens": 4}
    cells = "none/tuned,retrieved/zero-shot,retrieved/tuned"
    done = drill_update(*change, out=tmp_path / "ws", cells=cells, model=model, latency_sample=0, **quick)
    found = corrections(done)
    sync, both, alone = (
        found[key]
        for key in [("retrieved/tuned", "sync"), ("retrieved/tuned", "sync+retrain"), ("none/tuned", "retrain")]
    )
    assert both.seconds > sync.seconds > 0 and both.tokens > sync.tokens
    assert alone.seconds > 0 and 0 < alone.tokens < both.tokens  # no passages are read in training
    assert len(list((tmp_path / "ws" / "adapters").iterdir())) == 4  # closed and open book, before and after
    assert {one.way for question in done.result.questions for one in question.said} == {
        "before", "sync", "sync+retrain", "retrain",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["missing.csv", "--from", "a", "--to", "b"], "cannot be opened"),
        (["missing.csv", "--from", "a", "--to", "a"], "are the same"),
        (["q.csv", "--to", "b"], "--from"),
    ],
)
def test_wrong_input_ends_in_one_message(tmp_path: Path, args: list[str], said: str) -> None:
    done = call_assay("drill", "update", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
