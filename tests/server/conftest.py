"""A small company that is served: a real run over a real PDF, a real server on loopback, a real browser before it."""

import json
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from loopback import Endpoint, serve_endpoint

FACTS = [
    ("How many hours does a full working week have?", "36 hours", "A full working week has 36 hours."),
    ("What does lunch in the canteen cost?", "EUR 6.50", "Lunch in the canteen costs EUR 6.50."),
    ("How many places does the car park have?", "112", "The car park has 112 places for staff."),
    ("Who signs travel requests?", "Ines Dahl", "Travel requests are signed by Ines Dahl."),
    ("When does the night shift begin?", "22:15", "The night shift begins at 22:15."),
    ("How long is the notice period?", "six weeks", "The notice period is six weeks."),
    ("Which colour has the visitor badge?", "orange", "The visitor badge has the colour orange."),
    ("Where are lost keys handed in?", "at the north gate", "Lost keys are handed in at the north gate."),
]
UNKNOWN = ["Who painted the lobby?", "What is the name of the cook's dog?", "When was the lift built?", "Who sang?"]
_SPLITS = ("train", "validation", "test", "test")


@dataclass(frozen=True)
class Office:
    """A served workspace."""

    address: str
    workspace: Path
    documents: Path
    app: Any


def write_pdf(file: Path, sentences: list[str]) -> None:
    """A page with a title and a paragraph for each sentence."""
    from reportlab.pdfgen.canvas import Canvas

    page = Canvas(str(file), pagesize=(420, 595))
    page.setFont("Helvetica-Bold", 16)
    page.drawString(40, 540, "Handbook of the office")
    page.setFont("Helvetica", 11)
    for number, sentence in enumerate(sentences):
        page.drawString(40, 500 - 36 * number, sentence)
    page.save()


def write_office(folder: Path) -> tuple[Path, Path]:
    """Its documents and its questions."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    write_pdf(documents / "handbook.pdf", [sentence for _, _, sentence in FACTS])
    (documents / "towns.md").write_text("# Towns\n\nThe office in Osk has a garden with twelve old apple trees.\n")
    rows = [
        {"question": question, "answers": [answer], "quote": quote, "document": "handbook.pdf", "split": _split(i)}
        for i, (question, answer, quote) in enumerate(FACTS)
    ]
    rows += [
        {"question": question, "answers": [], "answerable": False, "split": _split(i)}
        for i, question in enumerate(UNKNOWN)
    ]
    questions = folder / "questions.jsonl"
    questions.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return documents, questions


def _split(index: int) -> str:
    return _SPLITS[index % len(_SPLITS)]


def read_aloud(prompt: str) -> str:
    """The sentence of a prompt's passages that answers its last question; as a careful reader does."""
    place, said = max((prompt.rfind(asked), sentence) for asked, _, sentence in FACTS)
    return said if place >= 0 and said in prompt else "The documents do not say."


@pytest.fixture(scope="session")
def reader() -> Iterator[Endpoint]:
    """A model on loopback that reads its passages and makes nothing up."""
    with serve_endpoint() as running:
        running.reply = read_aloud  # type: ignore[method-assign]
        yield running


@pytest.fixture(scope="session")
def finished_office(reader: Endpoint, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with a finished run in its workspace."""
    from assay.studies.grid.grid_study import run

    folder = tmp_path_factory.mktemp("office")
    documents, questions = write_office(folder)
    run(
        documents,
        questions,
        out=folder / "ws",
        base=reader.name(),
        encoder="none",
        cells="retrieved/zero-shot,none/zero-shot",
        first_check="off",
        interventions=0,
    )
    return folder


Serve = Callable[..., Office]


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Serve the workspace `ws` of a folder until the module ends."""
    pytest.importorskip("fastapi", reason="the extra serve is not installed")
    import uvicorn

    from assay.bench.workspace import Workspace
    from assay.server.app import create_app

    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def begin(folder: Path, kept_days: int = 0) -> Office:
        app = create_app(Workspace(folder / "ws"), kept_days=kept_days)
        taken = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([taken],), daemon=True)
        thread.start()
        running.append((server, thread))
        while app.state.served.current.is_loading:
            time.sleep(0.02)
        return Office(f"http://127.0.0.1:{taken.getsockname()[1]}", folder / "ws", folder / "documents", app)

    yield begin
    for server, _ in running:
        server.should_exit = True
    for _, thread in running:
        thread.join(20)


@pytest.fixture(scope="module")
def office(finished_office: Path, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A served copy of the office, to be changed at will."""
    copy = tmp_path_factory.mktemp("served") / "office"
    shutil.copytree(finished_office, copy)
    return serve(_moved(finished_office, copy))


@pytest.fixture(scope="session")
def moved() -> Callable[[Path, Path], Path]:
    """A copy of an office's folder, so that its run reads the copy's documents."""
    return _moved


def _moved(old: Path, new: Path) -> Path:
    for file in new.glob("ws/runs/*/exam.json"):
        file.write_text(file.read_text().replace(str(old / "documents"), str(new / "documents")))
    return new


@pytest.fixture(scope="session")
def chrome() -> Iterator[Any]:
    """One headless Chromium for all tests."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if browser is None or driver is None:
        pytest.skip("no Chromium with its driver is installed")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for one in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(one)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options, webdriver.ChromeService(driver))
    running.set_page_load_timeout(60)
    yield running
    running.quit()
