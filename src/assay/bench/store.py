"""What a run has found out so far, in SQLite or PostgreSQL. Every write is whole or not at all."""

import json
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
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
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError

from assay.bench.meter import Meter
from assay.bench.preparation import Preparation
from assay.bench.sqlite_errors import translate
from assay.errors import InputError, MissingExtra
from assay.masking import mask
from assay.settings import check_whole

__all__ = ["CachedAnswer", "Made", "Store"]

FORMAT = 1  # of what is kept; count up with a step in `_bring_up_to_date`
_COST = tuple(field.name for field in fields(Preparation))
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
    """The database of one workspace. Keys say all that a value depends on; see `assay.bench.keys`.

    Args:
        url: as SQLAlchemy reads it.

    Raises:
        InputError: no database can be opened at this address.
        MissingExtra: its driver is not installed.
    """

    def __init__(self, url: str) -> None:
        self._engine = _open(url)
        weakref.finalize(self, self._engine.dispose)  # for those who do not close
        self._bring_up_to_date()

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _bring_up_to_date(self) -> None:
        """Facts of a workspace from before formats had numbers told what they cost in five shapes; now in one."""
        kept = self.fact("format")
        if kept == FORMAT:
            return
        if kept is not None:
            raise InputError(f"this workspace was made by a later version of Assay (format {kept}): give another --out")
        with self._write() as connection:
            for key, payload in connection.execute(select(_FACTS.c.key, _FACTS.c.payload)).all():
                if not key.startswith("batch/"):
                    _put(connection, key, _as_made(json.loads(payload)))
            _put(connection, "format", FORMAT)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """One transaction."""
        with self._told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A full disk is an OSError like any other, a damaged file is told."""
        try:
            yield
        except DatabaseError as error:
            told = translate(error.orig or error, self._engine.url.database or "the database")
            if told is None:
                raise
            raise told from error

    def answers(self, cell_key: str) -> dict[str, dict[str, Any]]:
        """Question id -> what is kept of the answer, in plain values, for one cell."""
        wanted = select(_ANSWERS.c.question_id, _ANSWERS.c.payload).where(_ANSWERS.c.cell_key == cell_key)
        with self._read() as connection:
            return {row.question_id: json.loads(row.payload) for row in connection.execute(wanted)}

    def save_answers(self, cell_key: str, answers: Mapping[str, dict[str, Any]], seconds: float) -> None:
        """Keep a batch's answers together with the seconds they took."""
        rows = [
            {"cell_key": cell_key, "question_id": question, "payload": json.dumps(answer)}
            for question, answer in answers.items()
        ]
        with self._write() as connection:
            connection.execute(insert(_ANSWERS), rows)
            _put(connection, f"batch/{cell_key}/{next(iter(answers))}", {"seconds": seconds, "n": len(rows)})

    def batches(self, cell_key: str) -> list[dict[str, Any]]:
        """Seconds and size of every finished batch of a cell."""
        with self._read() as connection:
            rows = connection.execute(select(_FACTS.c.payload).where(_FACTS.c.key.startswith(f"batch/{cell_key}/")))
            return [json.loads(payload) for (payload,) in rows]

    def fact(self, key: str) -> Any:
        """The value kept under a key, or None."""
        with self._read() as connection:
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
        with self._read() as connection:
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


def _as_made(fact: dict[str, Any]) -> dict[str, Any]:
    """A fact from before format 1 as `Store.once` keeps it: its only value, or all of them, apart from the cost."""
    rest = {name: value for name, value in fact.items() if name not in (*_COST, "preparation", "price", "n")}
    cost = fact.get("preparation") or fact.get("price") or {name: fact[name] for name in _COST if name in fact}
    value = next(iter(rest.values()), None) if len(rest) < 2 else rest
    return {"value": value, "cost": cost}


def _open(url: str) -> Engine:
    """The database, with its tables."""
    check_whole(url, "database")
    try:
        engine = create_engine(url)
        _META.create_all(engine)
    except ModuleNotFoundError as error:
        raise MissingExtra(f'the setting database needs {error.name}: pip install "assay[postgres]"') from error
    except (ArgumentError, ValueError) as error:  # whose words may hold parts of a password
        raise InputError(f"database is {mask(url)}, which is no address of a database: see docs/settings.md") from error
    except DBAPIError as error:
        told = translate(error.orig or error, engine.url.database or "the database")
        raise told or InputError(f"database is {mask(url)}, which cannot be opened: {error.orig}") from error
    return engine


def _put(connection: Connection, key: str, value: Any) -> None:
    connection.execute(delete(_FACTS).where(_FACTS.c.key == key))
    connection.execute(insert(_FACTS).values(key=key, payload=json.dumps(value)))
