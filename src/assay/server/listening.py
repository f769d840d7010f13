"""An address for an app: the socket, what is said of it, and its orderly end."""

import errno
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from assay.errors import InputError
from assay.words import message

__all__ = ["listen"]

_BACKLOG = 2048
_ENDS_IN_S = 35  # the answers that were begun have 30


def listen(app: FastAPI, host: str, port: int, lang: str) -> None:
    """Answer until Ctrl-C or SIGTERM; what was begun is ended first.

    Raises:
        InputError: the port is in use, or the address is none of this machine.
    """
    taken = _open(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{taken.getsockname()[1]}"
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_ENDS_IN_S,
        h11_max_incomplete_event_size=65_536,
    )
    server = uvicorn.Server(config)
    with taken, _ending_in_order(server):
        print(message("serve.address", lang, address=address), flush=True)
        if not app.state.served.keys.are_needed():
            print(message("serve.no_keys", lang), flush=True)
        if days := app.state.served.kept.days:
            print(message("serve.kept", lang, n=days), flush=True)
        server.run([taken])


@contextmanager
def _ending_in_order(server: uvicorn.Server) -> Iterator[None]:
    """A signal that is heard before the server hears any ends it too; the one that ended it is no failure."""

    def end(*told: object) -> None:
        server.should_exit = True

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _open(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65_535:
        raise InputError(f"a port is a number from 0 to 65535, got {port} (--port)")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        taken = socket.socket(family, kind, protocol)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(address)
        taken.listen(_BACKLOG)  # whoever reads the address may connect at once, and waits
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"port {port} of {host} is in use: give another one with --port") from error
        raise InputError(f"{host}:{port} cannot be listened on ({error.strerror}): see --host and --port") from error
    return taken
