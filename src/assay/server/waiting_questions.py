"""Questions that wait for a person: drafts, and what people said of answers. None enters a set unaccepted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Column, Engine, Integer, String, Table, Text, delete, func, insert, select

from assay.errors import NotFound
from assay.questions.question import Question
from assay.server.database import METADATA
from assay.serving.measured_run import Reply

__all__ = ["WaitingQuestion", "WaitingQuestions", "answered_row", "question_row"]

Source = Literal["draft", "feedback", "asked"]

_WAITING = Table(
    "waiting_questions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(20), nullable=False),
    Column("about", String(80), nullable=False),  # the answer that feedback is on; "" for drafts
    Column("wanted_in", String(80), nullable=False),
    Column("created", String(40), nullable=False),
    Column("row", Text, nullable=False),
    Column("note", Text, nullable=False),
)


@dataclass(frozen=True)
class WaitingQuestion:
    """One of them.

    Args:
        source: a draft, feedback on an answer, or what people asked.
        wanted_in: name of the set that it is meant for; "" where nobody said.
        row: a question as its columns, some of which may be empty.
        note: what a person should know.
    """

    id: int
    source: Source
    wanted_in: str
    created: str
    row: dict[str, Any]
    note: str


class WaitingQuestions:
    """Those of a workspace."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def add_drafts(self, questions: Sequence[Question], notes: dict[str, str], wanted_in: str) -> None:
        """Drafts, in their order."""
        rows = [_row("draft", "", wanted_in, question_row(one), notes.get(one.id, "")) for one in questions]
        if rows:
            with self._database.begin() as connection:
                connection.execute(insert(_WAITING), rows)

    def put_feedback(self, about: str, row: dict[str, Any], note: str) -> None:
        """What somebody says of an answer, in the place of what they said of it before."""
        with self._database.begin() as connection:
            connection.execute(delete(_WAITING).where(_WAITING.c.about == about))
            connection.execute(insert(_WAITING).values(_row("feedback", about, "", row, note)))

    def add_asked(self, row: dict[str, Any], note: str) -> None:
        """What people asked, with the answer that they got."""
        with self._database.begin() as connection:
            connection.execute(insert(_WAITING).values(_row("asked", "", "", row, note)))

    def drop_feedback(self, about: str) -> None:
        """Forget what was said of an answer."""
        with self._database.begin() as connection:
            connection.execute(delete(_WAITING).where(_WAITING.c.about == about))

    def count(self) -> int:
        """How many wait."""
        with self._database.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(_WAITING)).scalar_one())

    def next(self, after: int = 0) -> WaitingQuestion | None:
        """The oldest that waits, behind one that is passed over; None where none is left."""
        wanted = select(_WAITING).where(_WAITING.c.id > after).order_by(_WAITING.c.id).limit(1)
        with self._database.connect() as connection:
            found = connection.execute(wanted).mappings().first()
        return None if found is None else _waiting(found)

    def take(self, id: int) -> WaitingQuestion:
        """One that waits no more: it was accepted or thrown away. Of two who take it, one gets it.

        Raises:
            NotFound: it waits no more.
        """
        with self._database.begin() as connection:
            found = connection.execute(select(_WAITING).where(_WAITING.c.id == id)).mappings().first()
            if found is None or not connection.execute(delete(_WAITING).where(_WAITING.c.id == id)).rowcount:
                raise NotFound("this question waits no more: somebody has taken it")
        return _waiting(found)

    def one(self, id: int) -> WaitingQuestion:
        """One that waits; raises NotFound where it does no more."""
        found = self.next(id - 1)
        if found is None or found.id != id:
            raise NotFound("this question waits no more: somebody has taken it")
        return found


def question_row(question: Question) -> dict[str, Any]:
    """The columns that people edit."""
    evidence = question.evidence
    return {
        "question": question.text,
        "answers": list(question.answers),
        "answerable": question.answerable,
        "document": (evidence.document if evidence else None) or "",
        "page": (evidence.page if evidence else None) or "",
        "quote": (evidence.quote if evidence else None) or "",
        "split": question.split or "",
        "origin": question.origin,
    }


def answered_row(question: str, reply: Reply) -> dict[str, Any]:
    """The columns of a question to which an answer is right."""
    quoted = next((one for one in reply.citations if one.quote), None)
    return {
        "question": question,
        "answers": [] if reply.is_declined else [reply.text],
        "answerable": not reply.is_declined,
        "document": (quoted.document or "") if quoted else "",
        "page": (quoted.page or "") if quoted else "",
        "quote": (quoted.quote or "") if quoted else "",
        "split": "",
        "origin": "written",
    }


def _row(source: Source, about: str, wanted_in: str, row: dict[str, Any], note: str) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kept = {"row": json.dumps(row), "note": note, "created": now}
    return {"source": source, "about": about, "wanted_in": wanted_in} | kept


def _waiting(found: Any) -> WaitingQuestion:
    values = {name: found[name] for name in ("id", "source", "wanted_in", "created", "note")}
    return WaitingQuestion(row=json.loads(found["row"]), **values)
