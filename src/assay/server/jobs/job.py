"""A job and the table that holds it. Every change is one statement, so that web, command line and worker agree."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Column, Engine, Float, Integer, String, Table, Text, insert, select, update

from assay.errors import NotFound
from assay.server.database import METADATA

__all__ = ["Job", "JobKind", "JobState", "Jobs"]

JobKind = Literal["run", "sync", "undo", "draft"]
JobState = Literal["waiting", "working", "stopping", "finished", "stopped", "failed"]

_LOST_S = 30  # without a heartbeat, after which a job's process is gone
_LINES = 60  # that are kept of what a job says
_JOBS = Table(
    "jobs",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created", String(40), nullable=False),
    Column("beat", String(40), nullable=False),
    Column("ended", String(40), nullable=False),
    Column("step", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("left_s", Float),
    Column("said", Text, nullable=False),
    Column("outcome", Text, nullable=False),
)


@dataclass(frozen=True)
class Job:
    """One job.

    Args:
        arguments: of its kind; see `assay.server.jobs.work`.
        beat: when its process last said that it lives, ISO 8601, UTC; "" before it began.
        step, done, total: what it is at.
        left_s: seconds until this step is done, as it has gone so far; None where that cannot be told.
        said: the last lines that it told.
        outcome: of a finished one, plain values; of a failed one {"problem": …}.
    """

    id: int
    kind: JobKind
    title: str
    arguments: dict[str, Any]
    owner: str
    state: JobState
    created: str
    beat: str
    ended: str
    step: str
    done: int
    total: int
    left_s: float | None
    said: tuple[str, ...]
    outcome: dict[str, Any]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in ("waiting", "working", "stopping")

    @property
    def can_resume(self) -> bool:
        """Whether it can be taken up where it stopped."""
        return self.state in ("stopped", "failed")


class Jobs:
    """The jobs of a workspace."""

    def __init__(self, database: Engine) -> None:
        self._database = database

    def add(self, kind: JobKind, title: str, arguments: Mapping[str, Any], owner: str) -> Job:
        """One more, which waits for its turn."""
        row = {
            "kind": kind,
            "title": title,
            "arguments": json.dumps(dict(arguments)),
            "owner": owner,
            "state": "waiting",
            "created": _now(),
            **_fresh(),
        }
        with self._database.begin() as connection:
            key = connection.execute(insert(_JOBS).values(row)).inserted_primary_key
        assert key is not None
        return self.one(int(key[0]))

    def one(self, id: int) -> Job:
        """The job of an id; raises NotFound where there is none."""
        self.bury_lost()
        with self._database.connect() as connection:
            row = connection.execute(select(_JOBS).where(_JOBS.c.id == id)).mappings().first()
        if row is None:
            raise NotFound(f"there is no job {id}: assay jobs lists them")
        return _job(row)

    def newest(self, most: int = 20) -> list[Job]:
        """The last ones, the newest first."""
        self.bury_lost()
        with self._database.connect() as connection:
            rows = connection.execute(select(_JOBS).order_by(_JOBS.c.id.desc()).limit(most)).mappings()
            return [_job(row) for row in rows]

    def open(self) -> list[Job]:
        """What is at work or waits, in the order of its turn."""
        self.bury_lost()
        wanted = select(_JOBS).where(_JOBS.c.state.in_(("working", "stopping", "waiting"))).order_by(_JOBS.c.id)
        with self._database.connect() as connection:
            return [_job(row) for row in connection.execute(wanted).mappings()]

    def take(self) -> Job | None:
        """The next one, from now on at work; None where none waits. One worker at a time calls this."""
        wanted = select(_JOBS.c.id).where(_JOBS.c.state == "waiting").order_by(_JOBS.c.id).limit(1)
        with self._database.begin() as connection:
            id = connection.execute(wanted).scalar()
            if id is None:
                return None
            connection.execute(update(_JOBS).where(_JOBS.c.id == id).values(state="working", beat=_now()))
        return self.one(id)

    def take_up_lost(self) -> None:
        """What was at work waits again; for a worker that knows that it is the only one."""
        with self._database.begin() as connection:
            connection.execute(update(_JOBS).where(_JOBS.c.state == "working").values(state="waiting"))
            stopped = {"state": "stopped", "ended": _now()}
            connection.execute(update(_JOBS).where(_JOBS.c.state == "stopping").values(**stopped))

    def stop(self, id: int) -> None:
        """A waiting one at once; one at work as soon as its process sees it. What it has done is kept."""
        self._change(id, ("waiting",), state="stopped", ended=_now())
        self._change(id, ("working",), state="stopping")

    def resume(self, id: int) -> None:
        """Let one that stopped or failed wait for its turn again."""
        self._change(id, ("stopped", "failed"), state="waiting", **_fresh())

    def beat(self, id: int) -> bool:
        """Say that the process of a job lives; whether the job is to stop."""
        self._change(id, ("working", "stopping"), beat=_now())
        return self.one(id).state == "stopping"

    def tell(self, id: int, step: str, done: int, total: int, left_s: float | None) -> None:
        """How far a job is."""
        self._change(id, ("working", "stopping"), beat=_now(), step=step, done=done, total=total, left_s=left_s)

    def say(self, id: int, lines: list[str]) -> None:
        """What a job has said so far."""
        self._change(id, ("working", "stopping"), said=json.dumps(lines[-_LINES:]))

    def end(self, id: int, state: JobState, outcome: Mapping[str, Any]) -> None:
        """It is over."""
        told = json.dumps(dict(outcome))
        self._change(id, ("working", "stopping"), state=state, ended=_now(), outcome=told, left_s=None)

    def bury_lost(self) -> None:
        """Jobs whose process is gone have stopped."""
        last = (datetime.now(UTC) - timedelta(seconds=_LOST_S)).isoformat()
        lost = update(_JOBS).where(_JOBS.c.state.in_(("working", "stopping")), _JOBS.c.beat < last)
        with self._database.begin() as connection:
            connection.execute(lost.values(state="stopped", ended=_now()))

    def _change(self, id: int, states: tuple[str, ...], **values: Any) -> None:
        with self._database.begin() as connection:
            connection.execute(update(_JOBS).where(_JOBS.c.id == id, _JOBS.c.state.in_(states)).values(**values))


def _fresh() -> dict[str, Any]:
    return {"beat": "", "ended": "", "step": "", "done": 0, "total": 0, "left_s": None, "said": "[]", "outcome": "{}"}


def _job(row: Any) -> Job:
    parsed = {name: json.loads(row[name]) for name in ("arguments", "said", "outcome")}
    return Job(**{**row, **parsed, "said": tuple(parsed["said"])})


def _now() -> str:
    return datetime.now(UTC).isoformat()
