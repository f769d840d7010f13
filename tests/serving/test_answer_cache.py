from dataclasses import replace
from pathlib import Path

import pytest

import assay
from assay.bench.store import CachedAnswer, Store
from assay.models import Conversation, ScriptedModel
from assay.questions.question import Question
from assay.retrieval import load_encoder
from assay.serving.answer_cache import AnswerCache, meaning_of
from assay.serving.measured_run import FinishedRun

ASKED = "How many days of leave do employees in Norway get after 5 years?"
TURNED = "After 5 years, how many days of leave do employees in Norway get?"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ASKED, "how many days of leave do employees in Norway get after five years"),
        (ASKED, TURNED),
        (ASKED, "Please tell me: how many days leave do the employees in Norway get after 5 years?"),
        ("When is salary paid?", "when is the salary paid"),
        ("员工每年有多少天年假？", "请问员工每年有多少天年假呢"),
    ],
)
def test_the_same_meaning(first: str, second: str) -> None:
    assert meaning_of(first) == meaning_of(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (ASKED, ASKED.replace("5", "6")),
        (ASKED, ASKED.replace("Norway", "Canada")),
        (ASKED, ASKED.replace("after", "before")),
        (ASKED, ASKED.replace("days", "hours")),
        (ASKED, ASKED.replace("do employees", "do employees not")),
        (ASKED, ASKED.replace("How many", "Which")),
        ("Who is the director?", "Who was the director?"),
        ("Can I carry leave over?", "Must I carry leave over?"),
        ("Is the ferry from Oslo to Bergen paid?", "Is the ferry from Bergen to Oslo paid?"),
        ("Did Chelsea beat Bayern?", "Did Bayern beat Chelsea?"),
        ("How much is 1.5 kg?", "How much is 15 kg?"),
        ("What is C++?", "What is C#?"),
        ("What is leave in the US?", "What is leave?"),
        ("What does grade A get?", "What does the grade get?"),
        ("员工每年有多少天年假？", "员工每年有多少天病假？"),
        ("5年后有多少天年假？", "6年后有多少天年假？"),
        ("员工可以带狗吗？", "员工不可以带狗吗？"),
        ("从北京到上海多少钱？", "从上海到北京多少钱？"),
    ],
)
def test_another_meaning(first: str, second: str) -> None:
    assert meaning_of(first) != meaning_of(second)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'assay.db'}")


def test_a_paraphrase_is_found_with_the_real_encoder(store: Store) -> None:
    encoder = load_encoder(None, "en")
    assert encoder is not None
    cache = AnswerCache(store, encoder.encode_queries, 0.9)
    cache.save("scope", ASKED, {"text": "30 days"})
    assert cache.find("scope", TURNED) == {"text": "30 days"}
    assert cache.find("scope", ASKED.replace("5", "6")) is None
    assert cache.find("scope", ASKED.replace("Norway", "Canada")) is None
    assert cache.find("another", ASKED) is None
    strict = AnswerCache(store, encoder.encode_queries, 1.0)
    assert strict.find("scope", TURNED) is None
    assert strict.find("scope", ASKED.upper()) == {"text": "30 days"}  # the same words need no likeness
    store.close()


def test_without_an_encoder_only_the_same_words_are_found(store: Store) -> None:
    cache = AnswerCache(store, None, 0.9)
    cache.save("scope", ASKED, {"text": "30 days"})
    assert cache.find("scope", f"  {ASKED.lower().rstrip('?')} ") == {"text": "30 days"}
    assert cache.find("scope", TURNED) is None
    store.close()


def test_the_oldest_answers_go_first(store: Store) -> None:
    for number in range(5):
        store.cache_answer("scope", CachedAnswer(f"m{number}", f"q{number}", {"text": str(number)}), most=3)
    store.cache_answer("scope", CachedAnswer("m2", "q2", {"text": "new"}), most=3)
    found = [[one.payload["text"] for one in store.cached_answers("scope", f"m{n}")] for n in range(5)]
    assert found == [[], [], ["new"], ["3"], ["4"]]
    store.close()


class _Counting:
    """Says how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, conversation: Conversation) -> str:
        self.asked += 1
        return f"answer {self.asked}"


def _finish(company: tuple[Path, Path], out: Path, model: ScriptedModel) -> FinishedRun:
    assay.run(*company, out=out, model=model, cells="none/zero-shot,retrieved/zero-shot")
    return assay.load(out=out, model=model)


def test_ask_gives_a_kept_answer_until_a_document_changes(company: tuple[Path, Path], tmp_path: Path) -> None:
    script = _Counting()
    model = ScriptedModel(script)
    run = _finish(company, tmp_path / "ws", model)
    question, cell = "What does lunch cost in Bruma?", "retrieved/zero-shot"
    first = run.ask(question, cell, cache=0.9)
    asked = script.asked
    again = run.ask("what does lunch cost in Bruma", cell, cache=0.9)
    assert (again.text, again.citations, again.from_cache) == (first.text, first.citations, True)
    assert (first.from_cache, script.asked) == (False, asked)
    assert not run.ask(question, "none/zero-shot", cache=0.9).from_cache  # another cell
    assert not run.ask(question, cell).from_cache  # off unless asked for
    assert not run.ask("What does lunch cost in Lira?", cell, cache=0.9).from_cache

    bruma = company[0] / "bruma.md"
    bruma.write_text(bruma.read_text().replace("EUR 7.50", "EUR 9.50"))
    changed = _finish(company, tmp_path / "ws", model)
    assert changed.result.run_id != run.result.run_id
    assert not changed.ask(question, cell, cache=0.9).from_cache


def test_what_one_group_may_read_is_not_served_to_another(company: tuple[Path, Path], tmp_path: Path) -> None:
    run = _finish(company, tmp_path / "ws", ScriptedModel(_Counting()))
    cell = run.cells["retrieved/zero-shot"]

    def scope(groups: tuple[str, ...] | None, only: tuple[str, ...] | None = None) -> str:
        return run._cache_scope(cell, Question("q", "?", (), groups=groups, only=only))

    scopes = [scope(groups) for groups in (None, (), ("hr",), ("it",), ("hr", "it"))]
    assert len({*scopes, scope(None, ("a.md",))}) == 6
    assert scope(("it", "hr")) == scopes[4]
    corpus = run.pipelines.search.corpus
    closed = tuple(replace(document, groups=("board",)) for document in corpus.documents)
    run.pipelines.search.corpus = replace(corpus, documents=closed)  # the same texts, and other readers
    assert scope(("hr",)) not in scopes
