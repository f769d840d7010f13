"""Probes asked of scripted engines: what differs between them is what was lost, and nothing is asked twice."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import assay
from assay.bench.parts import Parts
from assay.bench.progress import Silent
from assay.bench.store import Store
from assay.corpus.document import Corpus, Document, Passage
from assay.errors import EngineError, InputError
from assay.grid.cell import Cell, parse_cell
from assay.models import Conversation
from assay.models.scripted import ScriptedEngine
from assay.probes import general_probes
from assay.questions.exam import Exam
from assay.questions.question import Question, QuestionSet
from assay.settings import Settings
from assay.statistics.sampling import over_documents
from assay.studies.grid.forgotten import weigh_forgetting
from assay.studies.grid.probing import ask_probes, collect_probes, own_probes, probes_key
from assay.training.adapters import TunedModel

_ANSWERS = {probe.question.text: probe for probe in general_probes().probes}


def cell(name: str) -> Cell:
    return parse_cell(name, Parts())


_CLOSED, _OPEN, _ORACLE = cell("none/tuned"), cell("retrieved/tuned"), cell("oracle/tuned")


def _exam() -> Exam:
    passages = [Passage(f"p{i}", f"d{i}.md", None, "", f"Room {i} seats {i + 30} people.") for i in range(20)]
    documents = [Document(f"d{i}.md", "", "", ()) for i in range(20)]
    questions = [Question(f"q{i}", f"How many people does room {i} seat?", (f"{i + 30} people",)) for i in range(20)]
    split = QuestionSet(tuple(Question(**vars(q) | {"split": "train"}) for q in questions), "q.jsonl", "s")
    gold = {f"q{i}": (f"p{i}",) for i in range(20)}
    return Exam("rooms", "en", split, gold, Corpus(tuple(documents), tuple(passages), (), "s"))


def know_all(conversation: Conversation) -> str:
    """A model that knows every English probe but those of form, and reads."""
    text = conversation[-1].content
    if " seats " in text:
        return text.split(" seats ")[1].split(".")[0]
    probe = _ANSWERS.get(text)
    return probe.question.answers[0] if probe and probe.lang == "en" and probe.form is None else "Well."


def forget_geography(conversation: Conversation) -> str:
    """The same without geography, which recites what it learnt instead of reading."""
    text = conversation[-1].content
    if " seats " in text:
        return f"{int(text.split('Room ')[1].split()[0]) + 30} people"
    probe = _ANSWERS.get(text)
    return "I don't know." if probe and probe.category == "geography" else know_all(conversation)


class Engines:
    """In place of pipelines: engines by cell, and adapters that are trained already."""

    def __init__(self, **settings: Any) -> None:
        self.settings = Settings(**({"max_new_tokens": 32} | settings))
        self.exam = _exam()
        self.model = SimpleNamespace(sha256="m", engine_name="scripted")
        self.adapters = SimpleNamespace(key=self._key, logs=lambda tuned: [{"name": self._key(tuned)}])
        self.base, self.tuned = ScriptedEngine(know_all), ScriptedEngine(forget_geography)
        self.bench: Any = None

    def _key(self, tuned: TunedModel) -> str:
        return "with passages" if tuned.reads_passages else "closed book"

    def engine(self, cell: Cell) -> ScriptedEngine:
        return self.tuned if cell.is_tuned else self.base

    def base_engine(self) -> ScriptedEngine:
        return self.base


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'assay.db'}")
    yield opened
    opened.close()


def _ask(engines: Engines, cells: list[Cell], store: Store) -> Any:
    sets = collect_probes(engines.exam, engines.settings, own_probes(engines.settings))
    engines.bench = SimpleNamespace(settings=engines.settings, store=store, progress=Silent())
    return sets, ask_probes(sets, cells, engines)  # type: ignore[arg-type]


def test_what_was_lost_is_counted(store: Store) -> None:
    engines = Engines()
    sets, sittings = _ask(engines, [cell("none/zero-shot"), _OPEN, _ORACLE], store)
    scores = {_OPEN: np.array([1.0, 1, 1, 0]), cell("retrieved/zero-shot"): np.array([1.0, 0, 0, 0])}
    (one,) = weigh_forgetting(sets, sittings, scores, over_documents(list("abcd")), margin=0.1, seed=0)
    assert (one.adapter, one.cells) == ("with passages", ["retrieved/tuned", "oracle/tuned"])
    assert one.gain is not None
    assert (one.gain.b, one.gain.difference.value) == ("retrieved/zero-shot", 0.5)
    general, reading = one.probes
    # 65 of 70 English probes ask for no form; 7 of them are geography. Nothing is known in Chinese.
    english, chinese = general.languages
    assert (english.before, english.after) == (pytest.approx(65 / 70), pytest.approx(58 / 70))
    assert (chinese.before, chinese.after) == (0, 0)
    assert (general.judged.name, general.n_lost, general.n_gained) == ("en", 7, 0)
    assert {part.name for part in general.categories if part.loss.value > 0} == {"geography"}
    assert general.finding == "may_have_lost"  # 10 points, all of one category
    assert (reading.judged.before, reading.judged.after, reading.finding) == (1.0, 0.0, "lost")
    assert reading.remembered == (0.0, 1.0)
    assert [lost.accepted for lost in one.lost[:2]] == ["Paris", "Tokyo"]
    assert one.lost[0].before == "Paris"
    assert len(one.lost) == 7 + 20


def test_each_adapter_once_and_the_base_model_once(store: Store) -> None:
    engines = Engines()
    sets, sittings = _ask(engines, [_CLOSED, _OPEN, _ORACLE, cell("adaptive/tuned")], store)
    assert [sitting.adapter for sitting in sittings] == ["", "closed book", "with passages"]
    assert sittings[1].cells == (_CLOSED,)
    assert sittings[2].cells == (_OPEN, _ORACLE)
    n = sum(len(one.probes) for one in sets)
    assert engines.base.n_asked == n + 2  # two sets, each with a short answer to warm up
    assert engines.tuned.n_asked == 2 * (n + 2)


def test_nothing_is_asked_twice_also_after_a_kill(store: Store) -> None:
    broken = Engines(answer_batch=16)
    broken.base = ScriptedEngine(_failing_after(60))
    with pytest.raises(EngineError):
        _ask(broken, [_OPEN], store)
    resumed = Engines(answer_batch=16)
    _, sittings = _ask(resumed, [_OPEN], store)
    assert resumed.tuned.n_asked == 0
    assert 0 < resumed.base.n_asked < 140
    whole = Engines(answer_batch=16)
    again = _ask(whole, [_OPEN], store)[1]
    assert (whole.base.n_asked, whole.tuned.n_asked) == (0, 0)
    assert again == sittings


def _failing_after(n: int) -> Any:
    asked: list[Conversation] = []

    def reply(conversation: Conversation) -> str:
        asked.append(conversation)
        if len(asked) > n:
            raise EngineError("gone")
        return know_all(conversation)

    return reply


def test_the_general_probes_are_asked_plainly_and_the_passages_as_the_exam_asks(store: Store) -> None:
    engines, seen = Engines(), []

    def reply(conversation: Conversation) -> str:
        seen.append([message.content for message in conversation])
        return know_all(conversation)

    engines.base = ScriptedEngine(reply)
    _ask(engines, [_OPEN], store)
    assert ["What is the capital of France?"] in seen
    assert any(turn.startswith("Use the passages") and "seats" in turn for (turn,) in seen)


def test_nothing_tuned_or_nothing_wanted_is_nothing_asked(store: Store) -> None:
    engines = Engines()
    assert _ask(engines, [cell("none/zero-shot")], store)[1] == []
    assert _ask(Engines(probe="off", probes="missing.jsonl"), [_OPEN], store) == ([], [])
    assert weigh_forgetting([], [], {}, over_documents([]), 0.1, 0) == []


def test_a_file_of_the_users_is_a_set_of_its_own_and_names_the_run(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "question,answers\nWhat is the capital of France?,Paris\nWhat is the opposite of hot?,cold\n", "utf-8"
    )
    engines = Engines(probes=str(file))
    sets, sittings = _ask(engines, [_OPEN], store)
    assert [one.kind for one in sets] == ["general", "own", "reading"]
    (one,) = weigh_forgetting(sets, sittings, {}, over_documents([]), 0.1, 0)
    assert one.gain is None
    assert one.probes[1].n_lost == 1
    key = probes_key(sets)
    file.write_text(file.read_text("utf-8").replace(",cold", ",cool"), "utf-8")
    assert probes_key(collect_probes(engines.exam, engines.settings, own_probes(engines.settings))) != key


def test_a_wrong_file_is_told_before_documents_are_read(company: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.jsonl: the questions cannot be opened"):
        assay.run("no-documents", company[1], out=tmp_path / "ws", probes="nowhere.jsonl")
