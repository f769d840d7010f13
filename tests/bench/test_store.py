"""What was made once, and workspaces of before formats had numbers."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.bench.store import Made, Store
from assay.errors import InputError


def _open(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'assay.db'}")


def _make(value: Any, tokens: int, made: list[Any]) -> Callable[[Meter], Any]:
    def make(meter: Meter) -> Any:
        meter.tokens = tokens
        made.append(value)
        return value

    return make


def test_a_thing_is_made_once_and_its_cost_is_kept(tmp_path: Path) -> None:
    store, made = _open(tmp_path), []
    first = store.once("key", _make([1, 2], 7, made))
    again = store.once("key", _make([3], 9, made))
    assert made == [[1, 2]]
    assert again == first == store.made("key")
    assert (first.value, first.cost.tokens) == ([1, 2], 7)
    assert first.cost.seconds > 0 and first.cost.peak_mb > 0
    assert store.made("other") is None


def test_work_that_went_on_from_a_killed_process_tells_its_own_seconds(tmp_path: Path) -> None:
    def make(meter: Meter) -> str:
        meter.told_s = 120.0
        return "trained"

    assert _open(tmp_path).once("key", make).cost.seconds == 120.0


def test_what_fails_is_not_kept(tmp_path: Path) -> None:
    store, made = _open(tmp_path), []
    with pytest.raises(ZeroDivisionError):
        store.once("key", lambda meter: 1 / 0)
    assert store.once("key", _make("whole", 0, made)).value == "whole"


# The five shapes in which facts told their cost before format 1, and what each is now.
_OLD = {
    "adapter/a": ({"preparation": {"seconds": 2.0, "tokens": 3, "peak_mb": 4.0}, "log": {"name": "x"}}, {"name": "x"}),
    "index/b": ({"seconds": 2.0, "tokens": 3, "peak_mb": 4.0}, None),
    "reranking/c": ({"summary": {"kept": True}, "seconds": 2.0, "peak_mb": 4.0}, {"kept": True}),
    "fitting/d": ({"summary": {}, "weights": [1.0], "seconds": 2.0, "peak_mb": 4.0}, {"summary": {}, "weights": [1.0]}),
    "adaptive/e": ({"threshold": -0.5, "n": 20, "seconds": 2.0}, -0.5),
    "drill/reading/f": ({"price": {"seconds": 2.0, "tokens": 3, "peak_mb": 4.0}, "is_sure": False}, False),
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "assay.db")) as connection, connection:
        connection.execute("create table facts (key varchar(200) primary key, payload text not null)")
        facts = {key: fact for key, (fact, _) in _OLD.items()} | {"batch/k/q": {"seconds": 1.0, "n": 1}}
        connection.executemany("insert into facts values (?, ?)", [(k, json.dumps(v)) for k, v in facts.items()])
    return tmp_path


def test_an_older_workspace_is_taken_over(old: Path) -> None:
    for _ in range(2):  # the second time there is nothing left to do
        store = _open(old)
        for key, (_, value) in _OLD.items():
            made = store.made(key)
            assert isinstance(made, Made) and made.value == value
            assert made.cost.seconds == 2.0
        assert store.made("adapter/a") == Made({"name": "x"}, Preparation(2.0, 3, 4.0))
        assert store.batches("k") == [{"seconds": 1.0, "n": 1}]
        store.close()


def test_a_workspace_of_a_later_version_is_not_touched(tmp_path: Path) -> None:
    store = _open(tmp_path)
    store.save_fact("format", 99)
    store.close()
    with pytest.raises(InputError, match="made by a later version of Assay"):
        _open(tmp_path)


def test_a_file_damaged_in_its_middle_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "assay.db"
    with closing(Store(f"sqlite:///{file}")) as store:
        store.save_fact("key", "value" * 5000)
    data = bytearray(file.read_bytes())
    data[8192:] = b"x" * (len(data) - 8192)
    file.write_bytes(data)
    with (
        pytest.raises(InputError, match=r"assay\.db is damaged .*: delete it"),
        closing(Store(f"sqlite:///{file}")) as store,
    ):
        store.fact("key")
