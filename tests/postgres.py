"""A real PostgreSQL server on loopback, with a password."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

__all__ = ["serve_postgres", "why_no_postgres"]


def why_no_postgres() -> str | None:
    """What is missing on this machine; None where a server can be started."""
    missing = [name for name in ("initdb", "pg_ctl") if shutil.which(name) is None]
    missing += ["psycopg"] if find_spec("psycopg") is None else []
    if os.getuid() == 0 and _account() is None:
        missing.append("an account other than root")
    return f"needs {', '.join(missing)}" if missing else None


@contextmanager
def serve_postgres(password: str) -> Iterator[int]:
    """The port of a server whose superuser is assay, with that password; gone afterwards."""
    account = _account() if os.getuid() == 0 else None  # the server refuses to run as root
    with tempfile.TemporaryDirectory() as name, _free_port() as port:
        folder, secret = Path(name), Path(name) / "password"
        secret.write_text(password)
        if account:
            for path in (folder, secret):
                os.chown(path, account.pw_uid, account.pw_gid)

        def call(*command: str) -> None:
            who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
            subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, **who)

        data = str(folder / "data")
        call("initdb", "--no-sync", "-U", "assay", "-A", "scram-sha-256", "--pwfile", str(secret), "-D", data)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories={folder}"
        call("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield port
        finally:
            call("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _account() -> pwd.struct_passwd | None:
    return next((one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody")), None)


@contextmanager
def _free_port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    yield port
