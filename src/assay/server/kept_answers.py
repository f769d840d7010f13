"""What was asked and answered, kept for a term: candidates for a question set, which only a person puts into one.

Off unless whoever starts the server says for how many days. Keeps no name, key or address of who asked. Knows no page.
"""

import json
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any

from sqlalchemy import Column, Engine, Integer, String, Table, Text, delete, func, insert, select
from sqlalchemy.exc import SQLAlchemyError

from assay.errors import NotFound
from assay.server.answering import Given
from assay.server.database import METADATA
from assay.server.waiting_questions import WaitingQuestions, answered_row

__all__ = ["KeptAnswer", "KeptAnswers"]

_KEPT = Table(
    "kept_answers",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("created", String(40), nullable=False),
    Column("expires", String(40), nullable=False),
    Column("question", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("cell", String(200), nullable=False),
    Column("run", String(40), nullable=False),
)
_WRITES_EVERY_S = 0.5
_DELETES_EVERY_S = 600.0
_MOST_UNWRITTEN = 1_000  # a database that cannot be written to costs what is beyond these, and no answer
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class KeptAnswer:
    """The latest answer to a question.

    Args:
        n: how many times the same was asked.
        row: the question with this answer, as its columns.
        cell: that answered, in run.
    """

    id: int
    n: int
    question: str
    created: str
    row: dict[str, Any]
    cell: str
    run: str


class KeptAnswers:
    """Those of a workspace. What has outlived its term is never shown, and is deleted by whatever server runs next.

    Args:
        database: with the server's own tables.
        days: the term of what is kept from now on; 0: nothing is.
    """

    def __init__(self, database: Engine, days: int = 0) -> None:
        self._database, self.days = database, days
        self._unwritten: Queue[dict[str, Any]] = Queue(_MOST_UNWRITTEN)
        self._closing = Event()
        self._thread = Thread(target=self._work, name="assay-kept-answers", daemon=True)

    def open(self) -> None:
        """Begin to write, and to delete."""
        self._thread.start()

    def close(self) -> None:
        """Write what is left."""
        self._closing.set()
        self._thread.join()

    def keep(self, given: Given) -> None:
        """Keep an answer, where answers are kept; returns at once."""
        if not self.days or self._unwritten.full():
            return
        now = datetime.now(UTC)
        self._unwritten.put_nowait(
            {
                "created": now.isoformat(timespec="seconds"),
                "expires": (now + timedelta(days=self.days)).isoformat(timespec="seconds"),
                "question": given.question,
                "row": json.dumps(answered_row(given.question, given.reply)),
                "cell": given.reply.cell,
                "run": given.run_id,
            }
        )

    def write(self) -> None:
        """Write what came, and delete what has outlived its term."""
        rows: list[dict[str, Any]] = []
        with suppress(Empty):
            while True:
                rows.append(self._unwritten.get_nowait())
        with self._database.begin() as connection:
            if rows:
                connection.execute(insert(_KEPT), rows)
            connection.execute(delete(_KEPT).where(_KEPT.c.expires <= _now()))

    def count(self) -> int:
        """How many different questions are kept."""
        wanted = select(func.count(func.distinct(_KEPT.c.question))).where(_KEPT.c.expires > _now())
        with self._database.connect() as connection:
            return int(connection.execute(wanted).scalar_one())

    def newest(self, most: int = 500) -> list[KeptAnswer]:
        """Each question once, with its latest answer; the latest question first."""
        latest = (
            select(func.max(_KEPT.c.id).label("id"), func.count().label("n"))
            .where(_KEPT.c.expires > _now())
            .group_by(_KEPT.c.question)
            .subquery()
        )
        wanted = select(_KEPT, latest.c.n).join(latest, latest.c.id == _KEPT.c.id).order_by(_KEPT.c.id.desc())
        with self._database.connect() as connection:
            return [_answer(row) for row in connection.execute(wanted.limit(most)).mappings()]

    def propose(self, id: int, note: str) -> None:
        """Let a question wait for a person who accepts it, with its answer; it is kept here no more.

        Raises:
            NotFound: it is kept no more.
        """
        wanted = select(_KEPT).where(_KEPT.c.id == id, _KEPT.c.expires > _now())
        with self._database.connect() as connection:
            row = connection.execute(wanted).mappings().first()
        if row is None:
            raise NotFound("this answer is kept no more")
        self.forget(id)
        WaitingQuestions(self._database).add_asked(json.loads(row["row"]), note)

    def forget(self, id: int | None = None) -> None:
        """Delete the question of an answer however often it was asked; None: everything."""
        same = select(_KEPT.c.question).where(_KEPT.c.id == id).scalar_subquery()
        gone = delete(_KEPT) if id is None else delete(_KEPT).where(_KEPT.c.question == same)
        with self._database.begin() as connection:
            connection.execute(gone)

    def _work(self) -> None:
        waited = _DELETES_EVERY_S
        while True:
            is_last = self._closing.is_set()
            if is_last or waited >= _DELETES_EVERY_S or not self._unwritten.empty():
                waited = 0.0
                try:
                    self.write()
                except SQLAlchemyError as error:  # a full disk: the answers were given all the same
                    _log.warning("answers could not be kept: %s", error)
            if is_last:
                return
            self._closing.wait(_WRITES_EVERY_S)
            waited += _WRITES_EVERY_S


def _answer(found: Any) -> KeptAnswer:
    values = {name: found[name] for name in ("id", "n", "question", "created", "cell", "run")}
    return KeptAnswer(row=json.loads(found["row"]), **values)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
