"""Who asks: by the key of a request, or, as long as there is no key, whoever is on this machine."""

from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from assay.server.api.errors import NoKey
from assay.server.keys import Asker
from assay.server.served import Served, served_by

__all__ = ["WhoAsks", "find_asker", "is_own_name", "secret_of"]

_bearer = HTTPBearer(auto_error=False, description="A key, as `assay keys add` told it.")


def find_asker(served: Served, secret: str, host: str) -> Asker:
    """Who has a key; where there are none, anybody who reached the server under a name of this machine.

    Another name is that of a page elsewhere which had its own name lead here (DNS rebinding).

    Raises:
        NoKey: there are keys, and this is none of them in force; or such a name.
    """
    if not served.keys.are_needed():
        if not is_own_name(host):
            raise NoKey(f"without keys this server answers under localhost and 127.0.0.1, not under {host[:100]}")
        return Asker()
    asker = served.keys.asker(secret)
    if asker is None:
        said = "this key is wrong, revoked or expired" if secret else "a key is needed"
        raise NoKey(f"{said}: send Authorization: Bearer KEY, as assay keys add told it")
    return asker


def _who_asks(
    request: Request, given: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> Asker:  # no coroutine: scrypt and the database take their time in a thread
    secret = given.credentials if given else ""
    return find_asker(served_by(request), secret, request.headers.get("host", ""))


WhoAsks = Annotated[Asker, Depends(_who_asks)]


def secret_of(request: Request) -> str:
    """The key that a request brought."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def is_own_name(host: str) -> bool:
    """Whether a Host header names the machine itself."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
