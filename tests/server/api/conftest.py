"""A small company of which two documents are closed to most, served by a process of its own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from small_company import write_company

pytest.importorskip("fastapi", reason="the extra serve is not installed")

from server_process import Server, start, wait_until

_ACCESS = '[rules]\n"noctua.md" = ["hr"]\n"bruma.md" = ["board"]\n'
_CELLS = "none/zero-shot,retrieved/zero-shot"


@pytest.fixture(scope="session")
def finished_towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a company whose run is finished in its workspace, `ws`: real model, real index."""
    from assay.studies.grid.grid_study import run

    folder = tmp_path_factory.mktemp("towns")
    documents, questions = write_company(folder)
    (documents / "access.toml").write_text(_ACCESS)
    run(documents, questions, out=folder / "ws", cells=_CELLS, first_check="off", interventions=0, max_new_tokens=200)
    return folder


Serve = Callable[..., Server]


@pytest.fixture(scope="module")
def serve(finished_towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Serve a copy of the workspace, after something was done to it, until the module ends."""
    with serving(finished_towns, tmp_path_factory) as begin:
        yield begin


@pytest.fixture(scope="session")
def server(finished_towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One without keys, for all who only ask it."""
    with serving(finished_towns, tmp_path_factory) as begin:
        yield begin()


@contextmanager
def serving(finished_towns: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """What serves copies of the workspace until it is left."""
    running: list[Server] = []

    def begin(*options: str, prepare: Callable[[Path], None] = lambda workspace: None) -> Server:
        workspace = tmp_path_factory.mktemp("served") / "ws"
        shutil.copytree(finished_towns / "ws", workspace)
        prepare(workspace)
        running.append(start(workspace, *options))
        wait_until(running[-1].is_ready)
        return running[-1]

    yield begin
    for one in running:
        one.stop()
