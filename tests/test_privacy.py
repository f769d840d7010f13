"""What the hub's variable is while several threads are at work, and after them."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from assay.privacy import hub_closed, hub_for


@pytest.fixture(autouse=True)
def usual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)


def test_the_variable_is_the_users_again_whoever_ends_last() -> None:
    """The second begins while the first is at work, and ends after it."""
    first_is_in, second_is_in, first_is_out = Event(), Event(), Event()

    def first() -> None:
        with hub_closed():
            first_is_in.set()
            second_is_in.wait()
        first_is_out.set()

    def second() -> str | None:
        first_is_in.wait()
        with hub_closed():
            second_is_in.set()
            first_is_out.wait()
            return os.environ.get("HF_HUB_OFFLINE")

    with ThreadPoolExecutor(2) as threads:
        done = threads.submit(second)
        threads.submit(first).result(timeout=60)
        assert done.result(timeout=60) == "1"  # closed until the last one ends
    assert "HF_HUB_OFFLINE" not in os.environ


def test_many_threads_leave_nothing() -> None:
    together = Barrier(8)

    def ask() -> None:
        together.wait()
        for _ in range(200):
            with hub_closed():
                pass

    with ThreadPoolExecutor(8) as threads:
        for done in [threads.submit(ask) for _ in range(8)]:
            done.result(timeout=60)
    assert "HF_HUB_OFFLINE" not in os.environ


def test_what_is_opened_by_name_is_opened_within_what_is_closed() -> None:
    with hub_closed():
        with hub_for("someone/a-model"), hub_closed():
            assert "HF_HUB_OFFLINE" not in os.environ
        assert os.environ["HF_HUB_OFFLINE"] == "1"
        with hub_for(os.getcwd()):
            assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert "HF_HUB_OFFLINE" not in os.environ
