"""Whole runs with a password or a key wherever one can be given: nothing that is written or printed holds it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import MetaData, create_engine

from command import call_assay
from loopback import Endpoint, serve_endpoint
from postgres import serve_postgres, why_no_postgres

_SECRETS = {
    "database": "pgPass/1@x",
    "base": "basicAuth77",
    "query": "queryKey4242",
    "encoder": "encoderKey99",
    "header": "sk-header-55555",
    "proxy": "proxyPass31",
}
_ESCAPED = "pgPass%2F1%40x"
_NO_SERVER = why_no_postgres()


@dataclass(frozen=True)
class _Place:
    """Where the runs are made, and all that they print."""

    folder: Path
    environment: dict[str, str | None]
    endpoint: Endpoint
    printed: list[str]

    def start(self, *line: str | Path) -> subprocess.CompletedProcess[str]:
        """A process of its own, of which all that any library prints is seen."""
        command = [sys.executable, "-m", "assay", *map(str, line)]
        environment = {name: value for name, value in (os.environ | self.environment).items() if value is not None}
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=240)
        self.printed.extend((done.stdout, done.stderr))
        return done

    def assay(self, *line: str | Path, **changed: str | None) -> subprocess.CompletedProcess[str]:
        done = call_assay(*line, cwd=self.folder, **(self.environment | changed))
        self.printed.extend((done.stdout, done.stderr))
        return done


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of PostgreSQL where it can be started; a URL to which it is of no use elsewhere."""
    if _NO_SERVER:
        yield ""
        return
    with serve_postgres(_SECRETS["database"]) as port:
        yield f"postgresql+psycopg://assay:{_ESCAPED}@127.0.0.1:{port}/postgres"


@pytest.fixture(scope="module")
def place(shared_company: tuple[Path, Path], database: str) -> Iterator[_Place]:
    """A run, a question to it, and a run of labels, through a proxy, with secrets in every address."""
    with serve_endpoint() as endpoint:
        folder = shared_company[1].parent
        proxy = f"http://staff:{_SECRETS['proxy']}@127.0.0.1:{endpoint.server_port}"
        environment: dict[str, str | None] = {name: None for name in os.environ if "proxy" in name.lower()} | {
            "http_proxy": proxy,
            "no_proxy": "",
            "ASSAY_DATABASE": database,
            "ASSAY_BASE": f"http://u:{_SECRETS['base']}@model.invalid/v1?api-key={_SECRETS['query']}#tiny",
            "ASSAY_ENCODER": f"http://encoder.invalid/v1?api-key={_SECRETS['encoder']}#tiny",
            "ASSAY_API_KEY": _SECRETS["header"],
        }
        made = _Place(folder, environment, endpoint, [])
        cells = "none/zero-shot,retrieved/zero-shot"
        done = made.start("run", *shared_company, "--cells", cells, "--set", "latency_sample=1")
        assert done.returncode == 0, done.stderr
        yield made


def _check_nothing_is_told(place: _Place) -> None:
    wanted = [*_SECRETS.values(), _ESCAPED]
    written = {str(path): path.read_bytes() for path in place.folder.rglob("*") if path.is_file()}
    assert any(name.endswith("report.html") for name in written) and any(".db" in name for name in written)
    for name, data in written.items():
        assert not [secret for secret in wanted if secret.encode() in data], name
    for text in place.printed:
        assert not [secret for secret in wanted if secret in text], text


def test_the_endpoints_got_what_the_environment_holds(place: _Place) -> None:
    """Else there would be nothing to keep."""
    lines = " ".join(place.endpoint.lines)
    assert f"http://model.invalid/v1/chat/completions?api-key={_SECRETS['query']}" in lines
    assert f"http://encoder.invalid/v1/embeddings?api-key={_SECRETS['encoder']}" in lines
    assert {"Basic"} < {headers["Authorization"].split()[0] for headers in place.endpoint.headers}
    assert any(_SECRETS["header"] in headers["Authorization"] for headers in place.endpoint.headers)
    assert all("Proxy-Authorization" in headers for headers in place.endpoint.headers)


