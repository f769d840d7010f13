from collections.abc import Sequence
from pathlib import Path

import pytest

from assay.bench.progress import Silent
from assay.bench.store import Store
from assay.columns.zero_shot import ZeroShot
from assay.corpus.document import Passage
from assay.grid.answering import answer_cell, known_answers, plan_batches
from assay.grid.pipeline import Pipeline
from assay.models.engine import Conversation, Message
from assay.models.scripted import ScriptedEngine
from assay.questions.question import Question
from assay.rows.none import NoContext

_QUESTIONS = [Question(f"q{i}", f"What is {i}?", ("x",)) for i in range(10)]


def _pipeline(engine: ScriptedEngine) -> Pipeline:
    return Pipeline(NoContext(), ZeroShot("en"), engine, 8)


def _sit(engine: ScriptedEngine, store: Store) -> dict[str, str]:
    batches = plan_batches(_QUESTIONS, latency_sample=2, size=3, seed=5)
    answered = answer_cell("none/zero-shot", "key", batches, lambda: _pipeline(engine), store, Silent())
    return {id: answer.text for id, (answer, _) in answered.items()}


def _store(tmp_path: Path) -> Store:
    tmp_path.mkdir(exist_ok=True)
    return Store(f"sqlite:///{tmp_path / 'assay.db'}")


def test_batches_hold_every_question_once_and_the_sample_alone() -> None:
    batches = plan_batches(_QUESTIONS, latency_sample=2, size=3, seed=5)
    assert [len(batch) for batch in batches] == [1, 1, 3, 3, 2]
    assert sorted(q.id for batch in batches for q in batch) == sorted(q.id for q in _QUESTIONS)
    assert batches == plan_batches(_QUESTIONS, latency_sample=2, size=3, seed=5)


def test_a_broken_off_exam_goes_on_where_it_stopped(tmp_path: Path) -> None:
    asked: list[str] = []

    def reply(conversation: Conversation) -> str:
        asked.append(conversation[-1].content)
        if len(asked) == 7:  # a warm-up, two alone, a batch of three, then one of the next batch
            raise KeyboardInterrupt
        return f"answer {len(conversation[-1].content)}"

    store = _store(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        _sit(ScriptedEngine(reply), store)
    first = len(store.answers("key"))
    assert first == 5

    again = ScriptedEngine(lambda conversation: f"answer {len(conversation[-1].content)}")
    resumed = _sit(again, store)
    assert again.n_asked == 1 + 5  # the warm-up and what was missing
    other = _store(tmp_path / "other")
    whole = _sit(ScriptedEngine(lambda c: f"answer {len(c[-1].content)}"), other)
    assert resumed == whole
    other.close()
    store.close()


def test_a_finished_exam_asks_nothing(tmp_path: Path) -> None:
    store = _store(tmp_path)
    _sit(ScriptedEngine(lambda conversation: "yes"), store)
    idle = ScriptedEngine(lambda conversation: "no")
    assert set(_sit(idle, store).values()) == {"yes"}
    assert idle.n_asked == 0
    store.close()


def test_only_questions_asked_alone_have_a_latency(tmp_path: Path) -> None:
    store = _store(tmp_path)
    batches = plan_batches(_QUESTIONS, latency_sample=2, size=3, seed=5)
    engine = ScriptedEngine(lambda conversation: "yes")
    answered = answer_cell("none/zero-shot", "key", batches, lambda: _pipeline(engine), store, Silent())
    timed = [id for id, (_, latency) in answered.items() if latency is not None]
    assert sorted(timed) == sorted([batches[0][0].id, batches[1][0].id])
    assert sorted(batch["n"] for batch in store.batches("key")) == [1, 1, 2, 3, 3]
    store.close()


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    store = _store(tmp_path)
    store.save_fact("small", 1)
    with store._engine.connect() as connection:  # SQLite's own limit stands in for the disk's
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()
        connection.exec_driver_sql(f"pragma max_page_count = {pages + 1}")
    with pytest.raises(OSError, match="disk is full"):
        store.save_fact("large", "x" * 100_000)
    assert (store.fact("small"), store.fact("large")) == (1, None)
    store.close()


class _Begun(ZeroShot):
    """A behaviour that begins the answer for the model."""

    def conversation(self, question: Question, passages: Sequence[Passage]) -> Conversation:
        return (*super().conversation(question, passages), Message("assistant", "The answer to what was asked is: "))


def test_an_echo_is_one_of_what_was_asked(tmp_path: Path) -> None:
    """Neither the beginning of an answer nor a question repeated is one; an answer that is kept stays one."""

    def reply(conversation: Conversation) -> str:
        asked = next(turn.content for turn in conversation if turn.role == "user")
        return asked if "What is 1?" in asked else "What is 2? The answer to what was asked is: two"

    pipeline = Pipeline(NoContext(), _Begun("en"), ScriptedEngine(reply), 99)
    store = _store(tmp_path)
    answer_cell("none/begun", "key", [_QUESTIONS[1:3]], lambda: pipeline, store, Silent())
    assert {id: answer.is_echo for id, (answer, _) in known_answers("key", store).items()} == {"q1": True, "q2": False}
