"""Who may ask, and what they may read: keys with groups, of which the database keeps hashes alone."""

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Boolean, Column, ColumnElement, Engine, LargeBinary, String, Table, Text, insert, select, update

from assay.errors import InputError, NotFound
from assay.server.database import METADATA

__all__ = ["Asker", "KeyEntry", "Keys"]

_PREFIX = "assay"
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms a try
_NEVER = ""
_KEYS = Table(
    "keys",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("scrypt", LargeBinary, nullable=False),
    Column("groups", Text),  # a JSON list; NULL: reads everything
    Column("may_manage", Boolean, nullable=False),
    Column("created", String(40), nullable=False),
    Column("expires", String(40), nullable=False),
    Column("revoked", String(40), nullable=False),
)


@dataclass(frozen=True)
class Asker:
    """Who asks.

    Args:
        name: of their key; "" where the server has none.
        groups: what they may read; None: everything.
        may_manage: whether they may change documents, questions, runs and keys.
    """

    name: str = ""
    groups: tuple[str, ...] | None = None
    may_manage: bool = True


@dataclass(frozen=True)
class KeyEntry:
    """A key as it is listed: never the secret."""

    name: str
    groups: tuple[str, ...] | None
    may_manage: bool
    created: str  # ISO 8601, UTC
    expires: str  # "": never


class Keys:
    """The keys of a workspace. Revoked ones stay, so that a server with keys is never open again for want of them."""

    def __init__(self, database: Engine) -> None:
        self._database = database
        self._proven: dict[str, str] = {}  # sha256 of a secret -> id: scrypt is slow on purpose

    def are_needed(self) -> bool:
        """Whether there was ever a key; without one everybody on this machine may ask everything."""
        with self._database.connect() as connection:
            return connection.execute(select(_KEYS.c.id).limit(1)).first() is not None

    def asker(self, secret: str) -> Asker | None:
        """Whose key that is; None for a wrong, expired or revoked one."""
        proof = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
        with self._database.connect() as connection:
            row = connection.execute(select(_KEYS).where(_KEYS.c.id == _id_of(secret), *_in_force())).first()
        if row is None:
            return None
        if self._proven.get(proof) != row.id:
            if not hmac.compare_digest(_hash(secret, row.salt), row.scrypt):
                return None
            self._proven[proof] = row.id
        return Asker(row.name, _read_groups(row.groups), row.may_manage)

    def still_opens(self, secret: str) -> bool:
        """Whether whoever began with this key, or without one as long as there were none, may go on."""
        return self.asker(secret) is not None or not self.are_needed()

    def still(self, name: str) -> Asker | None:
        """Whoever has the key of a name, as of now; None where it is gone."""
        found = next((one for one in self.entries() if one.name == name), None)
        return Asker(found.name, found.groups, found.may_manage) if found else None

    def entries(self) -> list[KeyEntry]:
        """All that are in force, the oldest first."""
        with self._database.connect() as connection:
            rows = connection.execute(select(_KEYS).where(*_in_force()).order_by(_KEYS.c.created, _KEYS.c.name)).all()
        return [KeyEntry(r.name, _read_groups(r.groups), r.may_manage, r.created, r.expires) for r in rows]

    def add(
        self, name: str, groups: tuple[str, ...] | None, may_manage: bool = False, days: float | None = None
    ) -> str:
        """The secret of a new key, told this once.

        Args:
            name: of whoever gets it.
            groups: those of its owner; None: reads everything.
            may_manage: whether its owner may change documents, questions, runs and keys.
            days: after which it ends; None: never.

        Raises:
            InputError: there is a key of that name, or a name that is none.
        """
        name = name.strip()
        if not name or not name.isprintable():
            raise InputError(f"a key needs a name of whoever gets it, got {name!r}")
        if days is not None and days <= 0:
            raise InputError(f"a key that ends after {days:g} days is of no use: give a number above 0")
        if any(one.name == name for one in self.entries()):
            raise InputError(f'there is a key "{name}" already: revoke it first, or give another name')
        id, salt = secrets.token_hex(4), secrets.token_bytes(16)
        secret = f"{_PREFIX}-{id}-{secrets.token_urlsafe(24)}"
        row = {
            "id": id,
            "name": name,
            "salt": salt,
            "scrypt": _hash(secret, salt),
            "groups": None if groups is None else json.dumps(sorted(set(groups))),
            "may_manage": may_manage,
            "created": _in_days(0),
            "expires": _NEVER if days is None else _in_days(days),
            "revoked": "",
        }
        with self._database.begin() as connection:
            connection.execute(insert(_KEYS).values(row))
        return secret

    def revoke(self, name: str) -> None:
        """End a key; what is being answered for it is broken off.

        Raises:
            NotFound: there is none of that name.
        """
        with self._database.begin() as connection:
            ended = update(_KEYS).where(_KEYS.c.name == name, *_in_force()).values(revoked=_in_days(0))
            if not connection.execute(ended).rowcount:
                raise NotFound(f'there is no key "{name}": assay keys lists them')


def _id_of(secret: str) -> str:
    parts = secret.split("-", 2)
    return parts[1] if len(parts) == 3 and parts[0] == _PREFIX else ""


def _in_force() -> tuple[ColumnElement[bool], ...]:
    return (_KEYS.c.revoked == "", (_KEYS.c.expires == _NEVER) | (_KEYS.c.expires > _in_days(0)))


def _hash(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode("utf-8", "replace"), salt=salt, **_SCRYPT)


def _read_groups(kept: str | None) -> tuple[str, ...] | None:
    return None if kept is None else tuple(json.loads(kept))


def _in_days(n: float) -> str:
    return (datetime.now(UTC) + timedelta(days=n)).isoformat(timespec="microseconds")
