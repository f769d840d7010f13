"""Which steps a search has, in which order, and what keys say of them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.retrieval.test_ranker_trial import make_exam

from assay.bench.bench import Bench
from assay.bench.progress import Silent
from assay.bench.store import Store
from assay.bench.workspace import Workspace
from assay.models import ScriptedModel
from assay.retrieval.exam_search import Search
from assay.retrieval.step import SearchStep
from assay.settings import Settings

_NEWER = Path(__file__).parents[2] / "examples" / "parts" / "newer.py"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'assay.db'}")
    yield opened
    opened.close()


def open_search(store: Store, tmp_path: Path, outside: Any = None, **settings: Any) -> Search:
    from assay.bench.parts import Parts, load_parts

    exam, model = make_exam(), ScriptedModel(lambda conversation: "lunch in Bruma")
    parts = load_parts([str(outside)]) if outside else Parts()
    bench = Bench(Settings(**settings), Workspace(tmp_path), store, Silent(), parts)
    return Search(exam, exam.corpus, model, model.load, bench)


@pytest.mark.parametrize(
    ("settings", "rest"),
    [  # as the keys were before steps were parts: answers of older workspaces are found by them
        ({}, ["in force", "auto", 0, 3, 0, 0]),
        ({"versions": "all", "neighbours": 2, "seed": 7}, ["all", "auto", 7, 3, 0, 2]),
        ({"fit_retriever": "off", "rewrites": 3}, ["in force", "off", 0, 3, 3, 0]),
        ({"fit_retriever": "encoder"}, ["in force", "encoder", 0, 3, 0, 0]),
    ],
)
def test_keys_are_what_they_were(store: Store, tmp_path: Path, settings: dict[str, Any], rest: list[Any]) -> None:
    search = open_search(store, tmp_path, **settings)
    assert search.key == [search.encoder_name, 3, *rest]


def test_a_step_that_is_named_comes_last_with_its_code(store: Store, tmp_path: Path) -> None:
    usual = open_search(store, tmp_path).key
    named = open_search(store, tmp_path, _NEWER, search_steps="newer").key
    assert open_search(store, tmp_path, _NEWER).key == usual  # there, but not asked for
    assert named[:-1] == usual
    name, code = named[-1]
    assert (name, len(code)) == ("newer", 64)


def test_steps_stand_in_the_order_in_which_they_are_taken(store: Store, tmp_path: Path) -> None:
    search = open_search(store, tmp_path, _NEWER, search_steps="newer")
    assert list(search.bench.parts.of(SearchStep)) == [
        "versions",
        "fitting",
        "encoder-tuning",
        "rewording",
        "reranking",
        "reranker-tuning",
        "neighbours",
        "newer",
    ]
    tried = {step.name: one.summary for step, one in search.tried.items()}
    assert tried["fitting"] is not None
    assert [name for name, summary in tried.items() if summary is not None] == ["fitting"]


def test_other_wordings_are_asked_of_the_base_model(store: Store, tmp_path: Path) -> None:
    search = open_search(store, tmp_path, rewrites=1, fit_retriever="off")
    found = [one.retrieve(["Arden?"], 4)[0] for one in (search.plain, search.retriever)]
    assert [any(hit.passage_id.startswith("Bruma") for hit in hits) for hits in found] == [False, True]
