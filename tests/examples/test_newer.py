"""The example of a search step, from the command line, with the real small model."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.examples.lines import QUICK, answers, n_answers

import assay
from assay.bench.parts import load_parts
from assay.corpus.document import Corpus, Document, Passage
from assay.errors import InputError, NotFound, PartError
from assay.models import LocalModel
from assay.report import render_report
from assay.retrieval import ExactIndex, Retriever
from assay.retrieval.gain import Tried
from assay.retrieval.step import Change, SearchStep
from assay.serving.measured_run import load
from assay.verdict.result import RunResult

_NEWER = Path(__file__).parents[2] / "examples" / "parts" / "newer.py"


@pytest.fixture
def dinner(company: tuple[Path, Path]) -> tuple[Path, Path]:
    """The company with one price in two documents that are no versions of each other, and a question on it."""
    documents, questions = company
    for name, year, price in (("canteen", 2021, 11), ("guests", 2024, 14)):
        text = f"# {name.title()}\n\n## Dinner\n\nDinner in the guest house of Osk costs EUR {price}.00.\n"
        (documents / f"{name}-{year}.md").write_text(text)
    row = {"id": "dinner", "question": "What does dinner cost in the guest house of Osk?", "answers": ["EUR 14.00"]}
    with questions.open("a") as file:
        file.write(json.dumps(row | {"document": "guests-2024.md", "split": "test"}) + "\n")
    return documents, questions


def found(id: str, result_answers: list[tuple[str, str, str, tuple[str, ...], str]]) -> tuple[str, ...]:
    return next(passages for question, _, _, passages, _ in result_answers if question == id)


def test_the_newer_is_read_first_and_the_report_says_so_in_both_languages(
    dinner: tuple[Path, Path], tmp_path: Path, model: LocalModel
) -> None:
    out, changed = tmp_path / "out", tmp_path / "newer.py"

    def run(file: Path | None = None) -> RunResult:
        asked = {"parts": [str(file)], "search_steps": "newer"} if file else {}
        return assay.run(*dinner, out=out, model=model, cells="retrieved/zero-shot", **QUICK, **asked).result

    usual = run()
    before = n_answers(out)
    newer = run(_NEWER)
    documents = [newer.passages[id].document for id in found("dinner", answers(newer))]
    assert documents.index("guests-2024.md") < documents.index("canteen-2021.md")
    assert set(found("dinner", answers(newer))) == set(found("dinner", answers(usual)))
    assert n_answers(out) == 2 * before  # nothing of the plain search is taken for it

    assert newer.retriever is not None
    assert "newer" in [step.step for step in newer.retriever.tried]
    assert "newer passages first: of passages that say the same" in render_report(newer, "en")
    assert "较新的段落优先" in render_report(newer, "zh")

    changed.write_text(_NEWER.read_text() + "\n# another\n")
    again = run(changed)
    assert again.run_id != newer.run_id
    assert n_answers(out) == 3 * before
    assert [row[:4] for row in answers(again)] == [row[:4] for row in answers(newer)]

    changed.write_text(_NEWER.read_text() + "\n# a third\n")
    with pytest.raises(NotFound, match='"newer" is not what was measured any more'):
        load(again.run_id, out=out, model=model).ask("What does dinner cost?")
    changed.unlink()
    with pytest.raises(NotFound, match=r"steps of your own that are not there \(newer\): .*newer\.py"):
        load(again.run_id, out=out, model=model).ask("What does dinner cost?")


def test_only_what_is_alike_changes_places() -> None:
    """The two prices change places, the third passage keeps its own; a document without a date is oldest."""
    texts = {
        "a": "Dinner costs EUR 11.",
        "b": "Lunch is free.",
        "c": "Dinner costs EUR 14.",
        "d": "dinner  costs EUR 9.",
    }
    dates = {"a": "2021-03", "b": "2025", "c": "2024", "d": ""}
    passages = tuple(Passage(id, f"{id}.md", None, "", text) for id, text in texts.items())
    corpus = Corpus(tuple(Document(f"{id}.md", "", "", (), date) for id, date in dates.items()), passages, (), "s")
    step = load_parts([str(_NEWER)]).of(SearchStep)["newer"]
    change = step.build(None)  # type: ignore[arg-type]  # it does not look at the search
    assert change.reorder is not None
    order = change.reorder(corpus)
    assert order is not None
    found = [corpus.by_id[id] for id in "dabc"]
    assert [passage.id for passage in order("?", found)] == ["c", "a", "b", "d"]


def test_a_step_that_is_not_known_is_told_before_any_work(company: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r'unknown search step "newest" \(search_steps\): choose of newer'):
        assay.run(*company, out=tmp_path / "out", parts=[str(_NEWER)], search_steps="newest")
    with pytest.raises(InputError, match=r'unknown search step "reranking"'):
        assay.run(*company, out=tmp_path / "out", search_steps="reranking")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([Passage("z", "a.md", None, "", "made up")], "something that is no passage of the documents"),
        (["a"], "something that is no passage of the documents"),
        (None, "must give a list, got NoneType"),
    ],
)
def test_a_step_that_gives_something_else_is_told_by_its_name(given: Any, said: str) -> None:
    corpus = Corpus((Document("a.md", "", "", ()),), (Passage("a", "a.md", None, "", "red car"),), (), "s")
    build = Change(reorder=lambda corpus: lambda question, passages: given)
    step = SearchStep(name="dreamer", title="dreams", build=lambda site: build)
    plain = Tried(Retriever(ExactIndex(corpus, None), None, corpus))
    dreaming = step.take(step.build(None), plain).retriever  # type: ignore[arg-type]
    with pytest.raises(PartError, match=f'search step "dreamer" .*{said}'):
        dreaming.retrieve(["car"], 1)
