"""Who may ask what: a key's groups decide which passages there are for it, at every address."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from command import call_assay
from server_process import Server, wait_until

SECRETS = {"hr": ("noctua", "Noctua"), "board": ("bruma", "Bruma")}  # whose document: its name, its town
ASKED = [
    "What does lunch cost in Noctua?",
    "How many places has the car park of Bruma?",
    "How many hours is a full working week in Noctua and in Bruma?",
    "List every office, its hours, its car park and its lunch.",
]


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """Whose secret; filled by `guarded`."""
    return {}


@pytest.fixture(scope="module")
def guarded(serve: Callable[..., Server], keys: dict[str, str]) -> Server:
    """A server with keys: one for each group, one for no group, one that reads all and manages."""

    def prepare(workspace: Path) -> None:
        for name, more in {
            "hr": ("--groups", "hr"),
            "board": ("--groups", "board"),
            "guest": ("--groups", ""),
            "chief": ("--manages",),
        }.items():
            keys[name] = _keys(workspace, "add", name, *more).stdout.strip()

    return serve(prepare=prepare)


def _keys(workspace: Path, *line: str) -> subprocess.CompletedProcess[str]:
    done = call_assay("keys", *line, "--workspace", workspace, cwd=workspace)
    assert done.returncode == 0, done.stderr
    return done


def _read(server: Server, key: str, question: str, **more: object) -> str:
    """Everything that is told of an answer, sources and figures with it."""
    reply = server.ask(question, key, **more)
    assert reply.status_code in (200, 404), reply.text
    return reply.text


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("question", ASKED)
def test_a_group_is_told_nothing_of_anothers_documents(
    guarded: Server, keys: dict[str, str], question: str, stream: bool
) -> None:
    for name, closed in {"hr": ["board"], "board": ["hr"], "guest": ["hr", "board"]}.items():
        told = _read(guarded, keys[name], question, stream=stream)
        for one in closed:
            assert f"{SECRETS[one][0]}.md" not in told, f"{name} was told of {one}"


@pytest.mark.parametrize("stream", [False, True])
def test_nor_by_the_newer_interface(guarded: Server, keys: dict[str, str], stream: bool) -> None:
    for name, closed in {"hr": ["board"], "guest": ["hr", "board"]}.items():
        for question in ASKED:
            body = {"model": "retrieved/zero-shot", "input": question, "stream": stream}
            told = guarded.post("/v1/responses", body, keys[name])
            assert told.status_code == 200
            assert not any(f"{SECRETS[one][0]}.md" in told.text for one in closed)


def test_whoever_may_read_it_is_answered_from_it(guarded: Server, keys: dict[str, str]) -> None:
    for name in ("hr", "chief"):
        reply = guarded.ask("What does lunch cost in Noctua?", keys[name], only="noctua.md")
        assert reply.status_code == 200 and reply.json()["usage"]["prompt_tokens"] > 50


def test_a_closed_document_is_no_other_than_one_that_is_not_there(guarded: Server, keys: dict[str, str]) -> None:
    closed = guarded.ask("Lunch?", keys["board"], only="noctua.md")
    absent = guarded.ask("Lunch?", keys["board"], only="nowhere.md")
    assert closed.status_code == absent.status_code == 404
    assert closed.json()["error"]["message"].replace("noctua", "nowhere") == absent.json()["error"]["message"]


def test_the_same_passages_are_searched_as_if_the_closed_ones_were_not_there(
    guarded: Server, keys: dict[str, str]
) -> None:
    """Not one passage is lost to the closed ones: as many are read by a guest as by whoever reads all."""
    question = "How many places has the car park of Osk?"
    guest, chief = (guarded.ask(question, keys[name]).json()["usage"]["prompt_tokens"] for name in ("guest", "chief"))
    assert abs(guest - chief) < 30


@pytest.mark.parametrize("address", ["/v1/models", "/v1/models/assay", "/metrics"])
def test_without_a_key_nothing_is_told(guarded: Server, address: str) -> None:
    for key in ("", "assay-00000000-wrong", "Bearer", "\u0000".join("ab").encode().hex()):
        reply = guarded.get(address, key)
        assert reply.status_code == 401 and reply.json()["error"]["code"] == "invalid_api_key"
        assert reply.headers["WWW-Authenticate"] == "Bearer"


def test_health_and_readiness_need_no_key_and_tell_no_run(guarded: Server) -> None:
    assert guarded.get("/health").json() == {"status": "ok"}
    assert guarded.get("/ready").json() == {"status": "ready"}


def test_the_database_holds_no_secret(guarded: Server, keys: dict[str, str]) -> None:
    held = b"".join(file.read_bytes() for file in guarded.workspace.glob("*.db*"))
    assert b"scrypt" in held
    for secret in keys.values():
        assert secret.encode() not in held and secret.rpartition("-")[2].encode() not in held


def test_a_revoked_key_ends_at_once_also_in_the_middle_of_an_answer(guarded: Server) -> None:
    secret = _keys(guarded.workspace, "add", "leaver").stdout.strip()
    chunks = guarded.client(secret).chat.completions.create(
        model="none/zero-shot",
        messages=[{"role": "user", "content": "Count from one to one thousand, every number."}],
        stream=True,
    )
    next(iter(chunks))
    _keys(guarded.workspace, "revoke", "leaver")
    chunks.close()
    assert guarded.get("/v1/models", secret).status_code == 401
    wait_until(lambda: guarded.get("/metrics", "").status_code == 401)


def test_an_expired_key_opens_nothing(guarded: Server) -> None:
    secret = _keys(guarded.workspace, "add", "visitor", "--days", "0.00001").stdout.strip()
    wait_until(lambda: guarded.get("/v1/models", secret).status_code == 401, 10)


def test_keys_are_listed_without_secrets(guarded: Server, keys: dict[str, str]) -> None:
    listed = _keys(guarded.workspace).stdout
    assert "hr · hr" in listed and "chief · reads everything · may manage" in listed
    assert not any(secret in listed for secret in keys.values())
