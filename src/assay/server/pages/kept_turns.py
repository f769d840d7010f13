"""Conversations as they are kept: what was asked, what was answered, and what people think of it."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, Engine, Integer, String, Table, Text, insert, select, update

from assay.errors import NotFound
from assay.server.answering import Given
from assay.server.database import METADATA
from assay.serving.measured_run import Reply

__all__ = ["Turn", "Turns"]

_TURNS = Table(
    "turns",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(40), nullable=False, index=True),
    Column("owner", String(200), nullable=False),
    Column("created", String(40), nullable=False),
    Column("question", Text, nullable=False),
    Column("run", String(40), nullable=False),
    Column("as_of", String(40), nullable=False),
    Column("reply", Text, nullable=False),
    Column("opinion", String(10), nullable=False),
    Column("reason", Text, nullable=False),
)
_REPLY = TypeAdapter(Reply)
_LISTED = 30


@dataclass(frozen=True)
class Turn:
    """A question and its answer.

    Args:
        run: that answered, and as_of: when the documents that it read were synced, "" for those of the run.
        opinion: "up", "down" or "".
        reason: of the opinion, in somebody's words.
    """

    id: int
    conversation: str
    question: str
    run: str
    as_of: str
    reply: Reply
    opinion: str
    reason: str
    created: str


class Turns:
    """The conversations of a workspace. Whoever asks sees their own alone."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def add(self, conversation: str, owner: str, question: str, given: Given) -> Turn:
        """A turn more; "" begins a conversation."""
        values: dict[str, Any] = {
            "conversation": conversation or secrets.token_urlsafe(9),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "question": question,
            "run": given.run_id,
            "as_of": given.as_of or "",
            "opinion": "",
            "reason": "",
        }
        row = values | {"owner": owner, "reply": json.dumps(asdict(given.reply))}
        with self._database.begin() as connection:
            key = connection.execute(insert(_TURNS).values(row)).inserted_primary_key
        assert key is not None
        return Turn(id=int(key[0]), reply=given.reply, **values)

    def of(self, conversation: str, owner: str) -> list[Turn]:
        """The turns of a conversation, in order."""
        wanted = select(_TURNS).where(_TURNS.c.conversation == conversation, _TURNS.c.owner == owner)
        with self._database.connect() as connection:
            return [_turn(row) for row in connection.execute(wanted.order_by(_TURNS.c.id)).mappings()]

    def one(self, id: int, owner: str) -> Turn:
        """One turn.

        Raises:
            NotFound: there is none, or it is somebody else's.
        """
        wanted = select(_TURNS).where(_TURNS.c.id == id, _TURNS.c.owner == owner)
        with self._database.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        if row is None:
            raise NotFound("this answer is not kept here: ask again")
        return _turn(row)

    def newest(self, owner: str) -> list[Turn]:
        """The first turn of each conversation, the newest conversation first."""
        wanted = select(_TURNS).where(_TURNS.c.owner == owner).order_by(_TURNS.c.id.desc()).limit(400)
        with self._database.connect() as connection:
            rows = connection.execute(wanted).mappings().all()
        first = {row["conversation"]: row for row in rows}
        order = dict.fromkeys(row["conversation"] for row in rows)
        return [_turn(first[name]) for name in list(order)[:_LISTED]]

    def judge(self, id: int, owner: str, opinion: str, reason: str) -> None:
        """Keep what somebody thinks of an answer."""
        changed = update(_TURNS).where(_TURNS.c.id == id, _TURNS.c.owner == owner)
        with self._database.begin() as connection:
            connection.execute(changed.values(opinion=opinion, reason=reason))


def _turn(row: Any) -> Turn:
    values = {name: value for name, value in row.items() if name not in ("owner", "reply")}
    return Turn(reply=_REPLY.validate_json(row["reply"]), **values)
