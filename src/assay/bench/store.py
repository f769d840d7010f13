"""What a run has found out so far, in SQLite or PostgreSQL. Every write is whole or not at all."""

import errno
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import OperationalError

from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.grid.pipeline import Answer

__all__ = ["CachedAnswer", "Made", "Store"]

_META = MetaData()
_ANSWERS = Table(
    "answers",
    _META,
    Column("cell_key", String(64), primary_key=True),
    Column("question_id", String(200), primary_key=True),
    Column("payload", Text, nullable=False),
)
_CACHE = Table(
    "cached_answers",
    _META,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("scope", String(64), nullable=False),
    Column("meaning", String(64), nullable=False),
    Column("question", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("cached_answers_by_meaning", "scope", "meaning"),
)
_FACTS = Table("facts", _META, Column("key", String(200), primary_key=True), Column("payload", Text, nullable=False))


@dataclass(frozen=True)
class CachedAnswer:
    """An answer kept for a question; `payload` is what was answered, in plain values."""

    meaning: str
    question: str
    payload: dict[str, Any]


@dataclass(frozen=True)
class Made:
    """What was made once, in plain values, and what that took."""

    value: Any
    cost: Preparation


class Store:
    """The database of one workspace. Keys say all that a value depends on; see `experiment.keys`."""

    def __init__(self, url: str) -> None:
        self._engine = create_engine(url)
        _META.create_all(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """One transaction; a full disk is an OSError like any other."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except OperationalError as error:
            if "disk is full" not in str(error):
                raise
            raise OSError(errno.ENOSPC, "the disk is full") from error

    def answers(self, cell_key: str) -> dict[str, tuple[Answer, float | None]]:
        """Question id -> answer and latency (s; None when asked in a batch), for one cell."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_ANSWERS.c.payload).where(_ANSWERS.c.cell_key == cell_key))
            values = [json.loads(payload) for (payload,) in rows]
        found = [
            (Answer(**{**value["answer"], "passages": tuple(value["answer"]["passages"])}), value) for value in values
        ]
        return {answer.question_id: (answer, value["latency_s"]) for answer, value in found}

    def save_answers(self, cell_key: str, answers: Sequence[tuple[Answer, float | None]], seconds: float) -> None:
        """Keep a batch's answers together with the seconds they took."""
        rows = [
            {
                "cell_key": cell_key,
                "question_id": answer.question_id,
                "payload": json.dumps({"answer": asdict(answer), "latency_s": latency}),
            }
            for answer, latency in answers
        ]
        batch_key = f"batch/{cell_key}/{answers[0][0].question_id}"
        with self._write() as connection:
            connection.execute(insert(_ANSWERS), rows)
            _put(connection, batch_key, {"seconds": seconds, "n": len(rows)})

    def batches(self, cell_key: str) -> list[dict[str, Any]]:
        """Seconds and size of every finished batch of a cell."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(_FACTS.c.payload).where(_FACTS.c.key.startswith(f"batch/{cell_key}/")))
            return [json.loads(payload) for (payload,) in rows]

    def fact(self, key: str) -> Any:
        """The value kept under a key, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(select(_FACTS.c.payload).where(_FACTS.c.key == key)).first()
        return None if row is None else json.loads(row[0])

    def save_fact(self, key: str, value: Any) -> None:
        """Keep a value under a key, in place of an earlier one."""
        with self._write() as connection:
            _put(connection, key, value)

    def made(self, key: str) -> Made | None:
        """What `once` has kept under a key."""
        kept = self.fact(key)
        return None if kept is None else Made(kept["value"], Preparation(**kept["cost"]))

    def once(self, key: str, make: Callable[[Meter], Any]) -> Made:
        """What is kept under a key; made and measured now where nothing is. The key names all that it depends on."""
        kept = self.made(key)
        if kept is not None:
            return kept
        with Meter() as meter:
            value = make(meter)
        self.save_fact(key, {"value": value, "cost": asdict(meter.cost)})
        return Made(value, meter.cost)

    def keep_cost(self, key: str, cost: Preparation, value: Any = None) -> Made:
        """What the first making took, of something that every process makes anew."""
        if self.fact(key) is None:
            self.save_fact(key, {"value": value, "cost": asdict(cost)})
        return self.made(key) or Made(value, cost)

    def cached_answers(self, scope: str, meaning: str) -> list[CachedAnswer]:
        """The answers kept for a meaning in a scope, the newest first."""
        wanted = select(_CACHE).where(_CACHE.c.scope == scope, _CACHE.c.meaning == meaning).order_by(_CACHE.c.id.desc())
        with self._engine.connect() as connection:
            rows = connection.execute(wanted).all()
        return [CachedAnswer(row.meaning, row.question, json.loads(row.payload)) for row in rows]

    def cache_answer(self, scope: str, answer: CachedAnswer, most: int) -> None:
        """Keep an answer, in place of one to the same question; of more than `most` the oldest go."""
        row = {"scope": scope, "meaning": answer.meaning, "question": answer.question}
        with self._write() as connection:
            connection.execute(delete(_CACHE).where(_CACHE.c.scope == scope, _CACHE.c.question == answer.question))
            connection.execute(insert(_CACHE).values(**row, payload=json.dumps(answer.payload)))
            last = select(_CACHE.c.id).order_by(_CACHE.c.id.desc()).offset(most).limit(1)
            oldest = connection.execute(last).scalar()
            if oldest is not None:
                connection.execute(delete(_CACHE).where(_CACHE.c.id <= oldest))


def _put(connection: Connection, key: str, value: Any) -> None:
    connection.execute(delete(_FACTS).where(_FACTS.c.key == key))
    connection.execute(insert(_FACTS).values(key=key, payload=json.dumps(value)))
