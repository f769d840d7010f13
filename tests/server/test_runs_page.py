"""The page Runs: one is started, watched, stopped, taken up and read; and it outlives the server that began it."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

import patient
import server_process
from in_browser import is_too_wide, open_at, said_by, text_of, wait_for, wait_until
from loopback import Endpoint


@pytest.fixture(scope="module")
def asked(office: Any) -> Any:
    """The office with a question set to run."""
    (office.workspace / "questions").mkdir(exist_ok=True)
    shutil.copy(office.workspace.parent / "questions.jsonl", office.workspace / "questions" / "mine.jsonl")
    return office


def start(address: str, reader: Endpoint, **more: str) -> None:
    form = {"questions": "mine", "base": reader.name(), "encoder": "none", "cells": "retrieved/zero-shot"}
    answer = patient.post(f"{address}/runs", data=form | {"first_check": "off", "interventions": "0"} | more)
    assert answer.status_code == 303, answer.text


def test_a_run_is_started_watched_and_read(chrome: Any, asked: Any, reader: Endpoint) -> None:
    open_at(chrome, f"{asked.address}/runs?lang=en", (1400, 900))
    wait_for(chrome, "input[name=base]").send_keys(reader.name())
    wait_for(chrome, "input[name=encoder]").send_keys("none")
    wait_for(chrome, "input[name=cells]").send_keys("retrieved/zero-shot")
    chrome.execute_script("document.querySelector('form details').open = true")
    assert "share of right answers" in wait_for(chrome, "#doc-margin").text
    wait_for(chrome, "input[name=first_check]").send_keys("off")
    wait_for(chrome, "form.card button.main").click()
    wait_until(lambda: "finished" in text_of(chrome, "#jobs .badge"), 180)
    wait_for(chrome, "#jobs a.button").click()
    frame = wait_for(chrome, "iframe")
    chrome.switch_to.frame(frame)
    assert wait_for(chrome, "h1").text
    chrome.switch_to.default_content()
    assert said_by(chrome) == []


@pytest.mark.parametrize("size", [(390, 844), (1400, 900)], ids=["phone", "wide"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_question_is_seen_across_all_cells(chrome: Any, asked: Any, size: tuple[int, int], lang: str) -> None:
    run = next(asked.workspace.glob("runs/*")).name
    open_at(chrome, f"{asked.address}/runs/{run}/questions?lang={lang}", size)
    wait_for(chrome, "ol.list a").click()
    assert "112" in wait_for(chrome, "td.answer").text + wait_for(chrome, "section:last-of-type td.answer").text
    chrome.execute_script("document.querySelector('details').open = true")
    assert "car park" in wait_for(chrome, ".passage.cited mark").text
    assert not is_too_wide(chrome)
    assert said_by(chrome) == []


def test_a_run_is_stopped_and_taken_up(asked: Any, reader: Endpoint) -> None:
    reader.delay_s = 3.0
    try:
        start(asked.address, reader, seed="7")
        wait_until(lambda: newest(asked.address)["state"] == "working", 60)
        id = newest(asked.address)["id"]
        patient.post(f"{asked.address}/runs/-/jobs/{id}/stop")
        wait_until(lambda: newest(asked.address)["state"] == "stopped", 60)
    finally:
        reader.delay_s = 0.0
    patient.post(f"{asked.address}/runs/-/jobs/{id}/resume")
    wait_until(lambda: newest(asked.address)["state"] == "finished", 180)
    assert (asked.workspace / "runs" / newest(asked.address)["outcome"]["run"] / "report.html").exists()


def newest(address: str) -> dict[str, Any]:
    jobs: list[dict[str, Any]] = patient.get(f"{address}/runs/-/jobs.json").json()
    return jobs[0]


@pytest.mark.parametrize("wrong", [{"passages": "900"}, {"questions": "none"}, {"seed": "x"}])
def test_what_cannot_be_run_is_said_at_once(asked: Any, reader: Endpoint, wrong: dict[str, str]) -> None:
    answer = patient.post(f"{asked.address}/runs", data={"questions": "mine", "base": reader.name(), **wrong})
    assert answer.status_code == 422 and 'role="alert"' in answer.text


def test_code_of_elsewhere_cannot_be_named(asked: Any, reader: Endpoint, tmp_path: Path) -> None:
    evil = tmp_path / "part.py"
    evil.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n")
    start(asked.address, reader, parts=str(evil), seed="8")
    wait_until(lambda: newest(asked.address)["state"] == "finished", 180)
    assert not (tmp_path / "ran").exists()


def test_a_run_outlives_the_kill_of_its_server(asked: Any, reader: Endpoint) -> None:
    """The server dies, then the worker too; the next server has the worker's work taken up."""
    first = server_process.start(asked.workspace)
    reader.delay_s = 2.0
    try:
        start(first.address, reader, seed="9")
        wait_until(lambda: newest(asked.address)["state"] == "working", 60)
        first.process.kill()
        first.stop()
        assert newest(asked.address)["state"] == "working"
        os.kill(int((asked.workspace / "jobs.lock").read_text()), signal.SIGKILL)
    finally:
        reader.delay_s = 0.0
    second = server_process.start(asked.workspace)
    try:
        wait_until(lambda: newest(second.address)["state"] == "finished", 180)
    finally:
        second.stop()


@pytest.mark.parametrize("kind", ["labels", "drill"])
def test_studies_of_other_kinds_open_their_reports(asked: Any, kind: str) -> None:
    """The list says what each is, its report opens, and it is neither asked nor compared."""
    from tests.report.test_drill_page import make_drill
    from tests.report.test_label_page import make_result

    from assay.verdict.stored import save_result

    result: Any = make_result() if kind == "labels" else make_drill()
    folder = asked.workspace / {"labels": "labels", "drill": "drills"}[kind] / result.run_id
    folder.mkdir(parents=True)
    save_result(result, folder / "result.json")
    listed = patient.get(f"{asked.address}/runs?lang=en").text.split("<tr>")
    row = next(one for one in listed if f'href="/runs/{result.run_id}"' in one)
    assert f">{kind}</span>" in row and "checkbox" not in row
    page = patient.get(f"{asked.address}/runs/{result.run_id}?lang=en").text
    assert "<iframe" in page and "/questions" not in page.split("<main")[1]
    assert result.title in patient.get(f"{asked.address}/runs/{result.run_id}/report?lang=en").text
    assert patient.get(f"{asked.address}/runs/{result.run_id}/questions").status_code == 404


def test_a_full_disk_is_told(asked: Any) -> None:
    """SQLite may grow no further, as on a disk with no room left: it says the same of both."""
    from sqlalchemy import event

    database = asked.app.state.served.database

    def fill(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    event.listen(database, "connect", fill)
    database.dispose()
    form = {"questions": "mine", "base": "x", "encoder": "none", "cells": "x" * 100_000}
    try:
        answer = patient.post(f"{asked.address}/runs?lang=en", data=form)
    finally:
        event.remove(database, "connect", fill)
        database.dispose()
    assert answer.status_code == 507 and "disk of the server is full" in answer.text
