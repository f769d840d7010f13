"""What is asked is kept where that was said, told to who asks, and enters a set only by a person."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import patient
from in_browser import wait_until

QUESTION = "What does lunch in the canteen cost?"


@pytest.fixture(scope="module")
def keeping(finished_office: Path, serve: Any, moved: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The office, whose server keeps answers for a week."""
    copy = tmp_path_factory.mktemp("keeping") / "office"
    shutil.copytree(finished_office, copy)
    return serve(moved(finished_office, copy), kept_days=7)


def ask(office: Any) -> None:
    body = {"model": "assay", "messages": [{"role": "user", "content": QUESTION}]}
    assert patient.post(f"{office.address}/v1/chat/completions", json=body).status_code == 200


def test_nothing_is_kept_unless_that_was_said(office: Any) -> None:
    ask(office)
    kept = office.app.state.served.kept
    kept.write()
    assert kept.count() == 0
    assert "are kept" not in patient.get(f"{office.address}/ask?lang=en").text


def test_what_is_proposed_waits_for_a_person(keeping: Any) -> None:
    kept = keeping.app.state.served.kept
    ask(keeping)
    ask(keeping)
    assert "are kept for 7 days" in patient.get(f"{keeping.address}/ask?lang=en").text
    wait_until(lambda: kept.count() == 1 and kept.newest()[0].n == 2, 30)
    assert "What people asked: 1" in patient.get(f"{keeping.address}/questions?lang=en").text
    listed = patient.get(f"{keeping.address}/questions/-/asked?lang=en").text
    assert QUESTION in listed and "asked 2 times" in listed and "EUR 6.50" in listed
    form = {"decision": "propose"}
    assert patient.post(f"{keeping.address}/questions/-/asked/{kept.newest()[0].id}", data=form).status_code == 303
    assert kept.count() == 0
    queue = patient.get(f"{keeping.address}/questions/-/queue?lang=en").text
    assert "Asked by people" in queue and QUESTION in queue and "handbook.pdf" in queue
    assert '<option value="train" selected' in queue  # never a question of the test by itself
    assert not list((keeping.workspace / "questions").glob("*"))


def test_what_outlived_its_term_is_gone(keeping: Any) -> None:
    kept, database = keeping.app.state.served.kept, keeping.app.state.served.database
    ask(keeping)
    wait_until(lambda: kept.count() == 1, 30)
    over = (datetime.now(UTC) - timedelta(seconds=1)).isoformat(timespec="seconds")
    with database.begin() as connection:
        assert connection.execute(text("SELECT expires FROM kept_answers")).scalar() > (
            datetime.now(UTC) + timedelta(days=6)
        ).isoformat(timespec="seconds")
        connection.execute(text("UPDATE kept_answers SET expires = :over"), {"over": over})
    assert kept.newest() == []
    kept.write()
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM kept_answers")).scalar() == 0