def test_nothing_that_a_run_writes_holds_a_secret(place: _Place) -> None:
    (result,) = place.folder.glob(".assay/runs/*/result.json")
    text = result.read_text(encoding="utf-8")
    assert "http://u:***@model.invalid/v1?api-key=***#tiny" in text
    assert _NO_SERVER or "postgresql+psycopg://assay:***@127.0.0.1" in text
    _check_nothing_is_told(place)


def test_a_finished_run_is_asked_with_the_secrets_in_force(place: _Place) -> None:
    asked = place.assay("ask", "What does lunch cost in Lira?", "--cell", "retrieved/zero-shot")
    assert asked.stdout.startswith("echo "), asked.stderr
    assert place.assay("sync", "documents").returncode == 0
    labels = place.folder / "labels.csv"
    labels.write_text("text,label\n" + "".join(f"{kind} number {i},{kind}\n" for i in range(20) for kind in "ab"))
    held = place.assay("label", labels, "--cells", "none/zero-shot,retrieved/zero-shot", "--set", "latency_sample=1")
    assert held.returncode == 0, held.stderr
    assert place.assay("tag", labels, "--cell", "retrieved/zero-shot").returncode == 0
    _check_nothing_is_told(place)


@pytest.mark.parametrize("name", ["ASSAY_BASE", "ASSAY_ENCODER", "ASSAY_DATABASE"])
def test_without_them_it_says_what_to_set(place: _Place, name: str) -> None:
    if name == "ASSAY_DATABASE" and _NO_SERVER:
        pytest.skip(_NO_SERVER)
    asked = place.assay("ask", "What does lunch cost in Lira?", "--cell", "retrieved/zero-shot", **{name: None})
    setting = name.removeprefix("ASSAY_").lower()
    assert asked.returncode == 2
    assert f"kept without its password or key: set {setting} in assay.toml, or {name}," in asked.stderr


def test_errors_tell_no_secret(place: _Place, shared_company: tuple[Path, Path]) -> None:
    """A model that is not there, an encoder's server that repeats the key, servers that are down, a wrong password."""
    names = ("ASSAY_BASE", "ASSAY_ENCODER", "ASSAY_DATABASE")
    base, encoder, database = (place.environment[name] or "" for name in names)
    run = ("run", *shared_company, "--cells", "retrieved/zero-shot", "--out", "other")
    wrong = [
        ("has no model", {"ASSAY_BASE": base.replace("#tiny", "#huge")}),
        ("no such model", {"ASSAY_ENCODER": encoder.replace("#tiny", "#huge"), "ASSAY_DATABASE": ""}),
        ("names no model", {"ASSAY_BASE": base.replace("#tiny", "")}),
        ("is no address of a database", {"ASSAY_DATABASE": f"postgresql://assay:{_SECRETS['database']}@h:port/db"}),
        ("cannot be opened", {"ASSAY_DATABASE": f"postgresql+psycopg://assay:{_ESCAPED}@127.0.0.1:9/postgres"}),
    ]
    wrong += [("password authentication failed", {"ASSAY_DATABASE": database.replace("pgPass", "pgPass2")})]
    if _NO_SERVER:
        wrong = wrong[:4]
    for said, changed in wrong:
        done = place.assay(*run, **changed)
        assert done.returncode in (2, 4), done.stderr
        assert said in done.stderr and "Traceback" not in done.stderr, done.stderr
    _check_nothing_is_told(place)


@pytest.mark.skipif(_NO_SERVER is not None, reason=str(_NO_SERVER))
def test_nothing_in_the_database_holds_a_secret(place: _Place, database: str) -> None:
    engine = create_engine(database)
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        rows = [str(row) for table in tables.sorted_tables for row in connection.execute(table.select())]
    assert len(rows) > 18
    assert not [row for row in rows for secret in [*_SECRETS.values(), _ESCAPED] if secret in row]
    engine.dispose()
