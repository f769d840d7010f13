"""Documents that change while they are asked about: each answer is from one state, and says as of when."""

import shutil
import threading
from pathlib import Path

from command import call_assay
from server_process import start, wait_until

QUESTION = "What does lunch cost in Osk?"


def _copy(finished: Path, to: Path) -> Path:
    """A company of its own, whose run reads its own documents."""
    shutil.copytree(finished, to)
    for file in to.glob("ws/runs/*/exam.json"):
        file.write_text(file.read_text().replace(str(finished / "documents"), str(to / "documents")))
    return to


def test_every_answer_is_from_the_old_or_the_new_state(finished_towns: Path, tmp_path: Path) -> None:
    folder = _copy(finished_towns, tmp_path / "towns")
    served = start(folder / "ws")
    wait_until(served.is_ready)
    told: list[tuple[str | None, bool]] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            reply = served.ask(QUESTION, only="osk.md")
            assert reply.status_code == 200, reply.text
            more = reply.json()["choices"][0]["message"]["assay"]
            told.append((more["as_of"], reply.json()["usage"]["prompt_tokens"] > before))

    before = served.ask(QUESTION, only="osk.md").json()["usage"]["prompt_tokens"]
    readers = [threading.Thread(target=read) for _ in range(3)]
    for one in readers:
        one.start()
    osk = folder / "documents" / "osk.md"
    osk.write_text(osk.read_text().replace("costs EUR 4.50.", "costs EUR 77.10, with soup, bread, fruit and coffee."))
    synced = call_assay("sync", folder / "documents", "--out", folder / "ws", cwd=folder)
    assert synced.returncode == 0, synced.stderr
    try:
        wait_until(lambda: bool(told) and told[-1][0] is not None)
    finally:
        is_over.set()
        for one in readers:
            one.join(60)
    assert {has_new for as_of, has_new in told if as_of is None} <= {False}
    assert {has_new for as_of, has_new in told if as_of is not None} == {True}
    models = served.get("/v1/models").json()["data"]
    assert {one["id"]: one["assay"]["is_as_measured"] for one in models}["retrieved/zero-shot"] is False
    assert served.stop() == 0
