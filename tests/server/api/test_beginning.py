"""How a server begins, and how it does not."""

import socket
import subprocess
from pathlib import Path

from command import call_assay
from server_process import Server, start, wait_until


def test_a_workspace_without_a_run_is_served_and_says_what_to_do(tmp_path: Path) -> None:
    empty = start(tmp_path / "ws")
    try:
        wait_until(lambda: empty.get("/ready").json()["status"] == "nothing to serve")
        assert empty.get("/ready").status_code == 503
        reply = empty.ask("What does lunch cost?")
        assert reply.status_code == 404 and "assay run" in reply.json()["error"]["message"]
        assert empty.get("/v1/models").json()["data"] == []
    finally:
        assert empty.stop() == 0


def test_a_run_that_is_finished_later_is_served(finished_towns: Path, tmp_path: Path) -> None:
    import shutil

    later = start(tmp_path / "ws")
    try:
        wait_until(lambda: later.get("/ready").json()["status"] == "nothing to serve")
        shutil.copytree(finished_towns / "ws", tmp_path / "copy")
        for part in (tmp_path / "copy").iterdir():
            if not (tmp_path / "ws" / part.name).exists() and part.name != "runs":
                part.rename(tmp_path / "ws" / part.name)
        (tmp_path / "ws" / "runs").mkdir(exist_ok=True)
        for run in (tmp_path / "copy" / "runs").iterdir():
            run.rename(tmp_path / "ws" / "runs" / run.name)
        wait_until(later.is_ready)
        assert later.ask("What does lunch cost in Osk?").status_code == 200
    finally:
        later.stop()


def _refused(*line: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = call_assay("serve", *line, cwd=cwd)
    assert done.returncode == 2, done.stdout
    return done


def test_a_port_in_use_is_told(server: Server, tmp_path: Path) -> None:
    port = server.address.rpartition(":")[2]
    assert f"port {port} of 127.0.0.1 is in use" in _refused("--port", port, cwd=tmp_path).stderr


def test_a_port_that_is_none_is_told(tmp_path: Path) -> None:
    assert "65535" in _refused("--port", "70000", cwd=tmp_path).stderr


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    call_assay("keys", "add", "ann", cwd=tmp_path)
    assert "cannot be listened on" in _refused("--host", "192.0.2.1", cwd=tmp_path).stderr


def test_without_keys_it_listens_on_this_machine_alone(tmp_path: Path) -> None:
    assert "assay keys add" in _refused("--host", "0.0.0.0", cwd=tmp_path).stderr


def test_with_keys_it_may_listen_everywhere(tmp_path: Path) -> None:
    call_assay("keys", "add", "ann", cwd=tmp_path)
    call_assay("keys", "revoke", "ann", cwd=tmp_path)  # a server that had keys is not open for want of them
    everywhere = start(tmp_path / ".assay", "--host", "0.0.0.0")
    try:
        port = int(everywhere.address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)):
            pass
        everywhere.address = f"http://127.0.0.1:{port}"
        assert everywhere.get("/v1/models").status_code == 401
    finally:
        everywhere.stop()
